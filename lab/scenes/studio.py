"""What a generator works with: chance, fonts and the difficulty dial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from lab.fonts import Face, FontSet

T = TypeVar("T")


@dataclass(frozen=True)
class Studio:
    """The means of one scene.

    Attributes
    ----------
    rng : numpy.random.Generator
        All chance of the scene comes from it.
    split : str
        Whose fonts to use.
    difficulty : float
        0 to 1.
    fonts : FontSet
        What to draw with.
    """

    rng: np.random.Generator
    split: str
    difficulty: float
    fonts: FontSet

    def chance(self, probability: float) -> bool:
        """Throw a coin that shows heads with the given probability."""
        return bool(self.rng.random() < probability)

    def between(self, low: float, high: float) -> float:
        """Draw a number between two others."""
        return float(self.rng.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number from ``low`` to ``high``, both included."""
        return int(self.rng.integers(low, high + 1))

    def dial(self, easy: float, hard: float) -> float:
        """Give the value between ``easy`` and ``hard`` that the difficulty points at."""
        return easy + (hard - easy) * self.difficulty

    def one_of(self, options: Sequence[T]) -> T:
        """Pick one of several."""
        return options[int(self.rng.integers(len(options)))]

    def face(
        self,
        text: str,
        kinds: Sequence[str] = (),
        weights: Sequence[str] = (),
        italic: bool | None = None,
    ) -> Face:
        """Pick a font of the split that can draw ``text``; see `lab.fonts.FontSet.pick`."""
        return self.fonts.pick(
            self.rng, self.split, kinds=kinds, weights=weights, italic=italic, text=text
        )
