"""Text alone: rows of characters side by side, and nothing over, under or between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink, Int, Mask
from foretext.layer import Layer
from foretext.pieces import (
    Pieces,
    are_dots,
    cut_by_border,
    grown,
    labeled_pieces,
    pieces_of,
    pixels_within,
)

# Fainter coverage is no ink: paler words behind a text are more, or a layer of their own, with so
# many pieces of such a height in pixels.
_FAINT: Final = 0.2
_READABLE: Final = 5.0
# Layers that hold more than this of all ink are colors of their own, if so far apart (of 255); one
# lies over the other where each has so much of the same pieces.
_A_COLOR: Final = 0.03
_APART: Final = 60.0
_MIXED: Final = 0.15
# So much of a row is as dark as its color, which is full ink even if it is paler than this. Half as
# dark is ink, but for edges so wide, in pixels, and so little else.
_FULL: Final = 0.9
_DARK: Final = 0.8
_EDGE: Final = 5
_PALE: Final = 0.03
# Ink is unwanted for sure below this, and wanted above the rest. A single character is no wider in
# heights, nor so much taller than the next one. A panel fills so much of its place.
_UNWANTED: Final = 0.25
_A_CHARACTER: Final = 1.3
_SLAB: Final = 0.62
# Dots are so low, and stops end so near to the line, in heights of the row.
_DOT: Final = 0.3
_ON_LINE: Final = 0.15
# So many rows, and characters, are no page.
_ROWS: Final = 6
_CHARACTERS: Final = 120
# What is so much lower than the row beside it, and as near to it, is of it: accents, commas; but no
# more than so many a character.
_LOW: Final = 0.35
_NEAR: Final = 0.35
_MARKS: Final = 2
# Characters are so high, in heights of their row, and no wider, if some touch; a dash is low.
_HIGH: Final = 0.5
_WIDE: Final = 2.6
_FLAT: Final = 0.3
_DASH: Final = 2.2
# Two as high as this part of each other share no more than that of their width, as italics do; of
# lower ones, as the rings of a percent sign, a few may lie anywhere in the row.
_ALIKE: Final = 0.7
_SHARED: Final = 0.35
_LOW_ONES: Final = 2, 0.15
# There are no more signs than this for each character, and some; more are specks.
_SIGNS: Final = 1.0
_SOME: Final = 3


def plain_text(everything: Ink, layers: Sequence[Layer], foreground: Ink) -> Ink | None:
    """Return all ink of a small picture if it is rows of characters that stand side by side.

    Parameters
    ----------
    everything : ndarray of float32, (H, W)
        Coverage of all ink, that of the darkest text being 1.
    layers : sequence of Layer
        The layers of the picture.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].

    Returns
    -------
    ndarray of float32, (H, W), or None
        Coverage in [0, 1], by the color of each row. None if anything may be behind or over
        something else: a piece crosses a row or lies between rows, or characters share a place.
    """
    pieces, labels = labeled_pieces(everything > _FAINT)
    if not 0 < len(pieces) <= _CHARACTERS or _reaches_through(pieces, *everything.shape):
        return None
    rows = _rows(pieces)
    hidden = any(_is_faint(layer, everything) for layer in layers)
    if hidden or not 0 < len(rows) <= _ROWS or _share_pieces(labels, len(pieces), layers):
        return None
    mixed, unwanted = _by_looks(pieces, labels, foreground)
    if (cut_by_border(pieces, *everything.shape) & (mixed | unwanted)).any():
        return None
    ink = everything.copy()
    texts = 0
    for some in rows:
        row = pieces.select(some)
        if _is_rule(row):
            continue
        if (mixed[some] & _are_odd(row)).any():
            return None
        _, top, _, bottom = row.bounds
        strip = ink[int(top) : int(bottom)]
        full = float(np.quantile(strip[strip > _FAINT], _FULL))
        if not _is_text(strip, full):
            return None
        if full < _DARK:
            strip /= np.float32(full)
        texts += 1
    return np.minimum(ink, np.float32(1.0)) if texts else None


def _is_text(strip: Ink, full: float) -> bool:
    """Tell whether a strip holds a row of characters in one color, and nothing else."""
    solid = strip > 0.5 * full
    pale = (strip > _FAINT) & ~grown(solid, _EDGE)
    is_clear = int(np.count_nonzero(pale)) <= _PALE * int(np.count_nonzero(solid))
    return is_clear and _is_row(pieces_of(solid))


def _is_faint(layer: Layer, everything: Ink) -> bool:
    """Tell whether a layer is a text that is too pale to be seen among the pieces."""
    if layer.share <= _A_COLOR or float(everything[layer.solid].mean()) > _FAINT:
        return False
    return int(np.count_nonzero(layer.pieces.height >= _READABLE)) >= _SOME


def _share_pieces(labels: Int, count: int, layers: Sequence[Layer]) -> bool:
    """Tell whether pieces are of two colors that are far apart: one text lies over another."""
    held = [pixels_within(labels, count, layer.solid) for layer in layers if layer.share > _A_COLOR]
    colors = [layer.color for layer in layers if layer.share > _A_COLOR]
    for k, (one, color) in enumerate(zip(held, colors, strict=True)):
        for other, its_color in zip(held[:k], colors, strict=False):
            apart = float(np.linalg.norm(np.subtract(color, its_color)))
            shared = np.minimum(one, other) > _MIXED * np.maximum(one, other)
            if apart > _APART and (one + other)[shared].sum() > _MIXED * (one + other).sum():
                return True
    return False


def _by_looks(pieces: Pieces, labels: Int, foreground: Ink) -> tuple[Mask, Mask]:
    """Tell which pieces look like text and something else, and which like something else."""
    of_ink = labels > 0
    bad = pixels_within(labels, len(pieces), (foreground < _UNWANTED) & of_ink)
    good = pixels_within(labels, len(pieces), (foreground > 1.0 - _UNWANTED) & of_ink)
    mixed = np.minimum(bad, good) >= _MIXED * pieces.area
    return np.asarray(mixed), np.asarray(bad > good)


def _are_odd(row: Pieces) -> Mask:
    """Tell which pieces are wider than a character, or stand out of their row."""
    usual = float(np.median(row.height[row.height >= _HIGH * row.height.max()]))
    return np.asarray((row.width > _A_CHARACTER * row.height) | (row.height > _A_CHARACTER * usual))


def _reaches_through(pieces: Pieces, height: int, width: int) -> bool:
    """Tell whether a piece reaches from one border of the picture to the opposite one."""
    return bool(((pieces.height >= height - 1) | (pieces.width >= width - 1)).any())


def _is_rule(row: Pieces) -> bool:
    """Tell whether a row is one flat piece: a rule below or above a text crosses nothing."""
    return len(row) == 1 and float(row.height[0]) < _FLAT * float(row.width[0])


def _rows(pieces: Pieces) -> list[npt.NDArray[np.intp]]:
    """Put pieces into rows with paper between them; low ones join the row that they are near to."""
    order = np.argsort(pieces.top, kind="stable")
    ends = np.maximum.accumulate((pieces.top + pieces.height)[order])
    rows = np.split(order, np.flatnonzero(pieces.top[order][1:] > ends[:-1]) + 1)
    while (at := _joinable([pieces.select(row) for row in rows])) is not None:
        rows[at : at + 2] = [np.concatenate(rows[at : at + 2])]
    return rows


def _joinable(rows: list[Pieces]) -> int | None:
    """Return the first row that is of the same text as the next one."""
    for k, pair in enumerate(itertools.pairwise(rows)):
        (_, top, _, end), (_, start, _, bottom) = pair[0].bounds, pair[1].bounds
        heights = end - top, bottom - start
        low, high = pair if heights[0] < heights[1] else pair[::-1]
        close = start - end < _NEAR * max(heights)
        if close and min(heights) < _LOW * max(heights) and len(low) <= _MARKS * len(high):
            return k
    return None


def _is_row(row: Pieces) -> bool:
    """Tell whether pieces are a row of characters, with some signs."""
    _, top, _, bottom = row.bounds
    height = bottom - top
    high = row.height >= _HIGH * height
    flat = row.height <= _FLAT * height
    if (row.width > np.where(flat, _DASH, _WIDE) * height).any() or _are_slabs(row, height).any():
        return False
    dots = are_dots(row) & (row.height <= _DOT * height)
    if (dots & ~_are_placed(row)).any():
        return False
    characters = row.select(high)
    if len(row) - len(characters) > _SIGNS * len(characters) + _SOME or not len(characters):
        return False
    return _are_side_by_side(row)


def _are_slabs(row: Pieces, height: float) -> Mask:
    """Tell which pieces are wider than characters, and full: panels, bars."""
    return np.asarray(
        (row.width > _A_CHARACTER * height)
        & (row.height > _HIGH * height)
        & (row.area > _SLAB * row.width * row.height)
    )


def _are_placed(row: Pieces) -> Mask:
    """Tell which dots stand on the line, as stops do, or above or under something."""
    bottom = row.top + row.height
    high = row.height >= _HIGH * row.height.max()
    line, height = float(np.median(bottom[high])), float(row.height.max())
    on_line = np.abs(bottom - line) <= _ON_LINE * height
    right = row.left + row.width
    shared = np.minimum(right[:, None], right) - np.maximum(row.left[:, None], row.left)
    np.fill_diagonal(shared, 0.0)
    return np.asarray(on_line | (shared >= 0.5 * row.width[:, None]).any(axis=1))


def _are_side_by_side(row: Pieces) -> bool:
    """Tell whether no two pieces of a row share a place, but for some low ones."""
    right = row.left + row.width
    shared = np.minimum(right[:, None], right) - np.maximum(row.left[:, None], row.left)
    narrow = np.minimum(row.width[:, None], row.width)
    upper, lower = row.top, row.top + row.height
    level = np.minimum(lower[:, None], lower) > np.maximum(upper[:, None], upper)
    over = np.triu((shared > _SHARED * narrow) & level, 1)
    low = np.minimum(row.height[:, None], row.height) < _ALIKE * np.maximum(
        row.height[:, None], row.height
    )
    some, share = _LOW_ONES
    few = int(np.count_nonzero(over)) <= max(some, share * len(row))
    return few and not bool((over & ~low).any())
