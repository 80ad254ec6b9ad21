"""What was chosen of a picture, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foretext.arrays import Ink
from foretext.layer import Layer


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The wanted text.

    Attributes
    ----------
    wanted : tuple of Layer
        The layers kept.
    layers : tuple of Layer
        All layers, best first, with numbers, scores and reasons.
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    reason : str
        Why, in words.
    foreground : ndarray of float32, (H, W), optional
        What the network takes for wanted text, if it was asked.
    """

    wanted: tuple[Layer, ...]
    layers: tuple[Layer, ...]
    ink: Ink
    reason: str
    foreground: Ink | None = None


def union(layers: Sequence[Layer]) -> Ink:
    """Return the ink of several layers, (H, W) float32 in [0, 1]; there is at least one."""
    ink = layers[0].ink
    for layer in layers[1:]:
        ink = np.maximum(ink, layer.ink)
    return ink
