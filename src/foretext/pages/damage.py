"""Pictures that a PDF holds only in part; what draws them takes the rest for empty paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from foretext.errors import PageError
from foretext.pages.content import Content

if TYPE_CHECKING:
    import pikepdf

_CHANNELS: Final = {"/DeviceRGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4}


def damaged(what: str) -> PageError:
    """Return the error for a page of which a picture is damaged in a way."""
    return PageError(f"a picture on it {what}", hint="scan or export that page again")


def check_pictures(content: Content) -> None:
    """Check that the pictures of a page are complete.

    Parameters
    ----------
    content : Content
        What stands on the page.

    Raises
    ------
    PageError
        If the data of one is damaged or ends too early. Of JPEG and the like, which only a
        decoder of pictures can unpack, `foretext.pages.raster.draw` tells whether it can.
    """
    import pikepdf

    for picture in _pictures(content):
        try:
            _check_length(picture, len(picture.read_bytes()))
        except pikepdf.DataDecodingError as error:
            raise damaged("is damaged") from error
        except pikepdf.PdfError:  # JPEG and the like
            continue


def _pictures(content: Content) -> Iterator[pikepdf.Stream]:
    for part in content.parts:
        if part.form is not None:
            yield from _pictures(part.form)
        elif part.role == "picture" and part.xobject is not None:
            yield part.xobject


def _check_length(picture: Any, length: int) -> None:
    height = int(picture.get("/Height", 0))
    row = -(-int(picture.get("/Width", 0)) * _bits(picture) // 8)
    if length < row * (height - 1):  # some writers leave out a few bytes
        raise damaged(f"ends too early: {length / max(row * height, 1):.0%} of it is there")


def _bits(picture: Any) -> int:
    """Return how many bits a pixel takes."""
    if picture.get("/ImageMask", False):
        return 1
    return int(picture.get("/BitsPerComponent", 8)) * _channels(picture.get("/ColorSpace"))


def _channels(space: Any) -> int:
    """Return how many values a pixel has in a color space; 1 if that is not known."""
    import pikepdf

    if not isinstance(space, pikepdf.Array):
        return _CHANNELS.get(str(space), 1)
    kind = str(space[0])
    if kind == "/ICCBased":
        return int(space[1].get("/N", 1))
    return len(space[1]) if kind == "/DeviceN" else _CHANNELS.get(kind, 1)
