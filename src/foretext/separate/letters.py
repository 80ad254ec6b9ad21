"""Letters that overlap, told apart by their colors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from foretext.arrays import Ink, Labels, Mask, Pixels
from foretext.ink import Scale
from foretext.pieces import labeled_pieces
from foretext.separate.tints import are_shaded, tints

_HALF = 0.5
# What is smaller than this (in squares of the x-height), or has less than these parts of the ink
# and the height of most letters, is no letter: it is a dot of the nearest one, or of a line across.
_CRUMB = 0.1
_USUAL = 0.35
_USUAL_TALL = 0.6
# Letters overlap that share so much of the narrower one's columns, touch along so many stroke
# widths, and of which one stands lower, at top and bottom, by so many x-heights: of two parts of
# one letter, mostly one is both higher and lower than the other.
_SHARED = 0.25
_TOUCH = 1.0
_LOWER = 0.2
# Of one color and no farther apart than this, in x-heights: one letter that another covers in part.
# If it is two letters, they stay side by side as they are.
_BESIDE = 0.4
# How far a letter's strokes reach under one that crosses them, in stroke widths.
_REACH = 1.5
# No letter is wider, in x-heights.
_MOST_WIDE = 3.0
# What has more parts is no short text, and takes long.
_MOST_PARTS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """A letter, or several of one color that touch, without what overlaps it.

    Attributes
    ----------
    left, top : int
        Where its upper left corner lies, in pixels.
    ink : ndarray of float32, (h, w)
        Its coverage in [0, 1].
    """

    left: int
    top: int
    ink: Ink

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.left + int(self.ink.shape[1])

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + int(self.ink.shape[0])


def overlapping_letters(pixels: Pixels, ink: Ink, scale: Scale) -> tuple[Letter, ...]:
    """Take letters that overlap apart by their colors.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W, 3)
        RGB.
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text in [0, 1].
    scale : Scale
        Of the text.

    Returns
    -------
    tuple of Letter
        All of them, from left to right; none if no two overlap, or their colors are alike.

    Notes
    -----
    Where one letter covers another, what is covered is filled in, if that one goes on at both
    sides.
    """
    pieces, at = labeled_pieces(ink > _HALF)
    if len(pieces) > _MOST_PARTS or not scale.x_height:
        return ()
    labels = tints(pixels, ink)
    large = np.flatnonzero(pieces.height >= _USUAL_TALL * scale.x_height) + 1
    if labels is None or are_shaded(labels, at, large):
        return ()
    parts = sorted(_parts(labels, scale.x_height), key=lambda part: sum(_columns(part)))
    if not any(_overlap(*pair, scale) for pair in pairwise(parts)):
        return ()
    letters = tuple(_cut(ink, part, scale.stroke_width) for part in parts)
    widest = max(letter.ink.shape[1] for letter in letters)
    return letters if widest <= _MOST_WIDE * scale.x_height else ()


def _parts(labels: Labels, x_height: float) -> list[Mask]:
    """Return the letters: what is of one color and hangs together, with its dots."""
    whole: list[tuple[int, Mask]] = []
    crumbs: list[Mask] = []
    every = (
        (color, part)
        for color in range(1, int(labels.max()) + 1)
        for part in _connected(labels == color)
    )
    connected = list(islice(every, 2 * _MOST_PARTS + 1))
    if len(connected) > 2 * _MOST_PARTS:
        return []
    for color, part in connected:
        if np.count_nonzero(part) < _CRUMB * x_height**2:
            crumbs.append(part)
        else:
            _join(whole, color, part, _BESIDE * x_height)
    masks = [part for _, part in whole]
    is_letter = _are_letters(masks)
    crumbs += [part for part, yes in zip(masks, is_letter, strict=True) if not yes]
    masks = [part for part, yes in zip(masks, is_letter, strict=True) if yes]
    for crumb in crumbs if masks else ():
        owner = masks[_owner(crumb, masks)]
        owner |= crumb
    return masks


def _are_letters(masks: Sequence[Mask]) -> list[bool]:
    """Tell which parts are as large as letters are, beside the others."""
    areas = np.array([np.count_nonzero(mask) for mask in masks])
    talls = np.array([np.count_nonzero(mask.any(axis=1)) for mask in masks])
    if not len(masks):
        return []
    large = (areas >= _USUAL * np.median(areas)) & (talls >= _USUAL_TALL * np.median(talls))
    return [bool(yes) for yes in large]


def _overlap(one: Mask, other: Mask, scale: Scale) -> bool:
    """Tell whether one letter stands partly over another."""
    import cv2

    (left, right), (begin, end) = _columns(one), _columns(other)
    if min(right, end) - max(left, begin) < _SHARED * min(right - left, end - begin):
        return False
    lower = np.subtract(_columns(one.T), _columns(other.T))
    if lower[0] * lower[1] <= 0 or np.abs(lower).min() < _LOWER * scale.x_height:
        return False
    around = cv2.dilate(one.view(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return bool(np.count_nonzero(around & other) >= _TOUCH * scale.stroke_width)


def _connected(mask: Mask) -> Iterator[Mask]:
    import cv2

    joined = cv2.dilate(mask.view(np.uint8), np.ones((3, 3), np.uint8)) > 0
    pieces, at = labeled_pieces(joined)
    for number in range(1, len(pieces) + 1):
        yield (at == number) & mask


def _join(whole: list[tuple[int, Mask]], color: int, part: Mask, beside: float) -> None:
    """Add a part to the letter of its color that it is a part of, or as its own."""
    left, right = _columns(part)
    for other, mask in whole:
        begin, end = _columns(mask)
        if other == color and max(left, begin) - min(right, end) <= beside:
            np.logical_or(mask, part, out=mask)
            return
    whole.append((color, part))


def _owner(crumb: Mask, masks: Sequence[Mask]) -> int:
    """Return which letter a crumb is of: the one nearest to it."""
    import cv2

    distance = cv2.distanceTransform((~crumb).view(np.uint8), cv2.DIST_L2, 5)
    return int(np.argmin([distance[mask].min() for mask in masks]))


def _columns(mask: Mask) -> tuple[int, int]:
    columns = np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(columns[-1]) + 1


def _cut(ink: Ink, part: Mask, stroke_width: float) -> Letter:
    """Cut a letter out, and fill in what another covers of it."""
    import cv2

    reach = max(3, 2 * round(_REACH * stroke_width / 2) + 1)
    round_brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    padded = np.pad(part.view(np.uint8), reach)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, round_brush)[reach:-reach, reach:-reach]
    left, top, width, height = cv2.boundingRect(part.view(np.uint8))
    rows, columns = slice(top, top + height), slice(left, left + width)
    own = np.where(closed[rows, columns] > 0, ink[rows, columns], np.float32(0.0))
    return Letter(left, top, np.asarray(own, np.float32))
