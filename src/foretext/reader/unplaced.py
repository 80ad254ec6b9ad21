"""Lines whose characters are found in the ink only when someone asks where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foretext.arrays import Float, Ink, Labels
from foretext.reading import Line


@dataclass(frozen=True, slots=True, eq=False)
class UnplacedLines:
    """Lines as an engine read them, and the ink in which their characters can be found.

    Most of a page is paper, so only what is covered is kept: a fifth of the memory.

    Attributes
    ----------
    lines : tuple of Line
        With boxes in pixels of the ink.
    shape : tuple of two ints
        Height and width of the ink.
    inked : ndarray of uint8
        Which of its pixels are covered at all, one bit each.
    coverage : ndarray of float32
        How much of each of those is.
    """

    lines: tuple[Line, ...]
    shape: tuple[int, int]
    inked: Labels
    coverage: Float

    def placed(self) -> tuple[Line, ...]:
        """Return the lines with each character where its ink is."""
        from foretext.recognize.boxes.characters import place_characters

        height, width = self.shape
        inked = np.unpackbits(self.inked, count=height * width).view(np.bool_)
        ink = np.zeros(self.shape, np.float32)
        ink[inked.reshape(self.shape)] = self.coverage
        return place_characters(self.lines, ink)


def unplaced(lines: Sequence[Line], ink: Ink) -> UnplacedLines:
    """Put off finding the characters.

    Parameters
    ----------
    lines : sequence of Line
        As an engine read them, boxes in pixels of `ink`.
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].

    Returns
    -------
    UnplacedLines
    """
    inked = ink > 0.0
    height, width = ink.shape
    return UnplacedLines(tuple(lines), (height, width), np.packbits(inked), ink[inked])
