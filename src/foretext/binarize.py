"""Hard black and white from soft ink, for those who ask for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foretext.arrays import Float, Ink, Mask, Pixels
from foretext.ink import Scale, depth
from foretext.srgb import light_of, values_of

# Paper is bare this far from any ink, in pixels.
_BARE = 3
_NO_INK = 0.05
# On the paper of a scan fewer pixels than this are just as the one beside them; of a drawn picture
# that went through JPEG, nine in ten are. This many rows tell.
_GRAIN = 0.75
_ROWS = 400
# So many pixels tell a color.
_ENOUGH = 100_000
# Ink is dense from here on.
_DENSE = 0.8
# Ink reflects at least this much of the light that paper does: print has a density of 1.2 or so.
# Where it is blacker, the picture's contrast was raised.
_BLACKEST = 0.07
# A stroke's own ink is its densest within so many stroke widths.
_REACH = 2.0
# Strokes narrower than the first, in pixels, may be half covered at most; others should be whole.
_NARROW = 2.0, 4.0
# Ink fainter than this is none, or its edge.
_FAINTEST, _FAINT = 0.3, 0.15
_HALF = 0.5
# Grain is smoothed so far, in pixels, before edges are measured.
_GRAIN_SIZE = 0.7
# Coverages that an edge is looked for at: from where half of the light is between black and white,
# in such steps.
_LEAST, _STEP = 0.26, 0.02
# Edges that steep, beside the steepest, are as steep.
_NEARLY = 0.97


def binarize(ink: Ink, pixels: Pixels, scale: Scale) -> Mask:
    """Tell which pixels are ink.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1], as colors tell it.
    pixels : ndarray of uint8, (H, W, 3)
        The picture, sRGB.
    scale : Scale
        Of the text.

    Returns
    -------
    ndarray of bool, (H, W)

    Notes
    -----
    In a drawn picture, those that are covered by half of what the stroke has in its middle: where a
    pen ran dry, its ink is pale from edge to edge.

    In a scan, those up to where the edge is steepest, as it is seen, and as the truth of contests
    is made, which grows strokes until they cover their edges [1]_. Edges of pale and thin strokes
    are steep farther out than those of dark ones. It is looked for between where half of the
    light is for black on white and half of the coverage or, if that is more, where half of the
    light is: the light of paper and ink mixes before it is encoded, by the curve of IEC 61966-2-1.
    A drawn picture mixes what is encoded; it has no grain. That the mean gradient along an outline
    tells where to cut is old [2]_.

    References
    ----------
    .. [1] K. Ntirogiannis, B. Gatos, I. Pratikakis, "An objective evaluation methodology for
       document image binarization techniques", DAS 2008, doi:10.1109/DAS.2008.41
    .. [2] J. S. Weszka, A. Rosenfeld, "Threshold evaluation techniques", IEEE Transactions on
       Systems, Man, and Cybernetics 8 (1978), doi:10.1109/TSMC.1978.4310038
    """
    half, even = _HALF, _even(ink, scale)
    if ink.any() and (bare := _bare(ink)).any() and _has_grain(pixels, bare):
        half = _where_steep(pixels, even, max(_HALF, _half_of_light(pixels, bare, ink)))
    return np.asarray(even > half)


def _bare(ink: Ink) -> Mask:
    import cv2

    side = 2 * _BARE + 1
    near = cv2.dilate((ink > _NO_INK).astype(np.uint8), np.ones((side, side), np.uint8))
    return np.asarray(near == 0)


def _has_grain(pixels: Pixels, bare: Mask) -> bool:
    step = max(1, len(pixels) // _ROWS)
    rows, paper = pixels[::step], bare[::step, 1:]
    same = np.all(rows[:, 1:] == rows[:, :-1], axis=2)
    return bool(np.count_nonzero(same & paper) < _GRAIN * np.count_nonzero(paper))


def _half_of_light(pixels: Pixels, bare: Mask, ink: Ink) -> float:
    """Return how far the mean of the light of paper and ink is on the way from paper to ink."""
    dense = ink > _DENSE
    if not dense.any():
        return _HALF
    paper, color = (_usual(pixels, where) for where in (bare, dense))
    paper_light = light_of(paper)
    ink_light = np.maximum(light_of(color), _BLACKEST * paper_light)
    between = values_of((paper_light + ink_light) / 2.0)
    way = values_of(ink_light) - paper
    return float(np.clip((between - paper) @ way / max(float(way @ way), 1.0), 0.0, 1.0))


def _where_steep(pixels: Pixels, even: Ink, most: float) -> float:
    """Return the least coverage, up to `most`, along which edges are about as steep as anywhere."""
    import cv2

    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    smooth = np.asarray(cv2.GaussianBlur(gray, (0, 0), _GRAIN_SIZE), np.float32)
    levels = np.arange(_LEAST, most + _STEP, _STEP, dtype=np.float32)
    ranks = np.searchsorted(levels, even)
    found = [_crossings(ranks, smooth, len(levels)), _crossings(ranks.T, smooth.T, len(levels))]
    rise, count = np.sum(found, axis=0)
    steep = rise / np.maximum(count, 1.0)
    return float(levels[np.argmax(steep >= _NEARLY * steep.max())])


def _crossings(ranks: NDArray[np.intp], smooth: Float, number: int) -> NDArray[np.float64]:
    """Return the sum of rises between neighbors in a row that stand on two sides of each level.

    And how many such there are: (2, number).
    """
    low = np.minimum(ranks[:, 1:], ranks[:, :-1])
    high = np.maximum(ranks[:, 1:], ranks[:, :-1])
    crossed = low < high
    rise = np.abs(np.diff(smooth, axis=1))[crossed]
    totals = [
        np.bincount(low[crossed], weights, number + 1)
        - np.bincount(high[crossed], weights, number + 1)
        for weights in (rise, np.ones_like(rise))
    ]
    return np.cumsum(totals, axis=1)[:, :number]


def _usual(pixels: Pixels, where: Mask) -> Float:
    """Return the median color of some pixels; some of them tell enough."""
    at = np.flatnonzero(where)
    some = at[:: max(1, len(at) // _ENOUGH)]
    return np.asarray(np.median(pixels.reshape(-1, pixels.shape[2])[some], axis=0), np.float32)


def _even(ink: Ink, scale: Scale) -> Ink:
    """Raise the ink of broad pale strokes to whole coverage."""
    import cv2

    side = 2 * round(_REACH * max(1.0, scale.stroke_width)) + 1
    pen = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))

    def around(values: Float) -> Float:
        return np.asarray(cv2.blur(cv2.dilate(values, pen), (side, side)), np.float32)

    densest = np.maximum(around(ink), np.float32(_FAINTEST))
    stroke = (ink >= _HALF * densest) & (ink > _FAINT)
    narrow, broad = _NARROW
    width = 2.0 * around(np.where(stroke, depth(stroke), np.float32(0.0)))
    sure = np.clip((width - narrow) / (broad - narrow), 0.0, 1.0)
    return np.asarray(np.minimum(ink / densest**sure, 1.0), np.float32)
