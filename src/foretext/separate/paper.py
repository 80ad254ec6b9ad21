"""What the picture would be without any ink: the paper, flat or unevenly lit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Mask, Pixels, thinned
from foretext.separate.levels import median_color
from foretext.separate.panel import Panel, find_panel

# Colors that differ by no more than this (of 255) are of one paper.
_SAME = 12.0
# A color that covers less than this share of the picture is not its paper.
_PREVAILS = 0.35
# What a block may differ from the main color by, and how many may more, on flat paper.
_VISIBLE = 6.0
_MANY_BLOCKS = 0.1
# Of three channels; a product is faster than numpy's mean along so short an axis.
_MEAN = np.full(3, 1.0 / 3.0, np.float32)
# A shadow takes away at most this much of the paper's light; darker is a thing on the paper.
_DEEPEST_SHADOW = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """The paper behind all ink.

    Attributes
    ----------
    color : ndarray of float32, (3,)
        Its most frequent color, RGB in 0..255.
    surface : ndarray of float32, (H, W, 3), or None
        Its color at each pixel where light or tint vary; None if it is flat.
    light : bool
        Whether the ink is mostly darker than the paper.
    area : ndarray of bool, (H, W), or None
        Where it is, if all text stands on a panel; None if it may be everywhere.
    """

    color: Float
    surface: Float | None
    light: bool
    area: Mask | None = None

    def of_rows(self, rows: slice, shape: tuple[int, int]) -> Paper:
        """Return the paper of some rows of the picture's original, of (H, W) pixels."""
        import cv2

        if self.surface is None:
            return self
        step = self.surface.shape[0] / shape[0]
        at = (np.arange(rows.start, rows.stop) + 0.5) * step
        part = self.surface[np.minimum(at.astype(np.intp), self.surface.shape[0] - 1)]
        size = shape[1], len(part)
        wide = cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)
        return replace(self, surface=np.asarray(wide, np.float32))


def estimate_paper(pixels: Pixels) -> Paper:
    """Estimate the color of the paper, and how it varies over the picture.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W, 3)
        RGB.

    Returns
    -------
    Paper
        Flat unless a tenth of the picture's blocks differ visibly from the main color. If the text
        stands on a panel (`foretext.separate.panel`), that is the paper.

    Notes
    -----
    The main color is the mode of a color histogram or, where light or tint vary so much that
    no color prevails, the median of the blocks' medians: most of most blocks is paper. The
    surface is the light end (or the dark one) of each block, short of its outermost noise,
    made smooth by a median over neighboring blocks: it follows shadows, folds and vignettes
    but no letter, as blocks are larger than strokes.
    """
    color = _mode_color(pixels)
    if color is not None and (panel := find_panel(pixels, color)) is not None:
        return _of_panel(pixels, panel)
    return _estimated(pixels, color)


def _of_panel(pixels: Pixels, panel: Panel) -> Paper:
    """Return the paper of a panel, as if all of the picture were of it."""
    inked = [np.flatnonzero(panel.inside.any(axis=axis)) for axis in (1, 0)]
    rows, columns = (slice(int(at[0]), int(at[-1]) + 1) for at in inked)
    part = np.ascontiguousarray(pixels[rows, columns])
    area = panel.inside if panel.is_alone else None
    paper = replace(_estimated(part, _mode_color(part)), area=area)
    if paper.surface is None:
        return paper
    height, width = panel.inside.shape
    around = (rows.start, height - rows.stop), (columns.start, width - columns.stop), (0, 0)
    return replace(paper, surface=np.pad(paper.surface, around, mode="edge"))


def _estimated(pixels: Pixels, color: Float | None) -> Paper:
    """Return the paper of a picture, most of which may have one color."""
    cells = _cells(pixels)
    if color is None:
        middles = np.median(cells, axis=2)
        color = np.asarray(np.median(middles.reshape(-1, 3), axis=0), np.float32)
        light = _ink_is_darker(cells, middles[:, :, None])
    else:
        light = _ink_is_darker(cells, color)
    blocks = _block_papers(cells, light=light)
    if _is_flat(blocks, color):
        return Paper(color, None, light)
    return Paper(color, _surface(blocks, color, pixels.shape[:2], light=light), light)


def _mode_color(pixels: Pixels) -> Float | None:
    """Return the most frequent color; None if no color is frequent enough to be all paper."""
    # Channel by channel, (3, N): numpy is slow along short axes.
    sample = thinned(pixels).reshape(-1, 3).T.copy()
    # Two grids, half a bin apart: a mode on the border of two bins of one is inside of one of
    # the other.
    best = max((_fullest(sample, shift) for shift in (0, 4)), key=lambda found: found[0])[1]
    near = np.ones(sample.shape[1], np.bool_)
    for channel, middle in zip(sample, best, strict=True):
        near &= np.abs(channel - middle) <= _SAME
    if np.count_nonzero(near) < _PREVAILS * len(near):
        return None
    return median_color(sample[:, near])


def _fullest(sample: Pixels, shift: int) -> tuple[int, Float]:
    """Return how many colors the fullest bin of a histogram holds, and its middle."""
    red, green, blue = (sample.astype(np.int32) + shift) >> 3
    counts = np.bincount(red * (33 * 33) + green * 33 + blue)
    fullest = int(counts.argmax())
    middle = np.array([fullest // (33 * 33), fullest // 33 % 33, fullest % 33], np.float32) * 8
    return int(counts[fullest]), middle + np.float32(4 - shift)


def _ink_is_darker(cells: Float, paper: Float) -> bool:
    difference = (cells - paper) @ _MEAN
    # The square lets few strong strokes outweigh much faint noise.
    darker = float(np.square(np.minimum(difference, 0)).sum())
    lighter = float(np.square(np.maximum(difference, 0)).sum())
    return darker >= lighter


def _cells(pixels: Pixels) -> Float:
    """Return samples of each block of a grid, (rows, columns, 144, 3)."""
    import cv2

    height, width = pixels.shape[:2]
    rows, columns = max(1, min(24, height // 24)), max(1, min(24, width // 24))
    # 12 samples a side of each block suffice for a percentile.
    small = cv2.resize(pixels, (columns * 12, rows * 12), interpolation=cv2.INTER_NEAREST)
    cells = small.reshape(rows, 12, columns, 12, 3).transpose(0, 2, 1, 3, 4)
    return cells.reshape(rows, columns, 144, 3).astype(np.float32)


def _block_papers(cells: Float, *, light: bool) -> Float:
    """Return the paper's color in each block, (rows, columns, 3)."""
    order = np.argsort(cells @ _MEAN, axis=2)
    # The paper is the light end (or the dark one), short of its outermost noise.
    rank = slice(104, 137) if light else slice(7, 40)
    picked = np.take_along_axis(cells, order[:, :, rank, None], axis=2)
    return np.asarray(np.median(picked, axis=2), np.float32)


def _is_flat(blocks: Float, color: Float) -> bool:
    distance = np.abs(blocks - color).max(axis=2)
    return bool(np.mean(distance > _VISIBLE) < _MANY_BLOCKS)


def _surface(blocks: Float, color: Float, shape: tuple[int, ...], *, light: bool) -> Float:
    import cv2

    floor = color * _DEEPEST_SHADOW if light else None
    blocks = np.maximum(blocks, floor) if floor is not None else blocks
    smooth = np.ascontiguousarray(blocks, np.float32)
    if min(blocks.shape[:2]) > 2:
        # The middle one of nine stands in for a block full of ink; then no step may remain.
        best = [cv2.medianBlur(np.ascontiguousarray(c), 3) for c in cv2.split(smooth)]
        smooth = _extended(cv2.merge(best))
        smooth = np.asarray(cv2.blur(smooth, (3, 3))[1:-1, 1:-1], np.float32)
    rows, columns = smooth.shape[:2]
    # Light goes on falling off between the middle of the outermost blocks and the border.
    smooth = _extended(smooth)
    wide, high = shape[1] / columns, shape[0] / rows
    surface = cv2.resize(
        np.clip(smooth, 0.0, 255.0), None, fx=wide, fy=high, interpolation=cv2.INTER_LINEAR
    )
    top, left = round(high), round(wide)
    return np.asarray(surface[top : top + shape[0], left : left + shape[1]], np.float32)


def _extended(grid: npt.NDArray[Any]) -> Float:
    """Return a grid with one more row or column on each side, in line with the last two."""
    grid = (
        np.pad(grid, ((1, 1), (1, 1), (0, 0)), mode="reflect", reflect_type="odd")
        if (min(grid.shape[:2]) > 1)
        else np.pad(grid, ((1, 1), (1, 1), (0, 0)), mode="edge")
    )
    return np.asarray(grid, np.float32)
