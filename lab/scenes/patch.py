"""A small piece of coverage and the place it belongs to; lettering is made of these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lab.scenes.scene import Box, Coverage
from lab.scenes.supersample import averaged

_SEEN = 0.1  # coverage from which a pixel counts as touched by the ink


@dataclass(frozen=True, eq=False)
class Patch:
    """Coverage of one character or word, its corner at (left, top) of the picture."""

    text: str
    coverage: Coverage
    left: int
    top: int

    @property
    def right(self) -> int:
        """First column past the patch."""
        return self.left + int(self.coverage.shape[1])

    @property
    def bottom(self) -> int:
        """First row past the patch."""
        return self.top + int(self.coverage.shape[0])

    def moved(self, right: int, down: int) -> Patch:
        """Move it by whole pixels."""
        return replace(self, left=self.left + right, top=self.top + down)

    def clipped(self, shape: tuple[int, int]) -> Patch:
        """Keep the part within a picture of ``shape``; it may be empty."""
        top, left = max(self.top, 0), max(self.left, 0)
        bottom, right = max(min(self.bottom, shape[0]), top), max(min(self.right, shape[1]), left)
        rows = slice(top - self.top, bottom - self.top)
        columns = slice(left - self.left, right - self.left)
        return Patch(self.text, self.coverage[rows, columns], left, top)


def shrink(mask: npt.NDArray[np.uint8], x: int, y: int, scale: int, text: str) -> Patch:
    """Average a mask drawn ``scale`` times too large, its corner at (x, y) there, to a patch."""
    left, top = x // scale, y // scale
    before = (y - top * scale, x - left * scale)
    after = tuple(-(size + offset) % scale for size, offset in zip(mask.shape, before, strict=True))
    padded = np.pad(mask, ((before[0], after[0]), (before[1], after[1])))
    return Patch(text, averaged(padded, scale), left, top)


def draw(patches: Iterable[Patch], shape: tuple[int, int]) -> Coverage:
    """Coverage of all patches together on a picture of ``shape``."""
    bare = np.ones(shape, np.float32)
    for patch in patches:
        inside = patch.clipped(shape)
        bare[inside.top : inside.bottom, inside.left : inside.right] *= 1 - inside.coverage
    return 1 - bare


def box_of(patches: Iterable[Patch], shape: tuple[int, int], text: str) -> Box:
    """Tight box around the visible ink of the patches."""
    bounds = [_bounds(patch.clipped(shape)) for patch in patches]
    seen = [bound for bound in bounds if bound is not None]
    if not seen:
        message = f"{text!r} lies outside the picture"
        raise ValueError(message)
    left, top, right, bottom = zip(*seen, strict=True)
    return Box(text, min(left), min(top), max(right), max(bottom))


def _bounds(patch: Patch) -> tuple[int, int, int, int] | None:
    rows, columns = (np.flatnonzero((patch.coverage > _SEEN).any(axis)) for axis in (1, 0))
    if not rows.size:
        return None
    left, top = patch.left, patch.top
    return (
        left + int(columns[0]),
        top + int(rows[0]),
        left + int(columns[-1]) + 1,
        top + int(rows[-1]) + 1,
    )
