"""Stops, colons, quotation marks and leaders that were taken for specks.

A network knows a dot by little. What tells a stop from a speck is its place: specks are anywhere,
stops stand on the line, close behind a character, quotation marks hang beside one, and the dots of
a leader stand in a row.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink, Int, Mask
from foretext.ink import Scale, mask_of, measure_pieces
from foretext.leaders import end_of, find_leaders, may_lead
from foretext.pieces import (
    Pieces,
    are_round,
    labeled_pieces,
    pixels_of,
    pixels_within,
    sums_within,
)
from foretext.threads import side_by_side

_Bools = npt.NDArray[np.bool_]
_Numbers = npt.NDArray[np.intp]

# Ink so dense may be a dot; beside thin strokes, in pixels, dots are pale.
_LEVELS = 0.5, 0.25
_THIN = 3.0
# A dot is this large, in stroke widths.
_DOT = 0.6, 2.2
# It stands no farther behind a character (in x-heights), and this near to its line.
_BEHIND = 0.6
_ON_LINE = 0.15
_WORD = 4.0
# A character is at least so high, in x-heights: that of a page with many tall ones is too large.
_A_LETTER = 0.7
_A_LETTER_OF_PAGE = 0.55
# Headlines are this much taller than the text.
_FAR_TALLER = 2.5
# If fewer of what was taken away stand so, it is specks. Of specks one in eight does at most where
# a dot may stand, one in five where a quotation mark may hang.
_PLACED = 0.5
_PLACED_ON_PAGE = 0.25
_HUNG = 0.35
# A quotation mark is no longer than this, in x-heights, and stands no farther from a character. It
# begins as high as a tall one, or so much higher than a low one, and ends in its upper half.
_QUOTE = 0.75
_OWN = 0.2
_BESIDE = 1.1
_LEVEL = 0.25
_TALL = 1.2
_HIGHER = 0.15, 0.8
_ENDS = 0.4, 0.75
# So much of all leaders is kept, or none of them is wanted.
_KEPT = 0.2
_FAINT = 0.15
# More than so many, and than this share of the letters, are specks, too: each is compared with all.
_MANY = 50
_SHARE = 0.25


def with_stops(ink: Ink, everything: Ink, own: Mask | None = None, x_height: float = np.inf) -> Ink:
    """Put stops, colons and quotation marks back that were taken away.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    everything : ndarray of float32, (H, W)
        Coverage of all ink.
    own : ndarray of bool, (H, W), optional
        Where ink is surely of the text's color, of a page. If it is not given, no quotation mark
        is put back (a stamp, too, leaves small things beside letters), and stops only if most of
        what was taken away stands so.
    x_height : float
        How tall characters of its text are, in pixels: stops of headlines far taller are not
        looked for.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if none were taken away, or if what was stands where they do not.
    """
    mask = mask_of(ink)
    letters, of_letters = labeled_pieces(mask)
    scale = measure_pieces(mask, letters, of_letters)
    if scale.x_height > _FAR_TALLER * x_height:
        mask = mask & pixels_of(of_letters, letters.height <= _FAR_TALLER * x_height)
        scale = measure_pieces(mask, *labeled_pieces(mask))
    low = _A_LETTER if own is None else _A_LETTER_OF_PAGE
    letters = letters.select(letters.height > low * scale.x_height)
    if not scale.stroke_width:
        return ink
    levels = _LEVELS[: 1 if scale.stroke_width >= _THIN else 2]
    # In all ink, letters may hang together with what was removed.
    taken = side_by_side(lambda level: labeled_pieces(everything > level), levels, ink.size)
    for pieces, labels in taken:
        gone = _are_gone(pieces, labels, ink, everything)
        numbers = _stops(pieces, gone, letters, scale, _PLACED if own is None else _PLACED_ON_PAGE)
        if own is not None:
            of_text = pixels_within(labels, len(pieces), own) >= _OWN * pieces.area
            quotes = _quotes(pieces, gone & of_text, letters, scale)
            numbers = np.concatenate([numbers, quotes])
        if len(numbers):
            back = np.zeros(len(pieces), np.bool_)
            back[numbers] = True
            ink = np.asarray(np.where(pixels_of(labels, back), everything, ink), np.float32)
    return ink


def _are_gone(pieces: Pieces, labels: Int, ink: Ink, everything: Ink) -> _Bools:
    """Tell of which pieces less than half was kept."""
    kept, whole = sums_within(labels, len(pieces), ink, everything)
    return np.asarray(kept < 0.5 * whole)


def _stops(pieces: Pieces, gone: _Bools, letters: Pieces, scale: Scale, least: float) -> _Numbers:
    """Return which pieces are dots that were taken away, but stand as stops do."""
    dots = np.flatnonzero(_are_dots(pieces, scale.stroke_width))
    if not gone[dots].any() or _are_too_many(dots, letters):
        return dots[:0]
    placed = _placed(pieces.select(dots), letters, scale.x_height)
    return dots[placed & gone[dots]] if placed[gone[dots]].mean() >= least else dots[:0]


def _quotes(pieces: Pieces, gone: _Bools, letters: Pieces, scale: Scale) -> _Numbers:
    """Return which pieces are marks that were taken away, but hang as quotation marks do."""
    small = np.minimum(pieces.width, pieces.height) >= _DOT[0] * scale.stroke_width
    small &= np.maximum(pieces.width, pieces.height) <= _QUOTE * scale.x_height
    marks = np.flatnonzero(small & gone)
    if not len(marks) or _are_too_many(marks, letters):
        return marks[:0]
    placed = _hanging(pieces.select(marks), letters, scale.x_height)
    return marks[placed] if placed.mean() >= _HUNG else marks[:0]


def _are_too_many(marks: _Numbers, letters: Pieces) -> bool:
    return not len(letters) or len(marks) > max(_MANY, _SHARE * len(letters))


def with_whole_leaders(ink: Ink, everything: Ink) -> Ink:
    """Put back the dots of leaders and what they lead to, if some of those dots were kept.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    everything : ndarray of float32, (H, W)
        Coverage of all ink.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if there are none.
    """
    if not may_lead(ink > _FAINT):
        return ink
    picture = np.rint(255.0 * (1.0 - everything)).astype(np.uint8)
    leaders = find_leaders(picture)
    kept, of_all = (
        sum(float(one[leader.area].sum(dtype=np.float64)) for leader in leaders)
        for one in (ink, everything)
    )
    if not leaders or kept < _KEPT * of_all:
        return ink
    whole = ink.copy()
    for leader in leaders:
        for area in filter(None, (leader.area, end_of(leader, picture, leaders))):
            np.maximum(ink[area], everything[area], out=whole[area])
    return whole


def _are_dots(pieces: Pieces, stroke_width: float) -> _Bools:
    small = np.minimum(pieces.width, pieces.height)
    large = np.maximum(pieces.width, pieces.height)
    least, most = _DOT
    fits = (small >= least * stroke_width) & (large <= most * stroke_width)
    return np.asarray(fits & are_round(pieces))


def _hanging(marks: Pieces, letters: Pieces, x_height: float) -> _Bools:
    """Tell which marks hang beside letters."""
    right, bottom = marks.left + marks.width, marks.top + marks.height
    before = letters.left[None, :] - right[:, None]
    behind = marks.left[:, None] - (letters.left + letters.width)[None, :]
    gap = np.maximum(before, behind) / x_height
    rise = (letters.top[None, :] - marks.top[:, None]) / x_height
    ends = (bottom[:, None] - letters.top[None, :]) / x_height
    tall = (letters.height > _TALL * x_height)[None, :]
    least, most = _HIGHER
    low_end, tall_end = _ENDS
    over_low = (rise > least) & (rise < most) & (ends < low_end)
    level = tall & (np.abs(rise) < _LEVEL) & (ends < tall_end)
    beside = (gap > -_ON_LINE) & (gap < _BESIDE)
    return np.asarray((beside & (over_low | level)).any(axis=1))


def _placed(dots: Pieces, letters: Pieces, x_height: float) -> _Bools:
    """Tell which dots stand as stops do, above one as in a colon, or above an i."""
    bottom = dots.top + dots.height
    behind = dots.left[:, None] - (letters.left + letters.width)[None, :]
    after = behind > -_ON_LINE * x_height
    within = (bottom[:, None] > letters.top[None, :]) & (
        dots.top[:, None] < (letters.top + letters.height)[None, :]
    )
    close = after & within & (behind < _BEHIND * x_height)
    level = np.abs(bottom[:, None] - (letters.top + letters.height)[None, :])
    # The last letter may reach below the line; another one tells where it is.
    on_line = after & (behind < _WORD * x_height) & (level < _ON_LINE * x_height)
    stops = np.asarray(close.any(axis=1) & on_line.any(axis=1))
    above = (dots.top[None, :] - bottom[:, None] > 0) & (
        dots.top[None, :] - bottom[:, None] < x_height
    )
    over = above & (np.abs(dots.left[:, None] - dots.left[None, :]) < dots.width[:, None])
    room = letters.top[None, :] - bottom[:, None]
    middle = (dots.left + dots.width / 2.0)[:, None]
    in_width = (middle > letters.left[None, :]) & (middle < (letters.left + letters.width)[None, :])
    tittles = (in_width & (room > 0.0) & (room < _BEHIND * x_height)).any(axis=1)
    return np.asarray(stops | tittles | (over & stops[None, :]).any(axis=1))
