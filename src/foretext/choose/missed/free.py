"""Large characters that stand free on a page, where nothing else was taken away.

A network knows headlines by their words; of a number before one, or of a capital at its side, it
may keep a part, or none of one in a color of its own. On a page with something unwanted, that would
be hard to tell from it. But if all that was taken away is as dark as the text, evenly so, and
stands free, none is noise.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Int
from foretext.ink import mask_of
from foretext.pieces import (
    Pieces,
    are_bars,
    labeled_pieces,
    pixels_with_edges,
    pixels_within,
    shared_boxes,
)

# A piece is taken away if so much of it is, or of a large one: of small ones, the edges may be
# fainter than they were. Less than this of all ink is not worth a look, and more than that is no
# few characters.
_GONE: Final = 0.5, 0.1
_HARDLY: Final = 0.002
_MOST: Final = 0.25
# Characters of a headline are so tall, in heights of the text; smaller pieces are their dots, no
# farther from them than this, in their heights.
_LARGE: Final = 1.8, 12.0
_BESIDE: Final = 0.9
# The darkness of one varies no more than this, and it is as dark as so much of the text.
_EVEN: Final = 0.15
_DARK: Final = 0.8
# Text that is so many times smaller stands in none.
_SMALLER: Final = 1.8
# Lower pieces, in heights of the text, are specks and stops.
_NO_SPECK: Final = 0.4

_Bools = npt.NDArray[np.bool_]


class _Page(NamedTuple):
    """All ink of a page in pieces, and what `with_free_characters` is told of it."""

    pieces: Pieces
    labels: Int
    strength: Float
    x_height: float


def with_free_characters(ink: Ink, everything: Ink, strength: Float, x_height: float) -> Ink:
    """Put large characters back that were taken away in whole or in part.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text of a page.
    everything : ndarray of float32, (H, W)
        Coverage of all ink.
    strength : ndarray of float32, (H, W)
        How far each pixel is from the paper.
    x_height : float
        How tall characters of the text are, in pixels.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if there are none, or if anything else was taken away.
    """
    pieces, labels = labeled_pieces(mask_of(everything))
    kept = pixels_within(labels, len(pieces), mask_of(ink))
    lost = pieces.area - kept
    large = (pieces.height >= _LARGE[0] * x_height) & (lost > _GONE[1] * pieces.area)
    gone = large | (lost > _GONE[0] * pieces.area)
    away, whole = float(lost[gone].sum()), float(pieces.area.sum())
    if not _HARDLY * whole < away < _MOST * whole:
        return ink
    page = _Page(pieces, labels, strength, x_height)
    if not large.any() or not _are_characters(page, large, ~gone):
        return ink
    if not _are_beside(pieces.select(gone & ~large), pieces.select(large)):
        return ink
    shown = pixels_with_edges(labels, gone)
    return np.asarray(np.where(shown, np.maximum(ink, everything), ink), np.float32)


def _are_characters(page: _Page, large: _Bools, kept: _Bools) -> bool:
    """Tell whether all large pieces that were taken away are like the text, but for their size."""
    some = page.pieces.select(large)
    longest = np.maximum(some.width, some.height)
    if are_bars(some).any() or float(longest.max()) > _LARGE[1] * page.x_height:
        return False
    if not _are_dark(page, large, kept):
        return False
    height = page.pieces.height
    text = kept & (height < some.height.min() / _SMALLER) & (height > _NO_SPECK * page.x_height)
    return not shared_boxes(some, page.pieces.select(text)).any()


def _are_dark(page: _Page, large: _Bools, kept: _Bools) -> bool:
    """Tell whether pieces are each of one darkness inside, and that is the text's."""
    import cv2

    inside = cv2.erode((page.labels > 0).view(np.uint8), np.ones((3, 3), np.uint8))
    at = np.flatnonzero(inside)
    of, values = page.labels.ravel()[at], page.strength.ravel()[at]
    number, total, squares = (
        np.bincount(of, weights, len(page.pieces) + 1)[1:]
        for weights in (None, values, np.square(values))
    )
    mean = total / np.maximum(number, 1.0)
    spread = np.sqrt(np.maximum(squares / np.maximum(number, 1.0) - np.square(mean), 0.0))
    of_text = mean[kept & (number > 0)]
    if not len(of_text) or not (number[large] > 0).all():
        return False
    even = spread[large] <= _EVEN * mean[large]
    return bool((even & (mean[large] >= _DARK * np.median(of_text))).all())


def _are_beside(dots: Pieces, letters: Pieces) -> bool:
    """Tell whether all dots are as near to a letter as its own."""
    x, y = dots.left + dots.width / 2, dots.top + dots.height / 2
    reach = _BESIDE * letters.height
    near = (x[:, None] > letters.left - reach) & (x[:, None] < letters.left + letters.width + reach)
    bottom = letters.top + letters.height
    near &= (y[:, None] > letters.top - reach) & (y[:, None] < bottom + reach)
    return bool(near.any(axis=1).all())
