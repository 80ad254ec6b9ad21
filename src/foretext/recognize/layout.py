"""How the text stands, as its ink shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foretext.arrays import Ink
from foretext.ink import are_beside_headline, mask_of
from foretext.pieces import Pieces, pieces_of
from foretext.recognize.engine import Layout
from foretext.rows import rows_apart

# Two pieces stand in one row if they overlap by this share of the lower one's height.
_SHARED = 0.3
# Lower pieces, in heights of the tallest tenth, are dots, accents and specks.
_TALL = 0.4


def layout_of(ink: Ink, *, skew: float = 0.0) -> Layout:
    """Tell from the ink alone how its text stands.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    skew : float
        Degrees by which its lines fall to the right.

    Returns
    -------
    {"line", "page"}
        ``line`` if all characters stand in one row, also where they go up and down;
        else ``page``.
    """
    return layout_of_pieces(pieces_of(mask_of(ink)), skew=skew)


def layout_of_pieces(pieces: Pieces, *, skew: float = 0.0, is_whole: bool = False) -> Layout:
    """Tell the same from the connected components of the ink.

    Parameters
    ----------
    pieces : Pieces
        The components.
    skew : float
        Degrees by which the lines fall to the right.
    is_whole : bool
        Whether hardly any ink was removed: then what is small is not left of that.

    Returns
    -------
    {"line", "page"}
    """
    if not len(pieces):
        return "line"
    turned = _turned(pieces, np.deg2rad(skew))
    if count_rows(turned) > 1 or are_beside_headline(turned).any():
        return "page"
    return "page" if is_whole and len(rows_apart(turned)) > 1 else "line"


def _turned(pieces: Pieces, angle: float) -> Pieces:
    """Return the pieces with their tops where they are once the lines are level."""
    middle = pieces.left + pieces.width / 2, pieces.top + pieces.height / 2
    shift = middle[1] * np.cos(angle) - middle[0] * np.sin(angle) - middle[1]
    return replace(pieces, top=pieces.top + shift.astype(np.float32)) if angle else pieces


def count_rows(pieces: Pieces) -> int:
    """Return how many rows the pieces make; dots, accents and specks make none."""
    tall = pieces.select(pieces.height >= _TALL * np.quantile(pieces.height, 0.9))
    order = np.argsort(tall.top, kind="stable")
    rows, bottom = 0, -np.inf
    for top, height in zip(tall.top[order], tall.height[order], strict=True):
        if bottom - top < _SHARED * height:
            rows += 1
        bottom = max(bottom, top + height)
    return rows
