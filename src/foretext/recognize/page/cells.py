"""Cells of tables that are read again, alone: what they are, and how they come into their lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foretext.reading import Box, Line, Word
from foretext.recognize.engine import line_of

# A cell has no more words than this.
MOST_WORDS: Final = 3
# A cell whose mean confidence is less is read again, and one of several words with digits.
DOUBTFUL: Final = 0.85
# Darker than this is ink.
DARK: Final = 128
# So much around a cell is shown, in heights.
AROUND: Final = 0.15
# In doubt, a word is of several rows if it is so much taller than most.
_SEVERAL: Final = 1.8
# Ink so near to a cell, in heights, is of it.
_GAP: Final = 0.7
# What was read alone is believed if it is so much surer, or as sure and the same but for spaces.
_SURER: Final = 0.05
# What was not read at first is believed if it is so sure.
_SURE: Final = 0.9


class Cell(NamedTuple):
    """Some words of a line that stand together: the numbers of the line, the first and last + 1."""

    line: int
    start: int
    stop: int
    place: Box


def with_cells(
    lines: Sequence[Line], cells: Sequence[Cell], again: Sequence[Line | None]
) -> tuple[Line, ...]:
    """Put cells that were read again in place of what was read at first, where they are better.

    Parameters
    ----------
    lines : sequence of Line
        What an engine read of a page.
    cells : sequence of Cell
        Of these lines.
    again : sequence of Line or None
        What was read of each.

    Returns
    -------
    tuple of Line
        As many lines.
    """
    words = [list(line.words) for line in lines]
    better = []
    # From the last on, so that the numbers of the others stay true.
    for cell, found in sorted(zip(cells, again, strict=True), key=lambda pair: pair[0][:2])[::-1]:
        part = words[cell.line][cell.start : cell.stop]
        if found is not None and _is_better(found.words, part):
            words[cell.line][cell.start : cell.stop] = found.words
            better.append((cell.line, cell.place))
    rest = [_but_for(some, [box for n, box in better if n != k]) for k, some in enumerate(words)]
    return tuple(
        line if list(line.words) == some else line_of(some)
        for line, some in zip(lines, rest, strict=True)
        if some
    )


def but_tall(line: Line) -> Sequence[Word]:
    """Return the words of a line less those in doubt that are so tall as to be of several rows."""
    heights = np.array([word.box.bottom - word.box.top for word in line.words])
    usual = float(np.quantile(heights, 0.25))
    some = [
        word
        for word, height in zip(line.words, heights, strict=True)
        if word.confidence >= DOUBTFUL or height <= _SEVERAL * usual
    ]
    return some or line.words


def covers(place: Box, box: Box) -> bool:
    """Tell whether a part of a box that is worth the name is in a place."""
    wide = min(place.right, box.right) - max(place.left, box.left)
    high = min(place.bottom, box.bottom) - max(place.top, box.top)
    least = min(0.25 * (box.bottom - box.top), 0.5 * (place.bottom - place.top))
    return wide >= 0.5 * (box.right - box.left) and high >= least


def with_ink_beside(place: Box, picture: NDArray[np.uint8]) -> Box:
    """Return a place with the ink before and behind it that hardly any gap parts from it."""
    rows, columns = place.slices
    inked = np.flatnonzero((picture[rows] < DARK).any(axis=0))
    reach = _GAP * (place.bottom - place.top)
    left, right = float(columns.start), float(columns.stop)
    for column in inked[inked < left][::-1].tolist():
        if left - column > reach:
            break
        left = column
    for column in inked[inked >= right].tolist():
        if column - right > reach:
            break
        right = column + 1
    return Box(left, place.top, right, place.bottom)


def sureness_of(words: Sequence[Word]) -> float:
    """Return the mean confidence of words, 0 to 1; 0 of none."""
    return sum(word.confidence for word in words) / max(len(words), 1)


def _but_for(words: Sequence[Word], places: Sequence[Box]) -> list[Word]:
    """Return words less those of which no more is left, as it has been read in its place."""
    return [
        word
        for word in words
        if word.confidence >= DOUBTFUL or not any(covers(box, word.box) for box in places)
    ]


def _is_better(again: Sequence[Word], first: Sequence[Word]) -> bool:
    before, after = sureness_of(first), sureness_of(again)
    if not first:
        # More words are a line of another column, which does not belong into this one.
        is_cell = len(again) <= MOST_WORDS and all(word.text.isalnum() for word in again)
        return is_cell and after >= _SURE
    joined = ["".join(word.text for word in words) for words in (again, first)]
    if joined[0] == joined[1]:
        return len(again) < len(first) and after >= before - _SURER
    return after >= max(DOUBTFUL, before + _SURER)
