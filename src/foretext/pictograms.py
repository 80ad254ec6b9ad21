"""A pictogram beside a text: a solid thing that stands apart from all characters.

A network takes a star or a disc on a label for a character, and engines read it as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from foretext.arrays import Ink, Mask
from foretext.ink import Scale, amount, depth, mask_of, stroke_width, text_pieces
from foretext.pieces import Pieces, labeled_pieces, meeting, pixels_of

# Beside fewer things with columns of their own, anything may be a character. More ink than that of
# so many strokes as long as the text is high is that of a page, where there are bullets.
_FEW: Final = 3
_MUCH: Final = 150
# It is so far from the text, about so tall, in heights of it, and no more oblong.
_APART: Final = 0.45
_TALL: Final = 0.7, 6.0
_OBLONG: Final = 2.0
# A disc so large lies within it, in stroke widths of the text and in parts of its own length.
_THICK: Final = 2.5
_SOLID: Final = 0.34
# Its edges are so wide, in parts of its length.
_EDGE: Final = 0.1


def without_pictograms(ink: Ink, scale: Scale) -> Ink:
    """Leave out a pictogram that stands before or behind all of a text.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    scale : Scale
        Of the text.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if there is none, or more text than on a label.
    """
    if amount(ink) > _MUCH * scale.stroke_width * scale.x_height:
        return ink
    mask = mask_of(ink)
    pieces, labels = labeled_pieces(mask)
    found = ink
    for thing, end in _ends(pieces):
        if _is_solid(pixels_of(labels, thing), mask, pieces.select(thing)):
            found = _blank(found, pieces.select(end))
    return found


def _ends(pieces: Pieces) -> Iterator[tuple[Mask, Mask]]:
    """Yield which pieces stand first, and last, as far apart as a pictogram; and all beyond, too.

    Beyond it may be a dot, as the hole of a label.
    """
    things = meeting(pieces.left, pieces.width)
    if len(things) <= _FEW:
        return
    _, tall = text_pieces(pieces.select(np.concatenate(things[1:-1])))
    least, most = _TALL
    for order in (things, things[::-1]):
        sides = (_sides(pieces.select(thing)) for thing in order)
        number = next((k for k, (_, long) in enumerate(sides) if long >= least * tall), None)
        if number is None or number + 1 >= len(order):
            continue
        thing, beside = (pieces.select(order[k]) for k in (number, number + 1))
        short, long = _sides(thing)
        fits = short >= least * tall and long <= min(most * tall, _OBLONG * short)
        if fits and _gap(thing, beside) >= _APART * tall:
            numbers = np.arange(len(pieces))
            whole = np.concatenate(order[: number + 1])
            yield np.isin(numbers, order[number]), np.isin(numbers, whole)


def _gap(one: Pieces, other: Pieces) -> float:
    """Return how many columns are between two things."""
    (left, _, right, _), (start, _, end, _) = one.bounds, other.bounds
    return max(start - right, left - end)


def _blank(ink: Ink, pieces: Pieces) -> Ink:
    """Return an ink without some pieces, and what is paler of them."""
    left, top, right, bottom = pieces.bounds
    edge = _EDGE * max(right - left, bottom - top)
    rows = slice(max(0, round(top - edge)), round(bottom + edge))
    columns = slice(max(0, round(left - edge)), round(right + edge))
    ink = ink.copy()
    ink[rows, columns] = 0.0
    return ink


def _is_solid(thing: Mask, mask: Mask, pieces: Pieces) -> bool:
    """Tell whether a thing is far thicker than the strokes of the rest, and for its length."""
    thick = 2.0 * float(depth(thing).max())
    rest = stroke_width(mask & ~thing)
    return thick >= max(_THICK * rest, _SOLID * _sides(pieces)[1])


def _sides(pieces: Pieces) -> tuple[float, float]:
    """Return the shorter and the longer side of the smallest rectangle around all pieces."""
    left, top, right, bottom = pieces.bounds
    short, long = sorted((right - left, bottom - top))
    return short, long
