"""Which layers look most like the wanted text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from foretext.ink import weighted_median
from foretext.layer import Layer

# What speaks for a layer, as exponents: how much of the ink it is, how thick and how tall it is
# beside the thickest and tallest, how much of it stands in rows and is cut by the border, how
# strong its contrast is, how many characters it has. Found by logistic regression on the dev
# split of the generated scenes: what raises the odds of being the layer nearest to the truth.
_WEIGHTS = {
    "share": 1.2,
    "thick": 1.0,
    "tall": 1.3,
    "rows": 1.4,
    "cut": -1.25,
    "contrast": 1.55,
    "pieces": 0.55,
}
# Being smaller than this (beside the largest) speaks no more against a layer: the text of a page
# under a huge watermark is no less wanted for being so much smaller.
_SMALL = 0.3
# So many characters, that share of them in rows, are running text: a page's.
_PAGE = 150
_IN_ROWS = 0.7
# Among specks and fragments so much still tells how tall a text is.
_HARDLY_IN_ROWS = 0.6
# Lower pieces (in pixels) are dots.
_LEAST_TALL = 4.0
# What the network takes for unwanted may still be chosen, if nothing else is there.
_DOUBT = 0.01


def rank(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Give layers their scores, numbers and reasons, the best first.

    Parameters
    ----------
    layers : sequence of Layer
        In any order. Where the network has weighed them (`Layer.wanted`), that counts, too.

    Returns
    -------
    tuple of Layer
    """
    if not layers:
        return ()
    thickest = max(layer.stroke_width for layer in layers)
    tallest = max(layer.x_height for layer in layers)
    scores = [_score(layer, thickest, tallest) for layer in layers]
    best = max(scores)
    order = sorted(range(len(layers)), key=lambda k: (-scores[k], k))
    return tuple(
        replace(
            layers[k],
            number=number,
            score=scores[k] / best,
            reason=_describe(layers[k], thickest, tallest),
        )
        for number, k in enumerate(order, start=1)
    )


def _score(layer: Layer, thickest: float, tallest: float) -> float:
    known = 1.0 if layer.wanted is None else layer.wanted + _DOUBT
    return known * float(
        (layer.share + 0.001) ** _WEIGHTS["share"]
        * max(layer.stroke_width / thickest, _SMALL) ** _WEIGHTS["thick"]
        * max(layer.x_height / tallest, _SMALL) ** _WEIGHTS["tall"]
        * np.exp(layer.rows * _WEIGHTS["rows"] + layer.cut * _WEIGHTS["cut"])
        * (layer.contrast + 0.01) ** _WEIGHTS["contrast"]
        * (characters_of(layer) + 1.0) ** _WEIGHTS["pieces"]
    )


def running_texts(layers: Sequence[Layer]) -> list[Layer]:
    """Return the layers that have so many characters in rows as only a page has."""
    return _texts(layers, _IN_ROWS)


def _texts(layers: Sequence[Layer], rows: float) -> list[Layer]:
    return [layer for layer in layers if holds_rows(layer, rows, _PAGE)]


def text_height(ranked: Sequence[Layer]) -> float:
    """Return about how tall the wanted text is, in pixels: a page's, or the best layer's."""
    texts = _texts(ranked, _HARDLY_IN_ROWS)
    pieces = (max(texts, key=characters_of) if texts else ranked[0]).pieces
    # A table's lines are few but tall: they must not outweigh the letters, nor must its dots.
    height = pieces.height[pieces.height >= _LEAST_TALL]
    return weighted_median(height, height)


def holds_rows(layer: Layer, rows: float, characters: int) -> bool:
    """Tell whether a layer has so many characters, more than such a part of it in rows."""
    return layer.rows > rows and characters_of(layer) >= characters


def characters_of(layer: Layer) -> int:
    """Return about how many characters a layer has: its pieces that are tall enough."""
    return int(np.count_nonzero(layer.pieces.height > 0.6 * layer.x_height))


def _describe(layer: Layer, thickest: float, tallest: float) -> str:
    thick = "thickest" if layer.stroke_width == thickest else f"{layer.stroke_width:.1f} px"
    tall = "tallest" if layer.x_height == tallest else f"{layer.x_height:.0f} px tall"
    known = "" if layer.wanted is None else f", {layer.wanted:.0%} wanted by its looks"
    return (
        f"{layer.share:.0%} of the ink by contrast, {thick} strokes, {tall} characters, "
        f"{layer.rows:.0%} in rows, contrast {layer.contrast:.0%}{known}"
    )
