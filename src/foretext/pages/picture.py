"""One page of a PDF as a picture, for those who want to look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foretext.errors import ForetextError
from foretext.image import DEFAULT_MAX_PIXELS, Image
from foretext.pages.attempt import attempt
from foretext.pages.content import Content, content_of
from foretext.pages.damage import check_pictures
from foretext.pages.document import PdfSource, held, name_of, opened
from foretext.pages.ranges import parse_pages
from foretext.pages.raster import check_size, draw
from foretext.pages.survey import Survey, survey

if TYPE_CHECKING:
    import pikepdf


def drawn(
    pdf: pikepdf.Pdf, number: int, content: Content, found: Survey, *, name: str, max_pixels: int
) -> Image:
    """Draw a page that has been looked at; `name` is what messages call it.

    Raises
    ------
    PageError, ImageTooLargeError
        If the page is damaged or too large.
    """
    check_size(found, name, max_pixels)
    check_pictures(content)
    pixels = draw(pdf, number, found)
    pixels.setflags(write=False)
    return Image(pixels, (found.dpi, found.dpi), name)


def picture_of_page(
    source: PdfSource,
    page: int,
    *,
    password: str | None = None,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> tuple[Image, int]:
    """Draw a page, at the resolution of its scan if it is one.

    Parameters
    ----------
    source : path, bytes or binary file
        The PDF.
    page : int
        From 1 on.
    password : str, optional
        Of an encrypted PDF.
    max_pixels : int
        A page that would have more pixels is refused before it is drawn.

    Returns
    -------
    picture : Image
        The page.
    count : int
        How many pages there are.

    Raises
    ------
    PdfError, InputNotFoundError, EmptyInputError, UsageError, MissingExtraError
        As for `foretext.clean_pdf`.
    PageError, ImageTooLargeError
        If the page is damaged or too large.
    """
    name = name_of(source)
    with opened(held(source), name, password) as pdf:
        (number,) = parse_pages([page], len(pdf.pages))
        called = f"{name}, page {number}"

        def surveyed() -> Image:
            content = content_of(pdf.pages[number - 1])
            found = survey(pdf.pages[number - 1], content)
            return drawn(pdf, number, content, found, name=called, max_pixels=max_pixels)

        picture = attempt(surveyed)
        if isinstance(picture, ForetextError):
            raise picture
        return picture, len(pdf.pages)
