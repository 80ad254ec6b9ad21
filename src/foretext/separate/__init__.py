"""From a picture to its text layers.

To add a separator is to add a file here and to let `separate` ask it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from foretext.arrays import Ink, Mask, Pixels
from foretext.layer import Layer
from foretext.separate.color import ColorLayer, color_layers
from foretext.separate.contrast import Contrast, contrast
from foretext.separate.coverage import all_ink, carve
from foretext.separate.describe import describe
from foretext.separate.palette import find_palette
from foretext.separate.stroke import Strokes, divide_by_stroke
from foretext.threads import side_by_side

__all__ = ["Separation", "layer_in_range", "separate"]

# Fewer solid pixels than this are no text.
_LEAST_PIXELS = 6
# A color with less than this share of the pixels of the fullest one is taken as it is.
_DIVISIBLE = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Separation:
    """A picture taken apart.

    Attributes
    ----------
    contrast : Contrast
        The picture without its paper.
    layers : tuple of Layer
        What was found, not yet ranked: numbers, scores and reasons are given by `choose`.
    """

    contrast: Contrast
    layers: tuple[Layer, ...]

    def foreground(self, x_height: float, *, is_running: bool = False) -> Ink:
        """Return what the network takes for wanted text; see `foretext.separate.network`."""
        from foretext.separate.network import foreground

        return foreground(self.contrast, x_height, is_running=is_running)


def separate(pixels: Pixels) -> Separation:
    """Find the text layers of a picture by color and by stroke.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W, 3)
        RGB.

    Returns
    -------
    Separation
        Without layers if the picture holds no ink.
    """
    paperless = contrast(pixels)
    found = color_layers(paperless, find_palette(paperless))
    fullest = max((int(np.count_nonzero(colored.solid)) for colored in found), default=0)
    enough = max(_LEAST_PIXELS, _DIVISIBLE * fullest)

    def of_color(colored: ColorLayer) -> list[Layer]:
        divisible = int(np.count_nonzero(colored.solid)) >= enough
        return _layers(paperless, colored, divisible=divisible)

    each = side_by_side(of_color, found, paperless.strength.size)
    return Separation(paperless, tuple(_as_parts([layer for layers in each for layer in layers])))


def _as_parts(layers: list[Layer]) -> list[Layer]:
    """Return the layers with shares that are parts of one whole.

    Where two inks meet, the soft edges of one are counted for the other as well.
    """
    whole = max(sum(layer.share for layer in layers), 1.0)
    return [replace(layer, share=layer.share / whole) for layer in layers]


def layer_in_range(separation: Separation, solid: Mask) -> Layer | None:
    """Make a layer of the pixels that a user pointed out by their color.

    Parameters
    ----------
    separation : Separation
        Of the picture.
    solid : ndarray of bool, (H, W)
        The pixels in the user's range.

    Returns
    -------
    Layer or None
        None if the range holds only paper.
    """
    solid = solid & (separation.contrast.strength > separation.contrast.noise)
    if np.count_nonzero(solid) < _LEAST_PIXELS:
        return None
    colors = separation.contrast.signed[solid]
    middle = np.median(colors, axis=0).astype(np.float32)
    spread = float(np.linalg.norm(colors - middle, axis=1).max())
    colored = ColorLayer(middle, max(spread, 1.0), solid)
    return _layers(separation.contrast, colored, divisible=False)[0]


def _layers(paperless: Contrast, colored: ColorLayer, *, divisible: bool) -> list[Layer]:
    """Return the text layers of one color."""
    parts = divide_by_stroke(
        colored.solid, colored.body(paperless), paperless.strength, divisible=divisible
    )
    return [
        _layer(paperless, colored, part)
        for part in parts
        if np.count_nonzero(part.solid) >= _LEAST_PIXELS
    ]


def _layer(paperless: Contrast, colored: ColorLayer, strokes: Strokes) -> Layer:
    looks = describe(paperless, strokes, colored.ink_color)
    color, tolerance = colored.ink_color, colored.tolerance
    return Layer(
        color=paperless.color_of(color),
        scale=looks.scale,
        angle=looks.angle,
        share=looks.share,
        box=looks.box,
        rows=looks.rows,
        cut=looks.cut,
        contrast=looks.contrast,
        pieces=looks.pieces,
        solid=strokes.solid,
        # Partial functions, unlike those defined here, can be sent to another process.
        carve=partial(
            carve, paperless, strokes.solid, color, tolerance=tolerance, scale=looks.scale
        ),
        carve_all=partial(all_ink, paperless, color, tolerance=tolerance),
    )
