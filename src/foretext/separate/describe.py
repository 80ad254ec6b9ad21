"""What a layer looks like: how thick, how tall, how turned, where, how much."""

from __future__ import annotations

import math

import numpy as np

from foretext.arrays import Mask
from foretext.ink import Scale, stroke_width, x_height
from foretext.reading import Box
from foretext.separate.color import ColorLayer
from foretext.separate.contrast import Contrast

# A layer this much longer than wide has a direction.
_ELONGATED = 1.5


def describe(paperless: Contrast, colored: ColorLayer) -> tuple[Scale, float, Box, float]:
    """Describe a layer.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    colored : ColorLayer
        Which of its pixels are solid, and their color.

    Returns
    -------
    scale : Scale
        Stroke width and height of characters, in pixels.
    angle : float
        Direction of its longer extent in degrees counterclockwise; 0 if it has none.
    box : Box
        The smallest rectangle around it.
    share : float
        Its part of all contrast in the picture, in [0, 1].
    """
    import cv2

    left, top, width, height = cv2.boundingRect(colored.solid.view(np.uint8))
    window = np.s_[top : top + height, left : left + width]
    strength = paperless.strength[window]
    around = cv2.dilate(colored.solid[window].view(np.uint8), np.ones((3, 3), np.uint8))
    # Half of a soft edge belongs to the stroke.
    half = 0.5 * float(np.abs(colored.ink_color).max())
    body = around.view(np.bool_) & (strength >= half)
    scale = Scale(stroke_width(body), x_height(body))
    share = float(strength[body].sum()) / max(float(paperless.total), 1.0)
    box = Box(left, top, left + width, top + height)
    return scale, _direction(colored.solid[window]), box, min(share, 1.0)


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
