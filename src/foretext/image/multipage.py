"""Writing a TIFF of several pages, one after the other, so that only one is held in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

from foretext.arrays import Mask, Pixels
from foretext.errors import OutputError
from foretext.files import reason_of, replacing
from foretext.image.saving import check_writable, options_of

if TYPE_CHECKING:
    import PIL.Image

# How a page may stay compressed that is only copied; none of them loses anything.
_LOSSLESS: Final = ("group3", "group4", "tiff_lzw", "tiff_adobe_deflate", "packbits")


class Page(NamedTuple):
    """One page to write.

    Attributes
    ----------
    pixels : ndarray or PIL image
        As `foretext.image.encode` takes it, or a page that is copied in its own mode.
    dpi : tuple of two floats, or None
        Its resolution along x and y; a copy knows its own.
    """

    pixels: Pixels | Mask | PIL.Image.Image
    dpi: tuple[float, float] | None = None


def save_pages(path: str | os.PathLike[str], pages: Iterable[Page]) -> None:
    """Save a TIFF of several pages, whole or not at all.

    Parameters
    ----------
    path : path
        Until the new file is complete, an old one of the same name stays as it was.
    pages : iterable of Page
        Each is written before the next is asked for.

    Raises
    ------
    OutputError
        If the file can't be written.
    EmptyInputError, UnsupportedImageError
        If a page is no picture.
    """
    try:
        with replacing(path) as file:
            write_pages(file, pages)
    except (OSError, ValueError) as error:
        raise OutputError(f"can't write {path}: {reason_of(error)}") from error


def write_pages(file: BinaryIO, pages: Iterable[Page]) -> None:
    """Write a TIFF of several pages to a file that is open for reading and writing."""
    import PIL.Image
    from PIL.TiffImagePlugin import AppendingTiffWriter

    with AppendingTiffWriter(file, new=True) as tiff:
        for pixels, dpi in pages:
            if isinstance(pixels, PIL.Image.Image):
                pixels.save(tiff, format="TIFF", **_options_of_copy(pixels))
            else:
                check_writable(pixels)
                PIL.Image.fromarray(pixels).save(tiff, format="TIFF", **options_of("TIFF", dpi))
            tiff.newFrame()


def _options_of_copy(picture: PIL.Image.Image) -> dict[str, Any]:
    """Return how a page is written that is only copied: compressed as it was, if that is exact."""
    options = options_of("TIFF", picture.info.get("dpi"))
    own = picture.info.get("compression")
    return {**options, "compression": own} if own in _LOSSLESS else options
