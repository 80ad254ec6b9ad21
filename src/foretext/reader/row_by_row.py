"""Rows of different sizes: an engine that looks for lines sees one size best, so each is alone."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Final

import numpy as np

from foretext.cleaned import Cleaned
from foretext.ink import measure, text_pieces
from foretext.rows import rows_apart

# Rows are of different sizes if some characters are so many times as tall as others.
_APART: Final = 1.5
# More rows than this are running text, in which an engine finds its way.
_MOST: Final = 6


def row_by_row(cleaned: Cleaned) -> list[Cleaned]:
    """Return each row of a small picture alone, if they are few and not of one size.

    Parameters
    ----------
    cleaned : Cleaned
        A small picture.

    Returns
    -------
    list of Cleaned
        In reading order, each with the ink of one row; none unless there is paper between all
        rows, and each is one of characters side by side.
    """
    rows = rows_apart(cleaned.pieces) if cleaned.layout == "page" and not cleaned.skew else []
    if not 1 < len(rows) <= _MOST:
        return []
    heights = [text_pieces(row)[1] for row in rows]
    if max(heights) < _APART * min(heights):
        return []
    ends = [row.bounds for row in rows]
    middles = [(upper[3] + lower[1]) / 2 for upper, lower in itertools.pairwise(ends)]
    edges = [0.0, *middles, len(cleaned.ink)]
    return [_only(cleaned, above, below) for above, below in itertools.pairwise(edges)]


def _only(cleaned: Cleaned, above: float, below: float) -> Cleaned:
    """Return a cleaned picture with the ink of the row that lies between two heights."""
    rows = slice(round(above), round(below))
    ink = np.zeros_like(cleaned.ink)
    ink[rows] = cleaned.ink[rows]
    # By color alone, all rows would be back.
    plan = replace(cleaned.recipe, network=False)
    return replace(cleaned, ink=ink, scale=measure(ink), recipe=plan)
