"""Headlines of a page that a network takes for a watermark, since they are so large.

It sees neither how dark something is beside the whole page, nor much more of a tall word than its
strokes. But a watermark is pale or lies behind other text, a stamp is seldom level, and a bar of a
chart fills its box; what is as dark as the text, stands level in a row and touches nothing is
none of these.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Int
from foretext.pieces import (
    Pieces,
    are_bars,
    beside,
    cut_by_border,
    grown,
    labeled_pieces,
    pixels_of,
    pixels_within,
)
from foretext.separate.contrast import Contrast

# The network is sure from here on; a piece is wanted if it is of so much of it.
_SURE = 0.6
_WANTED = 0.5
# Lower pieces, in pixels, are dots.
_LEAST_TALL = 4.0
# A headline is so many times as tall as nearly all of the text, at least so dark beside it, and has
# so many characters.
_TALLER = 1.3
_MOST = 0.9
_DARK = 0.65
_CHARACTERS = 4
# What fills more of its box than this is a bar, or a stroke.
_FULL = 0.85
# Most are no wider than this, in heights, unless they have grown together.
_WIDE = 1.3
# Characters stand on one line, or end below one, to so many heights, and it rises no more.
_LEVEL = 0.12
_RISE = 0.05
# Its darkness varies by no more than this part of it.
_EVEN = 0.15
# What stands between its letters is nearly as dark as they are.
_AS_DARK = 0.85
# So much around a row, in heights, is of it: dots, accents, tails, what stands between.
_AROUND = 0.4
# Text that is so much smaller is no part of it.
_SMALLER = 1.8
# Longer than so many heights is a rule under it.
_LONG = 2.0
# If less of a row is unsure, nothing is wrong with it.
_DOUBTFUL = 0.03

_Bools = npt.NDArray[np.bool_]


class _Page(NamedTuple):
    """All ink of a page in pieces, (N,): which are wanted, and how dark each is beside the text."""

    pieces: Pieces
    labels: Int
    wanted: _Bools
    dark: Float


def with_headlines(ink: Ink, everything: Ink, paperless: Contrast, foreground: Ink) -> Ink:
    """Put large words of a page back that were taken away, in whole or in part.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text of a page.
    everything : ndarray of float32, (H, W)
        Coverage of all ink.
    paperless : Contrast
        The picture without its paper.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if there are none, or none was taken away.
    """
    page = _page(everything, paperless, foreground)
    text = page.pieces.height[page.wanted & (page.pieces.height >= _LEAST_TALL)]
    if not len(text):
        return ink
    some = np.flatnonzero(_may_be_letters(page, float(np.quantile(text, _MOST))))
    if page.wanted[some].all():
        return ink
    gone = np.zeros(len(page.pieces), np.bool_)
    for row in _rows(page.pieces.select(some)):
        if _is_even(page, some[row], paperless.strength):
            gone |= _of_row(page, some[row])
    if not gone.any():
        return ink
    return _with_pieces(ink, everything, pixels_of(page.labels, gone))


def _page(everything: Ink, paperless: Contrast, foreground: Ink) -> _Page:
    mask = everything > 0.5
    pieces, labels = labeled_pieces(mask)
    sure = pixels_within(labels, len(pieces), mask & (foreground > _SURE))
    wanted = sure > _WANTED * pieces.area
    at = np.flatnonzero(mask)
    sums = np.bincount(labels.ravel()[at], paperless.strength.ravel()[at], len(pieces) + 1)[1:]
    strength = sums / np.maximum(pieces.area, 1.0)
    of_text = strength[wanted & (pieces.height >= _LEAST_TALL)]
    usual = float(np.median(of_text)) if len(of_text) else 255.0
    return _Page(pieces, labels, wanted, np.asarray(strength / max(usual, 1.0), np.float32))


def _may_be_letters(page: _Page, height: float) -> _Bools:
    """Tell which pieces are taller than the text, as dark, and neither bars nor cut off."""
    pieces = page.pieces
    tall = (pieces.height >= _TALLER * height) & (page.dark >= _DARK)
    return np.asarray(tall & ~are_bars(pieces) & ~cut_by_border(pieces, *page.labels.shape))


def _rows(letters: Pieces) -> list[npt.NDArray[np.intp]]:
    """Return the numbers of those that stand level beside each other, row by row."""
    behind, _ = beside(letters, letters)
    tall = np.maximum(letters.height[:, None], letters.height)
    ends = letters.top + letters.height
    level = np.abs(ends[:, None] - ends) <= _LEVEL * tall
    level |= np.abs(letters.top[:, None] - letters.top) <= _LEVEL * tall
    row = np.arange(len(letters))
    for one, other in zip(*np.nonzero(behind & level), strict=True):
        row[row == row[other]] = row[one]
    found = [np.flatnonzero(row == number) for number in np.unique(row)]
    return [one for one in found if _is_text(letters.select(one))]


def _is_text(row: Pieces) -> bool:
    """Tell whether a row is level, of characters that stand apart, and not all bars."""
    strokes = row.area > _FULL * row.width * row.height
    if int(np.count_nonzero(~strokes)) < _CHARACTERS:
        return False
    return float(np.median(row.width / row.height)) <= _WIDE and _is_level(row)


def _is_level(row: Pieces) -> bool:
    middle, end = row.left + row.width / 2, row.top + row.height
    away = middle - middle.mean()
    # The median of slopes between pairs (Theil, 1950; Sen, 1968): tails do not bend it.
    first, second = np.triu_indices(len(row), 1)
    apart = away[second] - away[first]
    some = np.abs(apart) > 0.5 * row.height.mean()
    slopes = (end[second] - end[first])[some] / apart[some]
    return len(slopes) > 0 and abs(float(np.median(slopes))) <= _RISE


def _is_even(page: _Page, row: npt.NDArray[np.intp], strength: Float) -> bool:
    """Tell whether characters are of one darkness inside: printed, with nothing over them."""
    import cv2

    which = np.zeros(len(page.pieces), np.bool_)
    which[row] = True
    inside = cv2.erode(pixels_of(page.labels, which).view(np.uint8), np.ones((3, 3), np.uint8)) > 0
    values = strength[inside]
    return len(values) > 0 and float(values.std()) <= _EVEN * float(values.mean())


def _of_row(page: _Page, row: npt.NDArray[np.intp]) -> _Bools:
    """Return which pieces are of a row of letters; none if smaller text stands in it."""
    pieces = page.pieces
    letters = pieces.select(row)
    none = np.zeros(len(pieces), np.bool_)
    if (1.0 - page.wanted[row]) @ letters.area < _DOUBTFUL * letters.area.sum():
        return none
    tall = float(np.median(letters.height))
    left, top, right, bottom = letters.bounds
    x, y = pieces.left + pieces.width / 2, pieces.top + pieces.height / 2
    small = page.wanted & (pieces.height < tall / _SMALLER) & (pieces.height > tall / 8)
    base = float(np.median(letters.top + letters.height))
    if np.count_nonzero(small & (x > left) & (x < right) & (y > top) & (y < base)) > len(row):
        return none
    around = _AROUND * tall
    within = (x > left - around) & (x < right + around) & (y > top - around) & (y < base + around)
    of_row = within & ~small & (page.dark >= _AS_DARK * float(np.median(page.dark[row])))
    of_row &= np.maximum(pieces.width, pieces.height) < _LONG * tall
    of_row &= (pieces.top + pieces.height <= bottom + around) & (pieces.top >= top - around)
    of_row[row] = True
    return np.asarray(of_row)


def _with_pieces(ink: Ink, everything: Ink, pixels: npt.NDArray[np.bool_]) -> Ink:
    """Return ink with some pieces of all ink, and their edges."""
    # A headline may be paler than what is full ink.
    full = max(float(np.median(everything[pixels])), 0.5)
    near = grown(pixels, 3)
    whole = np.minimum(everything / np.float32(full), np.float32(1.0))
    return np.asarray(np.where(near, np.maximum(ink, whole), ink), np.float32)
