"""Tables that were read column by column, put in rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from foretext.reading import Line
from foretext.recognize.engine import line_of
from foretext.recognize.rows import rows_of

# Lines stand beside each other if they share this part of the lower one's height.
_LEVEL = 0.5
# A cell has so many words; columns of running text have more.
_CELL = 3
# Of a table's cells so many are numbers, or of those in its first column so many are single words;
# what else stands side by side is columns of short lines: an index, cards, addresses.
_NUMBERS = 0.25
_LABELS = 0.75
_A_WORD = 1
# So many letters in a row are a word, not a unit or a month.
_A_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def by_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Put the cells of tables in rows, and leave columns of running text as they are.

    Parameters
    ----------
    lines : sequence of Line
        As an engine read them that takes a table for columns of text.

    Returns
    -------
    tuple of Line
        Each row of a table as one line.
    """
    ordered: list[Line] = []
    for start, stop in _stretches(_beside(lines)):
        part = lines[start:stop]
        ordered += _in_rows(part) if _is_table(part) else part
    return tuple(ordered)


def _beside(lines: Sequence[Line]) -> NDArray[np.bool_]:
    """Return which lines stand beside which, (N, N)."""
    left, top, right, bottom = np.array([line.box for line in lines]).reshape(-1, 4).T
    shared = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
    lower = np.minimum.outer(bottom - top, bottom - top)
    apart = np.maximum.outer(left, left) >= np.minimum.outer(right, right)
    return np.asarray(apart & (shared > _LEVEL * lower))


def _stretches(beside: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the first and last but one of lines that are read before what stands beside them."""
    start = reach = 0
    for k, row in enumerate(beside):
        if k > reach:
            yield start, k
            start = k
        reach = max([reach, k, *np.flatnonzero(row)])
    if len(beside):
        yield start, len(beside)


def _is_table(lines: Sequence[Line]) -> bool:
    """Tell whether lines that stand beside each other are cells, not columns of text."""
    beside = _beside(lines)
    cells = np.flatnonzero(beside.any(axis=1))
    words = np.array([len(line.words) for line in lines])
    if not len(cells) or np.median(words[cells]) > _CELL:
        return False
    left = np.array([line.box.left for line in lines])
    first = [k for k in cells.tolist() if left[k] < left[beside[k]].min()]
    labels = np.mean(words[first] <= _A_WORD)
    numbers = np.mean([_is_number(lines[k].text) for k in cells.tolist()])
    return bool(labels >= _LABELS or numbers >= _NUMBERS)


def _is_number(text: str) -> bool:
    """Tell whether a cell is a number, perhaps with a unit or a month: not a word and its pages."""
    has_digits = any(character.isdigit() for character in text)
    return has_digits and not text[0].isalpha() and not _A_LONG_WORD.search(text)


def _in_rows(lines: Sequence[Line]) -> Iterator[Line]:
    for row in rows_of([_quad(line) for line in lines]):
        yield line_of([word for k in row for word in lines[k].words])


def _quad(line: Line) -> NDArray[np.float64]:
    left, top, right, bottom = line.box
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
