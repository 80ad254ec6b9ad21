"""A page in bands, one below the other, that can be read side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foretext.arrays import Mask, runs

# Darker than this is ink.
_DARK = 128
# A page of twice so many pixels is halved, and the halves of one of so many times as many, too.
_USUAL = 1_000_000
_OFTEN = 3
# The parts of a page's rows, by their length, that are cut off: nearly halves if that can be.
_NEAR_HALF = (0.45, 0.55), (0.4, 0.6), (0.25, 0.75)
# Columns stand side by side if a gap this wide, in heights of rows, goes through so many rows.
_GAPS = (1, 2.5), (3, 1.2), (5, 0.7)
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
        The rows of each band, from top to bottom, with about as much text in each; only one if
        the page is small, or nowhere of one column. They depend on the page alone, so that all
        machines read the same.
    """
    whole = slice(0, len(picture))
    if picture.size < 2 * _USUAL:
        return [whole]
    rows = _rows(picture < _DARK)
    times = 1 if picture.size < _OFTEN * _USUAL else 2
    return list(_halved(whole, rows, 0, len(rows.start), times))


def _halved(band: slice, rows: _Rows, first: int, end: int, times: int) -> Iterator[slice]:
    """Yield the parts of a band that has some of the rows; itself if it can't be cut."""
    last = _cut(rows, first, end) if times else None
    if last is None:
        yield band
        return
    at = int(rows.end[last] + rows.start[last + 1]) // 2
    yield from _halved(slice(band.start, at), rows, first, last + 1, times - 1)
    yield from _halved(slice(at, band.stop), rows, last + 1, end, times - 1)


class _Rows(NamedTuple):
    """The rows of text: first pixel and end of each, (N,), and which columns are inked, (N, W)."""

    start: NDArray[np.intp]
    end: NDArray[np.intp]
    inked: Mask
    length: NDArray[np.intp]  # of what is inked, (N,)


def _rows(dark: Mask) -> _Rows:
    edges = runs(np.asarray(dark.any(axis=1)))
    start, end = edges[np.diff(edges, axis=1)[:, 0] >= _LOW].T
    columns = [dark[a:b].any(axis=0) for a, b in zip(start, end, strict=True)]
    inked = np.array(columns, np.bool_).reshape(len(start), dark.shape[1])
    return _Rows(start, end, inked, np.count_nonzero(inked, axis=1))


def _cut(rows: _Rows, first: int, end: int) -> int | None:
    """Return after which of some rows to cut: in a broad space of one column near the middle."""
    lasts = np.arange(first + _FEWEST - 1, end - _FEWEST)
    if not len(lasts):
        return None
    height = float(np.median(rows.end[first:end] - rows.start[first:end]))
    part = np.cumsum(rows.length[first:end]) / max(int(rows.length[first:end].sum()), 1)
    spaces = rows.start[lasts + 1] - rows.end[lasts]
    tried = set[int]()
    for least, most in _NEAR_HALF:
        near = (part[lasts - first] >= least) & (part[lasts - first] <= most)
        for last in lasts[near][np.argsort(-spaces[near], kind="stable")].tolist():
            if last not in tried and not _is_beside_columns(rows, last, height):
                return int(last)
            tried.add(last)
    return None


def _is_beside_columns(rows: _Rows, last: int, height: float) -> bool:
    """Tell whether columns end or begin after a row, or go on there."""
    sides = rows.inked[last::-1], rows.inked[last + 1 :]
    return any(_reaches_columns(side, height) for side in sides)


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
    return int(np.diff(runs(mask), axis=1).max(initial=0))
