"""Writing a TIFF of several pages, one after the other, so that only one is held in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from foretext.arrays import Mask, Pixels
from foretext.errors import OutputError
from foretext.files import reason_of, replacing
from foretext.image.saving import check_writable, options_of


class Page(NamedTuple):
    """One page to write: as `foretext.image.encode` takes it, and its resolution along x and y."""

    pixels: Pixels | Mask
    dpi: tuple[float, float] | None


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
            check_writable(pixels)
            PIL.Image.fromarray(pixels).save(tiff, format="TIFF", **options_of("TIFF", dpi))
            tiff.newFrame()
