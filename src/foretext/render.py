"""From ink to the picture that OCR reads best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foretext.arrays import Ink, Pixels
from foretext.ink import Scale
from foretext.reading import Box
from foretext.restore import straighten as straightening
from foretext.restore.enlarge import enlarge, factor_for, soften
from foretext.restore.perspective import Perspective
from foretext.restore.straighten import Straightened

# Pictures larger than this (in pixels) are not made: OCR gains nothing by them.
_MAX_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A picture made from ink for OCR.

    Attributes
    ----------
    pixels : ndarray of uint8, (H', W')
        Dark on white.
    factor : float
        How many times it was enlarged.
    dx, dy : float
        Where the input's upper left corner lies in it: what is at `x` in the input is at
        ``factor * x + dx`` here, if nothing was straightened.
    straightened : Straightened or None
        The enlarged ink, if it had to be straightened.
    """

    pixels: Pixels
    factor: float
    dx: float
    dy: float
    straightened: Straightened | None = None

    def back(self, box: Box) -> Box:
        """Return the box in the input around what is in a box of the picture."""
        if self.straightened is not None:
            box = self.straightened.back(box)
        return box.mapped(self.factor, self.dx, self.dy)


def render(
    ink: Ink,
    scale: Scale,
    *,
    single_line: bool,
    x_height: float,
    margin: float,
    softness: float,
    straighten: bool = True,
    skew: float = 0.0,
    perspective: Perspective | None = None,
    smallest: float = 0.0,
) -> Rendering:
    """Make the picture for OCR.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    scale : Scale
        Of the text.
    single_line : bool
        Whether there is only one line of text.
    x_height : float
        How tall characters are to be, in pixels.
    margin : float
        White around, in x-heights.
    softness : float
        Standard deviation of the Gaussian that softens the edges, in x-heights.
    straighten : bool
        Whether the text is made straight.
    skew : float
        Degrees by which its lines fall to the right.
    perspective : Perspective, optional
        How they converge, in pixels of `ink`.
    smallest : float
        How tall the characters of its small print are, in pixels; 0 if all are alike.

    Returns
    -------
    Rendering
    """
    top, bottom, left, right = _window(ink)
    wanted = ink[top:bottom, left:right]
    factor = factor_for(scale, x_height=x_height, single_line=single_line, smallest=smallest)
    if wanted.size * factor**2 > _MAX_PIXELS:
        factor = 1.0
    height = scale.x_height * factor
    border = round(margin * height)
    dx, dy = border - factor * left, border - factor * top
    large = enlarge(wanted, factor)
    made = None
    if straighten:
        size = Scale(scale.stroke_width * factor, height)
        fan = perspective and perspective.scaled(factor, left, top)
        found = straightening.straighten(
            large, size, single_line=single_line, skew=skew, perspective=fan
        )
        if found.ink is not large:
            large, made = found.ink, found.moved(border)
    # What is right for a headline would blur small print.
    softest = softness * min(height, smallest * factor or height)
    padded = as_picture(soften(np.pad(large, border), softest))
    return Rendering(padded, factor, dx, dy, made)


def _window(ink: Ink) -> tuple[int, int, int, int]:
    """Return the rows and columns that hold ink; all of them if none does."""
    import cv2

    left, top, width, height = cv2.boundingRect((ink > 0.0).view(np.uint8))
    if not width:
        return 0, ink.shape[0], 0, ink.shape[1]
    return top, top + height, left, left + width


def as_picture(ink: Ink) -> Pixels:
    """Return ink as dark on white, uint8."""
    shown: Pixels = np.rint(255.0 * (1.0 - ink)).astype(np.uint8)
    return shown
