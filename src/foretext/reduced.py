"""Large pictures are worked at the size that their text needs.

Whether a stroke is wanted is seen at a fraction of the pixels; only its edges need them all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from foretext.arrays import Float, Ink, Labels, Pixels
from foretext.ink import Scale, small_print
from foretext.layer import Layer
from foretext.pieces import Pieces, pieces_of
from foretext.reading import Box
from foretext.separate.contrast import Contrast, contrast, noise_of, strength_of
from foretext.threads import side_by_side

# Smaller pictures are worked as they are.
_LARGE = 2_000_000
# Text is looked for at about so many pixels.
_GLANCE = 1_000_000
# Small print must not be lost for the large text beside it: it is made so many pixels tall.
_ENOUGH_TALL = 11.0
# Less reduction than this is not worth the trouble; more leaves thin lines unseen.
_WORTH = 0.8
_MOST = 0.2
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


def working_factor(pixels: Pixels) -> float:
    """Return at which part of its size a picture is best worked.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W, 3)
        RGB.

    Returns
    -------
    float
        1 for pictures of up to 2 megapixels and for small print; at least 0.2.
    """
    import cv2

    size = pixels.shape[0] * pixels.shape[1]
    glance = (_GLANCE / size) ** 0.5
    if size <= _LARGE or min(pixels.shape[:2]) * glance < 1.0:
        return 1.0
    small = cv2.resize(pixels, None, fx=glance, fy=glance, interpolation=cv2.INTER_AREA)
    seen = contrast(np.asarray(small, np.uint8))
    dense = float(np.percentile(seen.strength[::2, ::2], 99.5))
    pieces = pieces_of(seen.strength > max(seen.noise, 0.3 * dense))
    tall = small_print(pieces) / glance
    if not tall:
        return 1.0
    factor = max(_ENOUGH_TALL / tall, _MOST)
    return factor if factor <= _WORTH else 1.0


def reduced(pixels: Pixels, factor: float) -> Pixels:
    """Return a picture at a part of its size."""
    import cv2

    if factor == 1.0:
        return pixels
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def sharpened(ink: Ink, pixels: Pixels, seen: Contrast, x_height: float) -> tuple[Ink, Ink]:
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
    ink, removed : ndarray of float32, (H, W)
        Coverage of the wanted text and of all other ink, at full size.

    Notes
    -----
    Which share of the ink is wanted changes from stroke to stroke, and how dense the ink is from
    word to word, neither of them within an edge: both are taken from the reduced picture. How
    much ink there is, is taken from the full one.
    """
    height, width = pixels.shape[:2]
    density = _density(ink, seen.strength, x_height)
    noise = _noise(pixels, seen)
    usual = float(np.median(density[ink > _FAINT])) if (ink > _FAINT).any() else 255.0
    share = _share(ink, _coverage(seen.strength, density, seen.noise))
    wanted = np.empty((height, width), np.float32)
    removed = np.empty((height, width), np.float32)

    def work(top: int) -> None:
        rows = slice(top, min(top + _STRIP, height))
        strength = strength_of(pixels[rows], seen.paper.of_rows(rows, (height, width)))
        part = _rows_of(share, rows, (height, width))
        wanted[rows] = _coverage(strength, _rows_of(density, rows, (height, width)), noise)
        wanted[rows] *= part
        rest = _coverage(strength, usual, noise)
        rest -= wanted[rows]
        # Kept ink may be denser than usual; none of it has been removed for that.
        rest[part > _ALL] = 0.0
        np.maximum(rest, 0.0, out=removed[rows])

    side_by_side(work, range(0, height, _STRIP))
    return wanted, removed


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


def enlarged(layer: Layer, factor: float, shape: tuple[int, int]) -> Layer:
    """Return a layer of a reduced picture as one of the full picture, of (H, W) pixels."""
    import cv2

    grown = 1.0 / factor
    solid = cv2.resize(layer.solid.view(np.uint8), shape[::-1], interpolation=cv2.INTER_NEAREST)
    return replace(
        layer,
        scale=enlarged_scale(layer.scale, factor),
        box=Box(*(side * grown for side in layer.box)),
        pieces=_enlarged(layer.pieces, grown),
        solid=solid.view(np.bool_),
        carve=partial(_resized, layer, shape),
        carve_all=partial(_resized, layer, shape, of_all=True),
    )


def _resized(layer: Layer, shape: tuple[int, int], *, of_all: bool = False) -> Ink:
    import cv2

    ink = layer.all_ink if of_all else layer.ink
    return np.asarray(cv2.resize(ink, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def enlarged_scale(scale: Scale, factor: float) -> Scale:
    """Return the scale that text of a reduced picture has in the full one."""
    return Scale(scale.stroke_width / factor, scale.x_height / factor)


def enlarged_labels(labels: Labels, shape: tuple[int, int]) -> Labels:
    """Return (H, W) labels from those of a reduced picture; each reaches one pixel farther."""
    import cv2

    wide = cv2.dilate(labels, np.ones((3, 3), np.uint8))
    wide = np.where(labels > 0, labels, wide)
    return np.asarray(cv2.resize(wide, shape[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)


def _enlarged(pieces: Pieces, grown: float) -> Pieces:
    by = np.float32(grown)
    left, top = pieces.left * by, pieces.top * by
    return Pieces(left, top, pieces.width * by, pieces.height * by, pieces.area * by * by)
