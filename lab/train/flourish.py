"""Long strokes that a pen swings from a letter: swashes, paraphs, loops around a name."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from lab.train.patch import Bytes, Float, Patch, coverage_of, ink_around, laid_over

#: Coordinates are drawn in sixteenths of a pixel.
_SHIFT: Final = 4
_POINTS: Final = 120
#: How broad the pen draws across and along, in what the hand's broad strokes measure.
_NARROW: Final = (0.1, 0.5)
_BROAD: Final = (0.3, 1.3)


def flourished(patch: Patch, rng: np.random.Generator) -> Patch:
    """Swing one to three strokes out of letters; they are ink like these.

    Parameters
    ----------
    patch : Patch
        Text written by hand.
    rng : numpy.random.Generator
        Where chance comes from.
    """
    solid = np.argwhere(patch.ink > 0.9)
    if not len(solid):
        return patch
    size = max(patch.x_height, 8.0)
    drawn = np.zeros(patch.ink.shape, np.uint8)
    pen = _stroke_width(patch)
    for _ in range(int(rng.integers(1, 4))):
        y, x = solid[int(rng.integers(len(solid)))]
        _swing(drawn, _course(rng, float(x), float(y), size), rng, pen)
    stroke = coverage_of(drawn)
    added = np.maximum(stroke - patch.ink, np.float32(0))
    pale = 1.0 if rng.random() < 0.5 else float(rng.uniform(0.35, 1))
    picture = laid_over(patch.picture, np.float32(pale) * added, ink_around(patch, 2 * size))
    ink = np.maximum(patch.ink, stroke)
    return Patch(picture, ink, patch.unwanted, patch.x_height)


def _course(rng: np.random.Generator, x: float, y: float, size: float) -> Float:
    """Return points (x, y) of a stroke that turns slowly, (_POINTS, 2)."""
    length = size * float(rng.uniform(2, 16))
    start = float(rng.uniform(0, 2 * np.pi))
    # Between a straight stroke and two rounds, now tighter, now wider.
    turn = float(rng.uniform(-1, 1)) * 4 * np.pi * float(rng.random())
    along = np.linspace(0, 1, _POINTS, dtype=np.float32)
    sway = float(rng.uniform(0, 1)) * np.sin(along * float(rng.uniform(2, 9)))
    angle = start + turn * along ** float(rng.uniform(0.6, 1.8)) + sway
    flat = float(rng.uniform(0.3, 1))
    steps = np.stack([np.cos(angle), flat * np.sin(angle)], 1) * (length / _POINTS)
    return np.asarray(np.array([x, y]) + np.cumsum(steps, axis=0), np.float32)


def _swing(canvas: Bytes, course: Float, rng: np.random.Generator, pen: float) -> None:
    """Draw a stroke that is broad where it goes along one direction, and thin across."""
    narrow = pen * float(rng.uniform(*_NARROW))
    broad = max(narrow, pen * float(rng.uniform(*_BROAD)))
    held = float(rng.uniform(0, np.pi))
    way = np.diff(course, axis=0)
    pressed = np.abs(np.cos(np.arctan2(way[:, 1], way[:, 0]) - held)) ** 4
    widths = narrow + (broad - narrow) * pressed
    at = np.rint(np.clip(course, -2000, 4000) * (1 << _SHIFT)).astype(np.int32)
    for first, last, width in zip(at[:-1], at[1:], widths, strict=True):
        thickness = max(1, round(float(width)))
        cv2.line(canvas, first.tolist(), last.tolist(), 255, thickness, cv2.LINE_AA, _SHIFT)


def _stroke_width(patch: Patch) -> float:
    """Return how broad the broad strokes of a hand are, in pixels."""
    depth = cv2.distanceTransform((patch.ink > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    return 2 * float(np.percentile(depth[depth > 0], 95))
