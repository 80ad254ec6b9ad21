"""Cells of tables that were read with doubt.

An engine that looks for columns takes wide characters apart: of ``2.67`` it makes ``-67``, of
``11.32`` two words. Shown the cell alone, as one line, it reads it whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foretext.reading import Box, Line, Word
from foretext.recognize.page.cells import (
    AROUND,
    DOUBTFUL,
    MOST_WORDS,
    Cell,
    but_tall,
    sureness_of,
    with_ink_beside,
)

# Words no farther apart than this, in heights, are of one cell.
_APART: Final = 1.5
# A word that is so many times as tall as another one beside it is none.
_TALLER: Final = 1.6


def doubtful_cells(lines: Sequence[Line], picture: NDArray[np.uint8]) -> list[Cell]:
    """Return the cells that are worth reading again.

    Parameters
    ----------
    lines : sequence of Line
        What an engine read of a page.
    picture : ndarray of uint8, shape (H, W)
        What it was shown, gray, dark on white.

    Returns
    -------
    list of Cell
        Only of lines with something beside it: running text is read as well in its place.
    """
    return [
        cell._replace(place=with_ink_beside(cell.place, picture))
        for number, line in enumerate(lines)
        for cell in _cells(number, line)
        if _is_doubtful(line.words[cell.start : cell.stop])
    ]


def _cells(number: int, line: Line) -> Iterator[Cell]:
    """Yield the cells of a line; none if all of it stands together."""
    start = 0
    height = max(word.box.bottom - word.box.top for word in but_tall(line))
    for stop in range(1, len(line.words) + 1):
        if stop < len(line.words):
            gap = line.words[stop].box.left - line.words[stop - 1].box.right
            if gap <= _APART * height:
                continue
        whole = start == 0 and stop == len(line.words)
        if stop - start <= MOST_WORDS and not (whole and stop > 1):
            yield Cell(number, start, stop, _place(line, start, stop))
        start = stop


def _place(line: Line, start: int, stop: int) -> Box:
    """Return where to read a cell again: with some room, but nothing of its neighbors."""
    words = line.words
    # What is taken for one tall word may be of several rows.
    lowest = min(word.box.bottom - word.box.top for word in words[start:stop])
    low = [w.box for w in words[start:stop] if w.box.bottom - w.box.top <= _TALLER * lowest]
    box = Box.around(low)
    room = AROUND * (box.bottom - box.top)
    left = max([box.left - 2 * room, *(word.box.right for word in words[start - 1 : start])])
    right = min([box.right + 2 * room, *(word.box.left for word in words[stop : stop + 1])])
    return Box(max(left, 0.0), max(box.top - room, 0.0), right, box.bottom + room)


def _is_doubtful(words: Sequence[Word]) -> bool:
    digits = all(any(character.isdigit() for character in word.text) for word in words)
    return sureness_of(words) < DOUBTFUL or (digits and len(words) > 1)
