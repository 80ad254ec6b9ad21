"""Ink of another hue that hangs together with the text: a blue grid through black letters.

A network sees form before color, and pages are shown to it reduced: between letters it may take
the piece of a line for a stroke. Where the hues of ink differ, they tell.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foretext.arrays import Float, Ink
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
# If more of a piece is of the other hue, it is text of that color.
_MINOR = 0.5
# Fainter coverage joins no pieces, and fainter ink has no hue.
_FAINT = 0.1
_HUELESS = 24.0


def without_other_hues(
    ink: Ink, paperless: Contrast, wanted: Sequence[Layer], layers: Sequence[Layer]
) -> Ink:
    """Leave out ink that has the hue of an unwanted layer, and joins what has that of the text.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    paperless : Contrast
        The picture without its paper.
    wanted, layers : sequence of Layer
        The layers that are wanted, and all of them, weighed (`foretext.wanted.weighed`).

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if no unwanted layer has a hue of its own.

    Notes
    -----
    A hue is the direction from paper to ink in the space of colors: mixed with paper, as on edges,
    an ink keeps it.
    """
    pairs = _pairs(paperless, wanted, layers)
    if not pairs:
        return ink
    pieces, labels = labeled_pieces(ink > _FAINT)
    at = np.flatnonzero(labels)
    other = _share_of_other(paperless.signed.reshape(-1, 3)[at], pairs)
    of, amount = labels.ravel()[at], ink.ravel()[at]
    count = len(pieces) + 1
    of_other, of_all = (np.bincount(of, w, minlength=count) for w in (amount * other, amount))
    minor = of_other <= _MINOR * of_all
    after = ink.copy()
    after.ravel()[at] = amount * np.where(minor[of], np.float32(1.0) - other, np.float32(1.0))
    return after


def _pairs(
    paperless: Contrast, wanted: Sequence[Layer], layers: Sequence[Layer]
) -> list[tuple[Float, Float]]:
    """Return the hues of an unwanted layer and of the wanted one that is nearest, for each."""
    if paperless.signed.shape[2] == 1:
        return []
    own = [_hue(paperless, layer) for layer in wanted]
    others = [
        _hue(paperless, layer)
        for layer in layers
        if (layer.wanted or 0.0) < _UNWANTED and layer.share > _LEAST
    ]
    least = np.cos(np.radians(_APART))
    return [
        (other, max(own, key=lambda hue: float(hue @ other)))
        for other in others
        if all(float(hue @ other) < least for hue in own)
    ]


def _hue(paperless: Contrast, layer: Layer) -> Float:
    """Return the direction from paper to a layer's color, (3,), of length 1."""
    paper = paperless.paper.color
    room = paper if paperless.paper.light else 255.0 - paper
    away = (np.asarray(layer.color, np.float32) - paper) / np.maximum(room, 32.0)
    return np.asarray(away / max(float(np.linalg.norm(away)), 1e-6), np.float32)


def _share_of_other(colors: Float, pairs: Sequence[tuple[Float, Float]]) -> Float:
    """Return how much of each color, (N, 3), is of another hue than the text's, (N,) in [0, 1]."""
    length = np.sqrt(np.einsum("ij,ij->i", colors, colors))
    share = np.zeros(len(colors), np.float32)
    low, high = _OTHER
    for other, own in pairs:
        to_other, to_own = (
            np.arccos(np.clip(colors @ hue / np.maximum(length, 1.0), -1.0, 1.0))
            for hue in (other, own)
        )
        way = to_own / np.maximum(to_own + to_other, 1e-6)
        np.maximum(share, np.clip((way - low) / (high - low), 0.0, 1.0), out=share)
    share[length < _HUELESS] = 0.0
    return share
