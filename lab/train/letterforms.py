"""Letters of other kinds: hollow, in relief, hatched. Only their shape tells that they are text."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from lab.train.patch import Float, Patch

#: Strokes narrower than twice this, in pixels, have no inside.
_LEAST_DEPTH: Final = 2.0


def reshaped(patch: Patch, rng: np.random.Generator) -> tuple[Float, Float | None]:
    """Draw the letters of a patch in another kind.

    Parameters
    ----------
    patch : Patch
        Text of solid letters.
    rng : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    ink : (H, W) ndarray of float32
        Its coverage now; as it was, if the strokes are too thin.
    fill : (H, W) ndarray of float32 or None
        What is to be filled with another color.
    """
    mask = (patch.ink > 0.5).astype(np.uint8)
    depth = np.asarray(cv2.distanceTransform(mask, cv2.DIST_L2, 5), np.float32)
    deepest = float(depth.max())
    if deepest < _LEAST_DEPTH:
        return patch.ink, None
    kind = rng.random()
    if kind < 0.4:
        return _hollow(patch.ink, depth, float(rng.uniform(1.2, max(1.3, 0.5 * deepest))), rng)
    if kind < 0.85:
        return _relief(patch.ink, depth, rng), None
    return _hatched(patch.ink, depth, rng), None


def _hollow(
    ink: Float, depth: Float, line: float, rng: np.random.Generator
) -> tuple[Float, Float | None]:
    """Return the outline, and the inside if it is to be filled."""
    inside = np.clip(depth - line, 0, 1).astype(np.float32)
    return np.clip(ink - inside, 0, 1), inside if rng.random() < 0.5 else None


def _relief(ink: Float, depth: Float, rng: np.random.Generator) -> Float:
    """Return letters that show by their shadow, with a thin outline or none."""
    length = float(depth.max()) * rng.uniform(0.5, 1.8)
    angle = rng.uniform(0, 2 * np.pi)
    shadow = ink
    for part in np.linspace(0, 1, int(np.ceil(length)) + 1)[1:]:
        x, y = length * part * np.cos(angle), length * part * np.sin(angle)
        move = np.array([[1, 0, x], [0, 1, y]], np.float32)
        moved = cv2.warpAffine(ink, move, ink.shape[::-1], flags=cv2.INTER_LINEAR)
        shadow = np.maximum(shadow, moved)
    shadow = np.clip(shadow - ink, 0, 1)
    if rng.random() < 0.2:
        return np.asarray(shadow, np.float32)
    line = float(rng.uniform(0.6, 1.6))
    outline = np.clip(ink - np.clip(depth - line, 0, 1), 0, 1)
    return np.asarray(np.maximum(shadow, outline), np.float32)


def _hatched(ink: Float, depth: Float, rng: np.random.Generator) -> Float:
    """Return letters of parallel strokes, with an outline or none."""
    height, width = ink.shape
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    angle, period = rng.uniform(0, np.pi), rng.uniform(2.5, 6.0)
    wave = np.sin((rows * np.sin(angle) + columns * np.cos(angle)) * 2 * np.pi / period)
    strokes = ink * np.clip(wave + 0.5 + rng.uniform(-0.3, 0.4), 0, 1)
    if rng.random() < 0.4:
        return np.asarray(strokes, np.float32)
    outline = np.clip(ink - np.clip(depth - rng.uniform(0.6, 1.6), 0, 1), 0, 1)
    return np.asarray(np.maximum(strokes, outline), np.float32)
