"""A page in bands, one below the other, that can be read side by side."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from foretext.arrays import Mask

# Darker than this is ink.
_DARK = 128
# A band has about so many pixels: few enough that two cores have the same work, and enough that
# cuts are few.
_USUAL = 1_000_000
# How far from an even share a page may be cut, in shares.
_ASIDE = 0.25
# Text stands in one column if no gap this wide, in heights of rows, goes through any of these
# numbers of rows both above and below.
_GAP = 0.7
_ROWS = 2, 3, 4, 6
# A band has at least so many rows of text.
_FEWEST = 8
# Rows of text are at least so high, in pixels; what is lower is a mark.
_LOW = 4


def bands(picture: NDArray[np.uint8]) -> list[slice]:
    """Cut a page between rows of text.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W)
        Gray, dark text on white, its lines level.

    Returns
    -------
    list of slice
        The rows of each band, from top to bottom; only one if the page is small, or nowhere of one
        column. They depend on the page alone, so that all machines read the same.
    """
    height = picture.shape[0]
    count = picture.size // _USUAL
    if count < 2:
        return [slice(0, height)]
    dark = picture < _DARK
    rows = _rows(dark)
    wanted = [height * k / count for k in range(1, count)]
    cuts = [_cut(dark, rows, at, _ASIDE * height / count) for at in wanted]
    return [slice(a, b) for a, b in pairwise([0, *filter(None, cuts), height])]


def _rows(dark: Mask) -> NDArray[np.intp]:
    """Return first row and end of each row of text, (N, 2)."""
    inked = np.concatenate([[False], dark.any(axis=1), [False]])
    edges = np.flatnonzero(np.diff(inked)).reshape(-1, 2)
    return np.asarray(edges[np.diff(edges, axis=1)[:, 0] >= _LOW], np.intp)


def _cut(dark: Mask, rows: NDArray[np.intp], at: float, aside: float) -> int:
    """Return where to cut, in the broadest space between rows of one column; 0 if nowhere."""
    ends, starts = rows[:-1, 1], rows[1:, 0]
    middles = (ends + starts) // 2
    near = np.flatnonzero(np.abs(middles - at) <= aside)
    near = near[(near + 1 >= _FEWEST) & (len(rows) - near - 1 >= _FEWEST)]
    for k in near[np.argsort(ends[near] - starts[near], kind="stable")]:
        above, below = rows[: k + 1], rows[k + 1 :]
        if all(_is_one_column(dark, above[-some:], below[:some]) for some in _ROWS):
            return int(middles[k])
    return 0


def _is_one_column(dark: Mask, above: NDArray[np.intp], below: NDArray[np.intp]) -> bool:
    """Tell whether no gap goes through the rows above and through those below."""
    height = float(np.median(np.diff(np.concatenate([above, below]), axis=1)))
    free = [_gaps(dark[some[0, 0] : some[-1, 1]]) for some in (above, below)]
    return _longest(free[0] & free[1]) < _GAP * height


def _gaps(dark: Mask) -> Mask:
    """Tell which columns are free, but for those on both sides of all ink."""
    free = np.logical_not(dark.any(axis=0))
    inked = np.flatnonzero(~free)
    free[: inked[0]] = free[inked[-1] :] = False
    return np.asarray(free)


def _longest(mask: Mask) -> int:
    """Return the length of the longest run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]])))
    return int(np.diff(edges.reshape(-1, 2), axis=1).max(initial=0))
