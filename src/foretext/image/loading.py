"""Taking pictures in: the one door, for whatever holds a picture."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import numpy as np
import numpy.typing as npt

from foretext.arrays import Pixels
from foretext.errors import (
    EmptyInputError,
    InputNotFoundError,
    UnsupportedImageError,
    UsageError,
    warn,
)
from foretext.files import reason_of
from foretext.image.decoding import Frames, at_frame, copied, decoded, identified
from foretext.image.limits import DEFAULT_MAX_PIXELS, check_limit, check_size
from foretext.image.rgb import eight_bit, rgb
from foretext.numbers import whole

if TYPE_CHECKING:
    import PIL.Image

_ARRAY = "<array>"  # what messages call one

Source: TypeAlias = (
    "str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO"
    " | PIL.Image.Image | npt.NDArray[Any] | Image"
)
"""All that `load` takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A picture that has been taken in; made by `load`.

    Attributes
    ----------
    pixels : (H, W, 3) ndarray of uint8
        RGB, upright, not empty, read-only.
    dpi : tuple of two floats, or None
        Resolution along x and y, to one decimal, if the file tells one from 10 to 10000.
    source : str
        Where it comes from, for messages: the path, or a name such as ``<array>``.
    """

    pixels: Pixels = field(repr=False)
    dpi: tuple[float, float] | None
    source: str

    @property
    def height(self) -> int:
        """Number of rows."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self.pixels.shape[1])


def load(source: Source, *, page: int | None = None, max_pixels: int = DEFAULT_MAX_PIXELS) -> Image:
    """Take a picture in.

    Parameters
    ----------
    source : path, bytes-like, binary file, PIL image, ndarray or Image
        A file object is read from where it stands to its end, need not be seekable, and stays
        open. An array is (H, W), (H, W, 1), (H, W, 3) RGB or (H, W, 4) RGBA, of uint8, uint16,
        bool, or float in [0, 1]. An `Image` comes back as it is.
    page : int, optional
        Which page of a TIFF of several, from 1 on; the first by default.
    max_pixels : int
        Refuse pictures with more pixels than this. Pillow has a limit of its own, twice
        ``PIL.Image.MAX_IMAGE_PIXELS``; to go beyond it, raise both.

    Returns
    -------
    Image
        Shares no memory with `source`, which is left unchanged.

    Raises
    ------
    InputNotFoundError
        There is no such file, or it can't be read.
    EmptyInputError
        No bytes, or no pixels.
    NotAnImageError
        The bytes are not of a PNG, JPEG, TIFF, WebP, BMP, GIF, PPM, JPEG 2000 or AVIF picture.
    TruncatedImageError
        The picture is damaged or ends too early.
    ImageTooLargeError
        More than `max_pixels`; known from the header, before anything is decoded.
    UnsupportedImageError
        Shape, type or values are not those of a picture, or `source` is something else.
    UsageError
        `max_pixels` is no number above 0, or there is no such page.

    Warns
    -----
    ForetextWarning
        The file holds several pages, and none was named, or it is an animation; only the first
        is read. (Of a PIL image, the frame that it stands on is read, without a warning.)

    Notes
    -----
    Transparency is laid on white; on black, if the smaller part of the picture is opaque and so
    light that it would vanish. EXIF rotation is applied. 16-bit values are scaled so that
    65535 is white. A PIL image of mode ``I`` or ``F`` doesn't tell which value is white: it is
    the smallest of 1 (mode ``F`` only), 255 and 65535 that no pixel exceeds; if none will do or
    a value is negative, the darkest pixel becomes black and the lightest white.
    """
    check_limit(max_pixels)
    if isinstance(source, Image):
        _check_page(page, 1, source.source)
        return source
    if isinstance(source, np.ndarray):
        _check_page(page, 1, _ARRAY)
        return _from_array(source, max_pixels)

    import PIL.Image

    if isinstance(source, PIL.Image.Image):
        name = str(getattr(source, "filename", "") or "<picture>")
        _check_page(page, 1, name)
        return _image(*decoded(source, name, max_pixels), name)
    name = _name(source)
    with _opened(source, name) as file:
        picture, frames = identified(file, name, max_pixels)
        count = len(frames.pages)
        _check_page(page, count, name)
        picture = at_frame(picture, frames.pages[(page or 1) - 1], name, max_pixels)
        called = name if page is None or count == 1 else f"{name}, page {page}"
        image = _image(*decoded(picture, called, max_pixels), called)
    _warn_of_others(frames, page, name)
    return image


def _warn_of_others(frames: Frames, page: int | None, name: str) -> None:
    """Tell of what a file holds beside the page that was read."""
    pages = len(frames.pages)
    others = max(pages, frames.count if pages == 1 and not frames.thumbnails else 1) - 1
    if others and (page is None or pages == 1):
        kind, more = ("pages", " (page=2 names the next)") if pages > 1 else ("frames", "")
        warn(f"{name} holds {others + 1} {kind}: read the first, left the other {others}{more}")
    if frames.broken and (page or 1) == pages:
        warn(f"{name} is damaged behind page {pages}: what follows can't be found")


def untouched(
    source: Source, page: int, *, max_pixels: int = DEFAULT_MAX_PIXELS
) -> PIL.Image.Image:
    """Return a page of a file as Pillow decodes it, in its own mode, to be copied.

    Parameters
    ----------
    source : path, bytes-like or binary file
        The file.
    page : int
        From 1 on.
    max_pixels : int
        As for `load`.

    Raises
    ------
    InputError, UsageError
        As for `load`.
    """
    name = _name(source)
    with _opened(source, name) as file:
        picture, frames = identified(file, name, max_pixels)
        _check_page(page, len(frames.pages), name)
        picture = at_frame(picture, frames.pages[page - 1], name, max_pixels)
        check_size(picture.width, picture.height, f"{name}, page {page}", max_pixels)
        return copied(picture, f"{name}, page {page}", max_pixels)


def count_pages(source: Source, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> int:
    """Return how many pages a picture has: those of a TIFF, else one.

    Frames of an animation are no pages.

    Parameters
    ----------
    source, max_pixels
        As for `load`. A file object is read to its end: rewind it before it is read again.

    Raises
    ------
    InputError
        As for `load`, but for what only decoding shows.
    """
    import PIL.Image

    check_limit(max_pixels)
    if isinstance(source, (Image, np.ndarray, PIL.Image.Image)):
        return 1
    name = _name(source)
    with _opened(source, name) as file:
        _, frames = identified(file, name, max_pixels)
        return len(frames.pages)


def _check_page(page: int | None, pages: int, name: str) -> None:
    """Refuse what is no number of a page."""
    if page is None:
        return
    has = f"it has pages 1 to {pages}" if pages > 1 else "it has one page"
    if whole(page) is None:
        raise UsageError(f"a page is a whole number, not {page!r}", hint=has)
    if not 1 <= page <= pages:
        raise UsageError(f"{name} has no page {page}", hint=has)


def _name(source: object) -> str:
    """Return what messages call the source."""
    if isinstance(source, (str, os.PathLike)):
        return os.fsdecode(source)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return "<bytes>"
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else "<stream>"


@contextmanager
def _opened(source: object, name: str) -> Iterator[BinaryIO]:
    """Open a path, bytes or a file object, not empty, standing at its beginning."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(_seekable(source))
            empty = not file.read(1)
            file.seek(0)
        except (OSError, ValueError) as error:
            remote = name.startswith(("http:/", "https:/"))  # a Path has lost the second slash
            hint = "foretext downloads nothing: fetch the picture, then give its path"
            message = f"can't read {name}: {reason_of(error)}"
            raise InputNotFoundError(message, hint=hint if remote else None) from error
        if empty:
            rewind = "was it read to its end before? rewind it with `seek(0)`"
            hint_ = rewind if hasattr(source, "read") else None
            raise EmptyInputError(f"{name} holds no bytes", hint=hint_)
        yield file


def _seekable(source: object) -> BinaryIO:
    """Return a file of our own; only a file on disk is not read into memory at once."""
    if isinstance(source, (str, os.PathLike)):
        file = Path(source).open("rb")  # noqa: SIM115
        if file.seekable():
            return file
        with file:
            return io.BytesIO(file.read())
    if isinstance(source, (bytes, bytearray, memoryview)):
        return io.BytesIO(bytes(source))
    if isinstance(source, io.TextIOBase):
        raise UnsupportedImageError("the file is open as text", hint='open it with mode "rb"')
    if hasattr(source, "read"):
        return io.BytesIO(source.read() or b"")
    raise UnsupportedImageError(
        f"can't take a picture from {type(source).__name__}",
        hint="give a path, bytes, a binary file, a PIL image or a numpy array",
    )


def _from_array(array: npt.NDArray[Any], max_pixels: int) -> Image:
    """Return the picture in an array of the caller's."""
    name = _ARRAY
    if not array.size:
        raise EmptyInputError(f"{name} of shape {array.shape} holds no pixels")
    if array.ndim not in (2, 3) or array.shape[2:] not in ((), (1,), (3,), (4,)):
        raise UnsupportedImageError(f"{name} of shape {array.shape} is not a picture")
    check_size(array.shape[1], array.shape[0], name, max_pixels)
    # A copy before all else, so that nothing done to the caller's array later can reach us.
    return _image(rgb(eight_bit(np.array(array), name)), None, name)


def _image(pixels: Pixels, dpi: tuple[float, float] | None, name: str) -> Image:
    """Return the finished, read-only picture."""
    pixels = np.ascontiguousarray(pixels)
    pixels.setflags(write=False)
    return Image(pixels, dpi, name)
