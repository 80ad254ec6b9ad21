"""Ink that was found in a reduced picture, with the edges of the full one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from foretext.arrays import Float, Ink, Pixels
from foretext.separate.contrast import Contrast, noise_of, strength_at, strength_of
from foretext.threads import side_by_side

# Rows worked at once at full size: bounds the memory.
_STRIP = 128
# Coverage below which a ratio says nothing.
_FAINT = 0.1
# Ink is kept where so much of it is: carved ink of thin strokes is a little less than all of it.
_KEPT = 0.75
_ALL = 0.95
# Full ink is at least this strong, beside the strongest within so many x-heights.
_FULL = 0.9
_LETTER = 0.7


class _Found(NamedTuple):
    """What the reduced picture tells: which share of the ink is wanted, and how dense it is."""

    share: Float
    density: Float


def sharpened(ink: Ink, pixels: Pixels, seen: Contrast, x_height: float) -> Ink:
    """Give ink that was found in a reduced picture the edges of the full one.

    Parameters
    ----------
    ink : ndarray of float32, (h, w)
        Coverage of the wanted text in the reduced picture.
    pixels : ndarray of uint8, (H, W, 3)
        The full picture.
    seen : Contrast
        The reduced picture without its paper.
    x_height : float
        Height of characters in the reduced picture, in its pixels.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage of the wanted text at full size.

    Notes
    -----
    Which share of the ink is wanted changes from stroke to stroke, and how dense the ink is from
    word to word, neither of them within an edge: both are taken from the reduced picture. How
    much ink there is, is taken from the full one.
    """
    shape = pixels.shape[:2]
    noise, found = _noise(pixels, seen), _found(ink, seen, x_height)
    wanted = np.zeros(shape, np.float32)

    def work(rows: slice) -> None:
        part = _rows_of(found.share, rows, shape)
        # All else is paper, as most of a page is.
        at = np.flatnonzero(part > 0.0)
        if not len(at):
            return
        strength = strength_at(at, pixels[rows], seen.paper.of_rows(rows, shape))
        kept = _coverage(strength, _rows_of(found.density, rows, shape).ravel()[at], noise)
        wanted[rows].ravel()[at] = kept * part.ravel()[at]

    _in_strips(work, shape[0])
    return wanted


def left_over(wanted: Ink, ink: Ink, pixels: Pixels, seen: Contrast, x_height: float) -> Ink:
    """Return all ink of a picture but the wanted.

    Parameters
    ----------
    wanted : ndarray of float32, (H, W)
        What `sharpened` gives.
    ink, pixels, seen, x_height
        What it was given.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage of all other ink at full size.
    """
    shape = pixels.shape[:2]
    noise, found = _noise(pixels, seen), _found(ink, seen, x_height)
    usual = float(np.median(found.density[ink > _FAINT])) if (ink > _FAINT).any() else 255.0
    removed = np.empty(shape, np.float32)

    def work(rows: slice) -> None:
        strength = strength_of(pixels[rows], seen.paper.of_rows(rows, shape))
        rest = _coverage(strength, usual, noise)
        rest -= wanted[rows]
        # Kept ink may be denser than usual; none of it has been removed for that.
        rest[_rows_of(found.share, rows, shape) > _ALL] = 0.0
        np.maximum(rest, 0.0, out=removed[rows])

    _in_strips(work, shape[0])
    return removed


def _in_strips(work: Callable[[slice], None], height: int) -> None:
    side_by_side(work, [slice(top, min(top + _STRIP, height)) for top in range(0, height, _STRIP)])


def _found(ink: Ink, seen: Contrast, x_height: float) -> _Found:
    density = _density(ink, seen.strength, x_height)
    return _Found(_share(ink, _coverage(seen.strength, density, seen.noise)), density)


def _rows_of(small: Float, rows: slice, shape: tuple[int, int]) -> Float:
    """Return some rows of what is enlarged to (H, W) pixels, bilinearly, and no others."""
    import cv2

    at = (np.arange(rows.start, rows.stop) + 0.5) * (len(small) / shape[0]) - 0.5
    at = np.clip(at, 0.0, len(small) - 1.0)
    above = at.astype(np.intp)
    below = np.minimum(above + 1, len(small) - 1)
    first, last = int(above[0]), int(below[-1]) + 1
    across = cv2.resize(small[first:last], (shape[1], last - first))
    part = across[above - first]
    rest = across[below - first]
    rest -= part
    rest *= (at - above).astype(np.float32)[:, None]
    part += rest
    return np.asarray(part, np.float32)


def _density(ink: Ink, strength: Float, x_height: float) -> Float:
    """Return the strength of full ink around each pixel: the greatest within a letter's reach."""
    import cv2

    reach = 2 * max(1, round(_LETTER * x_height)) + 1
    dense = cv2.dilate(np.where(ink > 0.5, strength, 0.0), np.ones((reach, reach), np.uint8))
    return np.asarray(cv2.blur(dense, (reach, reach)), np.float32)


def _coverage(strength: Float, density: Float | float, noise: float) -> Ink:
    """Return coverage, of ink that has this strength where it covers wholly."""
    low = np.minimum(0.5 * noise, 0.25 * density)
    amount = strength - low
    amount /= np.maximum(_FULL * density - low, 1.0)
    return np.asarray(np.clip(amount, 0.0, 1.0, out=amount), np.float32)


def _noise(pixels: Pixels, seen: Contrast) -> float:
    """Return the noise of the full picture, from some of its rows."""
    height, width = pixels.shape[:2]
    starts = range(0, height, max(1, height // 8))
    rows = [slice(start, min(start + 8, height)) for start in starts]
    parts = [strength_of(pixels[r], seen.paper.of_rows(r, (height, width))) for r in rows]
    return noise_of(np.concatenate(parts))


def _share(ink: Ink, coverage: Ink) -> Ink:
    """Return which share of the ink at each pixel is wanted; beside ink, as in the ink."""
    import cv2

    inked = coverage > _FAINT
    at = np.flatnonzero(inked)
    own = np.zeros_like(ink)
    own.ravel()[at] = np.minimum(ink.ravel()[at] / coverage.ravel()[at] / _KEPT, 1.0)
    share = np.asarray(cv2.blur(own, (3, 3)), np.float32)
    share /= np.maximum(cv2.blur(inked.astype(np.float32), (3, 3)), 1e-3)
    share.ravel()[at] = own.ravel()[at]
    return share
