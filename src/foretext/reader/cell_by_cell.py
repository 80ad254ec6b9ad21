"""Cells of a row: words far apart, which an engine takes for one or loses, are read one by one."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from foretext.cleaned import Cleaned
from foretext.ink import text_pieces
from foretext.pieces import Pieces
from foretext.reader.parts import Part, cut_apart

# Cells are so far apart, in heights of the characters on either side, so many of which are looked
# at, and so many times as far as characters are.
_APART: Final = 1.5
_AROUND: Final = 4
_FARTHER: Final = 5.0
# A cell holds a character, which is no lower than this part of it: neither specks nor leaders
# between two words are one.
_CHARACTER: Final = 0.3


def cells(cleaned: Cleaned) -> list[Part]:
    """Return the cells of a row, if there are several.

    Parameters
    ----------
    cleaned : Cleaned
        A small picture of one row.

    Returns
    -------
    list of Part
        From left to right; none unless words stand far apart in it.
    """
    pieces = cleaned.pieces
    if cleaned.layout != "line" or cleaned.skew or len(pieces) < 2:
        return []
    middles = _middles(pieces)
    return cut_apart(cleaned, middles, axis=1) if middles else []


def _middles(pieces: Pieces) -> list[float]:
    """Return the middles of the gaps between cells."""
    pieces = pieces.select(np.argsort(pieces.left, kind="stable"))
    ends = np.maximum.accumulate(pieces.left + pieces.width)
    gaps = pieces.left[1:] - ends[:-1]
    high, farther = pieces.height, _FARTHER * _usual(gaps)
    least = _CHARACTER * text_pieces(pieces)[1]
    middles: list[float] = []
    start = 0
    for at in np.flatnonzero(gaps >= farther).tolist():
        end = at + 1
        around = float(high[max(start, end - _AROUND) : end + _AROUND].max())
        if gaps[at] < _APART * around or high[start:end].max() < least:
            continue
        if high[end:].max() < least:
            break
        middles.append(float(ends[at] + gaps[at] / 2))
        start = end
    return middles


def _usual(gaps: npt.NDArray[np.float32]) -> float:
    """Return how far characters stand apart that do."""
    some = gaps[gaps > 0]
    return float(np.median(some)) if len(some) else 0.0
