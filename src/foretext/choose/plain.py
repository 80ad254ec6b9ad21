"""Text alone: rows of characters side by side, and nothing over, under or between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np

from foretext.arrays import Ink, Int, Mask
from foretext.choose.tones import may_be_tones
from foretext.layer import Layer
from foretext.pieces import (
    Pieces,
    cut_by_border,
    grown,
    labeled_pieces,
    pieces_of,
    pixels_within,
)
from foretext.rows import are_odd, is_row, is_rule, rows_of

# Fainter coverage is no ink: paler words behind a text are more, or a layer of their own, with so
# many pieces of such a height in pixels, and a contrast that grain of paper does not have.
_FAINT: Final = 0.2
_READABLE: Final = 5.0
_VISIBLE: Final = 0.08
_A_WORD: Final = 3
# Layers that hold more than this of all ink are colors of their own, if so far apart (of 255); one
# lies over the other where each has so much of the same pieces.
_A_COLOR: Final = 0.03
_APART: Final = 60.0
_MIXED: Final = 0.15
# Around the darker one, in squares of so many pixels, is its soft edge.
_RIM: Final = 3
# So much of a row is as dark as its color, which is full ink even if it is paler than this. Half as
# dark is ink, but for edges so wide, in pixels, and so little else.
_FULL: Final = 0.9
_DARK: Final = 0.8
_EDGE: Final = 5
_PALE: Final = 0.03
# Ink is unwanted for sure below this, and wanted above the rest.
_UNWANTED: Final = 0.25
# A rule is no higher than this part of the highest row.
_A_RULE: Final = 0.5
# So many rows, and characters, are no page.
_ROWS: Final = 6
_CHARACTERS: Final = 120


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
    rows = rows_of(pieces)
    faint = [layer for layer in layers if float(everything[layer.solid].mean()) <= _FAINT]
    hidden = any(_is_text_too(layer) for layer in faint)
    seen = [layer for layer in layers if layer not in faint]
    if hidden or not 0 < len(rows) <= _ROWS or _share_pieces(labels, len(pieces), seen):
        return None
    mixed, unwanted = _by_looks(pieces, labels, foreground)
    if (cut_by_border(pieces, *everything.shape) & (mixed | unwanted)).any():
        return None
    # What is too faint, and unwanted, is behind the text or beside it.
    ink = everything * grown(labels > 0, _EDGE)
    highest = thickest = 0.0
    for some in rows:
        row = pieces.select(some)
        if is_rule(row):
            thickest = max(thickest, float(row.height[0]))
            continue
        if (mixed[some] & are_odd(row)).any():
            return None
        _, top, _, bottom = row.bounds
        strip = ink[int(top) : int(bottom)]
        full = float(np.quantile(strip[strip > _FAINT], _FULL))
        if not _is_text(strip, full, row):
            return None
        if full < _DARK:
            strip /= np.float32(full)
        highest = max(highest, bottom - top)
    # A bar as high as text may hold some.
    is_plain = highest > 0.0 and thickest <= _A_RULE * highest
    return np.minimum(ink, np.float32(1.0)) if is_plain else None


def _is_text(strip: Ink, full: float, row: Pieces) -> bool:
    """Tell whether a strip holds a row of characters in one color, and nothing else."""
    solid = strip > 0.5 * full
    pale = (strip > _FAINT) & ~grown(solid, _EDGE)
    is_clear = int(np.count_nonzero(pale)) <= _PALE * int(np.count_nonzero(solid))
    # Strokes so thin as to be pale here and there may be broken where they are half as dark.
    return is_clear and (is_row(pieces_of(solid)) or is_row(row))


def _is_text_too(layer: Layer) -> bool:
    """Tell whether a layer that is too pale to be seen among the pieces may be text as well."""
    if layer.share <= _A_COLOR or layer.contrast <= _VISIBLE:
        return False
    if layer.wanted is not None and layer.wanted < _UNWANTED:
        return False
    return int(np.count_nonzero(layer.pieces.height >= _READABLE)) >= _A_WORD


def _share_pieces(labels: Int, count: int, layers: Sequence[Layer]) -> bool:
    """Tell whether pieces are of two colors that are far apart: one text lies over another."""
    colored = sorted((layer for layer in layers if layer.share > _A_COLOR), key=_contrast)
    for pale, dark in itertools.combinations(colored, 2):
        apart = float(np.linalg.norm(np.subtract(pale.color, dark.color)))
        if apart <= _APART or may_be_tones(pale, dark):
            continue
        its = pixels_within(labels, count, dark.solid)
        others = pixels_within(labels, count, pale.solid & ~grown(dark.solid, _RIM))
        shared = np.minimum(its, others) > _MIXED * np.maximum(its, others)
        if (its + others)[shared].sum() > _MIXED * (its + others).sum():
            return True
    return False


def _contrast(layer: Layer) -> float:
    return layer.contrast


def _by_looks(pieces: Pieces, labels: Int, foreground: Ink) -> tuple[Mask, Mask]:
    """Tell which pieces look like text and something else, and which like something else."""
    bad = pixels_within(labels, len(pieces), foreground < _UNWANTED)
    good = pixels_within(labels, len(pieces), foreground > 1.0 - _UNWANTED)
    mixed = np.minimum(bad, good) >= _MIXED * pieces.area
    return np.asarray(mixed), np.asarray(bad > good)


def _reaches_through(pieces: Pieces, height: int, width: int) -> bool:
    """Tell whether a piece reaches from one border of the picture to the opposite one."""
    return bool(((pieces.height >= height - 1) | (pieces.width >= width - 1)).any())
