"""Bring text to the size that OCR reads best."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink
from foretext.ink import Scale

# A Gaussian narrower than this (in pixels) changes nothing.
_NO_RADIUS = 0.25
_LIMITS = 0.5, 6.0
# Engines read many lines as well at this part of the height that they want a single one in, and
# sooner.
_OF_LINE = 0.6
# Small print is made no smaller than this part of it.
_SMALLEST = 0.5
# Text in this range of the wanted factor is left as it is: resampling costs more than it gains.
# A single line is soon resampled, and gains more.
_NEAR_ENOUGH = 0.95, 1.2
_NEAR_ENOUGH_LINE = 0.8, 1.05


def enlarge(ink: Ink, factor: float) -> Ink:
    """Change the size of ink, keeping its edges soft.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    factor : float
        How many times as wide and high.

    Returns
    -------
    ndarray of float32, (H', W')
        Coverage in [0, 1]; each side at least one pixel.
    """
    import cv2

    size = max(1, round(ink.shape[1] * factor)), max(1, round(ink.shape[0] * factor))
    if size == ink.shape[::-1]:
        return ink
    method = cv2.INTER_CUBIC if factor > 1.0 else cv2.INTER_AREA
    return _within(cv2.resize(ink, size, interpolation=method))


def soften(ink: Ink, radius: float) -> Ink:
    """Soften the edges of ink.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    radius : float
        Standard deviation of the Gaussian in pixels; nothing is done below a quarter pixel.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage in [0, 1].
    """
    import cv2

    if radius < _NO_RADIUS:
        return ink
    soft = cv2.GaussianBlur(ink, (0, 0), radius, borderType=cv2.BORDER_REPLICATE)
    return _within(soft)


def factor_for(scale: Scale, *, x_height: float, single_line: bool, smallest: float = 0.0) -> float:
    """Return how much to enlarge text so that its characters are `x_height` pixels tall.

    Parameters
    ----------
    scale : Scale
        Of the text.
    x_height : float
        The height wanted for a single line, in pixels; of many lines three fifths of it are enough.
    single_line : bool
        Whether there is only one line of text.
    smallest : float
        How tall the characters of small print are that stands beside, in pixels; 0 if none does.

    Returns
    -------
    float
        From 0.5 to 6; 1 if the text is about as tall as wanted, or if there is none.
    """
    if not scale.x_height:
        return 1.0
    wanted = x_height if single_line else _OF_LINE * x_height
    factor = wanted / scale.x_height
    if smallest:
        factor = max(factor, _SMALLEST * x_height / smallest)
    factor = float(np.clip(factor, *_LIMITS))
    least, most = _NEAR_ENOUGH_LINE if single_line else _NEAR_ENOUGH
    return 1.0 if least <= factor <= most else factor


def _within(ink: npt.NDArray[Any]) -> Ink:
    return np.asarray(np.clip(ink, 0.0, 1.0), np.float32)
