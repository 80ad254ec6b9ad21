"""Lettering as a pen leaves it: long loops above and below the line, a lean, ink by pressure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from lab.scenes import paper
from lab.scenes.draft import Draft
from lab.scenes.patch import Patch
from lab.scenes.studio import Studio
from lab.thinning import thin

_Rows = npt.NDArray[np.float32]
# Strokes are drawn anew so many times too large.
_FINE: Final = 3


@dataclass(frozen=True)
class Hand:
    """How somebody writes.

    Attributes
    ----------
    up, down : float
        By how much what rises above small letters, and what hangs below the line, is drawn out.
    lean : float
        Shift to the right for each pixel upward.
    nib : tuple of float, optional
        How broad and how narrow a line the pen draws, in heights of small letters, and the
        degrees at which it is held; without, strokes are as thick as the font's.
    """

    up: float = 1.0
    down: float = 1.0
    lean: float = 0.0
    nib: tuple[float, float, float] | None = None

    def write(self, patch: Patch, baseline: float, x_height: float) -> Patch:
        """Bend a word that stands on a baseline, its small letters so tall, into this hand."""
        top = self._place(patch.top - baseline, x_height)
        bottom = self._place(patch.bottom - baseline, x_height)
        rows = np.arange(int(np.floor(top)), int(np.ceil(bottom)) + 1, dtype=np.float32)
        left = round(-self.lean * float(max(bottom, 0.0)))
        right = round(-self.lean * float(min(top, 0.0)))
        columns = np.arange(left, patch.right - patch.left + right + 1, dtype=np.float32)
        from_row = self._source(rows, x_height) + np.float32(baseline - patch.top)
        from_column = columns[None] + np.float32(self.lean) * rows[:, None]
        bent = cv2.remap(
            patch.coverage,
            np.ascontiguousarray(from_column),
            np.repeat(from_row[:, None], len(columns), 1),
            cv2.INTER_LINEAR,
        )
        written = np.asarray(bent, np.float32)
        if self.nib is not None:
            written = _drawn(written, x_height, *self.nib)
        return Patch(patch.text, written, patch.left + left, round(baseline) + int(rows[0]))

    def _place(self, row: float, x_height: float) -> float:
        """Return where a row goes, counted from the baseline downward."""
        if row < -x_height:
            return -x_height + (row + x_height) * self.up
        return row * self.down if row > 0 else row

    def _source(self, rows: _Rows, x_height: float) -> _Rows:
        above = -x_height + (rows + x_height) / self.up
        source = np.where(rows < -x_height, above, np.where(rows > 0, rows / self.down, rows))
        return np.asarray(source, np.float32)


def _drawn(coverage: _Rows, x_height: float, broad: float, narrow: float, angle: float) -> _Rows:
    """Draw the middle lines of strokes anew with another pen."""
    height, width = coverage.shape
    large = cv2.resize(coverage, None, fx=_FINE, fy=_FINE, interpolation=cv2.INTER_CUBIC)
    middle = thin(large > 0.5).astype(np.uint8)
    axes = [max(1.0, part * x_height * _FINE / 2) for part in (broad, narrow)]
    side = 2 * math.ceil(axes[0]) + 1
    pen = np.zeros((side, side), np.uint8)
    turned = (side / 2, side / 2), (2 * axes[0], 2 * axes[1]), angle
    cv2.ellipse(pen, turned, 1, -1)
    stroke = cv2.dilate(middle, pen).astype(np.float32)
    return np.asarray(cv2.resize(stroke, (width, height), interpolation=cv2.INTER_AREA), np.float32)


def somebody(studio: Studio) -> Hand:
    """Draw a hand: plain, or with loops as long as two lines, with any pen."""
    if studio.chance(0.2):
        return Hand()
    broad = studio.between(0.08, 0.28)
    nib = broad, broad * studio.between(0.3, 0.9), studio.between(-70, -20)
    return Hand(
        studio.between(1, 2.8),
        studio.between(1, 2.8),
        studio.between(-0.1, 0.7),
        nib if studio.chance(0.6) else None,
    )


def press(studio: Studio, draft: Draft, ground: float) -> None:
    """Make hairlines paler than broad strokes, and let the pen run dry here and there."""
    depth = studio.between(0.1, studio.dial(0.3, 0.65))
    for number, layer in enumerate(draft.layers):
        solid = layer.coverage > 0.5
        if not layer.wanted or not solid.any():
            continue
        broad = cv2.GaussianBlur(layer.coverage, (0, 0), studio.between(1.5, 4))
        broad = np.clip(broad / max(float(np.percentile(broad[solid], 90)), 0.1), 0, 1)
        dry = (paper.clouds(studio, draft.shape, studio.between(6, 60)) + 1) / 2
        share = np.clip(depth * (0.6 * (1 - broad) + 0.6 * dry), 0, 0.7)[..., None]
        color = layer.color + share * (ground - layer.color)
        draft.layers[number] = layer._replace(color=color.astype(np.float32))
