"""The record that each stage leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """What one stage did.

    Attributes
    ----------
    name : str
        The stage.
    settings : mapping
        Its settings, in plain JSON types.
    note : str
        What it did, in words.
    removed : float
        How much ink it took away, as a share of all ink in the picture.
    added : float
        How much ink it put in, likewise.
    seconds : float
        How long it took.
    """

    name: str
    settings: Mapping[str, Any]
    note: str
    removed: float
    added: float
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """Return the step as plain JSON types."""
        return {
            "name": self.name,
            "settings": dict(self.settings),
            "note": self.note,
            "removed": round(self.removed, 4),
            "added": round(self.added, 4),
            "seconds": round(self.seconds, 4),
        }
