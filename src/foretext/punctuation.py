"""Stops, colons and leaders that were taken for specks.

A network knows a dot by little. What tells a stop from a speck is its place: specks are anywhere,
stops stand on the line, close behind a character, and the dots of a leader in a row.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink
from foretext.ink import mask_of, measure_pieces
from foretext.leaders import end_of, find_leaders, may_lead
from foretext.pieces import Pieces, are_round, labeled_pieces

# A dot is this large, in stroke widths.
_DOT = 0.6, 2.2
# It stands no farther behind a character (in x-heights), and this near to its line.
_BEHIND = 0.6
_ON_LINE = 0.15
_WORD = 4.0
# If fewer of the dots stand so, they are specks.
_PLACED = 0.5
# So much of all leaders is kept, or none of them is wanted.
_KEPT = 0.2
_FAINT = 0.15
# More than so many, and than this share of the letters, are specks, too: each is compared with all.
_MANY = 50
_SHARE = 0.25


def with_stops(ink: Ink, everything: Ink) -> Ink:
    """Put stops and colons back that were taken away.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    everything : ndarray of float32, (H, W)
        Coverage of all ink.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if no dots were taken away, or if they stand where no stops do.
    """
    mask = mask_of(ink)
    letters, of_letters = labeled_pieces(mask)
    scale = measure_pieces(mask, letters, of_letters)
    # In all ink, letters may hang together with what was removed.
    pieces, labels = labeled_pieces(mask_of(everything))
    if not len(pieces) or not scale.stroke_width:
        return ink
    at = np.flatnonzero(labels)
    kept = np.bincount(labels.ravel()[at], ink.ravel()[at], minlength=len(pieces) + 1)[1:]
    dots = np.flatnonzero(_are_dots(pieces, scale.stroke_width))
    gone = kept[dots] < 0.5 * pieces.area[dots]
    letters = letters.select(letters.height > 0.7 * scale.x_height)
    if not gone.any() or not len(letters) or len(dots) > max(_MANY, _SHARE * len(letters)):
        return ink
    placed = _placed(pieces.select(dots), letters, scale.x_height)
    if placed[gone].mean() < _PLACED:
        return ink
    numbers = dots[placed & gone] + 1
    return np.asarray(np.where(np.isin(labels, numbers), everything, ink), np.float32)


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


def _are_dots(pieces: Pieces, stroke_width: float) -> npt.NDArray[np.bool_]:
    small = np.minimum(pieces.width, pieces.height)
    large = np.maximum(pieces.width, pieces.height)
    least, most = _DOT
    fits = (small >= least * stroke_width) & (large <= most * stroke_width)
    return np.asarray(fits & are_round(pieces))


def _placed(dots: Pieces, letters: Pieces, x_height: float) -> npt.NDArray[np.bool_]:
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
