"""Whether words are tiled: laid again and again, at equal distances, as no text is."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from foretext.arrays import Float, Mask
from foretext.layer import Layer
from foretext.pieces import labeled_pieces, pixels_of

# Lower pieces, in heights, are parts of letters.
_A_LETTER: Final = 0.7
# Among pieces so small, in pixels, there is one of any size anywhere.
_SMALL: Final = 8.0
# Fewer letters, of fewer tiles, may lie so by chance.
_LEAST: Final = 12
# So many pixels of a height, or so many of all, tell where letters are.
_FINE: Final = 10.0
_WIDER: Final = np.array([0.25, 0.5, 0.25], np.float32)
_ENOUGH: Final = 480
# A pattern moved by one of its distances meets itself in so large a part of it, if so much of it
# has something to meet.
_MEETS: Final = 0.6
_SHARED: Final = 0.15
# Nearer than this, in heights, each letter meets itself and the next one.
_NEAR: Final = 1.5
# Moved so much farther or less far, in heights, it meets itself in a much smaller part: bars,
# stains and grain meet themselves anywhere.
_BESIDE: Final = 0.75
_SHARP: Final = 0.8
# Its two distances go apart by more than this, as the sine of the angle between them.
_APART: Final = 0.3


def is_tiled(layer: Layer) -> bool:
    """Tell whether a layer is a pattern that repeats itself in two directions.

    Parameters
    ----------
    layer : Layer
        One kind of text.

    Returns
    -------
    bool
        True if, moved along either of two distances that are not parallel, most of it meets itself,
        and much less of it when moved a little farther.

    Notes
    -----
    What meets what is told by the correlation of the ink with itself, by way of the Fourier
    transform, as a part of the ink that has something to meet.
    """
    x_height = layer.x_height
    tall = layer.pieces.height >= _A_LETTER * x_height
    if np.count_nonzero(tall) < _LEAST or float(np.median(layer.pieces.width[tall])) < _SMALL:
        return False
    pieces, labels = labeled_pieces(layer.solid)
    ink = pixels_of(labels, pieces.height >= _A_LETTER * x_height)
    step = max(1, round(x_height / _FINE), -(-max(ink.shape) // _ENOUGH))
    meets = _meeting(_smaller(ink, step))
    meets[_squares(meets.shape) < (_NEAR * x_height / step) ** 2] = 0.0
    sharp = _is_sharp(meets, max(1, round(_BESIDE * x_height / step)))
    at = np.flatnonzero(sharp & (meets >= _MEETS))
    if not len(at):
        return False
    y, x = _distances(at, meets.shape)
    first = int(meets.ravel()[at].argmax())
    across = np.abs(y * x[first] - x * y[first])
    return bool(np.any(across > _APART * np.hypot(y, x) * np.hypot(y[first], x[first])))


def _smaller(ink: Mask, step: int) -> Float:
    """Return how much of each square of so many pixels is ink."""
    import cv2

    height, width = ink.shape
    size = max(1, width // step), max(1, height // step)
    small = cv2.resize(ink.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    # Thin strokes are to meet themselves also where they are moved by a part of a square.
    wide = cv2.sepFilter2D(small, -1, _WIDER, _WIDER, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(wide, np.float32)


def _meeting(ink: Float) -> Float:
    """Return which part of the ink meets ink when it is moved, (2H, 2W), unmoved in the middle."""
    import cv2

    height, width = ink.shape
    # Of a length with large prime factors the transform takes several times as long.
    high, wide = cv2.getOptimalDFTSize(2 * height), cv2.getOptimalDFTSize(2 * width)
    padded = cv2.copyMakeBorder(ink, 0, high - height, 0, wide - width, cv2.BORDER_CONSTANT)
    found = cv2.dft(padded, nonzeroRows=height)
    power = cv2.mulSpectrums(found, found, 0, conjB=True)
    around = np.roll(cv2.idft(power, flags=cv2.DFT_SCALE), ink.shape, (0, 1))
    shared = around[: 2 * height, : 2 * width]
    # What of the ink lies within the picture before the move, and what after it.
    before = _within(ink * ink)
    after = np.roll(before[::-1, ::-1], 1, (0, 1))
    enough = np.minimum(before, after) > _SHARED * float((ink * ink).sum())
    both = np.sqrt(np.where(enough, before * after, 1.0))
    return np.asarray(np.where(enough, shared / both, 0.0), np.float32)


def _within(values: Float) -> Float:
    """Return the sum of the values that stay in the picture when moved, (2H, 2W)."""
    import cv2

    sums = cv2.integral(values)
    down, right = (np.arange(-size, size) for size in values.shape)
    (top, bottom), (left, right_) = (
        (np.maximum(0, -move), np.minimum(size, size - move))
        for move, size in zip((down, right), values.shape, strict=True)
    )
    rows = sums[bottom] - sums[top]
    return np.asarray(rows[:, right_] - rows[:, left], np.float32)


def _distances(at: NDArray[np.intp], shape: tuple[int, ...]) -> tuple[Float, Float]:
    """Return how far, down and to the right, some pixels are from the middle, (N,)."""
    y, x = np.unravel_index(at, shape)
    down, right = y - shape[0] // 2, x - shape[1] // 2
    return down.astype(np.float32), right.astype(np.float32)


def _squares(shape: tuple[int, ...]) -> NDArray[np.int64]:
    """Return how far each pixel is from the middle, squared, (H, W)."""
    down, right = (np.square(np.arange(-(side // 2), side - side // 2)) for side in shape)
    return np.add.outer(down, right)


def _is_sharp(meets: Float, off: int) -> Mask:
    """Tell where much less meets on either side, or on the other two."""
    import cv2

    def less(wide: int, high: int) -> Mask:
        ends = np.zeros((2 * high + 1, 2 * wide + 1), np.uint8)
        ends[0, 0] = ends[-1, -1] = 1
        return cv2.dilate(meets, ends) < _SHARP * meets

    return less(off, 0) & less(0, off)
