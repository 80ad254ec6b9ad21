"""Remove what is too small to be any part of a character."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Int, Mask
from foretext.ink import Scale, depth, mask_of, measure_pieces
from foretext.pieces import Pieces, alignment, are_beside, extreme, labeled_pieces, pixels_of

# What is fainter belongs to no piece.
_FAINT = 0.1
# Beside strokes thinner than this (in pixels), a dot can't be told from a speck.
_LEAST_STROKE = 2.0
# What a dot belongs to covers at least so many times as much as the dot.
_BELONGS = 3.0
# Specks compared with all pieces at once: bounds the memory.
_AT_ONCE = 256
# With so many small pieces for each other one, the page is noisy, not full of dots; unless so much
# of them stands in rows, as the letters of small print do.
_NOISY = 5.0
_IN_ROWS = 0.85
# Letters lower than this, in pixels, can't be told from specks, nor can fewer than so many.
_READABLE = 5.0
_A_WORD = 3
# A bracket is hardly twice as tall as an x.
_AS_TALL = 0.5


def despeckle(ink: Ink, scale: Scale, *, area: float = 0.3) -> Ink:
    """Remove pieces of ink smaller than a part of a dot.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    scale : Scale
        Of the text.
    area : float
        Pieces that cover less than this many square stroke widths are removed; the dot of an
        i, a period and an accent cover about 1. Under a headline the strokes are those of the
        small print's own letters.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage without the specks.
    """
    if scale.stroke_width < _LEAST_STROKE:
        return ink
    pieces, labels = labeled_pieces(ink > _FAINT)
    least = area * scale.stroke_width**2
    # Coverage is below the count of pixels, so most pieces need no closer look.
    small = pieces.area < 4.0 * least + 9.0
    if not small.any():
        return ink
    inside = np.concatenate(([False], small))[labels]
    weight = np.bincount(labels[inside], ink[inside], minlength=len(pieces) + 1)[1:]
    specks = small & (weight < least)
    if specks.any():
        specks &= weight < area * np.square(_strokes_near(ink, pieces, labels, specks))
    if not specks.any():
        return ink
    return np.where(np.concatenate(([False], specks))[labels], np.float32(0.0), ink)


def _strokes_near(ink: Ink, pieces: Pieces, labels: Int, specks: Mask) -> Float:
    """Return, for each piece, how thick the strokes are that it may be a speck of; 0 for none."""
    if _are_few(specks):
        strokes = _strokes_beside(ink, pieces, labels, specks)
    else:
        strokes = np.full(len(pieces), np.inf, np.float32)
    strokes[_beside_letters(pieces, specks)] = 0.0
    strokes[specks] = np.minimum(strokes[specks], _all_strokes(ink, pieces, labels, specks))
    return strokes


def _all_strokes(ink: Ink, pieces: Pieces, labels: Int, specks: Mask) -> float:
    """Return how thick the strokes of small print are; infinity if the specks are none."""
    letters = specks & (pieces.height >= _READABLE)
    if np.count_nonzero(letters) < _A_WORD or alignment(pieces.select(specks)) < _IN_ROWS:
        return np.inf
    small_print = mask_of(ink) & pixels_of(labels, specks)
    return measure_pieces(small_print, *labeled_pieces(small_print)).stroke_width


def _are_few(specks: Mask) -> bool:
    return int(np.count_nonzero(specks)) <= _NOISY * int(np.count_nonzero(~specks))


def _beside_letters(pieces: Pieces, specks: Mask) -> npt.NDArray[np.intp]:
    """Return which specks stand in one row with a larger piece that is hardly taller, as an l does.

    Beside a headline, the thin letters of small print are far smaller than a dot of it. What stands
    beside such a letter is one, too.
    """
    left = np.flatnonzero(specks & (pieces.height >= _READABLE))
    found, letters = np.flatnonzero(~specks), []
    while len(found) and len(left):
        near = are_beside(pieces.select(left), pieces.select(found), alike=_AS_TALL)
        found, left = left[near], left[~near]
        letters.append(found)
    return np.concatenate([np.zeros(0, np.intp), *letters])


def _strokes_beside(ink: Ink, pieces: Pieces, labels: Int, specks: Mask) -> Float:
    """Return, for each speck, how thick the strokes beside it are; 0 for thin ones."""
    mask = mask_of(ink)
    where = np.asarray(labels[mask], np.intp)
    thickness = 2.0 * extreme(where, depth(mask)[mask], len(pieces) + 1, most=True)[1:] - 1.0
    x = center_x = pieces.left + pieces.width / 2
    y = center_y = pieces.top + pieces.height / 2
    strokes = np.zeros(len(pieces), np.float32)
    which = np.flatnonzero(specks)
    # No speck belongs to what is hardly larger than the smallest of them.
    others = np.flatnonzero(pieces.area >= _BELONGS * pieces.area[which].min())
    if not len(others):
        return strokes
    x, y, thickness, area = x[others], y[others], thickness[others], pieces.area[others]
    for some in np.array_split(which, -(-len(which) // _AT_ONCE)):
        distance = np.square(x - center_x[some, None])
        distance += np.square(y - center_y[some, None])
        distance[area < _BELONGS * pieces.area[some, None]] = np.inf
        nearest = distance.argmin(axis=1)
        found = np.isfinite(distance[np.arange(len(some)), nearest])
        found &= thickness[nearest] >= _LEAST_STROKE
        strokes[some] = np.where(found, thickness[nearest], 0.0)
    return strokes
