"""Reading PDFs, page by page."""

from __future__ import annotations

import os
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foretext.errors import ForetextError, warn
from foretext.export.to_json import to_dict
from foretext.image import DEFAULT_MAX_PIXELS, check_limit
from foretext.keep import parse_keep
from foretext.pages.attempt import attempt, hinted
from foretext.pages.content import content_of
from foretext.pages.document import PdfSource, held, name_of, opened, require
from foretext.pages.picture import drawn
from foretext.pages.ranges import Progress, parse_pages, told
from foretext.pages.survey import survey
from foretext.pages.text import own_text
from foretext.pipeline import clean
from foretext.reader import read_cleaned
from foretext.reading import Reading
from foretext.recipe import Recipe, as_recipe

if TYPE_CHECKING:
    import pikepdf

    from foretext.recognize.engine import Layout


@dataclass(frozen=True, slots=True)
class PdfPageReading:
    """What was read of one page.

    Attributes
    ----------
    number : int
        From 1 on.
    dpi : float
        Resolution of the picture that boxes are in; 0 if the page could not be read.
    size : tuple of two ints
        Width and height of that picture.
    note : str
        What kind of page it is, or why it could not be read.
    reading : Reading
        Without lines if there is nothing to read. Its engine is ``"pdf"`` if the page holds
        real text, which is then taken as it stands.
    details : mapping
        What is known of its cleaning, as plain JSON types.
    error : ForetextError or None
        Why it could not be read.
    """

    number: int
    note: str
    reading: Reading
    dpi: float = 0.0
    size: tuple[int, int] = (0, 0)
    details: Mapping[str, Any] = field(default_factory=dict, repr=False)
    error: ForetextError | None = None

    @property
    def text(self) -> str:
        """The lines, with a newline between."""
        return self.reading.text

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON types."""
        return {
            "page": self.number,
            "note": self.note,
            **self.reading.to_dict(),
            **self.details,
            "size": list(self.size),
            "dpi": round(self.dpi, 1),
        }


@dataclass(frozen=True, slots=True)
class _Plan:
    keep: str | int | None
    recipe: Recipe
    reader: Mapping[str, Any]
    rasterize: bool
    max_pixels: int


def read_pdf(
    source: PdfSource,
    *,
    pages: str | Iterable[int] | None = None,
    engine: str | None = None,
    effort: str | None = None,
    keep: str | int | None = None,
    recipe: Recipe | str | os.PathLike[str] | None = None,
    lang: str | None = None,
    layout: Layout | None = None,
    alphabet: Collection[str] | None = None,
    pattern: str | int | None = None,
    rasterize: bool = False,
    password: str | None = None,
    progress: Progress | None = None,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> Iterator[PdfPageReading]:
    """Clean and read the pages of a PDF, one after the other.

    Parameters
    ----------
    source : path, bytes or binary file
        The PDF.
    pages : str or iterable of int, optional
        Which pages: ``"1-3,7"``, ``"5-"``, or numbers from 1 on; all by default.
    engine, effort, keep, recipe, lang, layout, alphabet, pattern
        As for `foretext.read`, for each page by itself.
    rasterize : bool
        Read pages of real text, too, by OCR, and not as their text stands in the file.
    password : str, optional
        Of an encrypted PDF.
    progress : callable, optional
        Is called with the numbers of pages done and of all.
    max_pixels : int
        Pages that would have more pixels fail, before they are drawn.

    Returns
    -------
    iterator of PdfPageReading
        One for each page; nothing of a page is held once the next is asked for. All that can be
        wrong with the PDF as a whole is raised at once.

    Raises
    ------
    PdfError, InputNotFoundError, EmptyInputError, UsageError, MissingExtraError
        As for `foretext.clean_pdf`.
    EngineError
        If the engine can't start.

    Warns
    -----
    ForetextWarning
        For each page that can't be read; it has an `error` and no lines.

    Examples
    --------
    >>> import foretext
    >>> for page in foretext.read_pdf("scan.pdf", pages="1-3"):  # doctest: +SKIP
    ...     print(page.number, page.text)
    """
    from foretext.recognize import get_engine

    require()
    check_limit(max_pixels)
    if keep is not None:
        parse_keep(keep)
    plan = as_recipe(recipe)
    if (name := plan.read["engine"] if engine is None else engine) != "auto":
        get_engine(name, lang=plan.read["lang"] if lang is None else lang)
    reader = {
        "engine": engine,
        "effort": effort,
        "lang": lang,
        "layout": layout,
        "alphabet": alphabet,
        "pattern": pattern,
    }
    wishes = _Plan(keep, plan, reader, rasterize, max_pixels)
    readings = _readings(source, password, pages, wishes, progress)
    next(readings)  # opens it
    return readings  # type: ignore[return-value]


def _readings(
    source: PdfSource,
    password: str | None,
    pages: str | Iterable[int] | None,
    plan: _Plan,
    progress: Progress | None,
) -> Generator[PdfPageReading | None]:
    """Give None once the PDF is open, then its pages."""
    name = name_of(source)
    with opened(held(source), name, password) as pdf:
        numbers = parse_pages(pages, len(pdf.pages))
        yield None
        for number in told(numbers, progress):
            yield _read(pdf, number, plan)


def _read(pdf: pikepdf.Pdf, number: int, plan: _Plan) -> PdfPageReading:
    page = attempt(lambda: _read_page(pdf, number, plan))
    if not isinstance(page, ForetextError):
        return page
    warn(f"page {number}: {hinted(page)}")
    return PdfPageReading(number, str(page), Reading((), ""), error=page)


def _read_page(pdf: pikepdf.Pdf, number: int, plan: _Plan) -> PdfPageReading:
    page = pdf.pages[number - 1]
    content = content_of(page)
    found = survey(page, content)
    if found.kind != "scan" and not plan.rasterize:
        reading = own_text(pdf, number, found)
        return PdfPageReading(number, found.note, reading, found.dpi, found.pixels())
    called = f"page {number}"
    picture = drawn(pdf, number, content, found, name=called, max_pixels=plan.max_pixels)
    cleaned = clean(picture, keep=plan.keep, recipe=plan.recipe, max_pixels=plan.max_pixels)
    reading = read_cleaned(cleaned, **plan.reader)
    details = {k: v for k, v in to_dict(cleaned).items() if k not in ("foretext", "source")}
    return PdfPageReading(number, found.note, reading, found.dpi, found.pixels(), details)
