"""Pillow's part: from an open file to values and what is known of them.

What Pillow raises or warns of stays inside.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np

from foretext.arrays import Pixels
from foretext.errors import ImageTooLargeError, NotAnImageError, PdfError, TruncatedImageError
from foretext.files import reason_of
from foretext.image.limits import check_size, megapixels, plausible_dpi
from foretext.image.rgb import eight_bit, from_unknown_white, is_sideways, rgb, upright

if TYPE_CHECKING:
    import PIL.Image

# Raster formats that people keep text in. EPS and WMF, which Pillow knows too, are programs.
_READ: Final[tuple[str, ...]] = (
    "PNG",
    "JPEG",
    "TIFF",
    "WEBP",
    "BMP",
    "GIF",
    "PPM",
    "JPEG2000",
    "AVIF",
)

# Beginnings long enough that nothing else has them: with one of these, and yet not readable,
# a file is a damaged picture and not something else.
_MAGIC: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\0",
    b"MM\0*",
    b"\0\0\0\x0cjP  \r\n\x87\n",
)
_HEAD_SIZE: Final = 16

_ORIENTATION: Final = 0x0112  # the EXIF tag
_SUBFILE: Final = 254  # the TIFF tag that tells what a frame is, and the bit of a thumbnail
_REDUCED: Final = 1

# `warnings.catch_warnings` swaps a list that all threads share. Decoding takes some percent of
# what cleaning and reading take, so waiting for each other costs less than any way around it.
_ONE_AT_A_TIME: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Frames:
    """What a file holds.

    Attributes
    ----------
    count : int
        How many frames there are, of an animation or a TIFF.
    pages : tuple of int
        Which of them are pages, from 0 on: of a TIFF all but its thumbnails, else the first.
    broken : bool
        Whether there is more behind the last of them that can't be found.
    thumbnails : bool
        Whether those that are no pages are thumbnails of them.
    """

    count: int
    pages: tuple[int, ...]
    broken: bool = False
    thumbnails: bool = False


def identified(file: BinaryIO, name: str, max_pixels: int) -> tuple[PIL.Image.Image, Frames]:
    """Return the picture, its header read and nothing decoded, and what else there is."""
    import PIL.Image

    with _pillow(name, max_pixels), suppress(PIL.UnidentifiedImageError):
        PIL.Image.init()
        formats = [format_ for format_ in _READ if format_ in PIL.Image.OPEN]
        picture = PIL.Image.open(file, formats=formats)
        if picture.format == "TIFF":
            return picture, _pages_of(picture)
        # The further pictures of a JPEG (its format is then MPO) are gain maps, depth maps or
        # previews that phones put there. They are no pages.
        count = 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
        return picture, Frames(count, (0,))
    file.seek(0)
    raise _unidentified(file.read(_HEAD_SIZE), name)


def _pages_of(picture: PIL.Image.Image) -> Frames:
    """Find the pages of a TIFF, as far as one leads to the next."""
    pages: list[int] = []
    number, broken = 0, False
    while True:
        try:
            picture.seek(number)
        except EOFError:
            break
        except Exception:  # damage makes Pillow raise nearly anything
            broken = True
            break
        if not int(getattr(picture, "tag_v2", {}).get(_SUBFILE, 0)) & _REDUCED:
            pages.append(number)
        number += 1
    picture.seek(pages[0] if pages else 0)
    return Frames(max(number, 1), tuple(pages) or (0,), broken, thumbnails=len(pages) < number)


def at_frame(picture: PIL.Image.Image, frame: int, name: str, max_pixels: int) -> PIL.Image.Image:
    """Return a picture of several frames, standing at one of them, from 0 on."""
    with _pillow(name, max_pixels):
        picture.seek(frame)
    return picture


def copied(picture: PIL.Image.Image, name: str, max_pixels: int) -> PIL.Image.Image:
    """Return a copy of the frame that a picture stands on, which needs its file no more."""
    with _pillow(name, max_pixels):
        picture.load()
        return picture.copy()


def decoded(
    picture: PIL.Image.Image, name: str, max_pixels: int
) -> tuple[Pixels, tuple[float, float] | None]:
    """Return a picture as upright RGB, and its resolution."""
    check_size(picture.width, picture.height, name, max_pixels)
    with _pillow(name, max_pixels):
        # Pillow turns a TIFF while loading it, but not its resolution.
        turned = picture.format == "TIFF" and is_sideways(_orientation(picture))
        picture.load()
        orientation = _orientation(picture)
        dpi = plausible_dpi(picture.info.get("dpi"))
        values = np.asarray(_plain(picture))
    if picture.mode in ("I", "F"):
        values = from_unknown_white(values, name)
    if dpi and (turned or is_sideways(orientation)):
        dpi = dpi[::-1]
    return upright(rgb(eight_bit(values, name)), orientation), dpi


@contextmanager
def _pillow(name: str, max_pixels: int) -> Iterator[None]:
    """Let Pillow work: alone, without a word, and failing with our errors only."""
    import PIL.Image

    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except PIL.Image.DecompressionBombError as error:
            raise _refused_by_pillow(name, max_pixels) from error
        except MemoryError:
            raise  # which tells of this machine, not of the picture
        except Exception as error:  # damage makes Pillow raise nearly anything
            message = f"{name} is damaged or cut short: {reason_of(error)}"
            raise TruncatedImageError(message) from error


def _unidentified(head: bytes, name: str) -> NotAnImageError | TruncatedImageError | PdfError:
    """Return the error for a file that Pillow can't open."""
    if head.startswith(_MAGIC) or head[8:12] == b"WEBP" or head[4:12] == b"ftypavif":
        return TruncatedImageError(f"{name} begins like a picture, but its header is damaged")
    hint = None
    if head.startswith(b"%PDF"):
        hint = (
            "for PDFs there are `foretext clean IN.pdf -o OUT.pdf` and `foretext read IN.pdf` "
            "(Python: `foretext.clean_pdf`, `foretext.read_pdf`)"
        )
    elif head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        hint = "convert HEIC to JPEG or PNG first"
    elif name.lower().endswith(".pdf"):
        return PdfError(f"{name} is not a PDF")
    return NotAnImageError(f"{name} is not a picture", hint=hint)


def _refused_by_pillow(name: str, max_pixels: int) -> ImageTooLargeError:
    """Return the error for a picture beyond Pillow's limit, which may be the lower of the two."""
    import PIL.Image

    limit = 2 * (PIL.Image.MAX_IMAGE_PIXELS or 0)
    if max_pixels <= limit:
        return ImageTooLargeError(f"{name} is over the limit of {megapixels(max_pixels)}")
    return ImageTooLargeError(
        f"{name} is over Pillow's own limit of {megapixels(limit)}",
        hint="set PIL.Image.MAX_IMAGE_PIXELS to half of what you need, as well as `max_pixels`",
    )


def _orientation(picture: PIL.Image.Image) -> object:
    """Return the EXIF orientation; a picture with a broken EXIF block counts as upright."""
    try:
        return picture.getexif().get(_ORIENTATION, 1)
    except Exception:  # the block is read by the same parser as TIFF, and fails in as many ways
        return 1


def _plain(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Return the picture in a mode that is plain for numpy: gray of any depth, RGB or RGBA."""
    if picture.mode.startswith(("I", "F")):
        return picture
    if picture.mode == "La":  # Pillow goes from here to LA, and nowhere else
        picture = picture.convert("LA")
    mode = "L" if picture.mode in ("1", "L") else "RGB"
    if picture.has_transparency_data:
        mode = "RGBA"
    return picture if picture.mode == mode else picture.convert(mode)
