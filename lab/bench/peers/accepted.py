"""The two methods of the reply that the asker accepted, with the numbers given there.

https://stackoverflow.com/questions/60145306
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from lab.bench.items import Sample
from lab.bench.peers.outcome import Outcome, of_dark_on_white, of_mask

_LEAST_AREA: Final = 50
# Hue, saturation and value of what is kept.
_LOWEST: Final = np.array([0, 0, 0])
_HIGHEST: Final = np.array([100, 175, 110])


def contours(sample: Sample) -> Outcome:
    """Otsu, opening by 2 by 2, outlines of less than 50 pixels filled in, a slight blur."""
    gray = cv2.cvtColor(sample.picture, cv2.COLOR_RGB2GRAY)
    _, mask = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    small = [outline for outline in outlines if cv2.contourArea(outline) < _LEAST_AREA]
    cv2.drawContours(opened, small, -1, color=0, thickness=cv2.FILLED)
    return of_dark_on_white(np.asarray(cv2.GaussianBlur(255 - opened, (3, 3), 0), np.uint8))


def hsv_range(sample: Sample) -> Outcome:
    """Keep a range of hue, saturation and value."""
    hsv = cv2.cvtColor(sample.picture, cv2.COLOR_RGB2HSV)
    return of_mask(np.asarray(cv2.inRange(hsv, _LOWEST, _HIGHEST), np.uint8))
