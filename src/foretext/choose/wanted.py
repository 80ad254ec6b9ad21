"""What the network's word means for the layers that color tells apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from foretext.arrays import Float, Ink, Mask
from foretext.layer import Layer
from foretext.pieces import labeled_pieces, pixels_of, pixels_within
from foretext.separate.contrast import Contrast

# A layer of which less than this share is wanted is not one of the text.
_NONE = 0.35
# The network sees text where it is so sure; if that is less of all ink than this, it sees none:
# of a bar of color, the letters in it are a small part.
_SURE = 0.45, 0.75
_LEAST = 0.01
# It sees but bits, of which it is not sure, if less of them than this are most of a piece.
_BITS = 0.1
# A character is no wider than this, in its heights.
_A_CHARACTER = 1.3
# So many pieces, this large in x-heights, are a mark.
_A_MARK = 3
_AS_LARGE = 0.55
# At least one touches the text, or nearly: no farther from it than this, in x-heights.
_BESIDE = 0.3
# They differ from the text if they are paler than this part of it, or by so many degrees in hue.
_PALE = 0.75
_APART = 15.0
# Ink is unwanted for sure below this; soft edges and worn letters may come near it.
_UNWANTED = 0.25


def weighed(layers: Sequence[Layer], foreground: Ink, strength: Float) -> tuple[Layer, ...]:
    """Tell of each layer how much of it the network takes for wanted text.

    Parameters
    ----------
    layers : sequence of Layer
        The layers of a picture.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].
    strength : ndarray of float32, (H, W)
        How far each pixel is from paper (`foretext.separate.contrast.Contrast.strength`): soft
        edges count less than the strokes within them.

    Returns
    -------
    tuple of Layer
        The same with `Layer.wanted`.
    """
    return tuple(replace(layer, wanted=_wanted(layer, foreground, strength)) for layer in layers)


def _wanted(layer: Layer, foreground: Ink, strength: Float) -> float:
    weights = strength[layer.solid]
    return float(foreground[layer.solid] @ weights) / max(float(weights.sum()), 1.0)


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


def holds_a_mark(
    paperless: Contrast, layers: Sequence[Layer], foreground: Ink, x_height: float
) -> bool:
    """Tell whether what the network takes for unwanted on a page is small, but a mark.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    layers : sequence of Layer
        Its layers.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].
    x_height : float
        How tall its characters are, in pixels.

    Returns
    -------
    bool
        True if some of it is as large as letters, touches them, and is of another color, as a
        stamp is. What is lost of the letters of a clean page is in small bits, a box to tick has
        the text's color, and bullets and arrows stand beside it.
    """
    import cv2

    everything = layers[0].all_ink
    unwanted = (everything > 0.5) & (foreground < _UNWANTED)
    if np.count_nonzero(unwanted) < _A_MARK * _AS_LARGE * x_height:
        return False
    pieces, labels = labeled_pieces(unwanted)
    large = np.maximum(pieces.width, pieces.height) >= _AS_LARGE * x_height
    of_text = (foreground > _SURE[1]) & (everything > 0.5)
    side = 2 * max(1, round(_BESIDE * x_height)) + 1
    beside = cv2.dilate(of_text.view(np.uint8), np.ones((side, side), np.uint8)) > 0
    touching = pixels_within(labels, len(pieces), beside) > 0
    if np.count_nonzero(large) < _A_MARK or not (large & touching).any():
        return False
    of_mark = pixels_of(labels, large)
    return bool(of_text.any()) and _differ(
        *(paperless.signed[w].mean(0) for w in (of_mark, of_text))
    )


def _differ(mark: Float, text: Float) -> bool:
    """Tell whether a mark is much paler than the text, or of another hue; both (C,)."""
    lengths = float(np.linalg.norm(mark)), float(np.linalg.norm(text))
    cosine = float(mark @ text) / max(lengths[0] * lengths[1], 1e-6)
    return lengths[0] < _PALE * lengths[1] or cosine < np.cos(np.radians(_APART))


def wanted_layers(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the weighed layers that are, at least in part, of the wanted text."""
    return tuple(layer for layer in layers if (layer.wanted or 0.0) >= _NONE)


def sees_text(layers: Sequence[Layer], foreground: Ink, area: Mask | None = None) -> bool:
    """Tell whether the network finds any wanted text worth the name, of all ink in an area."""
    everything = layers[0].all_ink
    if area is not None:
        everything = np.where(area, everything, np.float32(0.0))
    least = _LEAST * _sum(everything)
    whole = _without_holes(everything)
    if _sum(_ramp(foreground, *_SURE) * whole) <= least:
        return False
    return _sum((foreground > _SURE[1]) * whole) > least or not _is_in_bits(
        everything, foreground * whole
    )


def _is_in_bits(everything: Ink, foreground: Ink) -> bool:
    """Tell whether what looks like text are but bits of large characters; panels are wider."""
    ink, likely = everything > 0.5, foreground > 0.5
    pieces, labels = labeled_pieces(ink)
    wanted = pixels_within(labels, len(pieces), likely)
    may_be_character = pieces.width <= _A_CHARACTER * pieces.height
    bits = wanted[may_be_character & (wanted <= 0.5 * pieces.area)]
    return float(bits.sum()) > (1.0 - _BITS) * float(np.count_nonzero(likely))


def _without_holes(ink: Ink) -> Ink:
    """Return ink with its holes filled: white letters in a bar of color are such."""
    import cv2

    mask = (ink > 0.5).view(np.uint8)
    framed = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    # From a corner, paper is flooded as far as it reaches.
    cv2.floodFill(framed, None, (0, 0), 2)
    holes = framed[1:-1, 1:-1] == 0
    return np.asarray(np.maximum(ink, holes.astype(np.float32)), np.float32)


def _sum(ink: Ink) -> float:
    return float(ink.sum(dtype=np.float64))


def _ramp(values: Ink, low: float, high: float) -> Ink:
    return np.asarray(np.clip((values - low) / (high - low), 0.0, 1.0), np.float32)
