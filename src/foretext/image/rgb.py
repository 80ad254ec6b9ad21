"""From any values to RGB: depth, transparency, and which side is up."""

from __future__ import annotations

import math
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

from foretext.arrays import Pixels
from foretext.errors import UnsupportedImageError

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
_AS_IT_IS: Final = (False, False, False)

_OPAQUE: Final = 255
# Less than this of a picture is written on it, not it; so light, it would vanish on white.
_WRITTEN: Final = 0.5
_LIGHT: Final = 0.75


def eight_bit(values: npt.NDArray[Any], name: str) -> Pixels:
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


def from_unknown_white(values: npt.NDArray[Any], name: str) -> npt.NDArray[np.float64]:
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


def rgb(pixels: Pixels) -> Pixels:
    """Make three channels of one, three or four."""
    shape, channels = pixels.shape[:2], pixels.shape[2:]
    if channels == (4,):
        return _on_paper(pixels[..., :3], pixels[..., 3:])
    if channels == (3,):
        return pixels
    return np.stack([pixels.reshape(shape)] * 3, axis=2)


def _on_paper(color: Pixels, alpha: Pixels) -> Pixels:
    """Lay transparent color on white, or on black if it is writing that white would swallow."""
    if alpha.min() == _OPAQUE:
        return color
    cover = alpha.astype(np.uint16)
    paper = 0 if _is_light_writing(color, alpha) else 255
    mixed = color * cover + paper * (_OPAQUE - cover)  # at most 255 * 255, which 16 bits hold
    return ((mixed + 127) // 255).astype(np.uint8)


def _is_light_writing(color: Pixels, alpha: Pixels) -> bool:
    """Tell whether what is opaque is light in its darkest channel, and little or light all over."""
    amount = float(alpha.mean(dtype=np.float64)) / _OPAQUE
    if not amount:
        return False
    darkest = color.min(axis=2, keepdims=True)
    if amount >= _WRITTEN:
        return bool(darkest[alpha > 0].min() > _LIGHT * 255)
    return float(np.average(darkest, weights=alpha)) > _LIGHT * 255


def is_sideways(orientation: object) -> bool:
    """Tell whether the stored rows are columns of the upright picture."""
    return _UPRIGHT.get(cast("int", orientation), _AS_IT_IS)[0]


def upright(pixels: Pixels, orientation: object) -> Pixels:
    """Undo how the camera was held; anything but a known orientation is none."""
    swap, flip_rows, flip_columns = _UPRIGHT.get(cast("int", orientation), _AS_IT_IS)
    if swap:
        pixels = pixels.swapaxes(0, 1)
    return pixels[:: -1 if flip_rows else 1, :: -1 if flip_columns else 1]
