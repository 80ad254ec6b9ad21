"""Lines, curves, arcs, dots, rings, boxes and rims laid over or under the text of a patch.

Their color is often that of the text itself. What could be taken for a character by its size
(a ring as large as an O) is thinner than any stroke.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from lab.train.patch import Bytes, Float, Patch, bytes_of, ink_color

_Draw = Callable[[Bytes, np.random.Generator, float], None]
#: Coordinates are drawn in sixteenths of a pixel.
_SHIFT: Final = 4


def disturb(patch: Patch, rng: np.random.Generator) -> Patch:
    """Lay one to four kinds of things over or under the text; the truth of the text stays."""
    picture = patch.picture.astype(np.float32)
    unwanted = patch.unwanted
    size = max(patch.x_height, 8.0)
    own = ink_color(patch)
    for _ in range(int(rng.integers(1, 4))):
        canvas = np.zeros(patch.ink.shape, np.uint8)
        _KINDS[int(rng.choice(len(_KINDS), p=_SHARES))](canvas, rng, size)
        coverage = canvas.astype(np.float32) / 255
        if rng.random() < 0.4:
            coverage = coverage * (1 - patch.ink)
        opacity = 1.0 if rng.random() < 0.8 else rng.uniform(0.5, 1)
        shown = (coverage * opacity)[..., None]
        picture += shown * (_color(rng, own) - picture)
        unwanted = np.maximum(unwanted, coverage)
    return Patch(bytes_of(picture), patch.ink, unwanted, patch.x_height)


def _color(rng: np.random.Generator, own: Float) -> Float:
    kind = rng.random()
    if kind < 0.45:
        return np.asarray(own + rng.normal(0, 6, 3), np.float32)
    if kind < 0.6:
        return np.full(3, rng.uniform(0, 160), np.float32)
    return rng.uniform(0, 230, 3).astype(np.float32)


def _thickness(rng: np.random.Generator, size: float) -> int:
    return max(1, round(float(rng.uniform(0.02, 0.2)) * size))


def _point(rng: np.random.Generator, canvas: Bytes, beyond: float = 0.1) -> tuple[float, float]:
    height, width = canvas.shape
    low, high = -beyond, 1 + beyond
    return float(rng.uniform(low, high) * width), float(rng.uniform(low, high) * height)


def _polyline(canvas: Bytes, xs: Float, ys: Float, thickness: int) -> None:
    points = np.rint(np.stack([xs, ys], 1) * (1 << _SHIFT)).astype(np.int32)
    cv2.polylines(canvas, [points], False, 255, thickness, cv2.LINE_AA, _SHIFT)


def _lines(canvas: Bytes, rng: np.random.Generator, size: float) -> None:
    thickness = _thickness(rng, size)
    level = rng.random() < 0.3
    for _ in range(int(rng.integers(1, 7))):
        (x0, y0), (x1, y1) = _point(rng, canvas), _point(rng, canvas)
        if level:
            x0, x1, y1 = 0.0, float(canvas.shape[1]), y0 + float(rng.normal(0, 0.1)) * size
        _polyline(canvas, np.array([x0, x1], np.float32), np.array([y0, y1], np.float32), thickness)


def _sines(canvas: Bytes, rng: np.random.Generator, size: float) -> None:
    width = canvas.shape[1]
    xs = np.linspace(-4, width + 4, 80, dtype=np.float32)
    for _ in range(int(rng.integers(1, 4))):
        _, middle = _point(rng, canvas, 0)
        phase = xs / (size * rng.uniform(0.6, 3)) + rng.uniform(0, 7)
        ys = middle + np.sin(phase) * size * rng.uniform(0.1, 1.2) + xs * rng.normal(0, 0.1)
        _polyline(canvas, xs, ys.astype(np.float32), _thickness(rng, size))


def _arcs(canvas: Bytes, rng: np.random.Generator, size: float) -> None:
    for _ in range(int(rng.integers(1, 5))):
        start = float(rng.uniform(0, 7))
        turn = np.linspace(start, start + float(rng.uniform(0.8, 4)), 50, dtype=np.float32)
        x, y = _point(rng, canvas, 0.3)
        a, b = rng.uniform(1.5, 6, 2) * size
        xs, ys = x + a * np.cos(turn), y + b * np.sin(turn)
        _polyline(canvas, xs.astype(np.float32), ys.astype(np.float32), _thickness(rng, size))


def _dots(canvas: Bytes, rng: np.random.Generator, size: float) -> None:
    largest = max(0.6, float(rng.uniform(0.02, 0.16)) * size)
    number = canvas.size / size**2 * float(rng.uniform(0.1, 1.5))
    for _ in range(min(600, round(number))):
        radius = float(rng.uniform(0.5, 1)) * largest
        _disk(canvas, _point(rng, canvas, 0), radius, -1)


def _specks(canvas: Bytes, rng: np.random.Generator, _size: float) -> None:
    share = float(rng.uniform(0.005, 0.06))
    canvas[rng.random(canvas.shape) < share] = 255


def _rings(canvas: Bytes, rng: np.random.Generator, size: float) -> None:
    for _ in range(int(rng.integers(1, 12))):
        large = rng.random() < 0.4
        radius = size * float(rng.uniform(1, 3) if large else rng.uniform(0.08, 0.25))
        _disk(canvas, _point(rng, canvas), radius, _hairline(rng, size) if large else 1)


def _boxes(canvas: Bytes, rng: np.random.Generator, size: float) -> None:
    for _ in range(int(rng.integers(1, 7))):
        x, y = _point(rng, canvas)
        w, h = rng.uniform(0.5, 6, 2) * size
        angle = float(rng.normal(0, 0.3)) if rng.random() < 0.5 else 0.0
        corners = np.array([[-w, -h], [w, -h], [w, h], [-w, h], [-w, -h]]) / 2
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        xs, ys = ((corners @ turn) + (x, y)).T.astype(np.float32)
        _polyline(canvas, xs, ys, _hairline(rng, size))


def _grid(canvas: Bytes, rng: np.random.Generator, size: float) -> None:
    height, width = canvas.shape
    step = size * float(rng.uniform(0.5, 3))
    thickness = _hairline(rng, size)
    both = rng.random() < 0.5
    for y in np.arange(rng.uniform(0, step), height, step):
        _polyline(canvas, np.array([0, width], np.float32), np.full(2, y, np.float32), thickness)
    for x in np.arange(rng.uniform(0, step), width, step) if both else ():
        _polyline(canvas, np.full(2, x, np.float32), np.array([0, height], np.float32), thickness)


def _rims(canvas: Bytes, rng: np.random.Generator, size: float) -> None:
    """Cover what lies beyond the ragged edge of a sheet, on one to four sides."""
    sides = [side for side in range(4) if rng.random() < 0.6] or [0]
    for side in sides:
        turned = np.rot90(canvas, side)
        across = np.arange(turned.shape[1], dtype=np.float32)
        phase = across / (size * rng.uniform(0.3, 4)) + rng.uniform(0, 7)
        deep = size * (rng.uniform(0, 0.35) + rng.uniform(0, 0.25) * np.sin(phase))
        deep += across * np.float32(rng.normal(0, 0.02))
        covered = np.clip(deep - np.arange(turned.shape[0])[:, None], 0, 1)
        np.maximum(turned, np.rint(255 * covered).astype(np.uint8), out=turned)


def _hairline(rng: np.random.Generator, size: float) -> int:
    return max(1, round(float(rng.uniform(0.02, 0.08)) * size))


def _disk(canvas: Bytes, center: tuple[float, float], radius: float, thickness: int) -> None:
    at = tuple(round(v * (1 << _SHIFT)) for v in center)
    cv2.circle(canvas, at, round(radius * (1 << _SHIFT)), 255, thickness, cv2.LINE_AA, _SHIFT)


_KINDS: Final[tuple[_Draw, ...]] = (
    *(_lines, _sines, _arcs, _dots, _specks),
    *(_rings, _boxes, _grid, _rims),
)
_SHARES: Final = (0.25, 0.15, 0.13, 0.13, 0.08, 0.05, 0.05, 0.07, 0.09)
