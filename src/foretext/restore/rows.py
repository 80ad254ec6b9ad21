"""Rows of text as points: where characters stand, and how few rows they fall into."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from foretext.ink import text_pieces
from foretext.pieces import Pieces

Points: TypeAlias = npt.NDArray[np.floating[Any]]

# Rows are told apart by this share of a character's height.
_BIN = 0.2
# Fewer characters than this show no direction.
_FEWEST = 12
# More tell no more.
_ENOUGH = 4000


def points_of(pieces: Pieces) -> tuple[Points, Points, float] | None:
    """Return where characters stand: the middles of their lower ends, in heights of characters.

    Parameters
    ----------
    pieces : Pieces
        The connected components of a text's ink.

    Returns
    -------
    tuple of two ndarray, (N,), and a float, or None
        Columns and rows, at most some thousands of them, and how many pixels one height is. None
        if there are too few.
    """
    is_text, height = text_pieces(pieces)
    similar = is_text & (pieces.height > 0.5 * height) & (pieces.height < 2.0 * height)
    if np.count_nonzero(similar) < _FEWEST:
        return None
    some = pieces.select(np.flatnonzero(similar)[:: 1 + np.count_nonzero(similar) // _ENOUGH])
    return (some.left + some.width / 2) / height, (some.top + some.height) / height, height


def clearness(rows: Points) -> float:
    """Return how few rows points fall into, (N,) in heights of characters: the more, the fewer."""
    row = rows / _BIN
    row -= row.min()
    whole = row.astype(np.intp)
    part = row - whole
    counts = np.bincount(whole, 1.0 - part, whole.max() + 2)
    counts += np.bincount(whole + 1, part, whole.max() + 2)
    return float(np.square(counts).sum())
