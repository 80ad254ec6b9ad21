"""What no picture may be: without pixels, too large, of an impossible resolution."""

from __future__ import annotations

from typing import Final, cast

import numpy as np

from foretext.errors import EmptyInputError, ImageTooLargeError, UsageError

# Pillow refuses more than 178.9 megapixels by itself. That limit is one global of the whole
# process and not ours to move, so the default stays below it.
DEFAULT_MAX_PIXELS: Final = 175_000_000

# Fewer pixels are told one by one.
_MANY: Final = 100_000
# No text can be read below; TIFFs without a resolution come with 1.
_MIN_DPI: Final = 10.0
_MAX_DPI: Final = 10_000.0


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


def check_size(width: int, height: int, name: str, max_pixels: int) -> None:
    """Refuse a picture with no pixels, or with too many.

    Raises
    ------
    EmptyInputError, ImageTooLargeError
        If it is one.
    """
    if not width * height:
        raise EmptyInputError(f"{name} is {width} x {height}: it holds no pixels")
    if width * height > max_pixels:
        size = f"{width} x {height} = {megapixels(width * height)}"
        raise ImageTooLargeError(f"{name} is {size}; the limit is {megapixels(max_pixels)}")


def megapixels(pixels: int) -> str:
    """Return a number of pixels in words."""
    return f"{pixels / 1e6:,.1f} megapixels" if pixels >= _MANY else f"{pixels:,} pixels"


def plausible_dpi(dpi: object) -> tuple[float, float] | None:
    """Return the resolution if it can be one; files tell zeros, NaN and worse."""
    try:
        # PNG counts pixels per meter, so that 150 becomes 150.0124: one decimal is sound.
        x, y = (round(float(value), 1) for value in cast("tuple[float, float]", dpi))
    except (TypeError, ValueError, ArithmeticError):
        return None
    return (x, y) if all(_MIN_DPI <= value <= _MAX_DPI for value in (x, y)) else None
