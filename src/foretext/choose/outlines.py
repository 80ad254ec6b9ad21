"""Subtitles: letters whose outline was taken for the text.

Text on a photograph has an outline of the other extreme, so that it can be read on anything. A
network that knows hollow letters may take that for the ink, and the letters for holes. But an
outline lies on the other side of what is taken for paper: darker than dark, lighter than light.
"""

from __future__ import annotations

import numpy as np

from foretext.arrays import Float, Ink, Mask
from foretext.layer import Layer
from foretext.pieces import around, grown, labeled_pieces, pixels_of
from foretext.separate.contrast import Contrast
from foretext.separate.paper import Paper

# A layer is text if so much of it stands in rows, and it has more pieces than a panel or two.
_IN_ROWS = 0.9
_A_WORD = 3
# The network takes pixels for text, and for none, from here on.
_LIKELY = 0.5
# A pixel that differs so far from the paper (of 255) is on one side of it.
_BEYOND = 8.0
# So much of what it takes for text is an outline; if all of it is, the paper is not what it seems.
_OUTLINE = 0.1, 0.96
# So much of that is no farther from the letters than their strokes are wide, or so many pixels.
_BESIDE = 0.5
_NEAR = 3.0
# And so much of the letters it has missed.
_MISSED = 0.05
# What has more than this of the text's color is text, if so much of what is around it, so wide in
# pixels, is an outline.
_FULL = 0.6
_RING = 5
_AROUND = 0.4


def takes_outlines(paperless: Contrast, text: Layer, foreground: Ink) -> bool:
    """Tell whether the outlines of letters were taken for text, and letters were missed.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    text : Layer
        What seems to be the text by color.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].

    Returns
    -------
    bool
        True if the layer stands in rows, and is missed where other things beyond the paper are
        taken beside it.
    """
    if text.rows < _IN_ROWS or len(text.pieces) < _A_WORD:
        return False
    if float(np.mean(foreground[text.solid] <= _LIKELY)) < _MISSED:
        return False
    at = np.flatnonzero(foreground > _LIKELY)
    taken = paperless.signed.reshape(foreground.size, -1)[at]
    beyond = _beyond(taken, paperless.paper)
    least, most = _OUTLINE
    if not len(at) or not least <= float(beyond.mean()) <= most:
        return False
    # Light letters in a dark panel are beyond the paper, too, but the text is elsewhere.
    beside = around(text.solid, max(text.stroke_width, _NEAR)).ravel()[at[beyond]]
    return float(beside.mean()) >= _BESIDE


def within_outlines(paperless: Contrast, text: Layer) -> Ink:
    """Return the coverage of all that has the color of a text, and an outline around it.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    text : Layer
        Some of the text, by color.

    Returns
    -------
    ndarray of float32, (H, W)
        In [0, 1].
    """
    import cv2

    color = paperless.signed[text.solid].mean(axis=0)
    along = paperless.signed @ color / max(float(color @ color), 1.0)
    pieces, labels = labeled_pieces(along > _FULL)
    side = np.ones((_RING, _RING), np.uint8)
    # Each pixel around a piece gets its number; where two are near, that of one of them.
    rings = cv2.dilate(labels.astype(np.float32), side).astype(np.int32)
    rings[labels > 0] = 0
    number = len(pieces) + 1
    is_beyond = _beyond(paperless.signed, paperless.paper)
    beyond = np.bincount(rings[is_beyond], minlength=number)[1:]
    ring = np.bincount(rings.ravel(), minlength=number)[1:]
    outlined = pixels_of(labels, beyond >= _AROUND * np.maximum(ring, 1))
    near = grown(outlined, 3)
    return np.asarray(np.where(near, np.clip(along, 0.0, 1.0), 0.0), np.float32)


def _beyond(signed: Float, paper: Paper) -> Mask:
    """Return which colors, (..., C), lie on the other side of the paper than ink does."""
    if paper.light:
        return np.asarray(signed.min(axis=-1) > _BEYOND)
    return np.asarray(signed.max(axis=-1) < -_BEYOND)
