"""Small PDFs for the tests."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
from pikepdf import Dictionary, Name

DPI = 100
WORDS = ("SOLID", "GROUND")


def picture(words=WORDS, *, size=(400, 200), watermark=True) -> np.ndarray:
    """Dark words, the first at the upper left; a large pale one across, if asked for."""
    page = PIL.Image.new("RGB", size, (250, 248, 240))
    pen = PIL.ImageDraw.Draw(page)
    if watermark:
        pen.text((30, 20), "DRAFT", (205, 215, 225), font=PIL.ImageFont.load_default(120))
    for row, word in enumerate(words):
        pen.text((30, 30 + 60 * row), word, (20, 20, 20), font=PIL.ImageFont.load_default(40))
    return np.asarray(page)


def add_image(pdf: pikepdf.Pdf, pixels: np.ndarray, *, jpeg: bool = False) -> Any:
    """Put a picture into a PDF: bool as one bit a pixel, uint8 as gray or RGB."""
    height, width = pixels.shape[:2]
    data, filter_, bits = zlib.compress(np.ascontiguousarray(pixels).tobytes()), "/FlateDecode", 8
    if pixels.dtype == bool:
        data, bits = zlib.compress(np.packbits(pixels, axis=1).tobytes()), 1
    elif jpeg:
        file = io.BytesIO()
        PIL.Image.fromarray(pixels).save(file, "JPEG", quality=90)
        data, filter_ = file.getvalue(), "/DCTDecode"
    image = pdf.make_stream(b"")
    image.write(data, filter=Name(filter_))
    for key, value in {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": width,
        "/Height": height,
        "/ColorSpace": Name.DeviceRGB if pixels.ndim == 3 else Name.DeviceGray,
        "/BitsPerComponent": bits,
    }.items():
        image[key] = value
    return image


def add_page(
    pdf: pikepdf.Pdf,
    content: bytes,
    *,
    images: dict[str, Any] | None = None,
    size=(288, 144),
    **entries: Any,
) -> pikepdf.Page:
    """Add a page of that size in points; /F1 is Helvetica."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(images or {}))
    pdf.add_blank_page(page_size=size)
    page = pdf.pages[-1]
    page.obj["/Resources"] = resources
    page.obj["/Contents"] = pdf.make_stream(content)
    for key, value in entries.items():
        page.obj[f"/{key}"] = value
    return page


def add_scan(
    pdf: pikepdf.Pdf,
    pixels: np.ndarray | None = None,
    *,
    before: bytes = b"",
    after: bytes = b"",
    jpeg: bool = False,
    **entries: Any,
) -> pikepdf.Page:
    """Add a page that is one picture at 100 dpi."""
    pixels = picture() if pixels is None else pixels
    wide, high = (side * 72 / DPI for side in pixels.shape[1::-1])
    content = before + f"q {wide} 0 0 {high} 0 0 cm /Im0 Do Q\n".encode() + after
    images = {"/Im0": add_image(pdf, pixels, jpeg=jpeg)}
    return add_page(pdf, content, images=images, size=(wide, high), **entries)


def text(words: str, *, mode: int = 0, at=(20, 60), size: int = 12) -> bytes:
    """Return instructions that show text; in mode 3 it is invisible."""
    return f"BT {mode} Tr /F1 {size} Tf {at[0]} {at[1]} Td ({words}) Tj ET\n".encode()


def saved(pdf: pikepdf.Pdf, path: Path, **options: Any) -> Path:
    pdf.save(path, **options)
    return path


def rendered(path: Path, number: int, *, dpi: float = DPI) -> np.ndarray:
    """Return a page as viewers show it, gray."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return np.array(pdf[number - 1].render(scale=dpi / 72 * 0.999999).to_pil().convert("L"))


def text_of(path: Path, number: int) -> str:
    """Return all text of a page, visible or not."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[number - 1].get_textpage().get_text_range()


def pictures_of(page: pikepdf.Page) -> list[Any]:
    return list(page.obj.Resources.XObject.values())
