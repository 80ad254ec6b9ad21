"""What the layers and the network know together of the wanted text.

Where colors tell the wanted text from the rest, the layers know its exact edges. Where they do
not, the network knows which parts are wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from foretext.arrays import Ink
from foretext.layer import Layer
from foretext.pieces import labeled_pieces
from foretext.rank import characters_of, running_texts

# A layer of which this share is wanted is one of the text; with less than that it is not.
_WHOLE = 0.85
_NONE = 0.35
# Where the network is so sure, a pixel is wanted whatever its layer.
_SURE = 0.45, 0.75
# If the layers leave more than this share of the likely ink, less sureness will do.
_UNEXPLAINED = 0.15
_LIKELIER = 0.3, 0.6
# If that is less of all ink than this, the network sees no text.
_LEAST = 0.02
# Pixels that are likely wanted; a layer that adds less than this share of them is not needed.
_LIKELY = 0.2, 0.6
_ADDS = 0.06
# Ink is unwanted for sure below this; soft edges and worn letters may come near it.
_UNWANTED = 0.25
# Fainter coverage joins no pieces.
_FAINT = 0.1
# Less than this is wanted only of such words as lie behind another text.
_RUNNING = 0.2
# Beside running text a layer needs this share; a fainter one (than that part of its contrast)
# may be a watermark or the back page, and needs more.
_BESIDE = 0.5
_FAINTER = 0.8
_FAINT_BESIDE = 0.8
# Ink of a page that is of no layer of the text must be nearly as dense as the text.
_DENSE = 0.4, 0.6


class _Bounds(NamedTuple):
    """From which share on a piece is wanted, up to which it is not, and the same of pixels."""

    whole: float
    none: float
    pixel: tuple[float, float]


# Of a layer of the text only what is unwanted for sure is left out, of a page's running text
# even less; of a layer that wanted and unwanted text share, each piece has to prove itself.
_OF_RUNNING_TEXT = _Bounds(0.8, 0.05, (0.1, 0.35))
_OF_WHOLE = _Bounds(0.9, 0.1, (0.05, 0.25))
_OF_PART = _Bounds(0.9, 0.1, (0.25, 0.5))


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


def wanted_layers(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the weighed layers that are, at least in part, of the wanted text."""
    main = _running_text(layers)
    return tuple(layer for layer in layers if _bounds(layer, main) is not None)


def sees_text(layers: Sequence[Layer], foreground: Ink) -> bool:
    """Tell whether the network finds any wanted text worth the name."""
    everything = layers[0].all_ink
    sure = np.minimum(everything, _ramp(foreground, *_SURE))
    return _sum(sure) > _LEAST * _sum(everything)


def joint_ink(layers: Sequence[Layer], foreground: Ink) -> Ink:
    """Return the coverage of the wanted text, as layers and network know it together.

    Parameters
    ----------
    layers : sequence of Layer
        The layers of a picture, weighed, the best first.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage in [0, 1].

    Notes
    -----
    From coarse to fine: a layer that is not wanted is left out; of the others, each connected
    piece is taken or left, with the soft edges that its color gives; of a piece that is partly
    wanted, as where a line of the same ink runs through a word, each pixel.

    The network knows a text by what is around it, but sees no more than a few lines. The
    running text of a page is known by its many characters in rows, and it is not given up for
    a larger text behind it.
    """
    main = _running_text(layers)
    likely = _ramp(foreground, *_LIKELY)
    ink = np.zeros_like(foreground)
    left = likely
    least = _ADDS * max(_sum(likely), 1.0)
    for layer in sorted(wanted_layers(layers), key=_weight, reverse=True):
        bounds = _bounds(layer, main)
        if bounds is None:
            continue
        part = layer.ink * _wanted_pieces(layer.ink, foreground, bounds)
        # Soft edges show as a fainter ink of their own, which would make the strokes bold.
        if layer is main or _sum(np.minimum(left, part)) >= least:
            ink = np.maximum(ink, part)
            left = np.maximum(left - part, 0.0)
    explained = _sum(left) <= _UNEXPLAINED * _sum(likely)
    everything = (main or layers[0]).all_ink
    sure = np.minimum(everything, _ramp(foreground, *(_SURE if explained else _LIKELIER)))
    if main is not None:
        sure *= _ramp(everything, *_DENSE)
    return np.maximum(ink, sure)


def settled(ink: Ink, foreground: Ink) -> Ink:
    """Return what a joint ink and the network settle on.

    Parameters
    ----------
    ink, foreground : ndarray of float32, (H, W)
        What `joint_ink` gives, and what the network takes for wanted text, in [0, 1].

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage in [0, 1].

    Notes
    -----
    Where the network is sure, it decides, also on ink that no layer has, such as white letters
    in a bar. It is least sure at edges, and there the layers know better.
    """
    sureness = np.sqrt(np.abs(2.0 * foreground - 1.0))
    return np.asarray(ink + sureness * (foreground - ink), np.float32)


def _weight(layer: Layer) -> float:
    return (layer.wanted or 0.0) * layer.share


def _running_text(layers: Sequence[Layer]) -> Layer | None:
    """Return the layer with the text of a page; None if the picture holds only a few words."""
    pages = [layer for layer in running_texts(layers) if (layer.wanted or 0.0) > _RUNNING]
    return max(pages, key=_looks_like_main, default=None)


def _looks_like_main(layer: Layer) -> float:
    return characters_of(layer) * ((layer.wanted or 0.0) + 0.1) * layer.contrast


def _bounds(layer: Layer, main: Layer | None) -> _Bounds | None:
    """Return how a layer's pieces are to be judged; None if it is left out."""
    if layer is main:
        return _OF_RUNNING_TEXT
    least = _NONE
    if main is not None:
        least = _FAINT_BESIDE if layer.contrast < _FAINTER * main.contrast else _BESIDE
    wanted = layer.wanted or 0.0
    if wanted < least:
        return None
    return _OF_WHOLE if wanted >= _WHOLE else _OF_PART


def _wanted_pieces(ink: Ink, foreground: Ink, bounds: _Bounds) -> Ink:
    """Return how much of each pixel of a layer is wanted, (H, W) in [0, 1]."""
    pieces, labels = labeled_pieces(ink > _FAINT)
    at = np.flatnonzero(labels)
    of, amount = np.take(labels, at), np.take(ink, at)
    count = len(pieces) + 1
    total = np.bincount(of, amount, minlength=count)
    sums = np.bincount(of, amount * np.take(foreground, at), minlength=count)
    share = (sums / np.maximum(total, 1e-6))[of]
    pixel = _ramp(np.take(foreground, at), *bounds.pixel)
    wanted = np.zeros(ink.shape, np.float32)
    wanted.ravel()[at] = np.select([share >= bounds.whole, share <= bounds.none], [1.0, 0.0], pixel)
    return wanted


def _sum(ink: Ink) -> float:
    return float(ink.sum(dtype=np.float64))


def _ramp(values: Ink, low: float, high: float) -> Ink:
    return np.asarray(np.clip((values - low) / (high - low), 0.0, 1.0), np.float32)
