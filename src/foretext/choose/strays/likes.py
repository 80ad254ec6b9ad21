"""Unwanted text that stands alone, known by its likes elsewhere on the page.

A network knows a watermark by the text over it, a stamp by its ring. Where a word of it lies on
bare paper, it looks like any other; but it has the color and the size of what was known elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Int, Mask
from foretext.choose.wanted import wanted_layers
from foretext.layer import Layer
from foretext.pieces import grown, labeled_pieces, pixels_of, pixels_within
from foretext.separate.contrast import Contrast
from foretext.threads import side_by_side

# Layers less wanted than this have unwanted pieces, those more wanted than that hardly wanted ones.
_MIXED = 0.02, 0.6
# So little of all ink is not worth the trouble.
_LEAST = 0.03
# Pieces are characters if they are longer than this, and broader, in heights of the text.
_LONG = 0.7
_BROAD = 0.25
# Likes differ in length by so much (of its logarithm), and so far in color (of 255).
_SIZE = 0.3
_COLOR = 12.0
# A piece goes if less of its likes is wanted, and they are so many times as much as itself.
_UNWANTED = 0.3
_MANY = 3.0
# A piece of ink is of them if so much of what layers tell of it is, and they tell so much.
_WHOLLY = 0.85
_TOLD = 0.2
# Fainter coverage joins no pieces; it is of one as an edge, in a square of so many pixels.
_FAINT = 0.1
_EDGE = 5
# So many pieces are compared with all at once.
_AT_ONCE = 128


class _Characters(NamedTuple):
    """The long pieces of a layer, N of them.

    `labels` tells which piece each pixel is of, (H, W), and `which` of them are characters, (M,);
    the rest is of the characters alone, (N,) and (N, C).
    """

    labels: Int
    which: npt.NDArray[np.bool_]
    length: Float
    color: Float
    area: Float
    wanted: Float


def without_likes(
    ink: Ink, paperless: Contrast, layers: Sequence[Layer], foreground: Ink, x_height: float
) -> Ink:
    """Leave out pieces whose likes are unwanted.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text of a page.
    paperless : Contrast
        The picture without its paper.
    layers : sequence of Layer
        The layers of the picture, weighed (`foretext.choose.wanted.weighed`).
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].
    x_height : float
        How tall characters of the text are, in pixels.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if no piece goes.

    Notes
    -----
    How much of a piece's likes is wanted is a kernel regression (Nadaraya, Watson 1964) over
    the pieces of all layers that are neither wholly wanted nor wholly unwanted, in a space of
    lengths and colors, weighed by area.
    """
    least, most = _MIXED
    mixed = [
        layer for layer in layers if least <= (layer.wanted or 0.0) < most and layer.share > _LEAST
    ]
    if not mixed or not wanted_layers(layers):
        return ink

    def characters(layer: Layer) -> _Characters:
        return _characters(layer, paperless, foreground, x_height)

    unlike = _unlike(side_by_side(characters, mixed, ink.size))
    if unlike is None:
        return ink
    pieces, labels = labeled_pieces(ink > _FAINT)
    solid = np.logical_or.reduce([layer.solid for layer in layers])
    of_unlike, told = (pixels_within(labels, len(pieces), mask) for mask in (unlike, solid))
    gone = (of_unlike > _WHOLLY * told) & (told > _TOLD * pieces.area)
    if not gone.any():
        return ink
    # With their edges, which are too faint to be of any piece.
    away = pixels_of(labels, gone)
    away |= (ink <= _FAINT) & grown(away, _EDGE)
    return np.asarray(np.where(away, np.float32(0.0), ink), np.float32)


def _unlike(found: Sequence[_Characters]) -> Mask | None:
    """Return the pixels of doubtful characters whose likes are unwanted."""
    length, color, area, wanted = (
        np.concatenate([one[k] for one in found]) for k in range(2, len(_Characters._fields))
    )
    doubtful = np.flatnonzero(wanted >= _UNWANTED)
    if not 0 < len(doubtful) < len(wanted):
        return None
    features = np.column_stack([length / _SIZE, color / _COLOR])
    weights = np.column_stack([area, area * wanted])
    likes, wanted_likes = _likes(features, weights, doubtful).T
    goes = (wanted_likes < _UNWANTED * likes) & (likes > _MANY * area[doubtful])
    gone = np.zeros(len(wanted), np.bool_)
    gone[doubtful] = goes
    parts = np.split(gone, np.cumsum([len(one.area) for one in found])[:-1])
    pixels = np.zeros(found[0].labels.shape, np.bool_)
    for one, part in zip(found, parts, strict=True):
        pixels |= _pixels(one, part)
    return pixels


def _likes(
    features: npt.NDArray[Any], weights: npt.NDArray[Any], some: npt.NDArray[np.intp]
) -> Float:
    """Return the sums of the weights of all N pieces, as far as they are like each of some, (M, K).

    A few are compared at once: all of them would not fit into the caches.
    """
    squares = np.einsum("ij,ij->i", features, features)
    sums = np.empty((len(some), weights.shape[1]), np.float32)
    for start in range(0, len(some), _AT_ONCE):
        part = some[start : start + _AT_ONCE]
        # |a - b|^2 as a product of matrices, which takes a tenth of the time.
        near = features[part] @ features.T
        near -= 0.5 * squares
        near -= 0.5 * squares[part, None]
        np.exp(np.minimum(near, 0.0, out=near), out=near)
        near[np.arange(len(part)), part] = 0.0  # none is like itself
        np.matmul(near, weights, out=sums[start : start + _AT_ONCE])
    return sums


def _pixels(characters: _Characters, some: npt.NDArray[np.bool_]) -> Mask:
    which = characters.which.copy()
    which[which] = some
    return pixels_of(characters.labels, which)


def _characters(layer: Layer, paperless: Contrast, foreground: Ink, x_height: float) -> _Characters:
    """Return the characters of a layer: all but its small pieces, and the edges of others."""
    pieces, labels = labeled_pieces(layer.solid)
    longer = np.maximum(pieces.width, pieces.height)
    which = longer >= _LONG * x_height
    which &= np.minimum(pieces.width, pieces.height) >= _BROAD * x_height
    at = np.flatnonzero(pixels_of(labels, which))
    of, count = labels.ravel()[at], len(pieces) + 1

    def mean(values: Float) -> Float:
        return np.asarray(np.bincount(of, values, minlength=count)[1:][which] / area, np.float32)

    area = pieces.area[which]
    colors = paperless.signed.reshape(layer.solid.size, -1)[at]
    color = np.stack([mean(channel) for channel in colors.T], axis=1)
    # Soft edges count less than the strokes within them.
    strength = paperless.strength.ravel()[at]
    seen = mean(foreground.ravel()[at] * strength) / np.maximum(mean(strength), 1.0)
    return _Characters(
        labels, which, np.log(longer[which]), color, area, np.asarray(seen, np.float32)
    )
