"""What is usually answered when someone asks how to clean a picture for OCR.

The numbers are those most often seen in such replies, the same for every picture.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from lab.bench.items import Sample
from lab.bench.peers.outcome import Outcome, Picture, of_dark_on_white

_SQUARE: Final = np.ones((2, 2), np.uint8)
_DARKER_THAN: Final = 127
_WINDOW: Final = 11
_OFFSET: Final = 2


def blur_otsu(sample: Sample) -> Outcome:
    """Gaussian blur of 3, Otsu, then erode and dilate the text by 2 by 2."""
    blurred = cv2.GaussianBlur(_gray(sample), (3, 3), 0)
    _, mask = cv2.threshold(blurred, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    worn = cv2.dilate(cv2.erode(mask, _SQUARE), _SQUARE)
    return of_dark_on_white(np.asarray(255 - worn, np.uint8))


def fixed_median(sample: Sample) -> Outcome:
    """Keep what is darker than 127, median of 3, dilate the text by 2 by 2."""
    mask = cv2.inRange(_gray(sample), np.array(0), np.array(_DARKER_THAN))
    grown = cv2.dilate(cv2.medianBlur(mask, 3), _SQUARE)
    return of_dark_on_white(np.asarray(255 - grown, np.uint8))


def adaptive(sample: Sample) -> Outcome:
    """Threshold by the Gaussian mean of 11 by 11 less 2."""
    made = cv2.adaptiveThreshold(
        _gray(sample), 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, _WINDOW, _OFFSET
    )
    return of_dark_on_white(np.asarray(made, np.uint8))


def _gray(sample: Sample) -> Picture:
    return np.asarray(cv2.cvtColor(sample.picture, cv2.COLOR_RGB2GRAY), np.uint8)
