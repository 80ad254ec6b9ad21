"""What was taken away from a picture, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from foretext.arrays import Ink, Labels
from foretext.ink import amount


@dataclass(frozen=True, eq=False)
class Rest:
    """What was taken away from a picture, and why.

    Of a large picture it takes a tenth of the time of cleaning to tell it pixel by pixel, and as
    much memory as the wanted text; so that is done when it is asked for.

    Attributes
    ----------
    lost : float
        How much was removed, as a part of what was kept.
    make : callable
        Returns `removed` and `verdicts`.
    """

    lost: float
    make: Callable[[], tuple[Ink, Labels]]

    @classmethod
    def known(cls, removed: Ink, verdicts: Labels, ink: Ink) -> Rest:
        """Return it of what is known already, (H, W) each, and what was kept."""
        return cls(lost(removed, ink), partial(_both, removed, verdicts))

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


def lost(removed: Ink, ink: Ink) -> float:
    """Return how much was removed, as a part of what was kept."""
    gone, kept = amount(removed), amount(ink)
    return gone / kept if kept else float(gone > 0.0)


def _both(removed: Ink, verdicts: Labels) -> tuple[Ink, Labels]:
    return removed, verdicts
