"""How the text stands, as its ink shows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from foretext.arrays import Ink, Mask
from foretext.ink import are_beside_headline, mask_of
from foretext.pieces import Pieces, pieces_of
from foretext.recognize.engine import Layout
from foretext.rows import rows_apart

# Two pieces stand in one row if they overlap by this share of the lower one's height.
_SHARED = 0.3
# Lower pieces, in heights of the tallest tenth, are dots, accents and specks.
_TALL = 0.4
# What stands beside rows is so far from them, in heights of a character. They are rows if so many
# characters stand in each, and so many of one have a character above or below them.
_APART = 0.3
_A_ROW = 3
_OVER = 0.4


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


def joins_rows(pieces: Pieces, degrees: float) -> bool:
    """Tell whether rows that fall by so much to the right reach down to one another for it."""
    return count_rows(_turned(pieces, np.deg2rad(degrees))) > count_rows(pieces)


def _turned(pieces: Pieces, angle: float) -> Pieces:
    """Return the pieces with their tops where they are once the lines are level."""
    middle = pieces.left + pieces.width / 2, pieces.top + pieces.height / 2
    shift = middle[1] * np.cos(angle) - middle[0] * np.sin(angle) - middle[1]
    return replace(pieces, top=pieces.top + shift.astype(np.float32)) if angle else pieces


def count_rows(pieces: Pieces) -> int:
    """Return how many rows the pieces make; dots, accents and specks make none.

    What stands beside two rows, as a sign does that is as tall as both, does not make them one.
    """
    tall = pieces.select(pieces.height >= _TALL * np.quantile(pieces.height, 0.9))
    found = _rows(tall)
    if len(found) == 1:
        rest = [_rows(tall.select(inner)) for inner in _without_ends(tall)]
        found = max([found, *filter(_are_above_one_another, rest)], key=len)
    return len(found)


def _rows(pieces: Pieces) -> list[Pieces]:
    """Return the pieces of each row, from the top."""
    order = np.argsort(pieces.top, kind="stable")
    top, height = pieces.top[order], pieces.height[order]
    # How far down all pieces before each one reach.
    bottom = np.concatenate([[-np.inf], np.maximum.accumulate(top + height)[:-1]])
    begins = np.flatnonzero(bottom - top < _SHARED * height)[1:]
    return [pieces.select(row) for row in np.split(order, begins)]


def _without_ends(pieces: Pieces) -> Iterator[Mask]:
    """Yield which pieces are left without the first one, or the last, if it stands apart."""
    left, right = pieces.left, pieces.left + pieces.width
    apart = _APART * float(np.median(pieces.height))
    for rest in (left > right[left.argmin()], right < left[right.argmax()]):
        some = pieces.select(rest)
        if not len(some):
            continue
        start, _, end, _ = some.bounds
        gap = max(start - float(right[~rest].max()), float(left[~rest].min()) - end)
        if gap >= apart:
            yield rest


def _are_above_one_another(rows: Sequence[Pieces]) -> bool:
    """Tell whether characters of each row stand above or below some of the next: none dance."""
    return len(rows) > 1 and all(
        min(len(one), len(other)) >= _A_ROW and _share_columns(one, other)
        for one, other in itertools.pairwise(rows)
    )


def _share_columns(one: Pieces, other: Pieces) -> bool:
    few, many = sorted((one, other), key=len)
    middle = few.left + few.width / 2
    over = (many.left[None, :] <= middle[:, None]) & (
        (many.left + many.width)[None, :] >= middle[:, None]
    )
    return float(over.any(axis=1).mean()) >= _OVER
