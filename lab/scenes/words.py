"""One to three lines of words set straight, and a picture of fitting size around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lab.fonts import Face
from lab.scenes.colors import RGB
from lab.scenes.draft import Draft
from lab.scenes.inscription import STRAIGHT, Manner, inscribe, width
from lab.scenes.language import sentences, strings
from lab.scenes.language.vocabulary import WORDS
from lab.scenes.patch import Patch
from lab.scenes.studio import Studio


@dataclass(frozen=True)
class Words:
    """Some lines, and where they stand.

    Attributes
    ----------
    shape : tuple of int
        Height and width of the picture.
    face : Face
        The font.
    cap : float
        Height of a capital in pixels.
    lines : tuple of (str, float, float)
        What each line says, and where its baseline begins, as x and y.
    """

    shape: tuple[int, int]
    face: Face
    cap: float
    lines: tuple[tuple[str, float, float], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all, with room for what goes below the baseline."""
        rights = [x + width(self.face, line, self.cap) for line, x, _ in self.lines]
        lefts, baselines = zip(*((x, y) for _, x, y in self.lines), strict=True)
        return min(lefts), min(baselines) - self.cap, max(rights), max(baselines) + 0.3 * self.cap

    def set(self, manner: Manner = STRAIGHT) -> list[list[list[Patch]]]:
        """Set each line in a manner."""
        return [inscribe(self.face, line, self.cap, (x, y), manner) for line, x, y in self.lines]

    def write(self, draft: Draft, color: RGB) -> None:
        """Write all of it in one color, and note it."""
        for words in self.set():
            draft.write(words, color)
            draft.note(words)

    def moved(self, x: float, y: float, shape: tuple[int, int]) -> Words:
        """Give the same words elsewhere, in a picture of another shape."""
        lines = tuple((line, left + x, base + y) for line, left, base in self.lines)
        return Words(shape, self.face, self.cap, lines)


def words(studio: Studio, cap: float, *, most: int = 3, centered: bool = False) -> Words:
    """Set one to ``most`` lines of words.

    Parameters
    ----------
    studio : Studio
        Chance and fonts.
    cap : float
        Height of a capital in pixels.
    most : int, optional
        How many lines at most.
    centered : bool, optional
        Whether each line stands in the middle rather than at the left.
    """
    lines = [line(studio) for _ in range(studio.whole(1, most))]
    return placed(studio, lines, cap, centered=centered)


def placed(
    studio: Studio,
    lines: Sequence[str],
    cap: float,
    *,
    centered: bool = False,
    narrowest: float = 0.7,
) -> Words:
    """Set some lines, one below the other.

    Parameters
    ----------
    studio, cap, centered
        As for `words`.
    lines : sequence of str
        What they say.
    narrowest : float, optional
        The least margin, in heights of a capital.
    """
    face = studio.face("".join(lines))
    wides = [width(face, line, cap) for line in lines]
    leading = cap * studio.between(1.9, 2.4)
    margin = cap * studio.between(narrowest, 2)
    shape = (round(leading * len(lines) + 2 * margin), round(max(wides) + 2 * margin))
    set_ = []
    for number, (line, wide) in enumerate(zip(lines, wides, strict=True)):
        x = margin + (max(wides) - wide) / 2 if centered else margin
        set_.append((line, x, margin + leading * number + leading / 2 + cap / 2))
    return Words(shape, face, cap, tuple(set_))


def line(studio: Studio) -> str:
    """Draw a few words: the start of a sentence, or some alone, perhaps with a number."""
    if studio.chance(0.4):
        return " ".join(sentences.sentence(studio).split()[: studio.whole(3, 7)])
    some = [strings.cased(studio, studio.one_of(WORDS)) for _ in range(studio.whole(1, 4))]
    if studio.chance(0.3):
        some.append(strings.characters(studio, studio.whole(2, 5), strings.DIGITS))
    return " ".join(some)
