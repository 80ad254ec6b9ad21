"""Text layers by stroke: thick text apart from thin text of the same color."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Mask
from foretext.ink import Scale, depth, text_pieces, weighted_median, width_of
from foretext.pieces import Pieces, beside, extreme, labeled_pieces

# Pieces of less than this share of the text's stroke width are of a thinner text.
_THIN = 0.55
# A thinner text that covers less than this share of a color is an accident.
_LEAST_SHARE = 0.15
# Thin pieces are letters of the text if so much of them stands in rows with thicker ones; so many
# are compared with so many.
_IN_ROWS = 0.5
_SOME, _MANY = 200, 3000


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Text of one color and one thickness of stroke.

    Attributes
    ----------
    solid : ndarray of bool, (H, W)
        Its pixels of full color.
    scale : Scale
        Stroke width and height of its characters, in pixels.
    pieces : Pieces
        Its connected components.
    strength : float
        The sum of its contrast.
    """

    solid: Mask
    scale: Scale
    pieces: Pieces
    strength: float


def divide_by_stroke(
    solid: Mask, body: Mask, strength: Float, *, divisible: bool = True
) -> list[Strokes]:
    """Divide the text of one color by the thickness of its strokes.

    Parameters
    ----------
    solid : ndarray of bool, (H, W)
        Pixels of full color.
    body : ndarray of bool, (H, W)
        The same with the stronger half of the soft edges, from which sizes are measured.
    strength : ndarray of float32, (H, W)
        Contrast of each pixel.
    divisible : bool
        Whether there may be two texts; else all is taken as one.

    Returns
    -------
    list of Strokes
        The thick text and, if there is enough of it, the thin one; empty if `solid` is. Pieces
        too thin for the one and too few for the other are left out, unless they stand in rows
        with it.

    Notes
    -----
    The greatest distance of a piece's pixels to its outside is half its thickness. The text's
    stroke width is the median over all pieces, weighted by area.
    """
    if not solid.any():
        return []
    pieces, labels = labeled_pieces(body)
    # One search for the pixels, three look-ups: a third of the time of three masks.
    at = np.flatnonzero(body)
    depths, strengths = np.take(depth(body), at), np.take(strength, at)
    of = np.take(labels, at)
    table = _table(of, depths, strengths, len(pieces) + 1)
    thickness = 2.0 * table.deepest - 1.0
    thin = np.zeros(len(pieces), np.bool_)
    if divisible:
        thin = thickness < _THIN * weighted_median(thickness, pieces.area)
    groups = [~thin]
    if pieces.area[thin].sum() > _LEAST_SHARE * pieces.area.sum():
        groups.append(thin)
    elif _are_letters(pieces, thin):
        groups = [np.ones_like(thin)]
    return [
        Strokes(_part(solid, at, of, group), *_measured(pieces, table, group)) for group in groups
    ]


def _are_letters(pieces: Pieces, thin: Mask) -> bool:
    """Tell whether most thin pieces stand in rows with thicker ones, as an l among letters does."""
    some = np.flatnonzero(thin)
    if not len(some):
        return False
    some, others = some[:_SOME], np.flatnonzero(~thin)[:_MANY]
    behind, before = beside(pieces.select(some), pieces.select(others))
    letters = np.any(behind | before, axis=1)
    return bool(pieces.area[some][letters].sum() >= _IN_ROWS * pieces.area[some].sum())


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Per piece: the greatest depth, the sum of depths, the sum of contrast."""

    deepest: Float
    depths: Float
    strengths: Float


def _table(of: npt.NDArray[np.int32], depths: Float, strengths: Float, count: int) -> _Table:
    where = of.astype(np.intp)
    return _Table(
        extreme(where, depths, count, most=True)[1:],
        np.bincount(where, depths, minlength=count)[1:].astype(np.float32),
        np.bincount(where, strengths, minlength=count)[1:].astype(np.float32),
    )


def _part(
    solid: Mask,
    at: npt.NDArray[np.intp],
    of: npt.NDArray[np.int32],
    group: npt.NDArray[np.bool_],
) -> Mask:
    """Return the solid pixels of some pieces, given where there are pieces and which."""
    if group.all():
        return solid
    part = np.zeros_like(solid)
    part.ravel()[at] = np.concatenate(([False], group))[of]
    part &= solid
    return part


def _measured(
    pieces: Pieces, table: _Table, group: npt.NDArray[np.bool_]
) -> tuple[Scale, Pieces, float]:
    chosen = pieces.select(group)
    text, x_height = text_pieces(chosen)
    mean = table.depths[group][text].sum() / max(float(chosen.area[text].sum()), 1.0)
    strength = float(table.strengths[group].sum(dtype=np.float64))
    return Scale(width_of(float(mean)), x_height), chosen, strength
