"""The edges of the wanted text, from the colors around them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Mask
from foretext.separate.contrast import Contrast
from foretext.threads import side_by_side

# From here on the network is sure enough that a pixel shows the color of the ink.
_CORE = 0.65
# The ink's color is taken from so many x-heights around, at least and at most so many pixels.
_AROUND = 0.9
_WINDOW = 5, 61
# How much of its coverage a pixel loses by a color that is not on the way from paper to ink.
_STRANGE = 1.3
# The network's word counts by this power of its sureness, and by how far it is from the colors'.
_SAY = 0.35
_AGREES = 0.05, 0.3
_AGREES_IF_CLEAN = 0.4, 0.7
# On bare paper only what it is so sure of is ink.
_ON_PAPER = 0.4
# Ink that is fainter than this, and all around it, is none.
_GHOST = 0.25
# From here to there all ink is believed more and more.
_UNSURE = 0.25, 0.5
# A large picture is worked in strips of about so many rows.
_STRIP = 800
# A color shorter than this (of 255) tells nothing.
_FAINT = 4.0
# The paler half of an ink is left out of its color; where it is all of one, nothing may be.
_DENSE = 0.99

_Numbers = npt.NDArray[np.intp]


def refine(paperless: Contrast, foreground: Ink, x_height: float, *, is_clean: bool = False) -> Ink:
    """Give what the network takes for wanted text the edges that its colors show.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].
    x_height : float
        How tall its characters are, in pixels; 0 if unknown.
    is_clean : bool
        Whether hardly any ink is unwanted: then the colors are believed unless the network is
        all against them.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage in [0, 1].

    Notes
    -----
    A pixel on an edge has a color between paper and ink, and how far along it is its coverage.
    The ink's color is that of what surely is ink nearby, so each character may have its own.

    Where network and colors agree but for a little, the colors know the edges better. Where they
    do not, the network decides if it is sure: on other ink of the same color, say, or on ink
    without a color of its own, such as white letters in a bar.
    """
    height, side = len(foreground), _side(x_height)
    number = round(height / _STRIP)
    if number < 2:
        return _refined(paperless, foreground, slice(0, height), side, is_clean=is_clean)
    # What is two windows away has no say.
    around = 2 * side
    ink = np.empty(foreground.shape, np.float32)

    def work(part: int) -> None:
        first, last = (height * k // number for k in (part, part + 1))
        rows = slice(max(0, first - around), min(height, last + around))
        refined = _refined(paperless, foreground, rows, side, is_clean=is_clean)
        ink[first:last] = refined[first - rows.start : last - rows.start]

    side_by_side(work, range(number))
    return ink


def _refined(
    paperless: Contrast, foreground: Ink, rows: slice, side: int, *, is_clean: bool
) -> Ink:
    """Return the ink of some rows, from the colors within a window of so many pixels."""
    signed, likely = paperless.signed[rows], foreground[rows]
    # The network is not sure to a pixel where paper begins. Most of a page is paper: only the rest
    # is worked, pixel by pixel, where no window is needed.
    bare = (paperless.strength[rows] <= paperless.noise) & (likely < _ON_PAPER)
    at = np.flatnonzero(~bare)
    by_color = _coverage(_those(signed, at), *_ink_color(signed, likely, side, at))
    likely = likely.ravel()[at]
    sureness = np.abs(2.0 * likely - 1.0) ** np.float32(_SAY)
    low, high = _AGREES_IF_CLEAN if is_clean else _AGREES
    apart = np.clip((np.abs(likely - by_color) - low) / (high - low), 0.0, 1.0)
    ink = np.zeros(bare.shape, np.float32)
    ink.ravel()[at] = by_color + apart * sureness * (likely - by_color)
    return _without_ghosts(ink)


def _without_ghosts(ink: Ink) -> Ink:
    """Leave out what is faint everywhere: it is no edge of a stroke, only doubt."""
    import cv2

    near = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    return np.where(near < _GHOST, np.float32(0.0), ink)


def with_pale_strokes(ink: Ink, everything: Ink, foreground: Ink) -> Ink:
    """Bring strokes back of which the network is not sure, because they are pale or thin.

    Parameters
    ----------
    ink, everything, foreground : ndarray of float32, (H, W)
        What `refine` gives, the coverage of all ink, and what the network takes for wanted text,
        in [0, 1].

    Returns
    -------
    ndarray of float32, (H, W)
        At least `ink`; where the network is half sure, at least all ink.
    """
    low, high = _UNSURE
    likely = np.clip((foreground - low) / (high - low), 0.0, 1.0)
    return np.asarray(np.maximum(ink, everything * likely), np.float32)


def _side(x_height: float) -> int:
    """Return how large the window is from which a pixel takes the ink's color, in pixels."""
    least, most = _WINDOW
    return int(np.clip(round(_AROUND * x_height), least, most)) | 1


def _ink_color(signed: Float, foreground: Ink, side: int, at: _Numbers) -> tuple[Float, Float]:
    """Return the contrast of dense sure ink around some pixels, and how much of it is sure."""
    core = foreground > _CORE
    amount = _around(core.astype(np.float32), side)
    surely = np.flatnonzero(core)
    color = _mean(signed, core, amount, side, surely)
    # Half of it is paler than the mean, at the edges of strokes above all.
    dense = np.zeros_like(core)
    dense.ravel()[surely] = _along(_those(signed, surely), color)[0] >= _DENSE
    part = _around(dense.astype(np.float32), side)
    return _mean(signed, dense, part, side, at), amount.ravel()[at]


def _mean(signed: Float, some: Mask, amount: Float, side: int, at: _Numbers) -> Float:
    """Return the mean contrast of some pixels, a known part of the window, around others."""
    mean = _those(_around(signed * some[..., None], side), at)
    mean /= np.maximum(amount.ravel()[at], 1e-6)[:, None]
    return mean


def _around(values: Float, side: int) -> Float:
    """Return the mean in a window around each pixel; the values themselves are lost."""
    import cv2

    # In place: on a page, room for each more array takes as long as the arithmetic.
    return np.asarray(cv2.blur(values, (side, side), dst=values), np.float32)


def _those(signed: Float, at: _Numbers) -> Float:
    """Return the contrast of some pixels, (N, C)."""
    return signed.reshape(-1, signed.shape[-1])[at]


def _along(signed: Float, color: Float) -> tuple[Float, Float]:
    """Return how far each pixel is on the way from paper to a color, and its length, squared."""
    square = np.maximum(np.einsum("ic,ic->i", color, color), np.float32(_FAINT**2))
    along = np.einsum("ic,ic->i", signed, color) / square
    return np.asarray(along, np.float32), np.asarray(square, np.float32)


def _coverage(signed: Float, color: Float, amount: Float) -> Float:
    """Return how far each pixel is on the way from paper to the ink's color, less its distance."""
    along, square = _along(signed, color)
    beside = np.einsum("ic,ic->i", signed, signed) / square - along * along
    strange = np.sqrt(np.maximum(beside, 0.0))
    covered = np.minimum(along, 1.0) - np.float32(_STRANGE) * strange
    return np.asarray(np.where(amount > 1e-4, np.clip(covered, 0.0, 1.0), 0.0), np.float32)
