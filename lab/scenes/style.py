"""What the texts of one board have in common, and the words they are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lab.fonts import Face
from lab.scenes.board import Board, Look
from lab.scenes.colors import RGB, text_color
from lab.scenes.language import sentences, vocabulary
from lab.scenes.page import SAMPLE
from lab.scenes.studio import Studio


@dataclass(frozen=True)
class Style:
    """What the texts of one board have in common."""

    plain: Face
    strong: Face
    least: float

    def look(self, studio: Studio, board: Board, size: float, ground: RGB | None = None) -> Look:
        """Draw a look of about a size, relative to the usual text, readable on its ground."""
        face = self.strong if studio.chance(0.4) else self.plain
        colored = 0.5 if studio.chance(0.5) else 0.0
        color = text_color(studio, ground or board.ground, self.least, colored)
        return Look(face, board.em * size, color)


Element = Callable[[Studio, Board, Style], None]
"""Lays something on a board, as far as there is room, and moves its ``y`` down."""


def style(studio: Studio) -> Style:
    """Decide on the fonts of a board, and on how pale its text may be."""
    kinds = studio.one_of([["sans"], ["sans"], ["serif"], ["mono"], ["sans", "serif"]])
    plain = studio.face(SAMPLE, kinds, ["regular"], italic=False)
    strong = studio.face(SAMPLE, kinds, ["bold"]) if studio.chance(0.7) else plain
    return Style(plain, strong, studio.dial(140, 70))


def label(studio: Studio) -> str:
    """Draw a word or two that name something."""
    word = studio.one_of(vocabulary.WORDS)
    return studio.one_of([word.capitalize(), word.upper(), word, f"{word} {studio.whole(1, 9)}"])


def entry(studio: Studio) -> str:
    """Draw what stands in a cell: a name, a number, a price, a date."""
    return studio.one_of(
        [
            studio.one_of(vocabulary.SURNAMES),
            f"{studio.one_of(vocabulary.ADJECTIVES)} {studio.one_of(vocabulary.THINGS)}",
            f"{studio.whole(1, 99999)}",
            f"${studio.whole(1, 999)}.{studio.whole(10, 99)}",
            f"-{studio.whole(1, 99)},{studio.whole(10, 99)} %",
            f"{studio.whole(1, 12)}:{studio.whole(10, 59)}",
            f"{studio.whole(1, 28)}.{studio.whole(1, 12)}.{studio.whole(1990, 2030)}",
            f"{studio.whole(1, 99)}/{studio.whole(100, 999)}-{studio.whole(10, 99)}",
            sentences.date(studio),
        ]
    )
