"""Letters of the words behind a text that a network half sees.

Beside the text and at the edges of a picture a network may not be sure of a letter of the words
behind, and leave a shade of it. But if the text is of one color, that tells: a letter in a color
that the network takes for unwanted elsewhere is none of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from foretext.arrays import Ink, Mask
from foretext.layer import Layer
from foretext.pieces import grown, labeled_pieces, pixels_of, pixels_with_edges, pixels_within

# A layer is the text if so much of it looks wanted, so much of what is kept is it, and it has so
# many characters.
_WANTED: Final = 0.85
_MOST: Final = 0.6
_CHARACTERS: Final = 3
_TALL: Final = 0.6
# Others are behind it if less of them looks wanted, they are so far from its color (of 255, in each
# channel), and not so many times as large: panels and stains. Fainter ones are not seen beside it.
_BEHIND: Final = 0.4
_APART: Final = 60.0
_LARGER: Final = 2.0
_VISIBLE: Final = 0.2
# A layer is text if so much of it is letters, of such lengths and so broad, in heights of the text.
_PART: Final = 0.3
_LONG: Final = 0.6, 4.0
_BROAD: Final = 0.3
# Letters go if less of them touches the text: where a line crosses it, the network knows more. What
# is free of it and so large needs be no letter.
_TOUCHES: Final = 0.3
_LARGE: Final = 0.35
# What is kept is of other colors if so much of what layers tell of it is, they tell so much, and it
# is no longer than so many heights. Fainter coverage joins no pieces.
_WHOLLY: Final = 0.9
_TOLD: Final = 0.2
_LONGEST: Final = 4.0
# Nor is the network so sure of so much of it.
_SURE: Final = 0.8
_SURELY: Final = 0.12
_FAINT: Final = 0.1
# Edges are as wide as half such squares, in pixels.
_EDGE: Final = 5


def without_ghosts(ink: Ink, layers: Sequence[Layer], foreground: Ink) -> Ink:
    """Leave out letters of other colors than that of the text, if it has one.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    layers : sequence of Layer
        The layers of the picture, weighed (`foretext.choose.wanted.weighed`).
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if the text is not of one color, or no such letter is left.
    """
    kept = [float(ink[layer.solid].sum()) for layer in layers]
    main = layers[int(np.argmax(kept))]
    text = main.pieces.select(main.pieces.height >= _TALL * main.x_height)
    if (main.wanted or 0.0) < _WANTED or max(kept) < _MOST * sum(kept) or len(text) < _CHARACTERS:
        return ink
    behind = [layer for layer in layers if _may_be_behind(layer, main)]
    own = np.logical_or.reduce([layer.solid for layer in layers if layer not in behind])
    near = grown(own, _EDGE)
    ghosts = np.zeros(ink.shape, np.bool_)
    for layer in behind:
        ghosts |= _letters(layer, near, main.x_height)
    gone = (grown(ghosts, _EDGE) & ~near) | _leftovers(ink, layers, main, foreground)
    if not gone.any():
        return ink
    return np.asarray(np.where(gone, np.float32(0.0), ink), np.float32)


def _may_be_behind(layer: Layer, main: Layer) -> bool:
    """Tell whether a layer may be words behind the text: of another color, and no larger."""
    fits = max(layer.x_height / main.x_height, layer.stroke_width / main.stroke_width) < _LARGER
    return _is_of_another(layer, main) and fits


def _is_of_another(layer: Layer, main: Layer) -> bool:
    """Tell whether a layer is unwanted, and of another color than the text."""
    is_unwanted = (layer.wanted or 0.0) < _BEHIND and layer.contrast > _VISIBLE * main.contrast
    return is_unwanted and float(np.linalg.norm(np.subtract(layer.color, main.color))) > _APART


def _leftovers(ink: Ink, layers: Sequence[Layer], main: Layer, foreground: Ink) -> Mask:
    """Return the pixels of kept pieces that have but unwanted colors: a stamp has several tones.

    A letter of the text that lies wholly on a stamp has them, too, but the network is sure of it.
    """
    others = [layer.solid for layer in layers if _is_of_another(layer, main)]
    own = [layer.solid for layer in layers if not _is_of_another(layer, main)]
    if not others:
        return np.zeros(ink.shape, np.bool_)
    pieces, labels = labeled_pieces(ink > _FAINT)
    of_others, of_own, sure = (
        pixels_within(labels, len(pieces), mask)
        for mask in (*map(np.logical_or.reduce, (others, own)), foreground >= _SURE)
    )
    told = of_others + of_own
    gone = (of_others > _WHOLLY * told) & (told > _TOLD * pieces.area)
    gone &= sure < _SURELY * pieces.area
    gone &= np.maximum(pieces.width, pieces.height) <= _LONGEST * main.x_height
    return pixels_with_edges(labels, gone)


def _letters(layer: Layer, near: Mask, x_height: float) -> Mask:
    """Return the pixels of the letters of a layer, and of other pieces free of what is near."""
    pieces, labels = labeled_pieces(layer.solid)
    small, large = (one(pieces.width, pieces.height) for one in (np.minimum, np.maximum))
    least, most = _LONG
    are_letters = (large >= least * x_height) & (large <= most * x_height)
    are_letters &= small >= _BROAD * x_height
    is_text = np.count_nonzero(are_letters) >= _CHARACTERS
    is_text &= float(pieces.area[are_letters].sum()) >= _PART * float(pieces.area.sum())
    touching = pixels_within(labels, len(pieces), near)
    gone = is_text & are_letters & (touching < _TOUCHES * pieces.area)
    return pixels_of(labels, gone | ((touching == 0) & (large >= _LARGE * x_height)))
