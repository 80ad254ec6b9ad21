"""The text that a user named."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from foretext.arrays import Pixels
from foretext.choose.choice import Choice, union
from foretext.choose.tones import may_be_tones
from foretext.errors import KeepError
from foretext.keep import ByColor, ByNumber, ByRange, Keep
from foretext.layer import Layer
from foretext.pieces import around
from foretext.separate import Separation, layer_in_range

# Less than this share of all ink is hardly a text.
_A_TEXT: Final = 0.02
# Colors this far apart (of 255) are not what the user meant.
_MEANT: Final = 60.0
# Another layer is a tone of the one named if so much of it is no farther away than a letter.
_EVERYWHERE: Final = 0.95


def as_told(
    separation: Separation,
    pixels: Pixels,
    ranked: tuple[Layer, ...],
    wish: Keep,
    keep: str | int,
) -> Choice:
    """Choose what the user named.

    Parameters
    ----------
    separation : Separation
        The picture taken apart.
    pixels : ndarray of uint8, (H, W, 3)
        The picture, for ranges of color.
    ranked : tuple of Layer
        Its layers, best first; not empty.
    wish : ByColor, ByNumber, ByRange or ByRank
        What is to be kept; not ``auto``.
    keep : str or int
        The same in the user's words, for messages.

    Returns
    -------
    Choice

    Raises
    ------
    KeepError
        If it names nothing in this picture.
    """
    wanted, reason = _named(separation, pixels, ranked, wish, keep)
    if not isinstance(wish, ByRange):
        wanted = _with_tones(wanted, ranked)
    return Choice(wanted, ranked, union(wanted), reason)


def _with_tones(wanted: tuple[Layer, ...], ranked: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Add the paler tones of the layers named: of small print, each letter has its own.

    They are as large, and lie in the same letters, or next to them, everywhere.
    """
    found = list(wanted)
    for layer in wanted:
        place = around(layer.solid, layer.x_height)
        found += [
            other
            for other in ranked
            if other not in found
            and other.contrast < layer.contrast
            and may_be_tones(layer, other)
            and float(place[other.solid].mean()) >= _EVERYWHERE
        ]
    return tuple(found)


def _named(
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
