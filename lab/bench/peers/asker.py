"""The three attempts of the one who asked about the first picture.

Each keeps a range of gray or color that was found by eye for that picture, and turns it dark on
white. https://stackoverflow.com/questions/60145306
"""

from __future__ import annotations

import cv2
import numpy as np

from lab.bench.items import Sample
from lab.bench.peers.outcome import Outcome, Picture, of_mask


def darkest(sample: Sample) -> Outcome:
    """Keep gray 0 to 75."""
    return of_mask(_within(_gray(sample), 0, 75))


def grays(sample: Sample) -> Outcome:
    """Keep gray 100 to 105."""
    return of_mask(_within(_gray(sample), 100, 105))


def colors(sample: Sample) -> Outcome:
    """Keep what is 100 to 104 in each of blue, green and red."""
    return of_mask(_within(sample.picture, (100, 100, 100), (104, 104, 104)))


def _gray(sample: Sample) -> Picture:
    return np.asarray(cv2.cvtColor(sample.picture, cv2.COLOR_RGB2GRAY), np.uint8)


def _within(picture: Picture, low: int | tuple[int, ...], high: int | tuple[int, ...]) -> Picture:
    return np.asarray(cv2.inRange(picture, np.array(low), np.array(high)), np.uint8)
