"""Which of the colors of a text each pixel is of."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Int, Labels, Pixels
from foretext.separate.palette import distinct_colors

# Pixels so full of ink show its color.
_SOLID = 0.75
_FAINT = 0.05
# Colors nearer than this (in CIELAB) are one, and a text has no more than so many. Thin strokes are
# paler than thick ones of their color, so lightness counts less than hue.
_BANDWIDTH = 11.0
_MOST = 12
_LIGHTNESS = 0.5
# A color with less than this part of a piece is not one of its own.
_OF_PIECE = 0.15


def tints(pixels: Pixels, ink: Ink) -> Labels | None:
    """Tell which color each pixel of ink is of.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W, 3)
        RGB.
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text in [0, 1].

    Returns
    -------
    ndarray of uint8, (H, W), or None
        From 1 on, and 0 for paper; None if all is of one color.
    """
    import cv2

    solid = ink > _SOLID
    colors = _lab(pixels)[solid]
    found = distinct_colors(colors, _BANDWIDTH, _MOST)
    if len(found) < 2:
        return None
    at = np.zeros(ink.shape, np.uint8)
    at[solid] = 1 + _nearest(colors, found)
    # Each is of the color that most of its neighbors are of: noise, and where two colors mix.
    votes = [cv2.boxFilter((at == k + 1).astype(np.float32), -1, (3, 3)) for k in range(len(found))]
    at[solid] = 1 + np.argmax(votes, axis=0)[solid]
    _, nearest = cv2.distanceTransformWithLabels(
        (~solid).view(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    of_nearest = np.zeros(int(nearest.max()) + 1, np.uint8)
    of_nearest[nearest[solid]] = at[solid]
    labels = of_nearest[nearest]
    labels[ink <= _FAINT] = 0
    return np.asarray(labels, np.uint8)


def are_shaded(labels: Labels, at: Int, large: npt.NDArray[np.intp]) -> bool:
    """Tell whether most letters have several colors each: shaded, or of two tones.

    Parameters
    ----------
    labels : ndarray of uint8, (H, W)
        As `tints` gives.
    at : ndarray of int, (H, W)
        The number of the piece that each pixel is of; 0 for none.
    large : ndarray of intp, (N,)
        The numbers of those that are as large as letters.

    Returns
    -------
    bool
    """
    colors = int(labels.max()) + 1
    inked = at > 0
    pairs = at[inked].astype(np.intp) * colors + labels[inked]
    every = np.bincount(pairs, minlength=(int(at.max()) + 1) * colors).reshape(-1, colors)
    counts = every[large]
    many = (counts >= _OF_PIECE * counts.sum(axis=1, keepdims=True)).sum(axis=1) > 1
    return bool(2 * np.count_nonzero(many) > len(large))


def _lab(pixels: Pixels) -> Float:
    import cv2

    lab = cv2.cvtColor(pixels.astype(np.float32) / np.float32(255.0), cv2.COLOR_RGB2LAB)
    return np.asarray(lab * np.array([_LIGHTNESS, 1.0, 1.0], np.float32), np.float32)


def _nearest(colors: Float, found: Float) -> Labels:
    squared = [((colors - color) ** 2).sum(axis=1) for color in found]
    return np.asarray(np.argmin(squared, axis=0), np.uint8)
