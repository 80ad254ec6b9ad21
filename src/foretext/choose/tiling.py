"""Whether words are tiled: laid again and again, at equal distances, as no text is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Mask
from foretext.pieces import Pieces

# Among pieces so small, in pixels, there is one of any size anywhere.
_SMALL = 8.0
# Fewer pieces, of fewer tiles, may lie so by chance; more than so many tell no more.
_LEAST = 12
_MOST = 200
# Pieces are the same if they differ by no more than this, in pixels or as a part of their size.
_SAME = 1.0, 0.06
# Distances are told apart to so many pixels, and met to so many.
_STEP = 4.0
_OFF = 3.0
# So many of the most frequent distances are looked at.
_TRIED = 24
# A pattern moved by one of its distances meets itself in so large a part of it.
_MEETS = 0.6
# Its two distances go apart by more than this, as the sine of the angle between them.
_APART = 0.3


def is_tiled(pieces: Pieces) -> bool:
    """Tell whether pieces are a pattern that repeats itself in two directions.

    Parameters
    ----------
    pieces : Pieces
        The characters of one kind of text.

    Returns
    -------
    bool
        True if, moved along either of two distances that are not parallel, most pieces meet one
        of their own size.
    """
    if len(pieces) < _LEAST or float(np.median(pieces.width)) < _SMALL:
        return False
    if len(pieces) > _MOST:
        pieces = pieces.select(np.argsort(-pieces.area, kind="stable")[:_MOST])
    away = _distances(pieces)
    same = _same(pieces)
    found: list[npt.NDArray[np.float64]] = []
    for step in _frequent(away[same]):
        if _meets(away, same, step) < _MEETS:
            continue
        if any(_are_apart(step, other) for other in found):
            return True
        found.append(step)
    return False


def _distances(pieces: Pieces) -> Float:
    """Return how far each piece lies from each, (N, N, 2)."""
    middle = np.stack(
        [pieces.left + pieces.width / 2, pieces.top + pieces.height / 2], axis=1
    ).astype(np.float32)
    return np.asarray(middle[None] - middle[:, None], np.float32)


def _same(pieces: Pieces) -> Mask:
    """Return which pieces are as large as which, (N, N); none as itself."""
    same = np.ones((len(pieces), len(pieces)), np.bool_)
    for size in (pieces.width, pieces.height):
        off = np.abs(size[:, None] - size)
        same &= off <= np.maximum(_SAME[0], _SAME[1] * np.maximum(size[:, None], size))
    np.fill_diagonal(same, val=False)
    return same


def _frequent(away: Float) -> npt.NDArray[np.float64]:
    """Return the most frequent distances, (M, 2), each in one of its two directions."""
    ahead = away[(away[:, 1] > _STEP) | ((np.abs(away[:, 1]) <= _STEP) & (away[:, 0] > _STEP))]
    if not len(ahead):
        return np.zeros((0, 2))
    kinds, counts = np.unique(np.rint(ahead / _STEP), axis=0, return_counts=True)
    return np.asarray(kinds[np.argsort(-counts, kind="stable")[:_TRIED]] * _STEP, np.float64)


def _meets(away: Float, same: Mask, step: npt.NDArray[np.float64]) -> float:
    """Return which part of all pieces has the same one so far away, this way or that."""
    near = same & (np.abs(away - step.astype(np.float32)) <= _OFF).all(axis=2)
    return float(np.mean(near.any(axis=0) | near.any(axis=1)))


def _are_apart(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> bool:
    across = abs(float(one[0] * other[1] - one[1] * other[0]))
    return across > _APART * float(np.hypot(*one) * np.hypot(*other))
