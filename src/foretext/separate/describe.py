"""What a layer looks like: how turned, where, how much, how it stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foretext.arrays import Float
from foretext.ink import Scale
from foretext.pieces import Pieces, alignment, at_border
from foretext.reading import Box
from foretext.separate.contrast import Contrast
from foretext.separate.stroke import Strokes

# A layer this much longer than wide has a direction.
_ELONGATED = 1.5


@dataclass(frozen=True, slots=True)
class Description:
    """What a layer looks like; the fields are those of `foretext.layer.Layer`."""

    scale: Scale
    angle: float
    share: float
    box: Box
    rows: float
    cut: float
    contrast: float
    pieces: Pieces


def describe(paperless: Contrast, strokes: Strokes, ink_color: Float) -> Description:
    """Describe a layer.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    strokes : Strokes
        The text of the layer, measured.
    ink_color : ndarray of float32, (C,)
        Its full contrast.

    Returns
    -------
    Description
    """
    pieces = strokes.pieces
    return Description(
        scale=strokes.scale,
        angle=_direction(pieces),
        share=min(strokes.strength / max(paperless.total, 1.0), 1.0),
        box=Box(*pieces.bounds),
        rows=alignment(pieces),
        cut=at_border(pieces, *paperless.strength.shape),
        contrast=min(float(np.abs(ink_color).max()) / 255.0, 1.0),
        pieces=pieces,
    )


def _direction(pieces: Pieces) -> float:
    """Return the angle in degrees of the line along which the pieces stand; 0 if there is none."""
    if not len(pieces):
        return 0.0
    weight = pieces.area / pieces.area.sum()
    x, y = pieces.left + pieces.width / 2, pieces.top + pieces.height / 2
    x, y = x - weight @ x, y - weight @ y
    xx, yy, xy = float(weight @ (x * x)), float(weight @ (y * y)), float(weight @ (x * y))
    spread = math.hypot(xx - yy, 2.0 * xy)
    longer, shorter = (xx + yy + spread) / 2.0, (xx + yy - spread) / 2.0
    if longer <= _ELONGATED**2 * max(shorter, 1e-9):
        return 0.0
    # Rows run downward: the sign turns.
    return -0.5 * math.degrees(math.atan2(2.0 * xy, xx - yy))
