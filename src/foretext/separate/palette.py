"""Which ink colors a picture has."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foretext.arrays import Float, Mask
from foretext.separate.contrast import Contrast

_MAX_COLORS = 10
# Each color costs a pass over the picture, so a large one is divided into fewer.
_MAX_COLORS_LARGE = 5
_LARGE = 3_000_000
_MAX_BINS = 1024
_MAX_SAMPLE = 250_000
# Two inks nearer than this (of 255) look the same.
_BANDWIDTH = 11.0
# Rounding, and the faint gradients of a renderer, spread one ink by this.
_LEAST_TOLERANCE = 5.0
# A color held by less of the ink than this is an accident of noise and soft edges.
_LEAST_SHARE = 0.015
# Unless it is so many times as dark as the rest, and held by so many pixels and so much of the ink.
_FAR_DARKER = 1.5
_A_LINE = 100
_LEAST_OF_DARKER = 0.001
# A pixel within this share of its neighbors' greatest contrast is on top of a stroke.
_TOP = 0.92


@dataclass(frozen=True, slots=True, eq=False)
class Palette:
    """The ink colors of a picture, the most frequent first.

    Attributes
    ----------
    inks : ndarray of float32, (K, C)
        Each ink's full contrast to the paper, in the units of `Contrast.signed`.
    tops : ndarray of bool, (H, W)
        Pixels on top of a stroke: inside a wide one, on the ridge of a thin one. Soft edges,
        whose colors are mixtures, are not among them.
    tolerances : ndarray of float32, (K,)
        How far a pixel wholly covered by an ink may be from its color, for each ink.
    bandwidth : float
        How near two colors must be to be of one ink.
    """

    inks: Float
    tops: Mask
    tolerances: Float
    bandwidth: float


def find_palette(contrast: Contrast) -> Palette:
    """Find the ink colors of a picture by the modes of the colors on top of its strokes.

    Parameters
    ----------
    contrast : Contrast
        The picture without its paper.

    Returns
    -------
    Palette
        At most 10 colors, of a large picture 5; none if there is no ink.

    Notes
    -----
    Mean shift [1]_ over the distinct colors, each weighted by its count.

    References
    ----------
    .. [1] D. Comaniciu, P. Meer, "Mean shift: a robust approach toward feature space analysis",
       IEEE TPAMI 24(5), 2002. :doi:`10.1109/34.1000236`
    """
    import cv2

    strength = contrast.strength
    peak = cv2.dilate(strength, np.ones((3, 3), np.uint8))
    tops = (strength >= _TOP * peak) & (strength > contrast.noise)
    bandwidth = max(_BANDWIDTH, 0.75 * contrast.noise)
    samples = contrast.signed[tops]
    samples = samples[:: max(1, len(samples) // _MAX_SAMPLE)]
    most = _MAX_COLORS if strength.size < _LARGE else _MAX_COLORS_LARGE
    inks = _with_darkest(distinct_colors(samples, bandwidth, most), samples, bandwidth)
    return Palette(inks, tops, _tolerances(samples, inks, bandwidth), bandwidth)


def _with_darkest(inks: Float, samples: Float, bandwidth: float) -> Float:
    """Add the ink that is far darker than all others: a line of print on a pale mark."""
    if not len(inks):
        return inks
    strength = np.einsum("ij,ij->i", samples, samples)
    limit = _FAR_DARKER**2 * float(np.einsum("ij,ij->i", inks, inks).max())
    darker = samples[strength > limit]
    if len(darker) < max(_A_LINE, _LEAST_OF_DARKER * len(samples)):
        return inks
    return np.concatenate([inks, distinct_colors(darker, bandwidth, 1)])


def distinct_colors(samples: Float, bandwidth: float, most: int) -> Float:
    """Return the modes of some colors by mean shift, the most frequent first.

    Parameters
    ----------
    samples : ndarray of float32, (N, C)
        The colors, in [-255, 255].
    bandwidth : float
        How near two must be to be one.
    most : int
        How many there may be.

    Returns
    -------
    ndarray of float32, (K, C)
        None that holds hardly any of the samples.
    """
    return _modes(*_distinct(samples, bandwidth), bandwidth, most)


def _distinct(samples: Float, bandwidth: float) -> tuple[Float, Float]:
    """Return the distinct colors at half the bandwidth, and how many samples each has."""
    if not len(samples):
        return samples, np.zeros(0, np.float32)
    channels = samples.shape[1]
    cells = np.round((samples + 300.0) / (bandwidth / 2)).astype(np.int64)
    packed = cells @ (1 << 10 * np.arange(channels, dtype=np.int64))
    _, inverse, counts = np.unique(packed, return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(inverse, samples[:, c]) for c in range(channels)], axis=1)
    order = np.argsort(-counts, kind="stable")[:_MAX_BINS]
    return (sums / counts[:, None])[order].astype(np.float32), counts[order].astype(np.float32)


def _modes(colors: Float, counts: Float, bandwidth: float, most: int) -> Float:
    found: list[Float] = []
    left = counts.copy()
    total = float(counts.sum())
    squared = np.einsum("ij,ij->i", colors, colors)
    while len(found) < most and left.size:
        mode = _climb(colors, squared, left, bandwidth)
        near = squared_distance(colors, squared, mode) <= (1.5 * bandwidth) ** 2
        weight = float(left[near].sum())
        if weight < max(_LEAST_SHARE * total, 1.0):
            break
        found.append(mode)
        left[near] = 0.0
    return np.array(found, np.float32).reshape(-1, colors.shape[1])


def squared_distance(colors: Float, squared: Float, color: Float) -> Float:
    """Return how far (squared) each of many colors is from one; `squared` is their own length."""
    return np.asarray(squared - 2.0 * (colors @ color) + color @ color, np.float32)


def _climb(colors: Float, squared: Float, counts: Float, bandwidth: float) -> Float:
    """Return the densest color by mean shift from the fullest cell."""
    mode = colors[int(counts.argmax())]
    # Each step is shorter than the bandwidth: what is farther than all of them has no say.
    near = squared_distance(colors, squared, mode) <= (5.0 * bandwidth) ** 2
    colors, squared, counts = colors[near], squared[near], counts[near]
    for _ in range(4):
        distance = squared_distance(colors, squared, mode)
        weight = counts * np.maximum(1.0 - distance / np.float32(bandwidth**2), 0.0)
        total = float(weight.sum())
        if not total:
            break
        mode = (weight @ colors) / np.float32(total)
    return np.asarray(mode, np.float32)


def _tolerances(samples: Float, inks: Float, bandwidth: float) -> Float:
    """Return three times the spread of each ink's pixels around its color, within limits."""
    squared = np.einsum("ij,ij->i", samples, samples)
    tolerances = np.full(len(inks), _LEAST_TOLERANCE, np.float32)
    for k, ink in enumerate(inks):
        distance = squared_distance(samples, squared, ink)
        near = distance[distance < (2.0 * bandwidth) ** 2]
        if near.size:
            # The root of the median is the median of the roots, at a third of the price.
            middle = near.size // 2
            spread = 1.4826 * math.sqrt(max(float(np.partition(near, middle)[middle]), 0.0))
            tolerances[k] = min(max(3.0 * spread, _LEAST_TOLERANCE), 2.0 * bandwidth)
    return tolerances
