"""A picture laid out from the top down: screens, forms, labels, receipts, title pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from lab.fonts import Face
from lab.scenes.colors import RGB
from lab.scenes.draft import Draft
from lab.scenes.lettering import advance, letter
from lab.scenes.patch import Patch
from lab.scenes.scene import Coverage
from lab.scenes.supersample import averaged

_SCALE = 3


class Look(NamedTuple):
    """How a piece of text is set: font, size of its em in pixels, and color."""

    face: Face
    em: float
    color: RGB


class Panel(NamedTuple):
    """A filled box: left, top, right, bottom, radius of its corners, thickness of a mere frame."""

    left: float
    top: float
    right: float
    bottom: float
    radius: float
    color: RGB
    frame: float = 0.0


Row = list[tuple[Patch, RGB]]
"""The words that stand beside each other."""


@dataclass
class Board:
    """What has been laid out so far, down to ``y``.

    Attributes
    ----------
    shape : tuple of int
        Height and width of the picture.
    margin : float
        Free space around.
    ground : tuple of float
        Color of the paper.
    em : float
        Size of the usual text.
    """

    shape: tuple[int, int]
    margin: float
    ground: RGB
    em: float
    y: float = 0.0
    panels: list[Panel] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where text begins."""
        return self.margin

    @property
    def right(self) -> float:
        """Where text ends."""
        return self.shape[1] - self.margin

    def has_room(self, height: float) -> bool:
        """Tell whether so many pixels are left above the lower margin."""
        return self.y + height < self.shape[0] - self.margin

    def lay(self, draft: Draft) -> None:
        """Lay all panels, then all text, a layer for each color, and note what it says."""
        for panel in self.panels:
            draft.lay("panel", filled(panel, self.shape), panel.color)
        colors = dict.fromkeys(color for row in self.rows for _, color in row)
        for color in colors:
            draft.write([[word] for row in self.rows for word, own in row if own == color], color)
        for row in self.rows:
            draft.note([[word] for word, _ in row], characters=False)


def length(look: Look, text: str) -> float:
    """Give the width of a text in pixels."""
    return advance(look.face, text, look.em)


def fitting(look: Look, text: str, room: float) -> str:
    """Give as many words of a text as find room; none if not even one does."""
    words = text.split()
    while words and length(look, " ".join(words)) > room:
        words.pop()
    return " ".join(words)


def words_at(look: Look, text: str, x: float, y: float) -> Row:
    """Set a text with its pen at (x, y)."""
    row: Row = []
    space = length(look, " ")
    for word in text.split():
        row.append((letter(look.face, word, look.em, (x, y)), look.color))
        x += length(look, word) + space
    return row


def wrapped(look: Look, words: Sequence[str], room: float) -> list[str]:
    """Break a text into lines of a width."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and length(look, longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if length(look, line) <= room]


def filled(panel: Panel, shape: tuple[int, int]) -> Coverage:
    """Coverage of a panel."""
    canvas = np.zeros((shape[0] * _SCALE, shape[1] * _SCALE), np.uint8)
    _box(canvas, panel, 0.0, 255)
    if panel.frame:
        _box(canvas, panel, panel.frame, 0)
    return averaged(canvas, _SCALE)


def _box(canvas: npt.NDArray[np.uint8], panel: Panel, inset: float, level: int) -> None:
    left, top = (round((edge + inset) * _SCALE) for edge in (panel.left, panel.top))
    right, bottom = (round((edge - inset) * _SCALE) for edge in (panel.right, panel.bottom))
    most = max(0, min(right - left, bottom - top) // 2)
    radius = min(round(max(panel.radius - inset, 0) * _SCALE), most)
    cv2.rectangle(canvas, (left + radius, top), (right - radius, bottom), level, -1)
    cv2.rectangle(canvas, (left, top + radius), (right, bottom - radius), level, -1)
    for x in (left + radius, right - radius):
        for y in (top + radius, bottom - radius):
            cv2.circle(canvas, (x, y), radius, level, -1)
