"""Saving pictures, whole or not at all."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from foretext.arrays import Mask, Pixels
from foretext.errors import EmptyInputError, OutputError, UnsupportedImageError
from foretext.files import reason_of, replacing
from foretext.image.limits import plausible_dpi

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
        raise OutputError(f"can't write {path}: {reason_of(error)}") from error


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the format that a path's suffix tells, as `encode` takes it.

    Raises
    ------
    OutputError
        There is no suffix, or none of a format that can be written, or it is no path.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise OutputError(
            f"can't write to {type(path).__name__}: it is no path",
            hint="`encode` returns bytes, to be written to anything",
        )
    suffix = Path(path).suffix
    if format_ := SAVE_SUFFIXES.get(suffix.lower()):
        return format_
    what = f"no picture is written as {suffix}" if suffix else "without a suffix it has no format"
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
    check_writable(pixels)
    if name == "JPEG" and pixels.shape[2:] == (4,):
        raise OutputError("JPEG can't hold transparency", hint="choose PNG, TIFF or WebP")

    file = io.BytesIO()
    try:
        PIL.Image.fromarray(pixels).save(file, format=name, **options_of(name, dpi))
    except (OSError, ValueError) as error:
        message = f"can't write the picture as {name}: {reason_of(error)}"
        raise OutputError(message, hint="PNG and TIFF take any size") from error
    return file.getvalue()


def options_of(format_: str, dpi: tuple[float, float] | None) -> dict[str, Any]:
    """Return what Pillow is told when it writes this format."""
    options = dict(_WRITE[format_])
    if plausible := plausible_dpi(dpi):
        options["dpi"] = plausible
    return options


def check_writable(pixels: npt.NDArray[Any]) -> None:
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
