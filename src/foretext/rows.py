"""Rows of characters that stand side by side, told by their pieces alone."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from foretext.arrays import Mask
from foretext.pieces import Pieces, are_dots, meeting, within_rows

# A single character is no wider in heights, nor so much taller than the next one. A panel fills so
# much of its place.
_A_CHARACTER: Final = 1.3
_SLAB: Final = 0.62
# Dots are so low, and stops end so near to the line, in heights of the row.
_DOT: Final = 0.3
_ON_LINE: Final = 0.15
_SLANT: Final = 0.3
# What is so much lower than the row beside it, and as near to it, is of it: accents, commas; but no
# more than so many a character.
_LOW: Final = 0.35
_NEAR: Final = 0.2
_MARKS: Final = 2
# They are a word of their own if more than this part of them stands between two others.
_MIDST: Final = 0.4
# Most characters are so high, in heights of their row, and all but dashes no wider, if some touch;
# between ascenders and descenders, others are lower.
_HIGH: Final = 0.5
_LETTER: Final = 0.4
_WIDE: Final = 2.6
_FLAT: Final = 0.3
_DASH: Final = 2.2
# Two as high as this part of each other share no more than that of their width, as italics do; of
# lower ones, as the rings of a percent sign, a few may lie anywhere in the row.
_ALIKE: Final = 0.7
_SHARED: Final = 0.4
_LOW_ONES: Final = 2, 0.15
# Characters lower than this, in pixels, can't be read.
_READABLE: Final = 5.0
# There are no more signs than this for each character, and some; more are specks.
_SIGNS: Final = 1.0
_SOME: Final = 3


def rows_of(pieces: Pieces) -> list[npt.NDArray[np.intp]]:
    """Put pieces into rows with paper between them; low ones join the row that they are near to.

    Parameters
    ----------
    pieces : Pieces
        N of them.

    Returns
    -------
    list of ndarray of int
        The numbers of the pieces of each row, from top to bottom; all of them are in one.
    """
    rows = meeting(pieces.top, pieces.height)
    while (at := _joinable([pieces.select(row) for row in rows])) is not None:
        rows[at : at + 2] = [np.concatenate(rows[at : at + 2])]
    return rows


def rows_apart(pieces: Pieces) -> list[Pieces]:
    """Return the rows of a few words, if there is paper between all of them.

    Parameters
    ----------
    pieces : Pieces
        The connected components of some ink.

    Returns
    -------
    list of Pieces
        From top to bottom; none unless each is of characters side by side, large enough to be
        read, and of several if they are smaller than others.
    """
    if not len(pieces):
        return []
    rows = [pieces.select(row) for row in rows_of(pieces)]
    return rows if all(are_readable(rows)) and all(map(is_row, rows)) else []


def are_readable(rows: Sequence[Pieces]) -> list[bool]:
    """Tell which rows are high enough, and wider than a speck if others are far taller."""
    sizes = [(row.bounds[2] - row.bounds[0], row.bounds[3] - row.bounds[1]) for row in rows]
    least = _HIGH * max((height for _, height in sizes), default=0.0)
    return [
        height >= _READABLE and (height >= least or width > _A_CHARACTER * height)
        for width, height in sizes
    ]


def is_rule(row: Pieces) -> bool:
    """Tell whether a row is one flat piece: a rule below or above a text crosses nothing."""
    return len(row) == 1 and float(row.height[0]) < _FLAT * float(row.width[0])


def are_odd(row: Pieces) -> Mask:
    """Tell which pieces are wider than a character, or stand out of their row."""
    usual = float(np.median(row.height[row.height >= _HIGH * row.height.max()]))
    return np.asarray((row.width > _A_CHARACTER * row.height) | (row.height > _A_CHARACTER * usual))


def is_row(row: Pieces) -> bool:
    """Tell whether pieces are a row of characters, with some signs."""
    _, top, _, bottom = row.bounds
    height = bottom - top
    high = row.height >= _LETTER * height
    flat = row.height <= _FLAT * height
    if (row.width > np.where(flat, _DASH, _WIDE) * height).any() or _are_slabs(row, height).any():
        return False
    dots = are_dots(row) & (row.height <= _DOT * height)
    if (dots & ~_are_placed(row)).any():
        return False
    characters = row.select(high)
    if len(row) - len(characters) > _SIGNS * len(characters) + _SOME or not len(characters):
        return False
    return _are_side_by_side(row)


def _joinable(rows: list[Pieces]) -> int | None:
    """Return the first row that is of the same text as the next one."""
    for k, pair in enumerate(itertools.pairwise(rows)):
        (_, top, _, end), (_, start, _, bottom) = pair[0].bounds, pair[1].bounds
        heights = end - top, bottom - start
        low, high = pair if heights[0] < heights[1] else pair[::-1]
        close = start - end < _NEAR * max(heights)
        are_low = min(heights) < _LOW * max(heights) and len(low) <= _MARKS * len(high)
        if close and are_low and not _is_word(low):
            return k
    return None


def _is_word(row: Pieces) -> bool:
    """Tell whether low pieces stand too near to one another for accents."""
    letters = row.select((row.height >= _READABLE) & ~are_dots(row))
    return len(within_rows(letters)) >= max(1.0, _MIDST * len(row))


def _are_slabs(row: Pieces, height: float) -> Mask:
    """Tell which pieces are wider than characters, and full: panels, bars."""
    return np.asarray(
        (row.width > _A_CHARACTER * height)
        & (row.height > _HIGH * height)
        & (row.area > _SLAB * row.width * row.height)
    )


def _are_placed(row: Pieces) -> Mask:
    """Tell which dots stand on the line, as stops do, or above or under something."""
    bottom = row.top + row.height
    high = row.height >= _HIGH * row.height.max()
    line, height = float(np.median(bottom[high])), float(row.height.max())
    on_line = np.abs(bottom - line) <= _ON_LINE * height
    right = row.left + row.width
    shared = np.minimum(right[:, None], right) - np.maximum(row.left[:, None], row.left)
    # The two dots of an italic colon are not quite one above the other.
    shared += _SLANT * np.abs(bottom[:, None] - bottom)
    np.fill_diagonal(shared, 0.0)
    return np.asarray(on_line | (shared >= 0.5 * row.width[:, None]).any(axis=1))


def _are_side_by_side(row: Pieces) -> bool:
    """Tell whether no two pieces of a row share a place, but for some low ones."""
    right = row.left + row.width
    shared = np.minimum(right[:, None], right) - np.maximum(row.left[:, None], row.left)
    narrow = np.minimum(row.width[:, None], row.width)
    upper, lower = row.top, row.top + row.height
    level = np.minimum(lower[:, None], lower) > np.maximum(upper[:, None], upper)
    over = np.triu((shared > _SHARED * narrow) & level, 1)
    low = np.minimum(row.height[:, None], row.height) < _ALIKE * np.maximum(
        row.height[:, None], row.height
    )
    some, share = _LOW_ONES
    few = int(np.count_nonzero(over)) <= max(some, share * len(row))
    return few and not bool((over & ~low).any())
