"""All real sets, in one table."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Texts = Literal["labels", "beside", "name", "truth", "none"]
"""Where the text of a picture is: in ``labels.csv``; in ``<id>.txt`` beside it; it is the name of
the file; it is what Tesseract reads of the clean page; nowhere."""


class RealSet(NamedTuple):
    """One folder of pictures.

    Attributes
    ----------
    description : str
        One line for people.
    texts : str
        Where the texts are.
    truth : {"soft", "mask", "page", "none"}
        What ``<id>_truth.png`` holds: exact coverage; a mask; a clean gray page; or no such file.
    is_page : bool
        Whether a picture holds running text rather than one line.
    ignore_case : bool
        Whether upper and lower case count as the same.
    is_clean : bool
        Whether there is nothing to remove.
    """

    description: str
    texts: Texts
    truth: Literal["soft", "mask", "page", "none"] = "none"
    is_page: bool = False
    ignore_case: bool = False
    is_clean: bool = False


def _handwriting(name: str) -> RealSet:
    return RealSet(f"{name}: historical pages, most of them handwritten", "none", "mask", True)


SETS: Final[dict[str, RealSet]] = {
    "first": RealSet("the first picture, and its twin made anew", "name", "soft"),
    "wordcloud": RealSet("more twins of the first picture", "labels", "soft"),
    "clean/lines": RealSet("one line on plain paper", "labels", is_clean=True),
    "clean/pages": RealSet(
        "clean scans; two of the texts leave part of the page out",
        "beside",
        is_page=True,
        is_clean=True,
    ),
    "characters/digits": RealSet("four digits, many colors, wavy lines", "labels"),
    "characters/colored_letters": RealSet(
        "letters each of its own color and size, straight lines", "labels", ignore_case=True
    ),
    "characters/noisy_words": RealSet("words on pastel paper with noise and lines", "labels"),
    "characters/outlined": RealSet("thin outlined letters among curves", "labels", "mask"),
    "characters/dots_and_curve": RealSet(
        "colored letters, dots, a curve of the text's own color", "labels"
    ),
    "characters/over_court_pages": RealSet("a skewed word over typed pages", "labels", "mask"),
    "pages/dirty_office": RealSet(
        "printed paragraphs with coffee, wrinkles, folds, footprints", "truth", "page", True
    ),
    "pages/degraded": RealSet(
        "a page under damage of copier, scanner and paper", "truth", "page", True
    ),
    "binarization/dibco2009": _handwriting("DIBCO 2009"),
    "binarization/dibco2010": _handwriting("H-DIBCO 2010"),
    "binarization/dibco2012": _handwriting("H-DIBCO 2012"),
    "binarization/dibco2014": _handwriting("H-DIBCO 2014"),
    "binarization/bickley": RealSet("dark, faded diary pages", "none", "mask", True),
}
"""Folder below the data's root, and what is true of it."""
