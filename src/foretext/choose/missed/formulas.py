"""Parts of formulas that look like no letters: fraction bars, tall brackets, sums and roots."""

from __future__ import annotations

from typing import Final

import numpy as np

from foretext.arrays import Ink, Mask
from foretext.ink import mask_of
from foretext.pieces import around, labeled_pieces, pixels_of, pixels_with_edges, pixels_within

# A part is no larger, and no smaller than this, in heights of the text.
_LARGEST: Final = 12.0
_SMALLEST: Final = 0.6
# So much of it has the text's own color, and it is no farther from the text, or from another part
# that is so near, in heights.
_OWN: Final = 0.5
_NEAR: Final = 1.2
_ROUNDS: Final = 2
# If less of all that was taken away is such parts, or they are more than this of the text, they are
# something else: rules, a stamp, a drawing.
_PLACED: Final = 0.5
_MOST: Final = 0.15
# Characters are so tall, in heights.
_TALL: Final = 0.55


def with_formulas(ink: Ink, everything: Ink, own: Mask, x_height: float) -> Ink:
    """Put parts of formulas back that were taken away.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text of a page.
    everything : ndarray of float32, (H, W)
        Coverage of all ink.
    own : ndarray of bool, (H, W)
        Where ink is surely of the text's color.
    x_height : float
        How tall characters of the text are, in pixels.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if what was taken away in the text's color is none of them.
    """
    solid = mask_of(everything)
    pieces, labels = labeled_pieces(solid)
    kept = pixels_within(labels, len(pieces), ink > 0.5)
    longest = np.maximum(pieces.width, pieces.height)
    gone = (kept < 0.5 * pieces.area) & (longest >= _SMALLEST * x_height)
    if not gone.any():
        return ink
    likely = gone & (longest <= _LARGEST * x_height)
    likely &= pixels_within(labels, len(pieces), own) >= _OWN * pieces.area
    letters = ~gone & (kept > 0) & (pieces.height >= _TALL * x_height)
    parts = np.zeros_like(gone)
    for _ in range(_ROUNDS):
        place = around(pixels_of(labels, letters | parts), _NEAR * x_height)
        near = pixels_within(labels, len(pieces), place) > 0
        parts = likely & near
    shown = pixels_with_edges(labels, parts)
    removed = np.maximum(everything - ink, np.float32(0.0))
    away, back = float(removed.sum()), float(removed[shown].sum())
    if back < _PLACED * away or back > _MOST * float(ink.sum()):
        return ink
    return np.asarray(np.where(shown, np.maximum(ink, everything), ink), np.float32)
