"""The layers of a cleaned picture as they are shown: what was kept first."""

from __future__ import annotations

from typing import NamedTuple

from foretext.cleaned import Cleaned
from foretext.layer import Layer


class Ranked(NamedTuple):
    """A layer, and whether it was kept."""

    layer: Layer
    kept: bool


def ranking(cleaned: Cleaned) -> list[Ranked]:
    """Return all layers, each told whether it was kept.

    Parameters
    ----------
    cleaned : Cleaned
        The picture.

    Returns
    -------
    list of Ranked
        By rank. Ink that a range of colors named is no layer of the ranking: it comes first,
        with the number 0.
    """
    kept = {layer.number for layer in cleaned.wanted}
    unranked = [Ranked(layer, True) for layer in cleaned.wanted if not layer.number]
    return unranked + [Ranked(layer, layer.number in kept) for layer in cleaned.layers]
