"""Bring text to the size that OCR reads best."""

from __future__ import annotations

import numpy as np

from foretext.arrays import Ink
from foretext.ink import Scale


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
    return np.clip(cv2.resize(ink, size, interpolation=method), 0.0, 1.0, dtype=np.float32)


def factor_for(scale: Scale, *, x_height: float, least: float = 0.5, most: float = 6.0) -> float:
    """Return how much to enlarge text so that its characters are `x_height` pixels tall.

    Parameters
    ----------
    scale : Scale
        Of the text.
    x_height : float
        The height wanted, in pixels.
    least, most : float
        Limits. Sizes that are within a fifth of the wanted one are left alone.

    Returns
    -------
    float
        1 if there is no text.
    """
    if not scale.x_height:
        return 1.0
    factor = float(np.clip(x_height / scale.x_height, least, most))
    return 1.0 if 0.8 <= factor <= 1.25 else factor
