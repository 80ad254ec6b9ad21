"""Cells of tables that were torn, or read with doubt: they are read again, alone.

An engine that looks for columns takes wide characters apart: of ``2.67`` it makes ``-67``, of
``11.32`` two words. Shown the cell alone, as one line, it reads it whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foretext.pieces import labeled_pieces
from foretext.reading import Box, Line, Word
from foretext.recognize.engine import line_of

# Words no farther apart than this, in heights, are of one cell; a cell has so many words.
_APART = 1.5
_CELL = 3
# A word that is so many times as tall as another one beside it is none.
_TALLER = 1.6
# In doubt, it is of several rows if it is so much taller than most.
_SEVERAL = 1.8
# A cell whose mean confidence is less is read again, and one of several words with digits.
_DOUBTFUL = 0.85
# What was read alone is believed if it is so much surer, or as sure and the same but for spaces.
_SURER = 0.05
# Darker than this is ink, and so near to a cell, in heights, it is of it.
_DARK = 128
_GAP = 0.7
# What stands alone in a row is a cell if it is level with it and about as high, to so many heights,
# if there are no more than so many, and if it is so much of all ink.
_LEVEL = 0.25
_LOW, _HIGH = 0.6, 1.2
_MANY = 40
_LONE = 0.0002
# What was not read at first is believed if it is so sure.
_SURE = 0.9
# So much around a cell is shown, in heights.
_AROUND = 0.15


class Cell(NamedTuple):
    """Some words of a line that stand together: the numbers of the line, the first and last + 1."""

    line: int
    start: int
    stop: int
    place: Box


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
        cell._replace(place=_with_ink_beside(cell.place, picture))
        for number, line in enumerate(lines)
        for cell in _cells(number, line)
        if _is_doubtful(line.words[cell.start : cell.stop])
    ]


def missing_cells(lines: Sequence[Line], picture: NDArray[np.uint8]) -> list[Cell]:
    """Return the places in rows where something stands that was not read.

    Parameters
    ----------
    lines : sequence of Line
        What an engine read of a page.
    picture : ndarray of uint8, shape (H, W)
        What it was shown, gray, dark on white.

    Returns
    -------
    list of Cell
        Cells without a word: ``start`` and ``stop`` tell before which word of a line each belongs.
        None if there are so many that they are specks.
    """
    rest = picture < _DARK
    least = _LONE * np.count_nonzero(rest)
    read = [_but_tall(line) for line in lines]
    for words in read:
        for word in words:
            rest[word.box.slices] = False
    if not lines or np.count_nonzero(rest) < least:
        return []
    pieces, _ = labeled_pieces(rest)
    boxes = np.array([Box.around([word.box for word in words]) for words in read])
    found: list[Cell] = []
    for k in np.flatnonzero(pieces.height >= _LOW * np.median(boxes[:, 3] - boxes[:, 1])):
        left, top = float(pieces.left[k]), float(pieces.top[k])
        box = Box(left, top, left + float(pieces.width[k]), top + float(pieces.height[k]))
        number = _row_of(box, boxes)
        if number is None or any(_covers(cell.place, box) for cell in found):
            continue
        room = _AROUND * (box.bottom - box.top)
        place = Box(
            max(left - room, 0.0), max(top - room, 0.0), box.right + room, box.bottom + room
        )
        place = _with_ink_beside(place, picture)
        at = sum(word.box.right <= place.left + room for word in lines[number].words)
        clear = not any(_covers(place, word.box) for word in read[number])
        found += [Cell(number, at, at, place)] if clear else []
    return found if len(found) <= _MANY else []


def _but_tall(line: Line) -> Sequence[Word]:
    """Return the words of a line less those in doubt that are so tall as to be of several rows."""
    heights = np.array([word.box.bottom - word.box.top for word in line.words])
    usual = float(np.quantile(heights, 0.25))
    some = [
        word
        for word, height in zip(line.words, heights, strict=True)
        if word.confidence >= _DOUBTFUL or height <= _SEVERAL * usual
    ]
    return some or line.words


def _row_of(box: Box, boxes: NDArray[np.float64]) -> int | None:
    """Return the number of the line that a box is level with, and about as high as."""
    middle, height = (box.top + box.bottom) / 2, box.bottom - box.top
    heights = boxes[:, 3] - boxes[:, 1]
    off = np.abs((boxes[:, 1] + boxes[:, 3]) / 2 - middle)
    level = (off <= _LEVEL * heights) & (height >= _LOW * heights) & (height <= _HIGH * heights)
    return int(np.argmin(np.where(level, off, np.inf))) if level.any() else None


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


def _but_for(words: Sequence[Word], places: Sequence[Box]) -> list[Word]:
    """Return words less those of which no more is left, as it has been read in its place."""
    return [
        word
        for word in words
        if word.confidence >= _DOUBTFUL or not any(_covers(box, word.box) for box in places)
    ]


def _covers(place: Box, box: Box) -> bool:
    """Tell whether a part of a box that is worth the name is in a place."""
    wide = min(place.right, box.right) - max(place.left, box.left)
    high = min(place.bottom, box.bottom) - max(place.top, box.top)
    least = min(0.25 * (box.bottom - box.top), 0.5 * (place.bottom - place.top))
    return wide >= 0.5 * (box.right - box.left) and high >= least


def _with_ink_beside(place: Box, picture: NDArray[np.uint8]) -> Box:
    """Return a place with the ink before and behind it that hardly any gap parts from it."""
    rows, columns = place.slices
    inked = np.flatnonzero((picture[rows] < _DARK).any(axis=0))
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


def _cells(number: int, line: Line) -> Iterator[Cell]:
    """Yield the cells of a line; none if all of it stands together."""
    start = 0
    height = max(word.box.bottom - word.box.top for word in _but_tall(line))
    for stop in range(1, len(line.words) + 1):
        if stop < len(line.words):
            gap = line.words[stop].box.left - line.words[stop - 1].box.right
            if gap <= _APART * height:
                continue
        whole = start == 0 and stop == len(line.words)
        if stop - start <= _CELL and not (whole and stop > 1):
            yield Cell(number, start, stop, _place(line, start, stop))
        start = stop


def _place(line: Line, start: int, stop: int) -> Box:
    """Return where to read a cell again: with some room, but nothing of its neighbors."""
    words = line.words
    # What is taken for one tall word may be of several rows.
    lowest = min(word.box.bottom - word.box.top for word in words[start:stop])
    low = [w.box for w in words[start:stop] if w.box.bottom - w.box.top <= _TALLER * lowest]
    box = Box.around(low)
    room = _AROUND * (box.bottom - box.top)
    left = max([box.left - 2 * room, *(word.box.right for word in words[start - 1 : start])])
    right = min([box.right + 2 * room, *(word.box.left for word in words[stop : stop + 1])])
    return Box(max(left, 0.0), max(box.top - room, 0.0), right, box.bottom + room)


def _is_doubtful(words: Sequence[Word]) -> bool:
    digits = all(any(character.isdigit() for character in word.text) for word in words)
    return _sureness(words) < _DOUBTFUL or (digits and len(words) > 1)


def _is_better(again: Sequence[Word], first: Sequence[Word]) -> bool:
    before, after = _sureness(first), _sureness(again)
    if not first:
        # More words are a line of another column, which does not belong into this one.
        is_cell = len(again) <= _CELL and all(word.text.isalnum() for word in again)
        return is_cell and after >= _SURE
    joined = ["".join(word.text for word in words) for words in (again, first)]
    if joined[0] == joined[1]:
        return len(again) < len(first) and after >= before - _SURER
    return after >= max(_DOUBTFUL, before + _SURER)


def _sureness(words: Sequence[Word]) -> float:
    return sum(word.confidence for word in words) / max(len(words), 1)
