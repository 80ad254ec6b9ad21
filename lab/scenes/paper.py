"""Bare paper: white, tinted, graded, grained."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from lab.scenes.colors import RGB, WHITE, as_color, gray, tint
from lab.scenes.studio import Studio

Paper = npt.NDArray[np.float32]


def flat(shape: tuple[int, int], color: RGB = WHITE) -> Paper:
    """Paper of one color."""
    return np.broadcast_to(as_color(color), (*shape, 3)).copy()


def light_color(studio: Studio, darkest: float = 190) -> RGB:
    """Draw a color for light paper: often white, else a pale tint or gray."""
    if studio.chance(0.4):
        return WHITE
    level = studio.between(darkest, 254)
    return gray(level) if studio.chance(0.3) else tint(studio.between(0, 1), 0.4, level)


def dark_color(studio: Studio, lightest: float = 70) -> RGB:
    """Draw a color for dark paper."""
    level = studio.between(0, lightest)
    return gray(level) if studio.chance(0.4) else tint(studio.between(0, 1), 0.8, level)


def clouds(studio: Studio, shape: tuple[int, int], size: float) -> npt.NDArray[np.float32]:
    """Smooth random unevenness of a typical ``size`` in pixels, in [-1, 1]."""
    rows, columns = (max(2, int(side / size) + 2) for side in shape)
    coarse = studio.rng.uniform(-1, 1, (rows, columns)).astype(np.float32)
    fine = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.clip(np.asarray(fine, np.float32), -1, 1)


def graded(studio: Studio, shape: tuple[int, int], color: RGB, depth: float) -> Paper:
    """Paper whose color drifts by ``depth`` gray levels from one side to the other."""
    angle = studio.between(0, 2 * np.pi)
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    slope = x / shape[1] * np.cos(angle) + y / shape[0] * np.sin(angle)
    drift = studio.rng.uniform(-depth, depth, 3).astype(np.float32)
    picture = flat(shape, color) + (slope - slope.mean())[..., None] * drift
    return np.asarray(np.clip(picture, 0, 255), np.float32)


def grained(studio: Studio, shape: tuple[int, int], color: RGB, depth: float) -> Paper:
    """Paper with the grain of fibers, ``depth`` gray levels deep."""
    grain = sum((clouds(studio, shape, size) for size in (1.5, 4, 16)), np.zeros(shape, np.float32))
    return np.clip(flat(shape, color) + depth / 2 * grain[..., None], 0, 255)


def textured(
    studio: Studio, shape: tuple[int, int], color: RGB, texture: float, deepest: float = 40
) -> Paper:
    """Paper of a color with, at the given probability, a grade or grain up to ``deepest``."""
    if not studio.chance(texture):
        return flat(shape, color)
    make = studio.one_of([graded, grained])
    return make(studio, shape, color, studio.between(4, studio.dial(0.3, 1) * deepest))
