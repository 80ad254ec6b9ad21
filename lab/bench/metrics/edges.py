"""How far coverage is off along the edges of the truth, where softness shows."""

from __future__ import annotations

import cv2
import numpy as np

from foretext.arrays import Ink, Mask


def edge_band(truth: Ink) -> Mask:
    """Return the pixels within one of the truth's edge.

    Parameters
    ----------
    truth : (H, W) ndarray of float32
        True coverage in [0, 1].

    Returns
    -------
    (H, W) ndarray of bool
        Pixels in whose 3 by 3 neighborhood some are covered by half and some are not.
    """
    mask = (truth >= 0.5).astype(np.uint8)
    square = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.dilate(mask, square) != cv2.erode(mask, square))


def edge_error(ink: Ink, truth: Ink, band: Mask) -> float:
    """Return the root mean square error of coverage in the band; 0 where there is no edge.

    Parameters
    ----------
    ink, truth : (H, W) ndarray of float32
        Coverage in [0, 1].
    band : (H, W) ndarray of bool
        See `edge_band`.

    Returns
    -------
    float
        From 0 to 1.
    """
    if not band.any():
        return 0.0
    return float(np.sqrt(np.mean((ink[band] - truth[band]) ** 2, dtype=np.float64)))
