"""What was taken away from a picture, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from foretext.arrays import Ink, Labels, Mask
from foretext.ink import UNSEEN, amount
from foretext.pieces import grown

# Within squares of so many pixels around a stroke is its soft edge.
_EDGE = 7


@dataclass(frozen=True, eq=False)
class Rest:
    """What was taken away from a picture, and why.

    Of a large picture it takes a tenth of the time of cleaning to tell it pixel by pixel, and as
    much memory as the wanted text; so that is done when it is asked for.

    Attributes
    ----------
    lost : float
        How much was removed, as a part of what was kept.
    apart : float
        How much of it was no soft edge of what was kept, as a part of all ink.
    make : callable
        Returns `removed` and `verdicts`.
    """

    lost: float
    apart: float
    make: Callable[[], tuple[Ink, Labels]]

    @classmethod
    def known(cls, removed: Ink, verdicts: Labels, ink: Ink) -> Rest:
        """Return it of what is known already, (H, W) each, and what was kept."""
        gone, kept = amount(removed), amount(ink)
        lost = gone / kept if kept else float(gone > 0.0)
        beyond = amount(np.where(edged(ink), np.float32(0.0), removed))
        return cls(lost, beyond / max(gone + kept, 1.0), partial(_both, removed, verdicts))

    @cached_property
    def _made(self) -> tuple[Ink, Labels]:
        return self.make()

    @property
    def removed(self) -> Ink:
        """Coverage in [0, 1] of all ink that was not kept, float32 (H, W)."""
        return self._made[0]

    @property
    def verdicts(self) -> Labels:
        """Why each pixel of it was removed, uint8 (H, W): an index into the reasons, or 0."""
        return self._made[1]


def edged(ink: Ink) -> Mask:
    """Return where ink is, and its soft edges, (H, W)."""
    return grown(ink > UNSEEN, _EDGE)


def _both(removed: Ink, verdicts: Labels) -> tuple[Ink, Labels]:
    return removed, verdicts
