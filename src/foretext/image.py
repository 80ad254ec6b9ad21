"""Taking pictures in, and saving them whole or not at all.

This is the only door for pictures: what lies behind it may trust that an `Image` is RGB, upright,
not empty and not too large. Pillow decodes; what it raises or warns of stays inside.
"""

from __future__ import annotations

import io
import math
import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from foretext.arrays import Mask, Pixels
from foretext.errors import (
    EmptyInputError,
    ForetextWarning,
    ImageTooLargeError,
    InputNotFoundError,
    NotAnImageError,
    OutputError,
    PdfError,
    TruncatedImageError,
    UnsupportedImageError,
    UsageError,
)
from foretext.files import replacing

if TYPE_CHECKING:
    import PIL.Image

Source: TypeAlias = (
    "str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO"
    " | PIL.Image.Image | npt.NDArray[Any] | Image"
)
"""All that `load` takes."""

# Pillow refuses more than 178.9 megapixels by itself. That limit is one global of the whole
# process and not ours to move, so the default stays below it.
DEFAULT_MAX_PIXELS: Final = 175_000_000

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

# What Pillow is told when it writes: lossless where the format can, else close to it, with full
# color resolution, since thin colored strokes are what chroma subsampling smears first.
_WRITE: Final[dict[str, dict[str, Any]]] = {
    "PNG": {},
    "JPEG": {"quality": 95, "subsampling": 0},
    "TIFF": {"compression": "tiff_adobe_deflate"},
    "WEBP": {"lossless": True, "exact": True},
}
SAVE_SUFFIXES: Final = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".webp": "WEBP",
}
# Channels, after rows and columns, that can be written.
_WRITABLE: Final[dict[np.dtype[Any], tuple[tuple[int, ...], ...]]] = {
    np.dtype(np.uint8): ((), (3,), (4,)),
    np.dtype(np.bool_): ((),),
}

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
# How stored pixels become upright: swap rows with columns, then flip rows, then flip columns.
_UPRIGHT: Final = {
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}
_SIDEWAYS: Final = (5, 6, 7, 8)

_OPAQUE: Final = 255
# No text can be read below; TIFFs without a resolution come with 1.
_MIN_DPI: Final = 10.0
_MAX_DPI: Final = 10_000.0

# `warnings.catch_warnings` swaps a list that all threads share. Decoding takes some percent of
# what cleaning and reading take, so waiting for each other costs less than any way around it.
_ONE_AT_A_TIME: Final = threading.Lock()


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

    pixels: Pixels
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


def load(source: Source, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> Image:
    """Take a picture in.

    Parameters
    ----------
    source : path, bytes-like, binary file, PIL image, ndarray or Image
        A file object is read from where it stands to its end, need not be seekable, and stays
        open. An array is (H, W), (H, W, 1), (H, W, 3) RGB or (H, W, 4) RGBA, of uint8, uint16,
        bool, or float in [0, 1]. An `Image` comes back as it is.
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
        `max_pixels` is no number above 0.

    Warns
    -----
    ForetextWarning
        The file holds several pages or frames; only the first is read. (Of a PIL image, the
        frame that it stands on is read, without a warning.)

    Notes
    -----
    Transparency is laid on white. EXIF rotation is applied. 16-bit values are scaled so that
    65535 is white. A PIL image of mode ``I`` or ``F`` doesn't tell which value is white: it is
    the smallest of 1 (mode ``F`` only), 255 and 65535 that no pixel exceeds; if none will do or
    a value is negative, the darkest pixel becomes black and the lightest white.
    """
    check_limit(max_pixels)
    if isinstance(source, Image):
        return source
    if isinstance(source, np.ndarray):
        return _from_array(source, max_pixels)

    import PIL.Image

    if isinstance(source, PIL.Image.Image):
        name = str(getattr(source, "filename", "") or "<picture>")
        return _from_pillow(source, name, max_pixels)
    name = _name(source)
    with _opened(source, name) as file:
        picture, frames = _identified(file, name, max_pixels)
        image = _from_pillow(picture, name, max_pixels)
    if frames > 1:
        text = f"{name} holds {frames} frames: read the first, left the other {frames - 1}"
        warnings.warn(text, ForetextWarning, stacklevel=2)
    return image


def save(
    path: str | os.PathLike[str],
    pixels: Pixels | Mask,
    *,
    dpi: tuple[float, float] | None = None,
) -> None:
    """Save a picture, whole or not at all.

    Until the new file is complete, an old one of the same name stays as it was.

    Parameters
    ----------
    path : path
        The suffix tells the format: .png, .jpg, .jpeg, .tif, .tiff or .webp.
    pixels : ndarray
        As for `encode`.
    dpi : tuple of two floats, optional
        As for `encode`.

    Raises
    ------
    OutputError
        The suffix is unknown, the format can't hold such a picture, or the file can't be written.
    EmptyInputError, UnsupportedImageError
        `pixels` is not a picture.
    """
    data = encode(pixels, format=format_of(path), dpi=dpi)
    try:
        with replacing(path) as file:
            file.write(data)
    except (OSError, ValueError) as error:
        raise OutputError(f"can't write {path}: {_reason(error)}") from error


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the format that a path's suffix tells, as `encode` takes it.

    Raises
    ------
    OutputError
        There is no suffix, or none of a format that can be written.
    """
    suffix = Path(path).suffix
    if format_ := SAVE_SUFFIXES.get(suffix.lower()):
        return format_
    what = f"foretext writes no {suffix} files" if suffix else "without a suffix it has no format"
    known = ", ".join(SAVE_SUFFIXES)
    raise OutputError(f"can't write {path}: {what}", hint=f"let it end in one of {known}")


def encode(
    pixels: Pixels | Mask,
    *,
    format: str = "PNG",  # noqa: A002
    dpi: tuple[float, float] | None = None,
) -> bytes:
    """Return a picture as the bytes of a file.

    Parameters
    ----------
    pixels : ndarray
        uint8 of (H, W), (H, W, 3) RGB or (H, W, 4) RGBA; or bool of (H, W), True being white,
        which takes one bit a pixel in PNG and TIFF.
    format : {"PNG", "JPEG", "TIFF", "WEBP"}
        All but JPEG are lossless. Upper or lower case.
    dpi : tuple of two floats, optional
        Resolution along x and y, kept to one decimal. JPEG rounds it further, WebP has no place
        for it; one that is not from 10 to 10000 is left out.

    Returns
    -------
    bytes

    Raises
    ------
    OutputError
        The format is unknown or can't hold such a picture: JPEG holds no transparency (refused,
        since laying it on white would lose what was asked for), WebP no side over 16383 pixels.
    EmptyInputError, UnsupportedImageError
        `pixels` is not a picture.
    """
    import PIL.Image

    name = str(format).upper()
    if name not in _WRITE:
        known = ", ".join(_WRITE)
        raise OutputError(f"can't write the format {format}", hint=f"choose one of {known}")
    _check_writable(pixels)
    if name == "JPEG" and pixels.shape[2:] == (4,):
        raise OutputError("JPEG can't hold transparency", hint="choose PNG, TIFF or WebP")

    options = dict(_WRITE[name])
    if plausible := _plausible_dpi(dpi):
        options["dpi"] = plausible
    file = io.BytesIO()
    try:
        PIL.Image.fromarray(pixels).save(file, format=name, **options)
    except (OSError, ValueError) as error:
        message = f"can't write the picture as {name}: {_reason(error)}"
        raise OutputError(message, hint="PNG and TIFF take any size") from error
    return file.getvalue()


# From any source to one that Pillow can read and seek in.


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
            message = f"can't read {name}: {_reason(error)}"
            raise InputNotFoundError(message, hint=hint if remote else None) from error
        if empty:
            raise EmptyInputError(f"{name} holds no bytes")
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


# Pillow's part.


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
            message = f"{name} is damaged or cut short: {_reason(error)}"
            raise TruncatedImageError(message) from error


def _identified(file: BinaryIO, name: str, max_pixels: int) -> tuple[PIL.Image.Image, int]:
    """Return the picture, its header read and nothing decoded, and how many frames it has."""
    import PIL.Image

    with _pillow(name, max_pixels), suppress(PIL.UnidentifiedImageError):
        PIL.Image.init()
        formats = [format_ for format_ in _READ if format_ in PIL.Image.OPEN]
        picture = PIL.Image.open(file, formats=formats)
        # The further pictures of a JPEG (its format is then MPO) are gain maps, depth maps or
        # previews that phones put there. They are no pages.
        frames = 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
        return picture, frames
    file.seek(0)
    raise _unidentified(file.read(_HEAD_SIZE), name)


def _unidentified(head: bytes, name: str) -> NotAnImageError | TruncatedImageError:
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
        return NotAnImageError(f"{name} is not a PDF", hint=PdfError.default_hint)
    return NotAnImageError(f"{name} is not a picture", hint=hint)


def _from_pillow(picture: PIL.Image.Image, name: str, max_pixels: int) -> Image:
    """Decode a picture and set it upright."""
    _check_size(picture.width, picture.height, name, max_pixels)
    with _pillow(name, max_pixels):
        # Pillow turns a TIFF while loading it, but not its resolution.
        turned = picture.format == "TIFF" and _orientation(picture) in _SIDEWAYS
        picture.load()
        orientation = _orientation(picture)
        dpi = _plausible_dpi(picture.info.get("dpi"))
        values = np.asarray(_plain(picture))
    if picture.mode in ("I", "F"):
        values = _from_unknown_white(values, name)
    if dpi and (turned or orientation in _SIDEWAYS):
        dpi = dpi[::-1]
    return _image(_upright(_rgb(_eight_bit(values, name)), orientation), dpi, name)


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


# From any array to RGB.


def _from_array(array: npt.NDArray[Any], max_pixels: int) -> Image:
    """Return the picture in an array of the caller's."""
    name = "<array>"
    if not array.size:
        raise EmptyInputError(f"{name} of shape {array.shape} holds no pixels")
    if array.ndim not in (2, 3) or array.shape[2:] not in ((), (1,), (3,), (4,)):
        raise UnsupportedImageError(f"{name} of shape {array.shape} is not a picture")
    _check_size(array.shape[1], array.shape[0], name, max_pixels)
    # A copy before all else, so that nothing done to the caller's array later can reach us.
    return _image(_rgb(_eight_bit(np.array(array), name)), None, name)


def _eight_bit(values: npt.NDArray[Any], name: str) -> Pixels:
    """Scale black to 0 and white to 255."""
    native = values.dtype.newbyteorder("=")
    if native == np.uint8:
        return values
    if native == np.bool_:
        return values.astype(np.uint8) * np.uint8(255)
    if native == np.uint16:
        whole, rest = np.divmod(values, 257)  # to the nearest, in no more than 16 bits
        return cast("Pixels", (whole + (rest > 257 // 2)).astype(np.uint8))
    if not np.issubdtype(native, np.floating):
        raise UnsupportedImageError(f"{name} is of type {values.dtype}")
    low, high = values.min(), values.max()
    if not (low >= 0 and high <= 1):  # NaN fails here, too
        raise UnsupportedImageError(f"{name} holds values from {low} to {high}, not in [0, 1]")
    return cast("Pixels", np.rint(values * 255).astype(np.uint8))


def _from_unknown_white(values: npt.NDArray[Any], name: str) -> npt.NDArray[np.float64]:
    """Scale to [0, 1] what doesn't tell its own range; the rule is in the notes of `load`."""
    low, high = float(values.min()), float(values.max())
    if not (math.isfinite(low) and math.isfinite(high)):
        raise UnsupportedImageError(f"{name} holds NaN or infinite values")
    floating = np.issubdtype(values.dtype, np.floating)
    whites = (1, 255, 65535) if floating else (255, 65535)
    white = next((white for white in whites if high <= white), None)
    scaled = values.astype(np.float64)
    if low >= 0 and white is not None:
        return scaled / white
    return (scaled - low) / ((high - low) or 1.0)


def _rgb(pixels: Pixels) -> Pixels:
    """Make three channels of one, three or four."""
    shape, channels = pixels.shape[:2], pixels.shape[2:]
    if channels == (4,):
        return _on_white(pixels[..., :3], pixels[..., 3:])
    if channels == (3,):
        return pixels
    return np.stack([pixels.reshape(shape)] * 3, axis=2)


def _on_white(color: Pixels, alpha: Pixels) -> Pixels:
    """Lay transparent color on white, rounded to the nearest."""
    if alpha.min() == _OPAQUE:
        return color
    cover = alpha.astype(np.uint16)
    mixed = color * cover + 255 * (_OPAQUE - cover)  # at most 255 * 255, which 16 bits hold
    return ((mixed + 127) // 255).astype(np.uint8)


def _upright(pixels: Pixels, orientation: object) -> Pixels:
    """Undo how the camera was held; anything but a known orientation is none."""
    swap, flip_rows, flip_columns = _UPRIGHT.get(cast("int", orientation), (False, False, False))
    if swap:
        pixels = pixels.swapaxes(0, 1)
    return pixels[:: -1 if flip_rows else 1, :: -1 if flip_columns else 1]


def _image(pixels: Pixels, dpi: tuple[float, float] | None, name: str) -> Image:
    """Return the finished, read-only picture."""
    pixels = np.ascontiguousarray(pixels)
    pixels.setflags(write=False)
    return Image(pixels, dpi, name)


# Checks and messages.


def check_limit(max_pixels: float) -> None:
    """Refuse a limit that is no number above 0: nothing would be larger than NaN.

    Raises
    ------
    UsageError
        If it is one.
    """
    number = isinstance(max_pixels, (int, float, np.integer)) and not isinstance(max_pixels, bool)
    if not (number and max_pixels > 0):
        raise UsageError(
            f"max_pixels must be a number above 0, not {max_pixels!r}",
            hint=f"leave it out for {DEFAULT_MAX_PIXELS:,}",
        )


def _check_size(width: int, height: int, name: str, max_pixels: int) -> None:
    """Refuse a picture with no pixels, or with too many."""
    if not width * height:
        raise EmptyInputError(f"{name} is {width} x {height}: it holds no pixels")
    if width * height > max_pixels:
        size = f"{width} x {height} = {_megapixels(width * height)}"
        raise ImageTooLargeError(f"{name} is {size}; the limit is {_megapixels(max_pixels)}")


def _refused_by_pillow(name: str, max_pixels: int) -> ImageTooLargeError:
    """Return the error for a picture beyond Pillow's limit, which may be the lower of the two."""
    import PIL.Image

    limit = 2 * (PIL.Image.MAX_IMAGE_PIXELS or 0)
    if max_pixels <= limit:
        return ImageTooLargeError(f"{name} is over the limit of {_megapixels(max_pixels)}")
    return ImageTooLargeError(
        f"{name} is over Pillow's own limit of {_megapixels(limit)}",
        hint="set PIL.Image.MAX_IMAGE_PIXELS to half of what you need, as well as `max_pixels`",
    )


def _megapixels(pixels: int) -> str:
    return f"{pixels / 1e6:,.1f} megapixels"


def _reason(error: Exception) -> str:
    """Return what an error says, without the path and number that OSError adds."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _plausible_dpi(dpi: object) -> tuple[float, float] | None:
    """Return the resolution if it can be one; files tell zeros, NaN and worse."""
    try:
        # PNG counts pixels per meter, so that 150 becomes 150.0124: one decimal is sound.
        x, y = (round(float(value), 1) for value in cast("tuple[float, float]", dpi))
    except (TypeError, ValueError, ArithmeticError):
        return None
    return (x, y) if all(_MIN_DPI <= value <= _MAX_DPI for value in (x, y)) else None


def _check_writable(pixels: npt.NDArray[Any]) -> None:
    """Refuse what `encode` can't write."""
    shape, dtype = pixels.shape, pixels.dtype
    if not pixels.size:
        raise EmptyInputError(f"a picture of shape {shape} holds no pixels")
    if len(shape) > 1 and shape[2:] in _WRITABLE.get(dtype, ()):
        return
    raise UnsupportedImageError(
        f"can't write an array of shape {shape} and type {dtype}",
        hint="give (H, W), (H, W, 3) or (H, W, 4) as uint8, or (H, W) as bool",
    )
