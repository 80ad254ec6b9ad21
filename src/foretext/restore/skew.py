"""How far a page or a long line of text is turned."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from foretext.ink import text_pieces
from foretext.pieces import Pieces

_Points: TypeAlias = npt.NDArray[np.floating[Any]]

# Degrees looked at; a page turned farther was not put on a scanner.
_MOST = 15.0
_COARSE, _FINE = 0.5, 0.1
# Engines read text that is turned by less than this as well as straight text.
_HARMLESS = 1.5
# Rows are told apart by this share of a character's height.
_BIN = 0.2
# Fewer characters than this show no direction.
_FEWEST = 12
# More tell no more.
_ENOUGH = 4000
# The rows have to be so many times as clear as they are unturned.
_GAIN = 1.1


def skew(pieces: Pieces) -> float:
    """Measure how far text is turned.

    Parameters
    ----------
    pieces : Pieces
        The connected components of the text's ink.

    Returns
    -------
    float
        Degrees by which its lines fall to the right, from -15 to 15; 0 if it is less than 1.5, or
        if there are too few characters to tell.

    Notes
    -----
    Characters stand on baselines: their lower ends, seen along the right direction, fall into the
    fewest rows. After H. S. Baird, "The skew angle of printed documents", SPSE 40th Annual
    Conference, 1987.
    """
    is_text, height = text_pieces(pieces)
    similar = is_text & (pieces.height > 0.5 * height) & (pieces.height < 2.0 * height)
    if np.count_nonzero(similar) < _FEWEST:
        return 0.0
    some = pieces.select(np.flatnonzero(similar)[:: 1 + np.count_nonzero(similar) // _ENOUGH])
    x, y = (some.left + some.width / 2) / height, (some.top + some.height) / height
    coarse = _clearest(x, y, np.arange(-_MOST, _MOST + _COARSE, _COARSE))
    best = _clearest(x, y, np.arange(coarse - _COARSE, coarse + _COARSE, _FINE))
    if abs(best) < _HARMLESS or _clearness(x, y, best) < _GAIN * _clearness(x, y, 0.0):
        return 0.0
    return best


def _clearest(x: _Points, y: _Points, angles: npt.NDArray[np.float64]) -> float:
    return float(angles[int(np.argmax([_clearness(x, y, float(angle)) for angle in angles]))])


def _clearness(x: _Points, y: _Points, angle: float) -> float:
    """Return how few rows the points fall into, seen along a direction."""
    turn = np.deg2rad(angle)
    row = (y * np.cos(turn) - x * np.sin(turn)) / _BIN
    row -= row.min()
    whole = row.astype(np.intp)
    part = row - whole
    counts = np.bincount(whole, 1.0 - part, whole.max() + 2)
    counts += np.bincount(whole + 1, part, whole.max() + 2)
    return float(np.square(counts).sum())
