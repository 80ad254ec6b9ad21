"""What becomes of ink on its way: soft or hard edges, remnants of lines, gaps where they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from lab.scenes.scene import Coverage
from lab.train.disturb import disturb
from lab.train.letterforms import reshaped
from lab.train.patch import Patch

_BARE: Final = np.zeros((0, 0, 3), np.uint8)


def worn(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """Wear ink by chance.

    Parameters
    ----------
    ink : (H, W) ndarray of float32
        Coverage in [0, 1].
    rng : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    (H', W') ndarray of float32
        In [0, 1], some of it turned, leaning, stretched.
    """
    ink = _warped(ink, rng) if rng.random() < 0.5 else ink
    ink = _bent(ink, rng) if rng.random() < 0.35 else ink
    if rng.random() < 0.12:
        bare = np.zeros_like(ink)
        ink, _ = reshaped(Patch(_BARE, ink, bare, 0.0), rng)
    for change, share in _CHANGES:
        if rng.random() < share:
            ink = change(ink, rng)
    return np.clip(ink, 0, 1).astype(np.float32)


def slightly_worn(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """Wear what has been worn before: nothing is laid over it, nor taken."""
    ink = _warped(ink, rng) if rng.random() < 0.6 else ink
    ink = _bent(ink, rng) if rng.random() < 0.3 else ink
    for change in (_thicker, _thinner, _soft, _small, _contrast, _pale):
        if rng.random() < 0.15:
            ink = change(ink, rng)
    return np.clip(ink, 0, 1).astype(np.float32)


def _warped(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """Turn, lean and stretch it a little."""
    height, width = ink.shape
    lean, climb = rng.normal(0, 0.08), rng.normal(0, 0.02)
    stretch = float(np.exp(rng.normal(0, 0.1)))
    room = abs(lean) * height, abs(climb) * width
    matrix = np.array(
        [
            [stretch, lean, max(-lean, 0) * height],
            [climb, 1, max(-climb, 0) * width],
        ],
        np.float32,
    )
    size = int(stretch * width + room[0]) + 1, int(height + room[1]) + 1
    return np.asarray(cv2.warpAffine(ink, matrix, size, flags=cv2.INTER_LINEAR), np.float32)


def _bent(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """Shift parts of it against each other, as in a sheet of rubber."""
    height, width = ink.shape
    rough = float(rng.uniform(0.25, 0.8)) * height
    shape = 2 + round(height / rough), 2 + round(width / rough)
    far = float(rng.uniform(0.02, 0.09)) * height
    x, y = (
        cv2.resize(
            rng.normal(0, far, shape).astype(np.float32),
            (width, height),
            None,
            0,
            0,
            cv2.INTER_CUBIC,
        )
        for _ in range(2)
    )
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    return np.asarray(cv2.remap(ink, columns + x, rows + y, cv2.INTER_LINEAR), np.float32)


def _remnants(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """Leave some of what was not wanted."""
    drawn = _strokes(ink, rng) * (_patchy(ink.shape, rng, rng.uniform(0.1, 0.6)))
    return np.asarray(np.maximum(ink, drawn * np.float32(rng.uniform(0.3, 1))), np.float32)


def _gaps(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """Take some ink along with what was not wanted."""
    lost = _strokes(ink, rng) * _patchy(ink.shape, rng, rng.uniform(0.1, 0.7))
    return ink * (1 - lost * np.float32(rng.uniform(0.3, 1)))


def _faded(ink: Coverage, rng: np.random.Generator) -> Coverage:
    return ink * (1 - np.float32(rng.uniform(0.2, 0.8)) * _patchy(ink.shape, rng, 0.3))


def _thicker(ink: Coverage, rng: np.random.Generator) -> Coverage:
    part = np.float32(rng.uniform(0.2, 1))
    return ink + part * (cv2.dilate(ink, np.ones((3, 3), np.uint8)) - ink)


def _thinner(ink: Coverage, rng: np.random.Generator) -> Coverage:
    part = np.float32(rng.uniform(0.1, 0.6))
    return ink + part * (cv2.erode(ink, np.ones((3, 3), np.uint8)) - ink)


def _soft(ink: Coverage, rng: np.random.Generator) -> Coverage:
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), float(rng.uniform(0.4, 1.4))), np.float32)


def _small(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """Show it in fewer pixels."""
    scale = float(rng.uniform(0.45, 0.9))
    size = max(8, round(ink.shape[1] * scale)), max(8, round(ink.shape[0] * scale))
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.float32)


def _contrast(ink: Coverage, rng: np.random.Generator) -> Coverage:
    low, high = rng.uniform(0, 0.35), rng.uniform(0.6, 1)
    return np.asarray(np.clip((ink - np.float32(low)) / np.float32(high - low), 0, 1), np.float32)


def _hard(ink: Coverage, rng: np.random.Generator) -> Coverage:
    return (ink > rng.uniform(0.35, 0.65)).astype(np.float32)


def _pale(ink: Coverage, rng: np.random.Generator) -> Coverage:
    return ink * np.float32(rng.uniform(0.5, 1))


_CHANGES: Final[tuple[tuple[Callable[[Coverage, np.random.Generator], Coverage], float], ...]] = (
    (_thicker, 0.15),
    (_thinner, 0.1),
    (_remnants, 0.25),
    (_gaps, 0.25),
    (_faded, 0.1),
    (_small, 0.25),
    (_soft, 0.25),
    (_contrast, 0.3),
    (_hard, 0.12),
    (_pale, 0.15),
)


def _strokes(ink: Coverage, rng: np.random.Generator) -> Coverage:
    """Draw what scenes lay over text."""
    bare = np.zeros_like(ink)
    paper = np.zeros((*ink.shape, 3), np.uint8)
    return disturb(Patch(paper, bare, bare, ink.shape[0] / 3), rng).unwanted


def _patchy(shape: tuple[int, ...], rng: np.random.Generator, share: float) -> Coverage:
    """Return a field of patches that cover about a share of it, in [0, 1]."""
    coarse = rng.random((max(2, shape[0] // 10), max(2, shape[1] // 10))).astype(np.float32)
    field = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    edge = np.quantile(field, 1 - share)
    return np.asarray(np.clip((field - np.float32(edge)) * 8 + 0.5, 0, 1), np.float32)
