"""What the network's word means for the layers that color tells apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from foretext.arrays import Ink
from foretext.layer import Layer
from foretext.pieces import pieces_of

# A layer of which less than this share is wanted is not one of the text.
_NONE = 0.35
# The network sees text where it is so sure; if that is less of all ink than this, it sees none:
# of a bar of color, the letters in it are a small part.
_SURE = 0.45, 0.75
_LEAST = 0.01
# So many pieces, this large in x-heights, are a mark.
_A_MARK = 3
_AS_LARGE = 0.55
# Ink is unwanted for sure below this; soft edges and worn letters may come near it.
_UNWANTED = 0.25


def weighed(layers: Sequence[Layer], foreground: Ink) -> tuple[Layer, ...]:
    """Tell of each layer how much of it the network takes for wanted text.

    Parameters
    ----------
    layers : sequence of Layer
        The layers of a picture.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].

    Returns
    -------
    tuple of Layer
        The same with `Layer.wanted`.
    """
    return tuple(replace(layer, wanted=float(foreground[layer.solid].mean())) for layer in layers)


def unwanted_share(layers: Sequence[Layer], foreground: Ink) -> float:
    """Return which share of all ink the network takes for unwanted for sure, in [0, 1]."""
    if not layers:
        return 0.0
    unwanted = foreground < _UNWANTED
    of_layers = sum(layer.share * float(unwanted[layer.solid].mean()) for layer in layers)
    # Pale words are of some layer; ink of a rare color may be of none.
    everything = layers[0].all_ink
    dense = np.where(everything > 0.5, everything, np.float32(0.0))
    return max(of_layers, _sum(dense * unwanted) / max(_sum(dense), 1.0))


def holds_a_mark(layers: Sequence[Layer], foreground: Ink, x_height: float) -> bool:
    """Tell whether what the network takes for unwanted is small on a page, but as large as letters.

    A stamp is a small part of all ink; what is lost of a clean page's letters is in small bits.
    """
    unwanted = (layers[0].all_ink > 0.5) & (foreground < _UNWANTED)
    if np.count_nonzero(unwanted) < _A_MARK * (_AS_LARGE * x_height) ** 2 / 4.0:
        return False
    pieces = pieces_of(unwanted)
    large = np.maximum(pieces.width, pieces.height) >= _AS_LARGE * x_height
    return int(np.count_nonzero(large)) >= _A_MARK


def wanted_layers(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the weighed layers that are, at least in part, of the wanted text."""
    return tuple(layer for layer in layers if (layer.wanted or 0.0) >= _NONE)


def sees_text(layers: Sequence[Layer], foreground: Ink) -> bool:
    """Tell whether the network finds any wanted text worth the name."""
    everything = layers[0].all_ink
    sure = _ramp(foreground, *_SURE) * _without_holes(everything)
    return _sum(sure) > _LEAST * _sum(everything)


def _without_holes(ink: Ink) -> Ink:
    """Return ink with its holes filled: white letters in a bar of color are such."""
    import cv2

    framed = np.pad((ink > 0.5).astype(np.uint8), 1)
    # From a corner, paper is flooded as far as it reaches.
    cv2.floodFill(framed, None, (0, 0), 2)
    holes = framed[1:-1, 1:-1] == 0
    return np.asarray(np.maximum(ink, holes.astype(np.float32)), np.float32)


def _sum(ink: Ink) -> float:
    return float(ink.sum(dtype=np.float64))


def _ramp(values: Ink, low: float, high: float) -> Ink:
    return np.asarray(np.clip((values - low) / (high - low), 0.0, 1.0), np.float32)
