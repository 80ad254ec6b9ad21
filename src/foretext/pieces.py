"""Connected components as a table: one row a piece of ink."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Int, Mask

_Numbers = npt.NDArray[np.intp]

# More pieces than this tell no more about a text.
_MAX_PIECES = 800
# So many are compared with others at a time: about a line of text.
_AT_A_TIME = 100
# More of a box than this only bars fill, and letters so narrow (in heights).
_BAR = 0.85
_NARROW = 0.35
# A dot is so round, and fills so much of its box.
_ROUND = 0.5
_FULL = 0.6
# Characters beside one another may overlap by so much of their height (in type that leans, say).
_OVERLAP = -0.3


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The connected components of a mask, all in pixels.

    Attributes
    ----------
    left, top, width, height, area : ndarray of float32, (N,)
        Smallest rectangle around each, and how many pixels it has.
    """

    left: Float
    top: Float
    width: Float
    height: Float
    area: Float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the smallest rectangle around all; 0 if none."""
        if not len(self):
            return 0.0, 0.0, 0.0, 0.0
        right, bottom = self.left + self.width, self.top + self.height
        low, high = (self.left.min(), self.top.min()), (right.max(), bottom.max())
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self.area)

    def select(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Pieces:
        """Return some of the pieces."""
        return Pieces(
            self.left[which],
            self.top[which],
            self.width[which],
            self.height[which],
            self.area[which],
        )

    def moved(self, x: float, y: float) -> Pieces:
        """Return the pieces as seen from a picture whose corner lies at (-x, -y)."""
        return Pieces(self.left + x, self.top + y, self.width, self.height, self.area)


def pieces_of(mask: Mask) -> Pieces:
    """Return the 8-connected components of a mask.

    Parameters
    ----------
    mask : ndarray of bool, (H, W)
        What is to be taken apart.

    Returns
    -------
    Pieces
        In scan order; none if the mask is empty.
    """
    return labeled_pieces(mask)[0]


def labeled_pieces(mask: Mask) -> tuple[Pieces, Int]:
    """Return the pieces of a mask, and (H, W) int32 which piece each pixel is of, from 1 on."""
    import cv2

    if not mask.size:
        # OpenCV ends the process.
        return Pieces(*np.zeros((5, 0), np.float32)), np.zeros(mask.shape, np.int32)
    count, found = cv2.connectedComponents(mask.view(np.uint8), connectivity=8)
    labels = np.asarray(found, np.int32)
    return _measured(mask, labels, count), labels


def _measured(mask: Mask, labels: Int, count: int) -> Pieces:
    """Return the pieces that labels tell of, measured by runs: OpenCV's own table takes longer."""
    height, width = mask.shape
    # A column of nothing on either side, so that no run goes on in the next row.
    walled = np.zeros((height, width + 2), np.bool_)
    walled[:, 1:-1] = mask
    flat = walled.ravel()
    turns = np.flatnonzero(flat[1:] != flat[:-1])
    row, start = np.divmod(turns[::2], width + 2)
    length = turns[1::2] - turns[::2]
    of = labels[row, start]
    left, right = np.full(count, width), np.zeros(count, np.intp)
    np.minimum.at(left, of, start)
    np.maximum.at(right, of, start + length)
    # Runs come row by row, and of what is written to one place the last stays.
    top, bottom = np.zeros((2, count), np.intp)
    top[of[::-1]], bottom[of] = row[::-1], row + 1
    area = np.bincount(of, length, minlength=count)
    return Pieces(*np.array([left, top, right - left, bottom - top, area], np.float32)[:, 1:])


def pixels_of(labels: Int, which: npt.NDArray[np.bool_]) -> Mask:
    """Return the pixels, (H, W), of some of the pieces, (N,), by their labels."""
    return np.concatenate([[False], which]).take(labels)


def pixels_with_edges(labels: Int, which: npt.NDArray[np.bool_]) -> Mask:
    """Return the pixels, (H, W), of some of the pieces, (N,), and those around that are of none."""
    pixels = pixels_of(labels, which)
    return np.asarray(pixels | (grown(pixels, 3) & (labels == 0)))


def grown(mask: Mask, side: int) -> Mask:
    """Return all pixels of a mask, (H, W), and those around them in squares of so many pixels."""
    import cv2

    return cv2.dilate(mask.view(np.uint8), np.ones((side, side), np.uint8)) > 0


def around(mask: Mask, reach: float) -> Mask:
    """Return all pixels of a mask, (H, W), and those no farther than so many beside or above."""
    return grown(mask, 2 * round(reach) + 1)


def pixels_within(labels: Int, count: int, where: Mask) -> npt.NDArray[np.intp]:
    """Return how many pixels each of so many pieces has in a mask, (N,)."""
    at = np.flatnonzero(where & (labels != 0))
    return np.bincount(labels.ravel()[at], minlength=count + 1)[1:]


def sums_within(labels: Int, count: int, *inks: Ink) -> list[npt.NDArray[np.float64]]:
    """Return the sums of some inks, (H, W) each, over each of so many pieces, (N,) each."""
    at = np.flatnonzero(labels != 0)
    of = labels.ravel()[at]
    sums = (np.bincount(of, ink.ravel()[at], minlength=count + 1) for ink in inks)
    return [np.asarray(one[1:], np.float64) for one in sums]


def are_round(pieces: Pieces) -> npt.NDArray[np.bool_]:
    """Tell which pieces are about as wide as high, (N,) bool."""
    width, height = pieces.width, pieces.height
    return np.asarray((width >= _ROUND * height) & (height >= _ROUND * width))


def are_dots(pieces: Pieces) -> npt.NDArray[np.bool_]:
    """Tell which pieces are round and full, (N,) bool, however large."""
    full = pieces.area >= _FULL * pieces.width * pieces.height
    return np.asarray(full & are_round(pieces))


def are_bars(pieces: Pieces) -> npt.NDArray[np.bool_]:
    """Tell which pieces fill their boxes as only bars do, and letters so narrow, (N,) bool."""
    bars = pieces.area > _BAR * pieces.width * pieces.height
    return np.asarray(bars & (pieces.width > _NARROW * pieces.height))


def alignment(pieces: Pieces) -> float:
    """Return which share of the pieces' area stands in rows of text, in [0, 1].

    A piece stands in a row if another of similar height is right or left of it, no farther
    than two heights away, and level with it.
    """
    if len(pieces) < 2:
        return 0.0
    pieces = _largest(pieces)
    return float(pieces.area[standing_in_rows(pieces)].sum() / pieces.area.sum())


def standing_in_rows(pieces: Pieces) -> Mask:
    """Return which pieces stand in rows of text, (N,) bool; see `alignment`."""
    stand = np.zeros(len(pieces), np.bool_)
    for some, others in _level(pieces, pieces):
        of, level = pieces.select(some), pieces.select(others)
        height, heights = of.height[:, None], level.height[None, :]
        tall = np.maximum(height, heights)
        near = np.minimum(height, heights) >= 0.45 * tall
        off = (of.top[:, None] + height / 2) - (level.top + level.height / 2)[None, :]
        near &= (np.abs(off) <= 0.45 * tall) & (some[:, None] != others[None, :])
        gap = np.maximum(*_gaps(of, level))
        near &= (gap >= _OVERLAP * tall) & (gap <= 2.0 * tall)
        stand[some] = near.any(axis=1)
    return stand


def is_column(pieces: Pieces) -> bool:
    """Tell whether all pieces are about as tall, and stand one below the other."""
    tall = float(pieces.height.max(initial=0.0))
    middle = pieces.left + pieces.width / 2
    alike = bool((pieces.height >= 0.6 * tall).all())
    return alike and float(np.ptp(middle)) <= 0.6 * tall if len(pieces) else False


def within_rows(pieces: Pieces) -> Pieces:
    """Return the pieces that stand between two others, as all but the first and last in a row do.

    Of many pieces, only some are looked at, from everywhere in the picture.
    """
    some = np.arange(0, len(pieces), max(1, len(pieces) // _MAX_PIECES))
    of = pieces.select(some)
    between = np.zeros(len(of), np.bool_)
    for part, others in _level(of, pieces):
        behind, before = beside(of.select(part), pieces.select(others))
        between[part] = behind.any(axis=1) & before.any(axis=1)
    return of.select(between)


def beside(some: Pieces, others: Pieces, *, alike: float = 0.6) -> tuple[Mask, Mask]:
    """Tell which of the others stand next to a piece in a row: alike, level, and close.

    Parameters
    ----------
    some, others : Pieces
        N and M of them, in one picture. They may be the same.
    alike : float
        The lower of two has at least this part of the other one's height.

    Returns
    -------
    behind, before : ndarray of bool, (N, M)
        On its right, and on its left; no piece beside itself.
    """
    height, heights = some.height[:, None], others.height[None, :]
    tall = np.maximum(height, heights)
    level = np.minimum(height, heights) >= alike * tall
    off = (some.top[:, None] + height / 2) - (others.top[None, :] + heights / 2)
    level &= np.abs(off) <= 0.35 * tall
    start, starts = some.left[:, None], others.left[None, :]
    level &= (off != 0) | (start != starts) | (height != heights)
    behind, before = (
        level & (gap >= _OVERLAP * tall) & (gap <= 1.2 * tall) for gap in _gaps(some, others)
    )
    return behind, before


def _gaps(some: Pieces, others: Pieces) -> tuple[Float, Float]:
    """Return how far the other one of a pair is on the right, and how far on the left, (N, M)."""
    start, starts = some.left[:, None], others.left[None, :]
    behind = starts - (start + some.width[:, None])
    return behind, start - (starts + others.width[None, :])


def are_beside(pieces: Pieces, others: Pieces, *, alike: float = 0.6) -> Mask:
    """Return which pieces have any of the others beside them, (N,) bool; see `beside`."""
    hit = np.zeros(len(pieces), np.bool_)
    for some, level in _level(pieces, others):
        behind, before = beside(pieces.select(some), others.select(level), alike=alike)
        hit[some] = np.any(behind | before, axis=1)
    return hit


def at_border(pieces: Pieces, height: int, width: int) -> float:
    """Return which share of the pieces' area is cut by the border of a (H, W) picture."""
    if not len(pieces):
        return 0.0
    return float(pieces.area[cut_by_border(pieces, height, width)].sum() / pieces.area.sum())


def meeting(start: Float, length: Float) -> list[_Numbers]:
    """Return the numbers of spans, (N,) each, that meet one after the other, in order of place."""
    order = np.argsort(start, kind="stable")
    reach = np.maximum.accumulate((start + length)[order])
    return np.split(order, np.flatnonzero(start[order][1:] > reach[:-1]) + 1)


def cut_by_border(pieces: Pieces, height: int, width: int) -> Mask:
    """Return which pieces are cut by the border of a (H, W) picture."""
    cut = (pieces.left <= 0) | (pieces.left + pieces.width >= width)
    cut |= (pieces.top <= 0) | (pieces.top + pieces.height >= height)
    return np.asarray(cut)


def overlap(pieces: Pieces, others: Pieces) -> float:
    """Return which share of the pieces' area stands where some of the others do.

    Two pieces stand in one place if their rectangles share a quarter of the smaller one.
    """
    if not len(pieces) or not len(others):
        return 0.0
    pieces, others = _largest(pieces), _largest(others)
    hit = np.zeros(len(pieces), np.bool_)
    for some, reach in _level(pieces, others):
        of, level = pieces.select(some), others.select(reach)
        wide = _shared(of.left, of.width, level.left, level.width)
        high = _shared(of.top, of.height, level.top, level.height)
        boxes = (of.width * of.height)[:, None], (level.width * level.height)[None, :]
        hit[some] = (wide * high >= 0.25 * np.minimum(*boxes)).any(axis=1)
    return float(pieces.area[hit].sum() / pieces.area.sum())


def shared_boxes(pieces: Pieces, others: Pieces) -> Mask:
    """Return which pieces have a rectangle that shares any pixel with that of one of the others."""
    hit = np.zeros(len(pieces), np.bool_)
    for some, reach in _level(pieces, others):
        of, level = pieces.select(some), others.select(reach)
        wide = _shared(of.left, of.width, level.left, level.width)
        high = _shared(of.top, of.height, level.top, level.height)
        hit[some] = ((wide > 0) & (high > 0)).any(axis=1)
    return hit


def are_within(pieces: Pieces, others: Pieces, part: float = 0.25) -> Mask:
    """Return which pieces have so large a part of width and height in one of the other boxes."""
    hit = np.zeros(len(pieces), np.bool_)
    for some, reach in _level(pieces, others):
        of, level = pieces.select(some), others.select(reach)
        inside = _shared(of.left, of.width, level.left, level.width) >= part * of.width[:, None]
        high = _shared(of.top, of.height, level.top, level.height)
        hit[some] = (inside & (high >= part * of.height[:, None])).any(axis=1)
    return hit


def _level(pieces: Pieces, others: Pieces) -> Iterator[tuple[_Numbers, _Numbers]]:
    """Yield the pieces some at a time from the top down, and which of the others reach there."""
    order = np.argsort(pieces.top, kind="stable")
    for start in range(0, len(order), _AT_A_TIME):
        some = order[start : start + _AT_A_TIME]
        _, top, _, bottom = pieces.select(some).bounds
        yield some, np.flatnonzero((others.top < bottom) & (others.top + others.height > top))


def _shared(start: Float, length: Float, starts: Float, lengths: Float) -> Float:
    end = np.minimum((start + length)[:, None], (starts + lengths)[None, :])
    begin = np.maximum(start[:, None], starts[None, :])
    return np.asarray(np.maximum(end - begin, 0.0), np.float32)


def _largest(pieces: Pieces) -> Pieces:
    if len(pieces) <= _MAX_PIECES:
        return pieces
    return pieces.select(np.argsort(-pieces.area, kind="stable")[:_MAX_PIECES])


def extreme(of: npt.NDArray[np.integer[Any]], values: Float, count: int, *, most: bool) -> Float:
    """Return the greatest (or least) value within each of `count` groups, (count,).

    Parameters
    ----------
    of : ndarray of int, (N,)
        Which group each value is of.
    values : ndarray of float32, (N,)
        The values.
    count : int
        How many groups there are.
    most : bool
        Whether the greatest is asked for; else the least.

    Returns
    -------
    ndarray of float32, (count,)
        0 (or inf) for an empty group.
    """
    found = np.full(count, 0.0 if most else np.inf, np.float32)
    (np.maximum if most else np.minimum).at(found, of, values)
    return found
