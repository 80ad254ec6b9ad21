"""Letters that stand over each other, set side by side as an engine reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from foretext.arrays import Pixels
from foretext.ink import Scale
from foretext.reading import Box
from foretext.render import as_picture
from foretext.restore.enlarge import enlarge, factor_for, soften
from foretext.separate.letters import Letter

# Gaps between letters, and how far the middle of one may be from that of most, in x-heights.
_GAPS = 0.2, 0.5
_OFF = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """A picture of letters side by side, and where each of them came from.

    Attributes
    ----------
    pixels : ndarray of uint8, (H, W)
        Dark on white.
    letters : tuple of Letter
        What was set, from left to right.
    places : tuple of tuple of float
        Column and row in `pixels` of the upper left corner of each.
    factor : float
        How many times each was enlarged.
    """

    pixels: Pixels
    letters: tuple[Letter, ...]
    places: tuple[tuple[float, float], ...]
    factor: float

    def back(self, box: Box) -> Box:
        """Return the box in the input around what is in a box of the picture."""
        middles = [
            x + self.factor * letter.ink.shape[1] / 2
            for letter, (x, _) in zip(self.letters, self.places, strict=True)
        ]
        inside = [k for k, middle in enumerate(middles) if box.left <= middle <= box.right]
        at = (box.left + box.right) / 2
        nearest = min(range(len(middles)), key=lambda k: abs(middles[k] - at))
        return Box.around(self._within(box, k) for k in inside or [nearest])

    def _within(self, box: Box, number: int) -> Box:
        """Return the part of a letter, in the input, that lies in a box of the picture."""
        letter, (x, y) = self.letters[number], self.places[number]
        height, width = letter.ink.shape
        moved = box.mapped(self.factor, x, y)
        left, right = max(moved.left, 0.0), min(moved.right, float(width))
        top, bottom = max(moved.top, 0.0), min(moved.bottom, float(height))
        if left >= right or top >= bottom:
            left, top, right, bottom = 0.0, 0.0, float(width), float(height)
        return Box(letter.left + left, letter.top + top, letter.left + right, letter.top + bottom)


def side_by_side(
    letters: Sequence[Letter], scale: Scale, *, x_height: float, margin: float, softness: float
) -> SideBySide:
    """Set letters side by side, in the order of their middles.

    Parameters
    ----------
    letters : sequence of Letter
        From left to right, at least one.
    scale : Scale
        Of the text.
    x_height : float
        How tall characters are to be, in pixels.
    margin : float
        White around, in x-heights.
    softness : float
        Standard deviation of the Gaussian that softens the edges, in x-heights.

    Returns
    -------
    SideBySide
    """
    tall = scale.x_height
    factor = factor_for(scale, x_height=x_height, single_line=True)
    columns = _columns(letters, tall)
    rows = _rows(letters, tall)
    bottom = max(row + len(letter.ink) for row, letter in zip(rows, letters, strict=True))
    line = np.zeros((bottom, columns[-1] + letters[-1].ink.shape[1]), np.float32)
    for letter, row, column in zip(letters, rows, columns, strict=True):
        height, width = letter.ink.shape
        line[row : row + height, column : column + width] = letter.ink
    border = round(margin * tall * factor)
    large = np.pad(enlarge(line, factor), border)
    pixels = as_picture(soften(large, softness * tall * factor))
    places = tuple(
        (border + factor * column, border + factor * row)
        for column, row in zip(columns, rows, strict=True)
    )
    return SideBySide(pixels, tuple(letters), places, factor)


def _columns(letters: Sequence[Letter], tall: float) -> list[int]:
    """Return where each letter begins: no nearer to the last, and no farther, than is usual."""
    least, most = (gap * tall for gap in _GAPS)
    columns = [0]
    for before, letter in pairwise(letters):
        gap = round(float(np.clip(letter.left - before.right, least, most)))
        columns.append(columns[-1] + before.ink.shape[1] + gap)
    return columns


def _rows(letters: Sequence[Letter], tall: float) -> list[int]:
    """Return where the top of each is, once those that jump out of the line are back in it."""
    middles = np.array([(letter.top + letter.bottom) / 2 for letter in letters])
    usual = float(np.median(middles))
    level = np.clip(middles, usual - _OFF * tall, usual + _OFF * tall)
    tops = [
        round(letter.top + float(by)) for letter, by in zip(letters, level - middles, strict=True)
    ]
    return [top - min(tops) for top in tops]
