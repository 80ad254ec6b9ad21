"""Takes the ink of one line apart, as far as characters may have to be told from each other.

An atom is a connected component or, where characters touch, a part of one. Cuts are seams:
paths from top to bottom that cross as little ink as they can, so that they run along the slant
of the characters and through their thinnest joints. Seam of least cost: S. Avidan, A. Shamir,
"Seam carving for content-aware image resizing", 2007, doi:10.1145/1276377.1276390.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Int

Places: TypeAlias = npt.NDArray[np.intp]
Along: TypeAlias = npt.NDArray[np.float64]

# Lean of the characters, in pixels to the right for each pixel upward.
_SLANTS = np.linspace(-0.3, 0.5, 17)
_UPRIGHT = 0.15
# Going one pixel sideways costs as much as crossing this much of a pixel of ink.
_SIDEWAYS = 0.15
# Heights: cuts are no closer to each other, nor to an end of the component.
_CLOSEST = 0.1
# Characters touch in one place: each further stroke crossed counts like so many stroke widths.
_AGAIN = 0.5
_INSIDE = 0.3
_SPARSE = 0.2
# Stroke widths of ink; a cut through more parts no two characters.
_DEEPEST = 3.5
# Heights: a component narrower than this is one character or less, one wider may be several
# wherever those are said to stand.
_NARROW = 0.25
_WIDE = 2.6
# Heights: so far outside of a component may a character stand that is part of it.
_NEAR = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Atoms:
    """The parts of a line's ink, in the order in which they stand.

    Attributes
    ----------
    labels : ndarray of int32, (H, W)
        Which atom each pixel is of, from 1 on; 0 for none.
    left, right : ndarray of float64, (N,)
        Where each begins and ends along the upright line, in pixels.
    amount : ndarray of float64, (N,)
        Its ink, in pixels.
    cut : ndarray of float64, (N + 1,)
        How much ink (in pixels) is cut if the line is divided before each atom, and after
        the last.
    """

    labels: Int
    left: Along
    right: Along
    amount: Along
    cut: Along

    def __len__(self) -> int:
        """Return how many atoms there are."""
        return len(self.left)


def slant_of(labels: Int) -> float:
    """Return how much the characters of a line lean to the right.

    Parameters
    ----------
    labels : ndarray of int32, (H, W)
        The line's ink, above 0.

    Returns
    -------
    float
        Pixels to the right for each pixel upward: the shear after which the columns are
        fullest and emptiest, in -0.3 to 0.5; 0 for a line without ink.
    """
    y, x = np.nonzero(labels)
    if not len(x):
        return 0.0
    y = y - y.mean()
    # On a tie the characters are upright.
    order = np.argsort(np.abs(_SLANTS), kind="stable")
    sharpness = [
        _sharpness(x + slant * y) * (1 - _UPRIGHT * abs(slant)) for slant in _SLANTS[order]
    ]
    return float(_SLANTS[order][int(np.argmax(sharpness))])


def _sharpness(x: npt.NDArray[np.float64]) -> float:
    columns = np.bincount(np.rint(x - x.min()).astype(np.intp))
    return float(np.square(columns, dtype=np.float64).sum())


def taken_apart(
    labels: Int,
    ink: Ink,
    slant: float,
    places: npt.NDArray[np.float64],
    *,
    height: float,
    stroke: float,
) -> Atoms:
    """Take the ink of a line apart.

    Parameters
    ----------
    labels : ndarray of int32, (H, W)
        Which component of the line each pixel is of, from 1 on; 0 for none.
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    slant : float
        As `slant_of` tells.
    places : ndarray of float64, (K,)
        Where along the upright line characters are said to stand, in pixels.
    height, stroke : float
        Of the characters and their strokes, in pixels.

    Returns
    -------
    Atoms
        Components that may be of several characters are cut wherever two of them might meet.
    """
    pixels = _pixels(labels, ink, slant)
    count = int(labels.max(initial=0))
    parts = labels[pixels.y, pixels.x].astype(np.intp) - 1
    cuts: list[_Cut] = []
    for whole in np.flatnonzero(_may_be_several(*_ends(parts, pixels.u, count), places, height)):
        mine = np.flatnonzero(parts == whole)
        sides, crossed = _divided(pixels.select(mine), height, stroke)
        names = [int(whole), *range(count, count + len(crossed))]
        parts[mine] = np.array(names)[sides]
        cuts += [_Cut(*pair, depth) for pair, depth in zip(pairwise(names), crossed, strict=True)]
        count += len(crossed)
    return _in_order(pixels, parts, cuts, labels.shape)


class _Pixels(NamedTuple):
    """Pixels of ink: where they are, where along the upright line, and how much ink."""

    y: Places
    x: Places
    u: Places
    ink: Float

    def select(self, which: Places) -> _Pixels:
        return _Pixels(self.y[which], self.x[which], self.u[which], self.ink[which])


class _Cut(NamedTuple):
    """Between two parts of a component: which, and how much ink was cut."""

    before: int
    after: int
    ink: float


def _pixels(labels: Int, ink: Ink, slant: float) -> _Pixels:
    y, x = np.nonzero(labels)
    # By whole pixels, so that every pixel stays one.
    shift = np.rint(slant * (np.arange(len(labels)) - (len(labels) - 1) / 2)).astype(np.intp)
    return _Pixels(y, x, x + shift[y], ink[y, x])


def _ends(parts: Places, u: Places, count: int) -> tuple[Along, Along]:
    """Return where each part begins and ends; infinite if it is nowhere."""
    left, right = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(left, parts, u)
    np.maximum.at(right, parts, u + 1)
    return left, right


def _may_be_several(
    left: Along, right: Along, places: Along, height: float
) -> npt.NDArray[np.bool_]:
    margin = _NEAR * height
    inside = (places > left[:, None] - margin) & (places < right[:, None] + margin)
    wide = right - left
    several = (inside.sum(axis=1) > 1) & (wide > _NARROW * height)
    return np.asarray(several | (wide > _WIDE * height))


def _divided(pixels: _Pixels, height: float, stroke: float) -> tuple[Places, list[float]]:
    """Return which part of a component each pixel is of, from left to right, by its cuts.

    And how much ink is cut between each part and the next.
    """
    seams, crossed = _seams(pixels, height, stroke)
    rows = pixels.y - pixels.y.min()
    beyond = (pixels.u > seams[:, rows]).sum(axis=0)
    # Cuts may run together, so that nothing is between them.
    there, sides = np.unique(beyond, return_inverse=True)
    return sides, [min(crossed[low:high]) for low, high in pairwise(there)]


def _seams(pixels: _Pixels, height: float, stroke: float) -> tuple[Places, list[float]]:
    """Return the columns of the cuts of a component, and the ink that each crosses.

    Cuts run from left to right, (cuts, rows of the component).
    """
    y, u = pixels.y - pixels.y.min(), pixels.u - pixels.u.min()
    cover = np.zeros((int(y.max()) + 1, int(u.max()) + 1), np.float32)
    cover[y, u] = pixels.ink
    middle = len(cover) // 2
    down, from_above = _paths(cover[: middle + 1])
    up, from_below = _paths(cover[middle:][::-1])
    cost = down + up - cover[middle]
    seams = [
        np.concatenate((_traced(from_above, x)[::-1], _traced(from_below, x)[1:]))
        for x in _valleys(cost, _CLOSEST * height, _SPARSE * height)
        if cost[x] <= _DEEPEST * stroke
    ]
    crossed = [_depth(cover[np.arange(len(seam)), seam], stroke) for seam in seams]
    return np.reshape(np.array(seams, np.intp), (-1, len(cover))) + pixels.u.min(), crossed


def _depth(crossed: Float, stroke: float) -> float:
    """Return how much ink a cut crosses, and more if it crosses several strokes."""
    inside = np.concatenate(([False], crossed > _INSIDE))
    strokes = int(np.count_nonzero(inside[1:] & ~inside[:-1]))
    return float(crossed.sum()) + _AGAIN * stroke * max(strokes - 1, 0)


def _paths(cover: Float) -> tuple[Float, npt.NDArray[np.int8]]:
    """Return what the cheapest path from the first row to each place of the last costs.

    And for each place of each row, by how many columns the path came from aside.
    """
    cost = cover[0].copy()
    came = np.zeros(cover.shape, np.int8)
    for row in range(1, len(cover)):
        padded = np.pad(cost, 1, constant_values=np.inf)
        ways = np.stack((cost, padded[:-2] + _SIDEWAYS, padded[2:] + _SIDEWAYS))
        best = ways.argmin(axis=0)
        came[row] = np.array([0, -1, 1], np.int8)[best]
        cost = ways.min(axis=0) + cover[row]
    return cost, came


def _traced(came: npt.NDArray[np.int8], x: int) -> Places:
    """Return the columns of the path that ends at `x`, from its end to its start."""
    seam = [x]
    for row in came[:0:-1]:
        seam.append(seam[-1] + int(row[seam[-1]]))
    return np.array(seam, np.intp)


def _valleys(cost: Float, apart: float, sparse: float) -> list[int]:
    """Return where a cut is best, from left to right.

    That is where it costs less than everywhere within `apart`, and the cheapest places among
    those that have none of these within `sparse`.
    """
    reach = max(round(apart), 1)
    order = np.argsort(cost, kind="stable")
    inner = order[(order >= reach) & (order < len(cost) - reach)]
    low = [x for x in inner if cost[x] <= cost[x - reach : x + reach + 1].min()]
    found: list[int] = []
    for places, room in ((low, reach), (inner, max(round(sparse), 1))):
        for x in places:
            if all(abs(x - other) >= room for other in found):
                found.append(int(x))
    return sorted(found)


def _in_order(pixels: _Pixels, parts: Places, cuts: list[_Cut], shape: tuple[int, ...]) -> Atoms:
    """Return the parts that have pixels, numbered by where they stand."""
    count = int(parts.max(initial=-1)) + 1
    left, right = _ends(parts, pixels.u, count)
    order = np.argsort(left + right, kind="stable")
    rank = np.argsort(order)
    cut = np.zeros(len(order) + 1)
    for before, after, ink in cuts:
        first, last = sorted((rank[before], rank[after]))
        cut[first + 1 : last + 1] += ink
    labels = np.zeros(shape, np.int32)
    labels[pixels.y, pixels.x] = rank[parts] + 1
    amount = np.zeros(count)
    np.add.at(amount, parts, pixels.ink)
    return Atoms(labels, left[order], right[order], amount[order], cut)
