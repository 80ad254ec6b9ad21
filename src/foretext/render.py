"""From ink to the picture that OCR reads best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foretext.arrays import Ink, Pixels
from foretext.ink import Scale
from foretext.restore.enlarge import enlarge, factor_for, soften

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
        ``factor * x + dx`` here.
    """

    pixels: Pixels
    factor: float
    dx: float
    dy: float


def render(
    ink: Ink,
    scale: Scale,
    *,
    single_line: bool,
    x_height: float,
    margin: float,
    softness: float,
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

    Returns
    -------
    Rendering
    """
    top, bottom, left, right = _window(ink)
    wanted = ink[top:bottom, left:right]
    factor = factor_for(scale, x_height=x_height, single_line=single_line)
    if wanted.size * factor**2 > _MAX_PIXELS:
        factor = 1.0
    height = scale.x_height * factor
    border = round(margin * height)
    large = np.pad(enlarge(wanted, factor), border)
    padded = as_picture(soften(large, softness * height))
    return Rendering(padded, factor, border - factor * left, border - factor * top)


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
