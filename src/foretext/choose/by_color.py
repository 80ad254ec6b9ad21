"""The wanted text by color and size alone, where no network is asked."""

from __future__ import annotations

from typing import Final

import numpy as np

from foretext.arrays import Mask
from foretext.choose.choice import Choice, union
from foretext.ink import distance_to, mask_of
from foretext.layer import Layer
from foretext.pieces import overlap
from foretext.separate import Separation

# A layer whose pieces are this much like those of the chosen one may be part of the same text.
_PEER_RATIO: Final = 0.6
# Pieces of one text do not stand in one another's place; slanted ones do a little.
_PEER_OVERLAP: Final = 0.2
# What is so much paler is what JPEG leaves around strokes.
_PEER_PALE: Final = 0.2
# What is nearer to a stroke than this (in x-heights) is close to it.
_CLOSE: Final = 0.3
# If other ink covers more than this of a text's close surroundings, something lies behind or
# over it; less may be a speck, an accent, a neighbor.
_CROSSED: Final = 0.04
# Most soft edges end here, in pixels from the solid parts. If hardly any ink lies farther out,
# nothing crosses, and the layer need not be carved to know.
_EDGE: Final = 2.5
# A layer that holds more than this of all ink is alone.
_ALL: Final = 0.98
# Ink fainter than this beside the text's does not disturb.
_FAINT: Final = 0.2


def by_color(separation: Separation, ranked: tuple[Layer, ...]) -> Choice:
    """Choose the best layer, or all ink if nothing lies between its strokes.

    Parameters
    ----------
    separation : Separation
        The picture taken apart.
    ranked : tuple of Layer
        Its layers, best first; not empty.

    Returns
    -------
    Choice
    """
    best = ranked[0]
    crossed = _crossed(separation, best)
    if crossed <= _CROSSED:
        reason = (
            "hardly any other ink comes close to the main text, so all ink is kept"
            if len(ranked) > 1
            else "there is one kind of text"
        )
        return Choice(ranked, ranked, best.all_ink, reason)
    return with_peers(ranked, f"other ink covers {crossed:.0%} of its close surroundings")


def with_peers(ranked: tuple[Layer, ...], reason: str) -> Choice:
    """Choose the best layer and what is like it, in other colors.

    Parameters
    ----------
    ranked : tuple of Layer
        The layers of the picture, best first; not empty.
    reason : str
        Why not all of them.

    Returns
    -------
    Choice
    """
    best = ranked[0]
    peers = tuple(layer for layer in ranked[1:] if _is_peer(layer, best))
    return Choice((best, *peers), ranked, union((best, *peers)), f"{reason}; {best.reason}")


def _crossed(separation: Separation, layer: Layer) -> float:
    """Return the share of a layer's close surroundings that other ink covers."""
    import cv2

    if layer.share > _ALL:
        return 0.0
    contrast, close = separation.contrast, max(2.0, _CLOSE * layer.x_height)
    inked = contrast.strength > max(contrast.noise, _FAINT * 255.0 * layer.contrast)
    distance = distance_to(layer.solid)
    around = (distance > _EDGE) & (distance <= close + 1.0)
    if (most := _share_of(around, inked)) <= _CROSSED:
        return most
    ink = layer.ink
    own = cv2.dilate((ink > 0.05).view(np.uint8), np.ones((3, 3), np.uint8)).view(np.bool_)
    return _share_of((distance_to(mask_of(ink)) <= close) & ~own, inked)


def _share_of(around: Mask, inked: Mask) -> float:
    return np.count_nonzero(around & inked) / max(int(np.count_nonzero(around)), 1)


def _is_peer(layer: Layer, best: Layer) -> bool:
    """Tell whether a layer is of the same text, only of another color."""
    sizes = (layer.stroke_width, best.stroke_width), (layer.x_height, best.x_height)
    if any(min(pair) < _PEER_RATIO * max(pair) for pair in sizes):
        return False
    if layer.contrast < _PEER_PALE * best.contrast:
        return False
    if overlap(layer.pieces, best.pieces) > _PEER_OVERLAP:
        return False
    one_row = best.box.bottom - best.box.top < 2.5 * best.x_height
    middle = (layer.box.top + layer.box.bottom) / 2.0
    return not one_row or best.box.top < middle < best.box.bottom
