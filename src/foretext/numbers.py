"""Whole numbers, as callers give them."""

from __future__ import annotations

import operator


def whole(value: object) -> int | None:
    """Return the whole number that a value is, NumPy's too; None if it is none."""
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None
