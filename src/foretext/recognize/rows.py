"""From boxes of text, in any order, to rows in reading order.

A box is a quadrilateral, shape (4, 2), clockwise from the top left corner of its text.
All distances are in heights of the boxes compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Quad = NDArray[np.float64]

_SHIFT = 0.5  # boxes that are farther apart in height are in different rows
_RAGGED = 2.0  # a line may reach so far into the next column
_PROSE = 6.0  # a box this long is a line of running text, not a word or a cell of a table
_FEWEST = 4  # lines that make a column
_MOST_ACROSS = 0.1  # of all boxes: so many, such as headings, may cross all columns


def in_rows(quads: Sequence[Quad]) -> list[list[Quad]]:
    """Group boxes into rows.

    A box continues the row whose last box ends where it begins. Edges are compared, not
    whole boxes, so a tilted page keeps its rows.

    Parameters
    ----------
    quads : sequence of ndarray, shape (4, 2)
        Boxes of text.

    Returns
    -------
    list of list of ndarray
        The rows from top to bottom, the boxes in each from left to right.
    """
    rows: list[list[Quad]] = []
    for quad in sorted(quads, key=lambda quad: float(quad[:, 0].min())):
        row = min(rows, key=lambda row: _shift(row[-1], quad), default=[])
        if row and _shift(row[-1], quad) < _SHIFT:
            row.append(quad)
        else:
            rows.append([quad])
    return sorted(rows, key=lambda row: float(np.mean([_middle(quad)[1] for quad in row])))


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
    middle = _corridor(quads)
    if middle is None:
        return [list(quads)]
    groups: list[list[Quad]] = []
    rest = [quad for quad in quads if not _crosses(quad, middle)]
    for heading in _headings(quads, middle):
        floor = np.inf if heading is None else _middle(heading)[1]
        band = [quad for quad in rest if _middle(quad)[1] < floor]
        rest = [quad for quad in rest if _middle(quad)[1] >= floor]
        groups += in_columns([quad for quad in band if _middle(quad)[0] < middle])
        groups += in_columns([quad for quad in band if _middle(quad)[0] >= middle])
        groups += [] if heading is None else [[heading]]
    return [group for group in groups if group]


def _headings(quads: Sequence[Quad], middle: float) -> list[Quad | None]:
    """Return what crosses the corridor, from top to bottom, and None for the page's end."""
    across = [quad for quad in quads if _crosses(quad, middle)]
    return [*sorted(across, key=lambda quad: float(_middle(quad)[1])), None]


def _corridor(quads: Sequence[Quad]) -> float | None:
    """Return where a column ends and fewest boxes cross, if columns stand on both sides."""
    prose = np.array([quad for quad in quads if _is_prose(quad)])
    if len(prose) < 2 * _FEWEST:
        return None
    ends = prose[:, :, 0].max(axis=1) + 1.0
    ends = ends[[_divides(prose, float(end)) for end in ends]]
    across = [sum(_crosses(quad, float(end)) for quad in quads) for end in ends]
    if not across or min(across) > _MOST_ACROSS * len(quads):
        return None
    return float(ends[int(np.argmin(across))])


def _divides(prose: NDArray[np.float64], middle: float) -> bool:
    """Tell whether enough lines stand on both sides, and side by side."""
    on_left = np.array([_middle(quad)[0] < middle for quad in prose])
    if min(on_left.sum(), (~on_left).sum()) < _FEWEST:
        return False
    left, right = prose[on_left, :, 1], prose[~on_left, :, 1]
    shared = min(left.max(), right.max()) - max(left.min(), right.min())
    return bool(2 * shared > min(np.ptp(left), np.ptp(right)))


def _is_prose(quad: Quad) -> bool:
    return bool(np.ptp(quad[:, 0]) >= _PROSE * _height(quad))


def _crosses(quad: Quad, middle: float) -> bool:
    """Tell whether a box stands on both sides; columns are ragged and pages curl."""
    nearest = min(middle - quad[:, 0].min(), quad[:, 0].max() - middle)
    return bool(nearest > _RAGGED * _height(quad))


def _height(quad: Quad) -> float:
    return max(float(quad[3, 1] - quad[0, 1]), 1.0)


def _middle(quad: Quad) -> NDArray[np.float64]:
    return np.asarray(quad.mean(axis=0))


def _shift(left: Quad, right: Quad) -> float:
    """Return how far `right` begins above or below where `left` ends, in the lower height."""
    end, start = left[1:3, 1].mean(), right[[0, 3], 1].mean()
    return abs(float(end - start)) / min(_height(left), _height(right))
