"""What OCR read, with boxes in the coordinates of the input picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple


class Box(NamedTuple):
    """A rectangle in pixels of the input picture: left and top in, right and bottom out."""

    left: float
    top: float
    right: float
    bottom: float

    def mapped(self, scale: float, dx: float, dy: float) -> Box:
        """Return the box in a picture that was enlarged by `scale` after moving by (dx, dy).

        The inverse of ``x * scale + d``: what lies at `x` here lay at ``(x - d) / scale``.
        """
        return Box(
            (self.left - dx) / scale,
            (self.top - dy) / scale,
            (self.right - dx) / scale,
            (self.bottom - dy) / scale,
        )

    def clipped(self, height: int, width: int) -> Box:
        """Return the part of the box that lies in a picture of this size."""
        return Box(
            min(max(self.left, 0.0), width),
            min(max(self.top, 0.0), height),
            min(max(self.right, 0.0), width),
            min(max(self.bottom, 0.0), height),
        )


@dataclass(frozen=True, slots=True)
class Character:
    """One character: its text, its confidence in [0, 1] and its box."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its text, its confidence in [0, 1] and its box.

    `characters` are those that the engine told apart, from left to right; empty if it does
    not say.
    """

    text: str
    confidence: float
    box: Box
    characters: tuple[Character, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its words in reading order, its confidence in [0, 1] and its box."""

    words: tuple[Word, ...]
    confidence: float
    box: Box

    @property
    def text(self) -> str:
        """The words, with one space between."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine read of one picture.

    Attributes
    ----------
    lines : tuple of Line
        In reading order. Empty if the picture holds no text.
    engine : str
        The name of the engine that read.
    ink : {"cleaned", "color"}
        Which ink it read: the cleaned one or, where that read less surely, the one that color
        alone would choose.
    """

    lines: tuple[Line, ...]
    engine: str
    ink: Literal["cleaned", "color"] = "cleaned"

    @property
    def text(self) -> str:
        """The lines, with a newline between; empty if nothing was read."""
        return "\n".join(line.text for line in self.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in reading order."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def confidence(self) -> float:
        """The mean confidence of the words, weighted by their lengths; 0 if there are none."""
        total = sum(len(word.text) for word in self.words)
        if not total:
            return 0.0
        return sum(word.confidence * len(word.text) for word in self.words) / total

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as plain JSON types."""
        return {
            "text": self.text,
            "confidence": round(self.confidence, 4),
            "engine": self.engine,
            "ink": self.ink,
            "lines": [
                {
                    "text": line.text,
                    "confidence": round(line.confidence, 4),
                    "box": [round(v, 2) for v in line.box],
                    "words": [
                        {
                            "text": word.text,
                            "confidence": round(word.confidence, 4),
                            "box": [round(v, 2) for v in word.box],
                        }
                        for word in line.words
                    ],
                }
                for line in self.lines
            ],
        }
