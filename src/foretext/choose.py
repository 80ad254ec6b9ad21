"""Which of the layers is the wanted text, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from foretext.arrays import Ink, Mask, Pixels
from foretext.backdrop import without_backdrop
from foretext.choice import Choice
from foretext.errors import KeepError
from foretext.ink import distance_to, mask_of
from foretext.keep import ByColor, ByNumber, ByRange, ByRank, Keep, parse_keep
from foretext.layer import Layer
from foretext.looks import by_looks
from foretext.outlines import takes_outlines, within_outlines
from foretext.pieces import overlap
from foretext.rank import rank, running_texts, text_height
from foretext.separate import Separation, layer_in_range
from foretext.wanted import sees_text, weighed

# A layer whose pieces are this much like those of the chosen one may be part of the same text.
_PEER_RATIO = 0.6
# Pieces of one text do not stand in one another's place; slanted ones do a little.
_PEER_OVERLAP = 0.2
# What is nearer to a stroke than this (in x-heights) is close to it.
_CLOSE = 0.3
# If other ink covers more than this of a text's close surroundings, something lies behind or
# over it; less may be a speck, an accent, a neighbor.
_CROSSED = 0.04
# Most soft edges end here, in pixels from the solid parts. If hardly any ink lies farther out,
# nothing crosses, and the layer need not be carved to know.
_EDGE = 2.5
# A layer that holds more than this of all ink is alone.
_ALL = 0.98
# Ink fainter than this beside the text's does not disturb.
_FAINT = 0.2
# Less than this share of all ink is hardly a text.
_A_TEXT = 0.02
# Colors this far apart (of 255) are not what the user meant.
_MEANT = 60.0


def choose(
    separation: Separation, pixels: Pixels, keep: str | int = "auto", *, network: bool = True
) -> Choice:
    """Choose the wanted text among the layers of a picture.

    Parameters
    ----------
    separation : Separation
        The picture taken apart.
    pixels : ndarray of uint8, (H, W, 3)
        The picture, for ranges of color.
    keep : str or int
        As for `foretext.keep.parse_keep`.
    network : bool
        Whether the network is asked what is wanted; if not, color and size alone decide.

    Returns
    -------
    Choice
        With empty ink if there is nothing to choose from.

    Raises
    ------
    KeepError
        If `keep` is not understood, or names nothing in this picture.

    Notes
    -----
    The network says of each layer how much of it is wanted text. If it hardly objects to
    anything, all layers are.

    Without the network, unwanted text is known by lying where the wanted text is. If other ink
    lies between the strokes of the best layer, that layer is kept alone (with its peers: layers
    of the same size in the same rows, as where each character has a color of its own). If not,
    nothing tells that the rest is unwanted, and all ink is kept.
    """
    wish = parse_keep(keep)
    ranked = rank(separation.layers)
    if not ranked:
        return _nothing(pixels, wish, keep)
    automatic = isinstance(wish, ByRank) and wish.order == "auto"
    if network:
        paperless = without_backdrop(separation.contrast, ranked)
        separation = replace(separation, contrast=paperless)
        height, is_running = text_height(ranked), bool(running_texts(ranked))
        foreground = separation.foreground(height, is_running=is_running)
        ranked = rank(weighed(ranked, foreground))
        # Where nothing looks like text, there is still something that a person would call it.
        if automatic and takes_outlines(separation.contrast, ranked[0], foreground):
            found = _with_peers(ranked, "what looks like other text is its outline")
            outlined = within_outlines(separation.contrast, ranked[0])
            return replace(found, ink=np.maximum(found.ink, outlined))
        if automatic and sees_text(ranked, foreground):
            return by_looks(separation, ranked, foreground)
    if automatic:
        return _by_color(separation, ranked)
    wanted, reason = _as_told(separation, pixels, ranked, wish, keep)
    return Choice(wanted, ranked, _union(wanted), reason)


def _nothing(pixels: Pixels, wish: Keep, keep: str | int) -> Choice:
    if not isinstance(wish, ByRank):
        raise KeepError(f"keep={keep!r} names nothing: the picture holds no ink")
    return Choice((), (), np.zeros(pixels.shape[:2], np.float32), "the picture holds no ink")


def _as_told(
    separation: Separation,
    pixels: Pixels,
    ranked: tuple[Layer, ...],
    wish: Keep,
    keep: str | int,
) -> tuple[tuple[Layer, ...], str]:
    if isinstance(wish, ByNumber):
        if max(wish.numbers) > len(ranked):
            raise KeepError(f"there is no layer {max(wish.numbers)}: the picture has {len(ranked)}")
        return tuple(ranked[n - 1] for n in wish.numbers), "named by number"
    if isinstance(wish, ByColor):
        return (_nearest(ranked, wish, keep),), f"nearest to the color {keep}"
    if isinstance(wish, ByRange):
        inside = np.all((pixels >= wish.low) & (pixels <= wish.high), axis=2)
        layer = layer_in_range(separation, inside)
        if layer is None:
            raise KeepError(f"keep={keep!r}: no ink of such a color in this picture")
        return (replace(layer, number=0, score=1.0, reason="in the range named"),), (
            f"in the range {keep}"
        )
    if wish.order == "largest":
        # By the size of its characters, if there are enough of them to be a text.
        texts = [layer for layer in ranked if layer.share >= _A_TEXT] or list(ranked)
        largest = max(texts, key=lambda layer: layer.x_height * layer.stroke_width)
        return (largest,), "the largest"
    return (min(ranked, key=lambda layer: (sum(layer.color), layer.number)),), "the darkest"


def _nearest(ranked: tuple[Layer, ...], wish: ByColor, keep: str | int) -> Layer:
    def distance(layer: Layer) -> float:
        return float(np.linalg.norm(np.subtract(layer.color, wish.color)))

    best = min(ranked, key=distance)
    if distance(best) > _MEANT:
        found = ", ".join(dict.fromkeys(layer.hex for layer in ranked[:6]))
        raise KeepError(f"keep={keep!r}: no layer is near that color; found {found}")
    return best


def _union(layers: Sequence[Layer]) -> Ink:
    ink = layers[0].ink
    for layer in layers[1:]:
        ink = np.maximum(ink, layer.ink)
    return ink


def _by_color(separation: Separation, ranked: tuple[Layer, ...]) -> Choice:
    best = ranked[0]
    crossed = _crossed(separation, best)
    if crossed <= _CROSSED:
        reason = (
            "hardly any other ink comes close to the main text, so all ink is kept"
            if len(ranked) > 1
            else "there is one kind of text"
        )
        return Choice(ranked, ranked, best.all_ink, reason)
    return _with_peers(ranked, f"other ink covers {crossed:.0%} of its close surroundings")


def _with_peers(ranked: tuple[Layer, ...], reason: str) -> Choice:
    """Keep the best layer and what is like it, in other colors."""
    best = ranked[0]
    peers = tuple(layer for layer in ranked[1:] if _is_peer(layer, best))
    return Choice((best, *peers), ranked, _union((best, *peers)), f"{reason}; {best.reason}")


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
    if overlap(layer.pieces, best.pieces) > _PEER_OVERLAP:
        return False
    one_row = best.box.bottom - best.box.top < 2.5 * best.x_height
    middle = (layer.box.top + layer.box.bottom) / 2.0
    return not one_row or best.box.top < middle < best.box.bottom
