"""How well boxes agree."""

from __future__ import annotations

from collections.abc import Sequence

Corners = Sequence[float]
"""Left, top, right and bottom; right and bottom exclusive."""


def agreement(a: Corners, b: Corners) -> float:
    """Return the intersection over the union (IoU) of two boxes, from 0 (apart) to 1 (the same)."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(width, 0.0) * max(height, 0.0)
    whole = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)) - shared
    return shared / whole if shared else 0.0


def mean_agreement(ours: Sequence[Corners], true: Sequence[Corners]) -> float:
    """Return the mean IoU of boxes that belong together in their order; as many of both."""
    return sum(agreement(a, b) for a, b in zip(ours, true, strict=True)) / len(true)
