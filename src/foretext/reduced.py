"""Large pictures are worked at the size that their text needs.

Whether a stroke is wanted is seen at a fraction of the pixels; only its edges need them all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from foretext.arrays import Ink, Labels, Pixels, quantile
from foretext.ink import Scale, small_print
from foretext.layer import Layer
from foretext.pieces import Pieces, pieces_of
from foretext.reading import Box
from foretext.separate.contrast import contrast

# Smaller pictures are worked as they are.
_LARGE = 2_000_000
# Text is looked for at about so many pixels.
_GLANCE = 1_000_000
# Small print must not be lost for the large text beside it: it is made so many pixels tall.
_ENOUGH_TALL = 11.0
# Less reduction than this is not worth the trouble; more leaves thin lines unseen.
_WORTH = 0.8
_MOST = 0.2


def working_factor(pixels: Pixels) -> float:
    """Return at which part of its size a picture is best worked.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W, 3)
        RGB.

    Returns
    -------
    float
        1 for pictures of up to 2 megapixels and for small print; at least 0.2.
    """
    import cv2

    size = pixels.shape[0] * pixels.shape[1]
    glance = (_GLANCE / size) ** 0.5
    if size <= _LARGE or min(pixels.shape[:2]) * glance < 1.0:
        return 1.0
    small = cv2.resize(pixels, None, fx=glance, fy=glance, interpolation=cv2.INTER_AREA)
    seen = contrast(np.asarray(small, np.uint8))
    dense = quantile(seen.strength[::2, ::2], 0.995)
    pieces = pieces_of(seen.strength > max(seen.noise, 0.3 * dense))
    tall = small_print(pieces) / glance
    if not tall:
        return 1.0
    factor = max(_ENOUGH_TALL / tall, _MOST)
    return factor if factor <= _WORTH else 1.0


def reduced(pixels: Pixels, factor: float) -> Pixels:
    """Return a picture at a part of its size."""
    import cv2

    if factor == 1.0:
        return pixels
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def enlarged(layer: Layer, factor: float, shape: tuple[int, int]) -> Layer:
    """Return a layer of a reduced picture as one of the full picture, of (H, W) pixels."""
    import cv2

    grown = 1.0 / factor
    solid = cv2.resize(layer.solid.view(np.uint8), shape[::-1], interpolation=cv2.INTER_NEAREST)
    return replace(
        layer,
        scale=enlarged_scale(layer.scale, factor),
        box=Box(*(side * grown for side in layer.box)),
        pieces=_enlarged(layer.pieces, grown),
        solid=solid.view(np.bool_),
        carve=partial(_resized, layer, shape),
        carve_all=partial(_resized, layer, shape, of_all=True),
    )


def _resized(layer: Layer, shape: tuple[int, int], *, of_all: bool = False) -> Ink:
    import cv2

    ink = layer.all_ink if of_all else layer.ink
    return np.asarray(cv2.resize(ink, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def enlarged_scale(scale: Scale, factor: float) -> Scale:
    """Return the scale that text of a reduced picture has in the full one."""
    return Scale(scale.stroke_width / factor, scale.x_height / factor)


def enlarged_labels(labels: Labels, shape: tuple[int, int]) -> Labels:
    """Return (H, W) labels from those of a reduced picture; each reaches one pixel farther."""
    import cv2

    wide = cv2.dilate(labels, np.ones((3, 3), np.uint8))
    wide = np.where(labels > 0, labels, wide)
    return np.asarray(cv2.resize(wide, shape[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)


def _enlarged(pieces: Pieces, grown: float) -> Pieces:
    by = np.float32(grown)
    left, top = pieces.left * by, pieces.top * by
    return Pieces(left, top, pieces.width * by, pieces.height * by, pieces.area * by * by)
