"""Strokes that a pressed pen makes broad in one direction, and leaves thin in the other."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from lab.train.patch import Bytes, Patch, ink_around, laid_over

#: The broadest stroke, in heights of small letters; the narrow side of the pen adds little.
_BROADEST: Final = 0.4
_NARROW: Final = 0.06
#: A pen that would leave more than so many times the ink is too broad for this hand.
_MOST: Final = 1.9


def swollen(patch: Patch, rng: np.random.Generator) -> Patch:
    """Draw ink anew with a pen that is broad in one direction.

    Parameters
    ----------
    patch : Patch
        Text written by hand.
    rng : numpy.random.Generator
        Where chance comes from.
    """
    height = max(patch.x_height, 8.0)
    broad = height * _BROADEST * float(rng.uniform(0.1, 1) ** 1.5)
    pen = _pen(broad, min(broad, height * _NARROW), float(rng.uniform(-70, 20)))
    ink = np.asarray(cv2.dilate(patch.ink, pen), np.float32)
    if ink.sum() > _MOST * patch.ink.sum():
        return patch
    picture = laid_over(patch.picture, ink - patch.ink, ink_around(patch, broad))
    return Patch(picture, ink, patch.unwanted, patch.x_height)


def _pen(broad: float, narrow: float, angle: float) -> Bytes:
    side = 2 * int(np.ceil(broad / 2)) + 1
    pen = np.zeros((side, side), np.uint8)
    middle = (side / 2 - 0.5, side / 2 - 0.5)
    cv2.ellipse(pen, (middle, (max(broad, 1.0), max(narrow, 1.0)), angle), 1, -1)
    pen[side // 2, side // 2] = 1
    return pen
