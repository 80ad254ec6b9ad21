"""Leaders: rows of dots that lead the eye from a word to its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from foretext.arrays import Float, Mask, Pixels
from foretext.ink import text_pieces
from foretext.pieces import Pieces, are_dots, pieces_of
from foretext.reading import Box
from foretext.threads import side_by_side

# What is darker is taken for ink, at one after the other of these levels: fine dots run together at
# one, and fade at another.
_LEVELS = 128, 100, 190, 215
_FIRST = 190
# Dots are all of one size, within so much of it.
_SIZE = 0.35
# They are low beside characters, level, and no nearer and no farther apart, in heights of a dot.
_LOW = 0.45
_LEVEL = 0.4
_NEAR = 1.4
_APART = 12.0
# So many dots are a leader: three are an ellipsis.
_DOTS = 5
# Where there are not even so many in a row, there is none.
_SOME = 3
# This share of the distances from dot to dot is alike, within that part of the usual one. Dots that
# are missing in between are counted.
_REGULAR = 0.8
_ALIKE = 0.25
_MISSING = 24
# Of its dots, no more than this share has anything above or below it within so many of its heights:
# those are dots of letters.
_OF_LETTERS = 0.2
_BESIDE = 3.0
# What is so many times as high as the dots is no dot.
_TALLER = 2.5
# Text is about so many times as high as its dots.
_TEXT = 5.0
# The word after it begins no farther than this, reaches so far above and below its dots, and is no
# wider, in heights of text.
_NEXT = 2.5
_ABOVE = 2.0
_BELOW = 0.7
_WIDE = 8.0
# More round pieces than this are halftone or specks.
_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Leader:
    """A row of dots.

    Attributes
    ----------
    box : Box
        The smallest rectangle around it, in pixels of the picture.
    dots : tuple of float
        The middle of each dot, from left to right.
    height : float
        About how tall the text around is, in pixels.
    """

    box: Box
    dots: tuple[float, ...]
    height: float

    @property
    def area(self) -> tuple[slice, slice]:
        """The rows and columns that it covers, its soft edges included."""
        left, top, right, bottom = self.box
        edge = max(1.0, (bottom - top) / 2)
        rows = slice(max(0, int(top - edge)), int(np.ceil(bottom + edge)))
        return rows, slice(max(0, int(left - edge)), int(np.ceil(right + edge)))


def find_leaders(picture: Pixels) -> tuple[Leader, ...]:
    """Find the leaders of a picture.

    Parameters
    ----------
    picture : ndarray of uint8, (H, W)
        Gray, dark on white.

    Returns
    -------
    tuple of Leader
        From top to bottom.

    Notes
    -----
    Five dots or more are a leader, if they are round, of one size, level and evenly spaced. A few
    that are missing in between are counted.
    """
    first = pieces_of(picture < _FIRST)
    if not _may_lead(first):
        return ()

    def of_level(level: int) -> Pieces:
        return first if level == _FIRST else pieces_of(picture < level)

    levels = side_by_side(of_level, _LEVELS, picture.size)
    found = [leader for pieces in levels for leader in _leaders(pieces)]
    if not found:
        return ()
    leaders: list[Leader] = []
    for leader in sorted(found, key=lambda leader: -len(leader.dots)):
        if not any(_meet(leader.box, other.box) for other in leaders):
            leaders.append(leader)
    # Pale text that crosses dots is seen at the palest level only.
    bare = (one for one in leaders if not _is_crossed_by_taller(levels[-1], one.box))
    return tuple(sorted(bare, key=lambda leader: leader.box.top))


def end_of(
    leader: Leader, picture: Pixels, leaders: Sequence[Leader]
) -> tuple[slice, slice] | None:
    """Find what a leader leads to.

    Parameters
    ----------
    leader : Leader
        It.
    picture : ndarray of uint8, (H, W)
        Gray, dark on white.
    leaders : sequence of Leader
        All that the picture has.

    Returns
    -------
    rows, columns : slice, or None
        Where the word right of it stands; None if there is none.
    """
    tall, (_, _, right, bottom) = leader.height, leader.box
    rows = slice(max(0, int(bottom - _ABOVE * tall)), int(bottom + _BELOW * tall))
    others = [o.box.left for o in leaders if o.box.left > right and _are_level(o.box, leader)]
    begin, stop = int(right) + 2, int(min([right + _WIDE * tall, *others]))
    inked = np.flatnonzero((picture[rows, begin:stop] < _LEVELS[0]).any(axis=0))
    if not len(inked) or inked[0] > _NEXT * tall:
        return None
    torn = np.flatnonzero(np.diff(inked) > tall)
    last = int(inked[torn[0]] if len(torn) else inked[-1])
    return rows, slice(begin + int(inked[0]), begin + last + 1)


def _are_level(box: Box, leader: Leader) -> bool:
    return abs(box.bottom - leader.box.bottom) < leader.height


def may_lead(dark: Mask) -> bool:
    """Tell whether any dots stand in a row; takes hardly more time than to find pieces."""
    return _may_lead(pieces_of(dark))


def _may_lead(pieces: Pieces) -> bool:
    return any(True for _ in _chains(pieces, _round(pieces), _SOME))


def _meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) > max(one.left, other.left)
    return across and min(one.bottom, other.bottom) > max(one.top, other.top)


def _leaders(pieces: Pieces) -> Iterator[Leader]:
    """Yield the leaders that pieces of ink hold."""
    dots = _round(pieces)
    for chain in _chains(pieces, dots, _DOTS):
        leader = _leader(pieces, _without_ends(chain, pieces))
        if leader is not None:
            yield leader


def _round(pieces: Pieces) -> NDArray[np.intp]:
    """Return which pieces may be dots."""
    _, tall = text_pieces(pieces)
    dots = np.flatnonzero(are_dots(pieces) & (pieces.height <= _LOW * tall))
    return dots if len(dots) <= _MANY else dots[:0]


def _chains(pieces: Pieces, dots: NDArray[np.intp], least: int) -> Iterator[NDArray[np.intp]]:
    """Yield dots of one size that stand in a row, at least so many, from left to right."""
    middle = pieces.top + pieces.height / 2
    dots = dots[np.argsort(middle[dots], kind="stable")]
    middle, height = middle[dots], pieces.height[dots]
    left = np.ones(len(dots), np.bool_)
    for first, size in enumerate(height):
        if not left[first]:
            continue
        # Only these are near enough: looking at all that are left takes long where dots are many.
        end = int(np.searchsorted(middle, middle[first] + _LEVEL * size + 1.0))
        level = np.abs(middle[first:end] - middle[first]) <= _LEVEL * size
        alike = np.abs(height[first:end] - size) <= max(_SIZE * size, 1.0)
        these = first + np.flatnonzero(level & alike & left[first:end])
        left[these] = False
        if len(these) < least:
            continue
        row = dots[these]
        row = row[np.argsort(pieces.left[row], kind="stable")]
        far = np.flatnonzero(np.diff(pieces.left[row]) > _APART * size) + 1
        yield from (chain for chain in np.split(row, far) if len(chain) >= least)


def _middles(pieces: Pieces, chain: NDArray[np.intp]) -> Float:
    return np.asarray(pieces.left[chain] + pieces.width[chain] / 2, np.float32)


def _without_ends(chain: NDArray[np.intp], pieces: Pieces) -> NDArray[np.intp]:
    """Return a chain without what is at its ends and not one step from the next dot."""
    steps = np.diff(_middles(pieces, chain))
    usual = float(np.median(steps))
    good = np.flatnonzero(np.abs(steps - usual) <= _ALIKE * usual)
    return chain[good[0] : good[-1] + 2] if len(good) else chain[:0]


def _leader(pieces: Pieces, chain: NDArray[np.intp]) -> Leader | None:
    """Return the leader that dots make, if they do."""
    if len(chain) < _DOTS:
        return None
    at = _middles(pieces, chain)
    steps = np.diff(at)
    usual = float(np.median(steps))
    counts = np.maximum(np.rint(steps / usual), 1.0)
    alike = np.abs(steps - counts * usual) <= _ALIKE * usual
    if float(alike.mean()) < _REGULAR or counts.max() > _MISSING:
        return None
    dots = pieces.select(chain)
    box, size = Box(*dots.bounds), float(np.median(dots.height))
    if usual < _NEAR * size or _is_crossed(pieces, box, len(chain)):
        return None
    if _of_letters(pieces, dots) > _OF_LETTERS * len(chain):
        return None
    parts = zip(pairwise(at.tolist()), counts, strict=True)
    places = [place for (a, b), n in parts for place in np.linspace(a, b, int(n), endpoint=False)]
    return Leader(box, (*map(float, places), float(at[-1])), _TEXT * size)


def _of_letters(pieces: Pieces, dots: Pieces) -> int:
    """Count the dots that have something right above or below them, as in i, ä, ! and colons."""
    right, bottom = pieces.left + pieces.width, pieces.top + pieces.height
    dots_right, dots_bottom = dots.left + dots.width, dots.top + dots.height
    across = (pieces.left < dots_right[:, None]) & (right > dots.left[:, None])
    above = dots.top[:, None] - bottom
    below = pieces.top - dots_bottom[:, None]
    reach = _BESIDE * dots.height[:, None]
    near = ((above >= 0) & (above <= reach)) | ((below >= 0) & (below <= reach))
    return int(np.count_nonzero((across & near).any(axis=1)))


def _is_crossed_by_taller(pieces: Pieces, box: Box) -> bool:
    """Tell whether anything much taller than its dots stands in a box."""
    return bool(
        (pieces.height[_inside(pieces, box)] > _TALLER * (box.bottom - box.top) + 2.0).any()
    )


def _is_crossed(pieces: Pieces, box: Box, dots: int) -> bool:
    """Tell whether anything but its dots stands in a box."""
    return bool(np.count_nonzero(_inside(pieces, box)) > dots)


def _inside(pieces: Pieces, box: Box) -> Mask:
    """Return which pieces stand at least in part in a box."""
    right, bottom = pieces.left + pieces.width, pieces.top + pieces.height
    across = (pieces.left < box.right) & (right > box.left)
    return np.asarray(across & (pieces.top < box.bottom) & (bottom > box.top))
