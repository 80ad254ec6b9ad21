"""Words strewn over a picture, without lying much on one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from lab.fonts import Face
from lab.scenes.lettering import Pose, letter
from lab.scenes.patch import Patch
from lab.scenes.studio import Studio


def turned(face: Face, text: str, cap: float, angle: float) -> Patch:
    """Set a word at the origin, turned by ``angle`` degrees; right angles stay exact."""
    quarters, rest = divmod(angle, 90)
    patch = letter(face, text, face.em_for_cap(cap), pose=Pose(angle=angle if rest else 0))
    if rest or not quarters:
        return patch
    return replace(patch, coverage=np.rot90(patch.coverage, int(quarters)).copy())


def placed(patch: Patch, x: float, y: float) -> Patch:
    """Give the patch with its middle at (x, y)."""
    height, width = patch.coverage.shape
    return replace(patch, left=round(x - width / 2), top=round(y - height / 2))


@dataclass
class Strewer:
    """Places patches where there is still room.

    Attributes
    ----------
    shape : tuple of int
        Height and width of the picture.
    overlap : float
        Largest part of a patch that may lie on others.
    over_edge : float
        How far middles may leave the picture, as a part of its size; the rest is cut.
    """

    shape: tuple[int, int]
    overlap: float = 0.1
    over_edge: float = 0.03
    boxes: list[tuple[int, int, int, int]] = field(default_factory=list)

    def _crowding(self, patch: Patch) -> float:
        if not self.boxes:
            return 0.0
        left, top, right, bottom = np.array(self.boxes).T
        wide = np.minimum(right, patch.right) - np.maximum(left, patch.left)
        high = np.minimum(bottom, patch.bottom) - np.maximum(top, patch.top)
        shared = np.maximum(wide, 0) * np.maximum(high, 0)
        return float(shared.sum() / patch.coverage.size)

    def put(self, studio: Studio, patch: Patch, tries: int = 12) -> Patch | None:
        """Give the patch a place, or ``None`` when no try found room."""
        height, width = self.shape
        for _ in range(tries):
            x = studio.between(-self.over_edge, 1 + self.over_edge) * width
            y = studio.between(-self.over_edge, 1 + self.over_edge) * height
            there = placed(patch, x, y)
            if self._crowding(there) <= self.overlap:
                self.boxes.append((there.left, there.top, there.right, there.bottom))
                return there
        return None


def strew(studio: Studio, strewer: Strewer, make: Callable[[], Patch], count: int) -> list[Patch]:
    """Strew up to ``count`` patches; the first ones have the most room."""
    found = (strewer.put(studio, make()) for _ in range(count))
    return [patch for patch in found if patch is not None]
