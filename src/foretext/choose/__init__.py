"""Which of the layers is the wanted text, and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foretext.arrays import Pixels
from foretext.choose.by_color import by_color, with_peers
from foretext.choose.choice import Choice
from foretext.choose.looks import by_looks
from foretext.choose.outlines import takes_outlines, within_outlines
from foretext.choose.rank import rank, running_texts, text_height
from foretext.choose.strays.backdrop import find_backdrop, without_backdrop
from foretext.choose.told import as_told
from foretext.choose.wanted import sees_text, weighed
from foretext.errors import KeepError
from foretext.keep import ByRank, Keep, parse_keep
from foretext.separate import Separation
from foretext.separate.contrast import on_paper


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
        whole = separation.contrast
        backdrop = find_backdrop(ranked)
        paperless = on_paper(without_backdrop(whole, backdrop))
        separation = replace(separation, contrast=paperless)
        before = [layer for layer in ranked if layer not in backdrop.layers]
        height, is_running = text_height(before), bool(running_texts(before))
        foreground = separation.foreground(height, is_running=is_running)
        ranked = rank(weighed(ranked, foreground, whole.strength))
        # Where nothing looks like text, there is still something that a person would call it.
        if automatic and takes_outlines(separation.contrast, ranked[0], foreground):
            found = with_peers(ranked, "what looks like other text is its outline")
            outlined = within_outlines(separation.contrast, ranked[0])
            return replace(found, ink=np.maximum(found.ink, outlined))
        area = None if paperless is whole else paperless.strength > 0.0
        if automatic and sees_text(ranked, foreground, area):
            return by_looks(separation, ranked, foreground)
    if automatic:
        return by_color(separation, ranked)
    return as_told(separation, pixels, ranked, wish, keep)


def _nothing(pixels: Pixels, wish: Keep, keep: str | int) -> Choice:
    if not isinstance(wish, ByRank):
        raise KeepError(f"keep={keep!r} names nothing: the picture holds no ink")
    return Choice((), (), np.zeros(pixels.shape[:2], np.float32), "the picture holds no ink")
