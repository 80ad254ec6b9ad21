"""Pictures as books and papers show them: photographs, screened prints, drawings, charts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from lab.scenes import paper, strokes
from lab.scenes.colors import RGB, as_color, gray, tint
from lab.scenes.scene import Coverage
from lab.scenes.studio import Studio

_Colors = npt.NDArray[np.float32]
_Shape = tuple[int, int]


class Print(NamedTuple):
    """A picture in a box of its own: where it covers the paper, and its colors."""

    coverage: Coverage
    color: _Colors


def photograph(studio: Studio, shape: _Shape) -> Print:
    """Take a photograph of land or of bodies, in color or gray."""
    colors = studio.one_of([_land, _bodies])(studio, shape)
    colors = np.clip(colors + studio.rng.normal(0, studio.between(0, 8), colors.shape), 0, 255)
    colors = colors.astype(np.float32)
    if studio.chance(0.5):
        colors = np.repeat(colors.mean(axis=2, keepdims=True), 3, axis=2)
    low = studio.between(0, 60)
    colors = low + colors * np.float32((studio.between(190, 255) - low) / 255)
    return Print(np.ones(shape, np.float32), colors.astype(np.float32))


def screened(studio: Studio, shape: _Shape) -> Print:
    """Print a photograph in dots, as newspapers do."""
    tone = photograph(studio, shape).color.mean(axis=2) / 255
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    angle, pitch = np.deg2rad(studio.between(15, 75)), studio.between(3, 7)
    u = (x * np.cos(angle) + y * np.sin(angle)) * (2 * np.pi / pitch)
    v = (y * np.cos(angle) - x * np.sin(angle)) * (2 * np.pi / pitch)
    screen = (np.cos(u) + np.cos(v) + 2) / 4
    covered = np.clip((screen - tone) * 4 + 0.5, 0, 1).astype(np.float32)
    return Print(covered, paper.flat(shape, gray(studio.between(0, 60))))


def drawing(studio: Studio, shape: _Shape) -> Print:
    """Draw outlines and hatch some of what they enclose, in one ink."""
    pen = studio.between(0.8, 2.5)
    covered = np.zeros(shape, np.float32)
    for _ in range(studio.whole(3, 10)):
        outline = strokes.arc(studio, shape) if studio.chance(0.6) else strokes.curve(studio, shape)
        covered = np.maximum(covered, strokes.trace([outline], shape, pen))
        if studio.chance(0.6):
            covered = np.maximum(covered, _hatched(studio, shape, outline, pen))
    return Print(_framed(studio, covered, pen), paper.flat(shape, _dark(studio)))


def chart(studio: Studio, shape: _Shape) -> Print:
    """Draw bars or curves over a grid, without a word."""
    height, width = shape
    colors = paper.flat(shape, gray(studio.between(225, 255)))
    covered = np.ones(shape, np.float32) if studio.chance(0.5) else np.zeros(shape, np.float32)
    levels = np.linspace(0.08, 0.92, studio.whole(4, 8)) * height
    rules = [np.array([[0.05 * width, y], [0.95 * width, y]]) for y in levels]
    _draw(colors, covered, strokes.trace(rules, shape, 1), gray(studio.between(120, 210)))
    for _ in range(studio.whole(1, 4)):
        ink = _bars(studio, shape) if studio.chance(0.4) else _graph(studio, shape)
        _draw(colors, covered, ink, tint(studio.between(0, 1), 0.7, studio.between(30, 170)))
    return Print(_framed(studio, covered, 1.5), colors)


KINDS: Final[tuple[Callable[[Studio, _Shape], Print], ...]] = (
    *(photograph, photograph, photograph),
    *(screened, drawing, chart),
)
"""Of which photographs are the most."""


def _land(studio: Studio, shape: _Shape) -> _Colors:
    """Show a sky over some ranges of hills, each with a grain of its own."""
    y = np.linspace(0, 1, shape[0], dtype=np.float32)[:, None, None]
    top, low = (as_color(tint(studio.between(0.5, 0.7), 0.5, v)) for v in (150, 235))
    colors = np.broadcast_to(top + y * (low - top), (*shape, 3)).copy()
    colors += 18 * paper.clouds(studio, shape, shape[1] / 5)[..., None]
    for level in np.sort(studio.rng.uniform(0.25, 0.95, studio.whole(2, 5))):
        swell = sum(
            paper.clouds(studio, (1, shape[1]), shape[1] / part)[0] / part for part in (2, 5, 14)
        )
        ground = np.arange(shape[0])[:, None] > (level + 0.25 * swell) * shape[0]
        color = as_color(tint(studio.between(0.05, 0.45), 0.6, studio.between(40, 170)))
        rough = paper.clouds(studio, shape, studio.between(2, 12))
        grain = 1 + studio.between(0.1, 0.5) * rough
        colors = np.where(ground[..., None], color * grain[..., None], colors)
    return np.asarray(colors, np.float32)


def _bodies(studio: Studio, shape: _Shape) -> _Colors:
    """Show round things, lit from one side, before a wall."""
    wall = tint(studio.between(0, 1), 0.4, studio.between(60, 230))
    colors = paper.grained(studio, shape, wall, studio.between(5, 50))
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    light = studio.between(0, 2 * np.pi)
    for _ in range(studio.whole(2, 9)):
        cx, cy = studio.between(0, 1) * shape[1], studio.between(0.2, 1.1) * shape[0]
        a, b = (studio.between(0.06, 0.4) * side for side in shape)
        u, v = (x - cx) / b, (y - cy) / a
        inside = np.clip((1 - np.hypot(u, v)) * min(a, b) / 2, 0, 1)[..., None]
        lit = 0.65 + 0.45 * (u * np.cos(light) + v * np.sin(light))
        color = as_color(tint(studio.between(0, 1), 0.6, studio.between(40, 230)))
        colors = colors + inside * (color * lit[..., None] - colors)
    return np.asarray(colors, np.float32)


def _hatched(studio: Studio, shape: _Shape, outline: strokes.Path, pen: float) -> Coverage:
    inside = np.zeros(shape, np.uint8)
    cv2.fillPoly(inside, [np.rint(outline).astype(np.int32)], 1)
    reach, slope = sum(shape), studio.between(-1, 1)
    starts = np.arange(-reach, reach, studio.between(3, 9) * pen)
    lines = [np.array([[0, y], [shape[1], y + slope * shape[1]]]) for y in starts]
    return np.asarray(strokes.trace(lines, shape, pen) * inside, np.float32)


def _framed(studio: Studio, covered: Coverage, pen: float) -> Coverage:
    if studio.chance(0.5):
        return covered
    height, width = (side - 1.5 * pen for side in covered.shape)
    low = 1.5 * pen
    frame = np.array([[low, low], [width, low], [width, height], [low, height], [low, low]])
    return np.maximum(covered, strokes.trace([frame], covered.shape, pen))


def _bars(studio: Studio, shape: _Shape) -> Coverage:
    height, width = shape
    bars = np.zeros(shape, np.float32)
    number, shift = studio.whole(3, 12), studio.between(0, 0.5)
    step = 0.9 * width / number
    for k in range(number):
        left = round(0.05 * width + (k + shift) * step)
        top = round(studio.between(0.1, 0.85) * height)
        bars[top : round(0.92 * height), left : left + max(2, round(0.4 * step))] = 1
    return bars


def _graph(studio: Studio, shape: _Shape) -> Coverage:
    height, width = shape
    x = np.linspace(0.05, 0.95, studio.whole(4, 40))
    y = np.cumsum(studio.rng.normal(0, 1, len(x)))
    y = 0.12 + 0.76 * (y - y.min()) / max(float(np.ptp(y)), 1e-3)
    path = np.column_stack([x * width, y * height])
    return strokes.trace([path], shape, studio.between(1, 3))


def _draw(colors: _Colors, covered: Coverage, ink: Coverage, color: RGB) -> None:
    colors += ink[..., None] * (as_color(color) - colors)
    np.maximum(covered, ink, out=covered)


def _dark(studio: Studio) -> RGB:
    return (
        gray(studio.between(0, 80)) if studio.chance(0.7) else tint(studio.between(0, 1), 0.6, 70)
    )
