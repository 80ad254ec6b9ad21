"""Pages as pictures."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foretext.arrays import Pixels
from foretext.errors import ImageTooLargeError
from foretext.pages.content import DEEPEST
from foretext.pages.damage import damaged
from foretext.pages.streams import Drawing, resources_with
from foretext.pages.survey import Survey

if TYPE_CHECKING:
    import pikepdf

# PDFium can do one thing at a time in a whole process.
_ONE_AT_A_TIME: Final = threading.Lock()
_WHITE: Final = (255, 255, 255, 255)
# What of a page says how it looks; the rest points into the document.
_LOOKS: Final = ("/Type", "/Parent", "/Resources", "/Contents", "/Group")


def check_size(found: Survey, name: str, max_pixels: int) -> None:
    """Refuse a page that would have too many pixels, before it is drawn.

    Raises
    ------
    ImageTooLargeError
        If it has.
    """
    width, height = found.pixels()
    if width * height > max_pixels:
        size = f"{width} x {height} = {width * height / 1e6:,.1f} megapixels"
        limit = f"the limit is {max_pixels / 1e6:,.1f} megapixels"
        raise ImageTooLargeError(f"{name} is {size} at {found.dpi:.0f} dpi; {limit}")


def draw(pdf: pikepdf.Pdf, number: int, found: Survey, drawing: Drawing | None = None) -> Pixels:
    """Draw a page as viewers show it: cropped and turned.

    Parameters
    ----------
    pdf : pikepdf.Pdf
        A document that is not to be saved: all that does not show is taken off the page.
    number : int
        The page, from 1 on.
    found : Survey
        Tells its box and resolution.
    drawing : Drawing, optional
        What to draw in place of all that is on it.

    Returns
    -------
    ndarray of uint8, (H, W, 3)
        On white, of the size that ``found.pixels()`` tells.

    Raises
    ------
    PageError
        If a picture on it can't be decoded: it would be missing without a word.
    """
    width, height = found.pixels()
    with alone(pdf, number, found, drawing) as page:
        import pypdfium2
        from pypdfium2 import raw

        _check_pictures(page)
        bitmap = pypdfium2.PdfBitmap.new_native(
            width, height, raw.FPDFBitmap_BGR, rev_byteorder=True
        )
        bitmap.fill_rect(_WHITE, 0, 0, width, height)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_REVERSE_BYTE_ORDER)
        pixels = np.array(bitmap.to_numpy())
        bitmap.close()
    return pixels


def _check_pictures(page: Any) -> None:
    from pypdfium2 import raw

    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST):
        decoded = raw.FPDFImageObj_GetBitmap(picture)
        if decoded:
            raw.FPDFBitmap_Destroy(decoded)
            continue
        width, height = picture.get_px_size()
        raise damaged("can't be decoded" if width > 0 < height else f"is {width} x {height} pixels")


@contextmanager
def alone(
    pdf: pikepdf.Pdf, number: int, found: Survey, drawing: Drawing | None = None
) -> Iterator[Any]:
    """Give a page opened by PDFium, in a document of its own; parameters as for `draw`."""
    import pypdfium2

    data = _single(pdf, number, found, drawing)
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as document:
        page = document[0]
        try:
            yield page
        finally:
            page.close()


def _single(pdf: pikepdf.Pdf, number: int, found: Survey, drawing: Drawing | None) -> bytes:
    import pikepdf

    page = pdf.pages[number - 1]
    if drawing is not None:
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        page.obj["/Resources"] = resources_with(resources, drawing)
        page.obj["/Contents"] = pdf.make_stream(drawing.data)
    for key in [key for key in page.obj.keys() if key not in _LOOKS]:  # noqa: SIM118
        del page.obj[key]
    page.obj["/MediaBox"] = pikepdf.Array(found.box)
    page.obj["/Rotate"] = found.rotation
    file = io.BytesIO()
    with pikepdf.new() as single:
        single.pages.append(page)
        single.save(file)
    return file.getvalue()
