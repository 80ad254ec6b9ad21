"""Watermarks beside a text, where nothing shows that they are behind it.

A network knows a watermark by the text over it. In the margins the same words look like any other
text, but they have the pale color of what was known elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foretext.arrays import Float, Ink, Int, Mask
from foretext.choose.rank import characters_of, running_texts
from foretext.layer import Layer
from foretext.pieces import labeled_pieces, pixels_of, pixels_within

# Less than this is wanted only of such words as lie behind another text.
_RUNNING = 0.2
# A mark is fainter than that part of the text's contrast, behind a few words much fainter, and
# mostly unwanted.
_FAINTER = 0.8
_MUCH_FAINTER = 0.5
_UNWANTED = 0.4
# A piece is of a mark if so much of what layers tell of it is.
_WHOLLY = 0.85
_TOLD = 0.2
# Nothing in it is darker than so many times the mark.
_PALE = 1.35
# Pieces of a mark are no smaller than this, in heights of the text.
_TALL = 0.7
# A panel is so wide, in those heights, and fills so much of its place.
_WIDE = 4.0
_FULL = 0.6
# Fainter coverage joins no pieces.
_FAINT = 0.1


def without_marks(ink: Ink, layers: Sequence[Layer]) -> Ink:
    """Leave out pieces in the color of a watermark.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    layers : sequence of Layer
        The layers of the picture, weighed (`foretext.choose.wanted.weighed`).

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if no layer looks like a mark.
    """
    pages = [layer for layer in running_texts(layers) if (layer.wanted or 0.0) > _RUNNING]
    main = max(pages or layers, key=_looks_like_main)
    contrast = main.contrast * (_FAINTER if pages else _MUCH_FAINTER)
    marks = [
        layer
        for layer in layers
        if layer.contrast < contrast and (layer.wanted or 0.0) < _UNWANTED and layer is not main
    ]
    if not marks:
        return ink
    texts = [layer.solid for layer in layers if layer not in marks]
    tall = _tall([layer.solid for layer in marks], _TALL * main.x_height)
    pieces, labels = labeled_pieces(ink > _FAINT)
    of_marks = pixels_within(labels, len(pieces), tall)
    of_texts = pixels_within(labels, len(pieces), np.logical_or.reduce(texts))
    told = of_marks + of_texts
    # The edges of darker text may have a mark's color, too.
    pale = _PALE * max(layer.contrast for layer in marks) / main.contrast
    is_pale = _darkest(labels, main.all_ink) <= pale
    gone = is_pale & (of_marks > _WHOLLY * told) & (told > _TOLD * pieces.area)
    return np.where(pixels_of(labels, gone), np.float32(0.0), ink) if gone.any() else ink


def _tall(solids: Sequence[Mask], height: float) -> Mask:
    """Return the pixels of all pieces that are so tall; smaller ones may be edges and stops.

    Wide and full ones are panels, which may hold letters.
    """
    pieces, labels = labeled_pieces(np.logical_or.reduce(solids))
    panels = (pieces.width > _WIDE * height) & (pieces.area > _FULL * pieces.width * pieces.height)
    return pixels_of(labels, (pieces.height >= height) & ~panels)


def _looks_like_main(layer: Layer) -> float:
    return characters_of(layer) * ((layer.wanted or 0.0) + 0.1) * layer.contrast


def _darkest(labels: Int, everything: Ink) -> Float:
    """Return the densest ink in each piece."""
    darkest = np.zeros(int(labels.max()) + 1, np.float32)
    at = np.flatnonzero(labels != 0)
    np.maximum.at(darkest, labels.ravel()[at], everything.ravel()[at])
    return darkest[1:]
