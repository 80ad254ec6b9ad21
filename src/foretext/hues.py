"""Ink of another hue that hangs together with the text: a blue grid through black letters.

A network sees form before color, and pages are shown to it reduced: between letters it may take
the piece of a line for a stroke. Where the hues of ink differ, they tell.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foretext.arrays import Float, Ink, Mask
from foretext.layer import Layer
from foretext.pieces import labeled_pieces
from foretext.separate.contrast import Contrast
from foretext.wanted import wanted_layers

# A layer is unwanted for sure if so little of it is wanted, and worth the trouble if it has so much
# of the ink.
_UNWANTED = 0.1
_LEAST = 0.03
# Hues this far apart (in degrees, as seen from the paper) can be told apart.
_APART = 15.0
# A pixel is of the other hue from here to there on the way between both.
_OTHER = 0.35, 0.65
# From here to there (in degrees) a detour over a pixel's hue tells more and more of a third one.
_DETOUR = 8.0, 16.0
# In so many pixels around an unwanted layer, ink may be of it.
_CLOSE = 5
# If less of a piece is of the text's hue, it is text of another color, or white in a bar of one.
_OWN = 0.5
# Fainter coverage joins no pieces, and fainter ink has no hue.
_FAINT = 0.1
_HUELESS = 24.0


def without_other_hues(ink: Ink, paperless: Contrast, layers: Sequence[Layer]) -> Ink:
    """Leave out ink that has the hue of an unwanted layer, and joins what has that of the text.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    paperless : Contrast
        The picture without its paper.
    layers : sequence of Layer
        The layers of the picture, weighed (`foretext.wanted.weighed`).

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if no unwanted layer has a hue of its own.

    Notes
    -----
    A hue is the direction from paper to ink in the space of colors: mixed with paper, as on edges,
    an ink keeps it.
    """
    pairs, others = _pairs(paperless, layers)
    if not pairs:
        return ink
    pieces, labels = labeled_pieces(ink > _FAINT)
    # Letters may have fringes of any hue, but only beside a line is there some of the line.
    at = np.flatnonzero(labels)
    other, own = _shares(paperless.signed.reshape(-1, 3)[at], pairs)
    other *= _around([layer.solid for layer in others]).ravel()[at]
    of, amount = labels.ravel()[at], ink.ravel()[at]
    count = len(pieces) + 1
    of_own, of_all = (np.bincount(of, w, minlength=count) for w in (amount * own, amount))
    is_own = of_own >= _OWN * of_all
    after = ink.copy()
    after.ravel()[at] = amount * np.where(is_own[of], np.float32(1.0) - other, np.float32(1.0))
    return after


def _around(masks: Sequence[Mask]) -> Mask:
    """Return where some masks are, or close by."""
    import cv2

    whole = np.logical_or.reduce(masks)
    return cv2.dilate(whole.view(np.uint8), np.ones((_CLOSE, _CLOSE), np.uint8)) > 0


def _pairs(
    paperless: Contrast, layers: Sequence[Layer]
) -> tuple[list[tuple[Float, Float]], list[Layer]]:
    """Return the hues of an unwanted layer and of the wanted one that is nearest, for each.

    And those unwanted layers.
    """
    if paperless.signed.shape[2] == 1:
        return [], []
    own = [hue for layer in wanted_layers(layers) if (hue := _hue(paperless, layer)) is not None]
    least = np.cos(np.radians(_APART))
    pairs, others = [], []
    for layer in layers:
        if not own or (layer.wanted or 0.0) >= _UNWANTED or layer.share <= _LEAST:
            continue
        hue = _hue(paperless, layer)
        if hue is None:
            continue
        cosines = [float(one @ hue) for one in own]
        if max(cosines) < least:
            pairs.append((hue, own[int(np.argmax(cosines))]))
            others.append(layer)
    return pairs, others


def _hue(paperless: Contrast, layer: Layer) -> Float | None:
    """Return the direction from paper to the color of a layer, (3,), of length 1.

    What has the color of the paper has none, as white letters in a bar.
    """
    paper = paperless.paper.color
    room = np.maximum(paper if paperless.paper.light else 255.0 - paper, 32.0) / 255.0
    away = (np.asarray(layer.color, np.float32) - paper) / room
    length = float(np.linalg.norm(away))
    return np.asarray(away / length, np.float32) if length >= _HUELESS else None


def _shares(colors: Float, pairs: Sequence[tuple[Float, Float]]) -> tuple[Float, Float]:
    """Return how much of each color, (N, 3), is of another hue and of the text's, in [0, 1]."""
    length = np.sqrt(np.einsum("ij,ij->i", colors, colors))
    other = np.zeros(len(colors), np.float32)
    (low, high), (least, most) = _OTHER, _DETOUR
    for pair in pairs:
        cosines = (colors @ hue / np.maximum(length, 1.0) for hue in pair)
        to_other, to_own = (np.arccos(np.clip(cosine, -1.0, 1.0)) for cosine in cosines)
        both = np.maximum(to_own + to_other, 1e-6)
        share = np.clip((to_own / both - low) / (high - low), 0.0, 1.0)
        # A third hue is on the way from neither to the other.
        detour = np.degrees(both - np.arccos(min(float(pair[0] @ pair[1]), 1.0)))
        share *= np.clip((most - detour) / (most - least), 0.0, 1.0)
        np.maximum(other, share, out=other)
    has_hue = length >= _HUELESS
    return other * has_hue, (1.0 - other) * has_hue
