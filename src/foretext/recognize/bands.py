"""A page in bands, one below the other, that can be read side by side."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foretext.arrays import Mask

# Darker than this is ink.
_DARK = 128
# A band has about so many pixels, and their number is even: so two cores have the same work, and
# cuts are few.
_USUAL = 1_000_000
# How far from an even share a page may be cut, in shares.
_ASIDE = 0.25
# Columns stand side by side if a gap this wide, in heights of rows, goes through so many rows.
_GAPS = (1, 2.5), (3, 0.7)
# A row with ink in less than this, in heights of rows, is of specks.
_SPECKS = 2.0
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
    count += count % 2
    rows = _rows(picture < _DARK)
    wanted = [height * k / count for k in range(1, count)]
    cuts = [_cut(rows, at, _ASIDE * height / count) for at in wanted]
    return [slice(a, b) for a, b in pairwise([0, *filter(None, cuts), height])]


class _Rows(NamedTuple):
    """The rows of text: first pixel and end of each, (N,), and which columns are inked, (N, W)."""

    start: NDArray[np.intp]
    end: NDArray[np.intp]
    inked: Mask


def _rows(dark: Mask) -> _Rows:
    inked = np.concatenate([[False], dark.any(axis=1), [False]])
    edges = np.flatnonzero(np.diff(inked)).reshape(-1, 2)
    start, end = edges[np.diff(edges, axis=1)[:, 0] >= _LOW].T
    columns = [dark[a:b].any(axis=0) for a, b in zip(start, end, strict=True)]
    return _Rows(start, end, np.array(columns, np.bool_).reshape(len(start), dark.shape[1]))


def _cut(rows: _Rows, at: float, aside: float) -> int:
    """Return where to cut, in the broadest space between rows of one column; 0 if nowhere."""
    ends, starts = rows.end[:-1], rows.start[1:]
    middles = (ends + starts) // 2
    near = np.flatnonzero(np.abs(middles - at) <= aside)
    near = near[(near + 1 >= _FEWEST) & (len(rows.start) - near - 1 >= _FEWEST)]
    height = float(np.median(rows.end - rows.start)) if len(near) else 0.0
    for k in near[np.argsort(ends[near] - starts[near], kind="stable")]:
        sides = rows.inked[k::-1], rows.inked[k + 1 :]
        if not any(_reaches_columns(side, height) for side in sides):
            return int(middles[k])
    return 0


def _reaches_columns(inked: Mask, height: float) -> bool:
    """Tell whether a gap between columns comes to a cut without a row that crosses it.

    `inked` is of the rows from the cut on. Where one column has ended, the gap beside the other
    one still leads to the cut.
    """
    inked = inked[np.count_nonzero(inked, axis=1) >= _SPECKS * height]
    free = np.logical_not(np.logical_or.accumulate(inked, axis=0))
    for number, wide in _GAPS:
        for last in range(number, len(inked) + 1):
            those = np.flatnonzero(inked[last - number : last].any(axis=0))
            within = free[last - 1, those[0] : those[-1]]
            if _longest(within) >= wide * height:
                return True
    return False


def _longest(mask: Mask) -> int:
    """Return the length of the longest run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]])))
    return int(np.diff(edges.reshape(-1, 2), axis=1).max(initial=0))
