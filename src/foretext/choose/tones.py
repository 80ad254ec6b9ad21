"""Tones: layers that are one text, of which each letter or edge is a little paler than the next."""

from __future__ import annotations

from typing import Final

import numpy as np

from foretext.layer import Layer

# Tones of one text are so nearly as large, and their hue is so near (of 255).
_AS_LARGE: Final = 0.8
_HUE: Final = 20.0
# Of strokes so thin, in pixels, tones are scraps of letters, of any height.
_THIN: Final = 2.5


def may_be_tones(one: Layer, other: Layer) -> bool:
    """Tell whether two layers may be tones of one text: as large, and of one hue.

    Parameters
    ----------
    one, other : Layer
        Of one picture.

    Returns
    -------
    bool
    """
    strokes, heights = (one.stroke_width, other.stroke_width), (one.x_height, other.x_height)
    sizes = (strokes,) if max(strokes) < _THIN else (strokes, heights)
    hues = [np.subtract(layer.color, np.mean(layer.color)) for layer in (one, other)]
    same_hue = float(np.linalg.norm(hues[0] - hues[1])) <= _HUE
    return same_hue and all(min(pair) >= _AS_LARGE * max(pair) for pair in sizes)
