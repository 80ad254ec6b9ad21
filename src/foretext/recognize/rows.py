"""From boxes of text, in any order, to rows in reading order.

A box is a quadrilateral, shape (4, 2), clockwise from the top left corner of its text.
All distances are in heights of the boxes compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Quad = NDArray[np.float64]
Quads = NDArray[np.float64]

_SHIFT = 0.5  # boxes that are farther apart in height are in different rows
_RAGGED = 2.0  # a line may reach so far into the next column
_PROSE = 6.0  # a box this long is a line of running text, not a word or a cell of a table
_FEWEST = 4  # lines that make a column
_MOST_ACROSS = 0.1  # of all boxes: so many, such as headings, may cross all columns


def in_rows(quads: Sequence[Quad]) -> list[list[Quad]]:
    """Group boxes into rows.

    Parameters
    ----------
    quads : sequence of ndarray, shape (4, 2)
        Boxes of text.

    Returns
    -------
    list of list of ndarray
        The rows from top to bottom, the boxes in each from left to right.
    """
    return [[quads[k] for k in row] for row in rows_of(quads)]


def rows_of(quads: Sequence[Quad]) -> list[list[int]]:
    """Tell which boxes make which row.

    A box continues the row whose last box ends where it begins. Edges are compared, not
    whole boxes, so a tilted page keeps its rows.

    Parameters
    ----------
    quads : sequence of ndarray, shape (4, 2)
        Boxes of text.

    Returns
    -------
    list of list of int
        The rows from top to bottom, the numbers of the boxes in each from left to right.
    """
    rows: list[list[int]] = []
    ends: list[tuple[float, float]] = []  # of each row: where it ends, and how high it is there
    for k in sorted(range(len(quads)), key=lambda k: float(quads[k][:, 0].min())):
        quad = quads[k]
        start, height = float(quad[[0, 3], 1].mean()), float(_heights(quad))
        shifts = [abs(start - end) / min(height, last) for end, last in ends]
        nearest = int(np.argmin([*shifts, _SHIFT]))
        if nearest == len(rows):
            rows.append([])
            ends.append((start, height))
        rows[nearest].append(k)
        ends[nearest] = (float(quad[1:3, 1].mean()), height)
    return sorted(rows, key=lambda row: float(np.mean([quads[k][:, 1].mean() for k in row])))


def in_columns(quads: Sequence[Quad]) -> list[list[Quad]]:
    """Group the boxes of a page by the columns of running text.

    Headings that cross the columns divide the page into bands, which are read one after
    the other. Tables are not taken apart: their cells are too short for running text.

    Parameters
    ----------
    quads : sequence of ndarray, shape (4, 2)
        Boxes of text.

    Returns
    -------
    list of list of ndarray
        The groups in reading order; one group if there are no columns.
    """
    boxes = np.reshape(np.asarray(quads, np.float64), (-1, 4, 2))
    corridor = _corridor(boxes)
    if corridor is None:
        return [list(boxes)]
    across = _across(boxes, corridor)
    headings = boxes[across][np.argsort(boxes[across, :, 1].mean(axis=1))]
    rest = boxes[~across]
    floors = [*headings[:, :, 1].mean(axis=1), np.inf]
    bands = np.searchsorted(floors, rest[:, :, 1].mean(axis=1))
    on_right = rest[:, :, 0].mean(axis=1) >= corridor
    groups: list[list[Quad]] = []
    for band in range(len(floors)):
        groups += in_columns(list(rest[(bands == band) & ~on_right]))
        groups += in_columns(list(rest[(bands == band) & on_right]))
        groups += [[heading] for heading in headings[band : band + 1]]
    return [group for group in groups if group]


def _corridor(boxes: Quads) -> float | None:
    """Return where a column ends and fewest boxes cross, if columns stand on both sides."""
    prose = boxes[np.ptp(boxes[:, :, 0], axis=1) >= _PROSE * _heights(boxes)]
    ends = [end for end in prose[:, :, 0].max(axis=1, initial=0.0) + 1.0 if _divides(prose, end)]
    crossing = [int(_across(boxes, end).sum()) for end in ends]
    if not crossing or min(crossing) > _MOST_ACROSS * len(boxes):
        return None
    return float(ends[int(np.argmin(crossing))])


def _divides(prose: Quads, middle: float) -> bool:
    """Tell whether enough lines stand on both sides, and side by side."""
    on_left = prose[:, :, 0].mean(axis=1) < middle
    if min(on_left.sum(), (~on_left).sum()) < _FEWEST:
        return False
    left, right = prose[on_left, :, 1], prose[~on_left, :, 1]
    shared = min(left.max(), right.max()) - max(left.min(), right.min())
    return bool(2 * shared > min(np.ptp(left), np.ptp(right)))


def _across(boxes: Quads, middle: float) -> NDArray[np.bool_]:
    """Tell which boxes stand on both sides; columns are ragged and pages curl."""
    xs = boxes[:, :, 0]
    nearest = np.minimum(middle - xs.min(axis=1), xs.max(axis=1) - middle)
    return np.asarray(nearest > _RAGGED * _heights(boxes))


def _heights(boxes: Quads) -> NDArray[np.float64]:
    """Return the lengths of the left edges, at least one pixel."""
    return np.asarray(np.maximum(boxes[..., 3, 1] - boxes[..., 0, 1], 1.0))
