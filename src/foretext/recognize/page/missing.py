"""Cells of tables that were not read at all: something stands in a row, and no word was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foretext.pieces import labeled_pieces
from foretext.reading import Box, Line
from foretext.recognize.page.cells import AROUND, DARK, Cell, but_tall, covers, with_ink_beside

# What stands alone in a row is a cell if it is level with it and about as high, to so many heights,
# if there are no more than so many, and if it is so much of all ink.
_LEVEL: Final = 0.25
_LOW: Final = 0.6
_HIGH: Final = 1.2
_MANY: Final = 40
_LONE: Final = 0.0002


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
    rest = picture < DARK
    least = _LONE * np.count_nonzero(rest)
    read = [but_tall(line) for line in lines]
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
        if number is None or any(covers(cell.place, box) for cell in found):
            continue
        room = AROUND * (box.bottom - box.top)
        place = Box(
            max(left - room, 0.0), max(top - room, 0.0), box.right + room, box.bottom + room
        )
        place = with_ink_beside(place, picture)
        at = sum(word.box.right <= place.left + room for word in lines[number].words)
        clear = not any(covers(place, word.box) for word in read[number])
        found += [Cell(number, at, at, place)] if clear else []
    return found if len(found) <= _MANY else []


def _row_of(box: Box, boxes: NDArray[np.float64]) -> int | None:
    """Return the number of the line that a box is level with, and about as high as."""
    middle, height = (box.top + box.bottom) / 2, box.bottom - box.top
    heights = boxes[:, 3] - boxes[:, 1]
    off = np.abs((boxes[:, 1] + boxes[:, 3]) / 2 - middle)
    level = (off <= _LEVEL * heights) & (height >= _LOW * heights) & (height <= _HIGH * heights)
    return int(np.argmin(np.where(level, off, np.inf))) if level.any() else None
