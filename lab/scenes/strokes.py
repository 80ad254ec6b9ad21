"""Lines, curves, dots and specks as coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from lab.scenes.scene import Coverage
from lab.scenes.studio import Studio
from lab.scenes.supersample import averaged

_SHIFT: Final = 4  # fractional bits of a coordinate

Path = npt.NDArray[np.float64]
"""(N, 2) points as x, y in picture pixels."""


def trace(paths: Iterable[Path], shape: tuple[int, int], thickness: float) -> Coverage:
    """Coverage of lines through the points of each path."""
    scale = _scale(shape)
    canvas = np.zeros((shape[0] * scale, shape[1] * scale), np.uint8)
    pen = max(1, round(thickness * scale))
    points = [_fixed(path, scale) for path in paths]
    cv2.polylines(
        canvas, points, isClosed=False, color=255, thickness=pen, shift=_SHIFT, lineType=cv2.LINE_AA
    )
    # A pen finer than the raster can draw is drawn paler.
    return averaged(canvas, scale) * np.float32(min(1.0, thickness * scale / pen))


def discs(centers: Path, radii: Sequence[float], shape: tuple[int, int]) -> Coverage:
    """Coverage of filled discs."""
    scale = _scale(shape)
    canvas = np.zeros((shape[0] * scale, shape[1] * scale), np.uint8)
    for (x, y), radius in zip(_fixed(centers, scale), radii, strict=True):
        size = max(1, round(radius * scale * 2**_SHIFT))
        cv2.circle(canvas, (int(x), int(y)), size, 255, -1, cv2.LINE_AA, _SHIFT)
    return averaged(canvas, scale)


def _scale(shape: tuple[int, int]) -> int:
    # Pages are large enough that finer drawing would cost more than it shows.
    return 4 if shape[0] * shape[1] < 400_000 else 2


def _fixed(path: Path, scale: int) -> npt.NDArray[np.int32]:
    return np.rint((path * scale + (scale - 1) / 2) * 2**_SHIFT).astype(np.int32)


def line(studio: Studio, shape: tuple[int, int]) -> Path:
    """Draw the course of a straight line across most of the picture."""
    height, width = shape
    return np.array(
        [
            [studio.between(-0.1, 0.3) * width, studio.between(0.05, 0.95) * height],
            [studio.between(0.7, 1.1) * width, studio.between(0.05, 0.95) * height],
        ]
    )


def curve(studio: Studio, shape: tuple[int, int]) -> Path:
    """Draw the course of a smooth curve across most of the picture."""
    height, width = shape
    ends = line(studio, shape)
    pulls = np.array(
        [
            [studio.between(0.1, 0.5) * width, studio.between(-0.3, 1.3) * height],
            [studio.between(0.5, 0.9) * width, studio.between(-0.3, 1.3) * height],
        ]
    )
    return bezier(np.vstack([ends[:1], pulls, ends[1:]]))


def wavy(studio: Studio, shape: tuple[int, int]) -> Path:
    """Draw the course of a sine across the whole picture."""
    height, width = shape
    x = np.linspace(-4, width + 4, 120)
    swing = studio.between(0.08, 0.3) * height
    turns = studio.between(1, 4) * 2 * np.pi
    y = studio.between(0.3, 0.7) * height + swing * np.sin(
        turns * x / width + studio.between(0, 2 * np.pi)
    )
    return np.column_stack([x, y])


def arc(studio: Studio, shape: tuple[int, int]) -> Path:
    """Draw the course of a piece of an ellipse."""
    height, width = shape
    start = studio.between(0, 2 * np.pi)
    turn = start + np.linspace(0, studio.between(0.8, 4.5), 60)
    x = studio.between(0.1, 0.9) * width + studio.between(0.1, 0.4) * width * np.cos(turn)
    y = studio.between(0.1, 0.9) * height + studio.between(0.2, 0.6) * height * np.sin(turn)
    return np.column_stack([x, y])


def bezier(controls: Path) -> Path:
    """Give 80 points along the cubic curve of four control points."""
    t = np.linspace(0, 1, 80)[:, None]
    weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3]
    return sum((w * c for w, c in zip(weights, controls, strict=True)), np.zeros((80, 2)))


def dots(
    studio: Studio, shape: tuple[int, int], count: int, smallest: float, largest: float
) -> Coverage:
    """Coverage of dots thrown at random."""
    centers = studio.rng.uniform((0, 0), (shape[1], shape[0]), (count, 2))
    radii = studio.rng.uniform(smallest, largest, count)
    return discs(centers, [float(radius) for radius in radii], shape)
