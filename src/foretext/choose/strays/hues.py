"""Ink of another hue that hangs together with the text: a blue grid through black letters.

A network sees form before color, and pages are shown to it reduced: between letters it may take
the piece of a line for a stroke. Where the hues of ink differ, they tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from foretext.arrays import Float, Ink, Mask
from foretext.choose.wanted import wanted_layers
from foretext.layer import Layer
from foretext.pieces import labeled_pieces
from foretext.separate.contrast import Contrast

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
        The layers of the picture, weighed (`foretext.choose.wanted.weighed`).

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if no unwanted layer has a hue of its own.

    Notes
    -----
    A hue is the direction from paper to ink in the space of colors: mixed with paper, as on edges,
    an ink keeps it.
    """
    pairs = _pairs(paperless, layers)
    if not pairs:
        return ink
    pieces, labels = labeled_pieces(ink > _FAINT)
    # Letters may have fringes of any hue, but only beside a line is there some of the line.
    at = np.flatnonzero(labels != 0)
    other, own = _shares(paperless.signed.reshape(-1, 3)[at], pairs)
    other *= _around([pair.solid for pair in pairs]).ravel()[at]
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


class _Pair(NamedTuple):
    """An unwanted layer, and the nearest hue of the text.

    `other` and `own` are directions, (3,), of length 1; `solid` is where the layer covers wholly,
    (H, W).
    """

    other: Float
    own: Float
    solid: Mask


def _pairs(paperless: Contrast, layers: Sequence[Layer]) -> list[_Pair]:
    """Return the unwanted layers that have a hue of their own."""
    if paperless.signed.shape[2] == 1:
        return []
    wanted = wanted_layers(layers)
    own = [away / length for away, length in _colors(paperless, wanted) if length >= _HUELESS]
    least = np.cos(np.radians(_APART))
    pairs = []
    for layer, (away, length) in zip(layers, _colors(paperless, layers), strict=True):
        is_unwanted = (layer.wanted or 0.0) < _UNWANTED and layer.share > _LEAST
        if own and is_unwanted and length >= _HUELESS:
            nearest = own[int(np.argmax([float(hue @ away) for hue in own]))]
            if float(nearest @ away) < least * length:
                pairs.append(_Pair(away / np.float32(length), nearest, layer.solid))
    return pairs


def _colors(paperless: Contrast, layers: Sequence[Layer]) -> list[tuple[Float, float]]:
    """Return the way from paper to the color of each layer, (3,), and its length.

    It is short where a layer has the color of the paper, as white letters in a bar.
    """
    paper = paperless.paper.color
    room = np.maximum(paper if paperless.paper.light else 255.0 - paper, 32.0) / 255.0
    away = [
        np.asarray((np.asarray(layer.color, np.float32) - paper) / room, np.float32)
        for layer in layers
    ]
    return [(one, float(np.linalg.norm(one))) for one in away]


def _shares(colors: Float, pairs: Sequence[_Pair]) -> tuple[Float, Float]:
    """Return how much of each color, (N, 3), is of another hue and of the text's, in [0, 1]."""
    length = np.sqrt(np.einsum("ij,ij->i", colors, colors))
    other = np.zeros(len(colors), np.float32)
    (low, high), (least, most) = _OTHER, _DETOUR
    for pair in pairs:
        cosines = (colors @ hue / np.maximum(length, 1.0) for hue in (pair.other, pair.own))
        to_other, to_own = (np.arccos(np.clip(cosine, -1.0, 1.0)) for cosine in cosines)
        both = np.maximum(to_own + to_other, 1e-6)
        share = np.clip((to_own / both - low) / (high - low), 0.0, 1.0)
        # A third hue is on the way from neither to the other.
        detour = np.degrees(both - np.arccos(min(float(pair.other @ pair.own), 1.0)))
        share *= np.clip((most - detour) / (most - least), 0.0, 1.0)
        np.maximum(other, share, out=other)
    has_hue = length >= _HUELESS
    return other * has_hue, (1.0 - other) * has_hue
