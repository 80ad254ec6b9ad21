"""The edges of the wanted text, from the colors around them."""

from __future__ import annotations

import numpy as np

from foretext.arrays import Float, Ink
from foretext.separate.contrast import Contrast

# From here on the network is sure enough that a pixel shows the color of the ink.
_CORE = 0.65
# The ink's color is taken from so many x-heights around, at least and at most so many pixels.
_AROUND = 0.9
_WINDOW = 5, 61
# How much of its coverage a pixel loses by a color that is not on the way from paper to ink.
_STRANGE = 1.3
# The network's word counts by this power of its sureness.
_SAY = 0.35
# A color shorter than this (of 255) tells nothing.
_FAINT = 4.0


def refine(paperless: Contrast, foreground: Ink, x_height: float) -> Ink:
    """Give what the network takes for wanted text the edges that its colors show.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].
    x_height : float
        How tall its characters are, in pixels; 0 if unknown.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage in [0, 1].

    Notes
    -----
    A pixel on an edge has a color between paper and ink, and how far along it is its coverage.
    The ink's color is the mean of what surely is ink nearby, so each character may have its
    own. Where the network is sure, it decides, also on ink without a color, such as white
    letters in a bar; it is least sure at edges, and there the colors decide.
    """
    by_color = _coverage(paperless.signed, *_ink_color(paperless.signed, foreground, x_height))
    sureness = np.abs(2.0 * foreground - 1.0) ** np.float32(_SAY)
    return np.asarray(by_color + sureness * (foreground - by_color), np.float32)


def _ink_color(signed: Float, foreground: Ink, x_height: float) -> tuple[Float, Float]:
    """Return the mean contrast of sure ink around each pixel, and how much of it there is."""
    import cv2

    least, most = _WINDOW
    side = int(np.clip(round(_AROUND * x_height), least, most)) | 1
    core = (foreground > _CORE).astype(np.float32)
    amount = np.asarray(cv2.blur(core, (side, side)), np.float32)
    total = cv2.blur(signed * core[..., None], (side, side)).reshape(signed.shape)
    return np.asarray(total / np.maximum(amount, 1e-6)[..., None], np.float32), amount


def _coverage(signed: Float, color: Float, amount: Float) -> Ink:
    """Return how far each pixel is on the way from paper to the ink's color, less its distance."""
    square = np.maximum(np.einsum("ijc,ijc->ij", color, color), np.float32(_FAINT**2))
    along = np.einsum("ijc,ijc->ij", signed, color) / square
    beside = np.einsum("ijc,ijc->ij", signed, signed) / square - along * along
    strange = np.sqrt(np.maximum(beside, 0.0))
    covered = np.minimum(along, 1.0) - np.float32(_STRANGE) * strange
    return np.asarray(np.where(amount > 1e-4, np.clip(covered, 0.0, 1.0), 0.0), np.float32)
