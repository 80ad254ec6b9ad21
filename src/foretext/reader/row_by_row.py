"""Rows of different sizes: an engine that looks for lines sees one size best, so each is alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from foretext.cleaned import Cleaned
from foretext.ink import mask_of, text_pieces
from foretext.pieces import Pieces
from foretext.reader.parts import Part, cut_apart
from foretext.reading import Box, Line
from foretext.rows import are_readable, rows_apart, rows_of

# Rows are of different sizes if some characters are so many times as tall as others.
_APART: Final = 1.5
# More rows than this are running text, in which an engine finds its way.
_MOST: Final = 6
# If so much was removed, as a part of the ink, small pieces may be scraps of it.
_SCRAPS: Final = 0.03


def row_by_row(cleaned: Cleaned) -> list[Part]:
    """Return each row of a small picture alone, if they are few and not of one size.

    Parameters
    ----------
    cleaned : Cleaned
        A small picture.

    Returns
    -------
    list of Part
        In reading order; none unless there is paper between all rows, and each is one of
        characters side by side.
    """
    rows = rows_apart(cleaned.pieces) if _has_rows(cleaned) else []
    if not 1 < len(rows) <= _MOST:
        return []
    heights = [text_pieces(row)[1] for row in rows]
    if max(heights) < _APART * min(heights):
        return []
    return _between(cleaned, rows)


def missed_rows(cleaned: Cleaned, lines: Iterable[Line]) -> list[Part]:
    """Return the rows of a small picture in which nothing was read, if they are few.

    Parameters
    ----------
    cleaned : Cleaned
        A small picture.
    lines : iterable of Line
        What was read of it.

    Returns
    -------
    list of Part
        From top to bottom.
    """
    pieces = cleaned.pieces
    numbers = rows_of(pieces) if _has_rows(cleaned) and len(pieces) else []
    if not 1 < len(numbers) <= _MOST:
        return []
    rows = [pieces.select(row) for row in numbers]
    boxes = [line.box for line in lines]
    return [
        cut
        for cut, row, is_readable in zip(
            _between(cleaned, rows), rows, are_readable(rows), strict=True
        )
        if is_readable and not _is_read(row, boxes)
    ]


def _is_read(row: Pieces, boxes: Sequence[Box]) -> bool:
    """Tell whether the lines that were read have half of a row's height, or more."""
    _, top, _, bottom = row.bounds
    shared = sum(max(min(box.bottom, bottom) - max(box.top, top), 0.0) for box in boxes)
    return shared >= 0.5 * (bottom - top)


def _has_rows(cleaned: Cleaned) -> bool:
    """Tell whether a picture has several rows that are level, and no scraps of what was removed."""
    if cleaned.layout == "line" or cleaned.skew:
        return False
    # Grain of paper is too pale to leave scraps.
    removed = np.count_nonzero(mask_of(cleaned.removed))
    return int(removed) <= _SCRAPS * int(np.count_nonzero(cleaned.mask))


def _between(cleaned: Cleaned, rows: Sequence[Pieces]) -> list[Part]:
    """Cut a cleaned picture between its rows of text."""
    ends = [row.bounds for row in rows]
    middles = [(upper[3] + lower[1]) / 2 for upper, lower in itertools.pairwise(ends)]
    return cut_apart(cleaned, middles, axis=0)
