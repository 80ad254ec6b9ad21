"""Putting a cleaned picture in the place of a page's own, and its photographs over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from foretext.pages.content import Content, Matrix
from foretext.pages.encoding import Encoded
from foretext.pages.streams import Drawing, above_pictures, below_pictures, resources_with
from foretext.pages.survey import Survey
from foretext.reading import Box

if TYPE_CHECKING:
    import pikepdf

_NAME = "/ForetextPage"
_PHOTOGRAPH = "/ForetextPhotograph"


class CleanPage(NamedTuple):
    """What is to be seen of a page instead of its pictures.

    Attributes
    ----------
    text : Encoded
        The whole page.
    photographs : sequence of (Box, Encoded)
        What lies over it, and where, in pixels of `text`.
    """

    text: Encoded
    photographs: Sequence[tuple[Box, Encoded]] = ()

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return len(self.text.data) + sum(len(picture.data) for _, picture in self.photographs)


def replace_pictures(
    pdf: pikepdf.Pdf, number: int, content: Content, found: Survey, clean: CleanPage
) -> None:
    """Put a cleaned picture where the pictures of a page were; all else on it stays.

    Parameters
    ----------
    pdf : pikepdf.Pdf
        The document; changed.
    number : int
        The page, from 1 on.
    content : Content
        What stands on it.
    found : Survey
        Its box and how it is turned.
    clean : CleanPage
        The page as it is seen, cleaned.
    """
    below, above = below_pictures(pdf, content), above_pictures(pdf, content)
    _redraw(pdf, number, [below, _picture(pdf, found, clean), above])


def replace_all(pdf: pikepdf.Pdf, number: int, found: Survey, clean: CleanPage) -> None:
    """Put a cleaned picture in the place of all that is drawn on a page."""
    _redraw(pdf, number, [_picture(pdf, found, clean)])


def _redraw(pdf: pikepdf.Pdf, number: int, drawings: list[Drawing]) -> None:
    import pikepdf

    page = pdf.pages[number - 1].obj
    resources = page.get("/Resources", pikepdf.Dictionary())
    page["/Resources"] = resources_with(resources, *drawings)
    page["/Contents"] = pikepdf.Array([pdf.make_stream(d.data) for d in drawings if d.data])
    if "/Thumb" in page:
        del page["/Thumb"]  # it shows the page as it was


def _picture(pdf: pikepdf.Pdf, found: Survey, clean: CleanPage) -> Drawing:
    """Draw the page, and its photographs over it, in its own unit square."""
    drawn, images = [f"q {_written(_matrix(found))} cm {_NAME} Do"], {_NAME: clean.text.stream(pdf)}
    wide, high = clean.text.width, clean.text.height
    for count, (box, photograph) in enumerate(clean.photographs, start=1):
        left, top, right, bottom = box
        place = ((right - left) / wide, 0, 0, (bottom - top) / high, left / wide, 1 - bottom / high)
        drawn.append(f"q {_written(place)} cm {_PHOTOGRAPH}{count} Do Q")
        images[f"{_PHOTOGRAPH}{count}"] = photograph.stream(pdf)
    return Drawing(" ".join([*drawn, "Q\n"]).encode(), images)


def _written(matrix: Matrix) -> str:
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in matrix)


def _matrix(found: Survey) -> Matrix:
    """Return where a picture that is seen upright lies on a page that is turned to be seen."""
    left, bottom, right, top = found.box
    wide, high = right - left, top - bottom
    turned: dict[int, Matrix] = {
        0: (wide, 0.0, 0.0, high, left, bottom),
        90: (0.0, high, -wide, 0.0, right, bottom),
        180: (-wide, 0.0, 0.0, -high, right, top),
        270: (0.0, -high, wide, 0.0, left, top),
    }
    return turned[found.rotation]
