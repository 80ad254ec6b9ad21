"""A short wanted text set in the middle of a picture of fitting size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lab.fonts import Face
from lab.scenes.colors import RGB
from lab.scenes.draft import Draft
from lab.scenes.inscription import (
    Manner,
    Stance,
    fitted,
    inscribe,
    inside,
    lively,
    shifted,
    stances,
    width,
)
from lab.scenes.language import strings
from lab.scenes.patch import Patch
from lab.scenes.scene import Color
from lab.scenes.studio import Studio


@dataclass(frozen=True)
class ShortText:
    """One line of characters, and the shape of the picture around it."""

    shape: tuple[int, int]
    face: Face
    cap: float
    words: list[list[Patch]]

    @property
    def patches(self) -> list[Patch]:
        """All characters."""
        return [patch for word in self.words for patch in word]

    def write(self, draft: Draft, color: RGB | Color) -> None:
        """Write it in one color and note it."""
        draft.write(self.words, color)
        draft.note(self.words)

    def write_each(self, draft: Draft, colors: list[RGB]) -> None:
        """Write every character in a color of its own, and note them."""
        for patch, color in zip(self.patches, colors, strict=True):
            draft.write([[patch]], color)
        draft.note(self.words)


def short_text(
    studio: Studio,
    text: str | None = None,
    weights: Sequence[str] = ("regular", "bold", "bold"),
) -> ShortText:
    """Set a short text, freely according to difficulty, at 17 to 44 pixels a capital.

    Parameters
    ----------
    studio : Studio
        Chance, fonts, difficulty.
    text : str, optional
        What to set; a random short text by default.
    weights : sequence of str, optional
        Weights to draw from.
    """
    return setting(studio, text, weights).as_text()


def framed(
    studio: Studio, patches: list[Patch], tallest: float, widest: float
) -> tuple[tuple[int, int], list[list[Patch]]]:
    """Draw the shape of a picture around characters, and move them to a place inside it.

    Parameters
    ----------
    studio : Studio
        Chance.
    patches : list of Patch
        The characters of one word.
    tallest, widest : float
        How many times as high and as wide as they the picture is at most.
    """
    left, right = min(p.left for p in patches), max(p.right for p in patches)
    top, bottom = min(p.top for p in patches), max(p.bottom for p in patches)
    shape = (
        round((bottom - top) * studio.between(1.0, tallest)) + 2,
        round((right - left) * studio.between(1.02, widest)) + 2,
    )
    x = (shape[1] - (right - left)) * studio.between(0.1, 0.9) - left
    y = (shape[0] - (bottom - top)) * studio.between(0.1, 0.9) - top
    return shape, inside(shifted([patches], (round(x), round(y))), shape)


@dataclass(frozen=True)
class Setting:
    """All that decides how a short text is set, so that it can be set twice alike."""

    shape: tuple[int, int]
    face: Face
    text: str
    cap: float
    start: tuple[float, float]
    manner: Manner
    stand: list[Stance]

    def words(self, manner: Manner) -> list[list[Patch]]:
        """Set it in a manner."""
        return inscribe(self.face, self.text, self.cap, self.start, manner, stand=self.stand)

    def as_text(self) -> ShortText:
        """Set it in its own manner, wholly inside the picture."""
        words = inside(self.words(self.manner), self.shape)
        return ShortText(self.shape, self.face, self.cap, words)


def setting(
    studio: Studio, text: str | None, weights: Sequence[str], *, outline: float = 0.0
) -> Setting:
    """Decide how to set a short text; see `short_text`.

    ``outline`` fattens it by as many cap heights.
    """
    text = text or strings.short(studio)
    face = studio.face(text, [], [studio.one_of(weights)])
    cap = studio.between(studio.dial(26, 17), 44)
    manner = replace(lively(studio, cap, studio.dial(0.15, 1)), outline=outline)
    shape = _shape(studio, width(face, text, cap, manner), cap)
    cap = fitted(face, text, cap, shape[1] * 0.94, manner)
    x = (shape[1] - width(face, text, cap, manner)) * studio.between(0.2, 0.8)
    y = shape[0] / 2 + cap * studio.between(0.35, 0.65)
    return Setting(shape, face, text, cap, (x, y), manner, stances(studio, text))


def _shape(studio: Studio, wide: float, cap: float) -> tuple[int, int]:
    height = cap * studio.between(1.9, 3)
    return round(height), round(max(wide * studio.between(1.1, 1.5), height * 1.6))
