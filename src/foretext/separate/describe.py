"""What a layer looks like: how thick, how tall, how turned, where, how much."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foretext.arrays import Mask
from foretext.ink import Scale, text_scale
from foretext.pieces import Pieces, alignment, at_border
from foretext.reading import Box
from foretext.separate.color import ColorLayer
from foretext.separate.contrast import Contrast

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


def describe(paperless: Contrast, colored: ColorLayer) -> Description:
    """Describe a layer.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    colored : ColorLayer
        Which of its pixels are solid, and their color.

    Returns
    -------
    Description
    """
    import cv2

    left, top, width, height = cv2.boundingRect(colored.solid.view(np.uint8))
    # One pixel more on each side, for the soft edges.
    window = np.s_[max(top - 1, 0) : top + height + 1, max(left - 1, 0) : left + width + 1]
    strength = paperless.strength[window]
    body = colored.body(paperless)[window]
    scale, pieces = text_scale(body)
    pieces = pieces.moved(max(left - 1, 0), max(top - 1, 0))
    share = float(strength[body].sum()) / max(float(paperless.total), 1.0)
    box = Box(left, top, left + width, top + height)
    return Description(
        scale=scale,
        angle=_direction(colored.solid[window]),
        share=min(share, 1.0),
        box=box,
        rows=alignment(pieces),
        cut=at_border(pieces, *paperless.strength.shape),
        pieces=pieces,
        contrast=min(float(np.abs(colored.ink_color).max()) / 255.0, 1.0),
    )


def _direction(mask: Mask) -> float:
    """Return the angle of the principal axis in degrees; 0 if the mask is about as wide as long."""
    import cv2

    moments = cv2.moments(mask.view(np.uint8), binaryImage=True)
    if not moments["m00"]:
        return 0.0
    xx, yy, xy = (moments[key] / moments["m00"] for key in ("mu20", "mu02", "mu11"))
    spread = math.hypot(xx - yy, 2.0 * xy)
    longer, shorter = (xx + yy + spread) / 2.0, (xx + yy - spread) / 2.0
    if longer < _ELONGATED**2 * max(shorter, 1e-9):
        return 0.0
    # Rows run downward: the sign turns.
    return -0.5 * math.degrees(math.atan2(2.0 * xy, xx - yy))
