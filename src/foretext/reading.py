"""What OCR read, with boxes in the coordinates of the input picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from foretext.arrays import Ink


#: What an engine may be shown of a picture; see `Attempt`.
Shown = Literal["apart", "cleaned", "ink", "larger", "input", "color", "toned", "dimmed"]


class Box(NamedTuple):
    """A rectangle in pixels of the input picture: left and top in, right and bottom out."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """Return the smallest box around some; at least one."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return cls(min(lefts), min(tops), max(rights), max(bottoms))

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns of all pixels that the box touches."""
        bottom, right = math.ceil(self.bottom), math.ceil(self.right)
        return slice(int(self.top), bottom), slice(int(self.left), right)

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

    def is_left_of(self, other: Box) -> bool:
        """Tell whether it ends before another begins, and is level with most of the lower one."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        lower = min(self.bottom - self.top, other.bottom - other.top)
        return self.right <= other.left and 2 * shared > lower

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
    """One character: its text, its confidence in [0, 1] and its box.

    `alternatives` are other characters that it might be, with their confidences, the likeliest
    first; empty if the engine does not say.

    `ink` is what of the cleaned ink is this character's own: coverage in [0, 1], float32, of
    the pixels of `box`, (H, W). None if none was found; the box is then the engine's guess.
    """

    text: str
    confidence: float
    box: Box
    alternatives: tuple[tuple[str, float], ...] = ()
    ink: Ink | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return text, confidence and box as plain JSON types."""
        return _told(self)

    def moved(self, back: Callable[[Box], Box]) -> Character:
        """Return the character with its box put elsewhere."""
        # A page has thousands, for which `replace` takes three times as long.
        return Character(self.text, self.confidence, back(self.box), self.alternatives, self.ink)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its text, its confidence in [0, 1], its box, and its characters in order.

    The confidence is about how likely it is that the whole word is right.
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

    def moved(self, back: Callable[[Box], Box]) -> Line:
        """Return the line with each box, of its words and characters, too, put elsewhere."""
        words = tuple(
            Word(w.text, w.confidence, back(w.box), tuple(c.moved(back) for c in w.characters))
            for w in self.words
        )
        return Line(words, self.confidence, back(self.box))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One of the readings that a picture's reading was made of.

    Attributes
    ----------
    shown : {"apart", "cleaned", "ink", "larger", "input", "color", "toned", "dimmed"}
        What the engine was shown: letters that overlap, set side by side by their colors; the
        cleaned ink, made straight; the same as it stands; the same, rendered larger; the picture
        as it came; the ink that color alone would choose; the picture's own tones where the
        wanted text is, and white elsewhere; the same with all else paler than it is. Of characters
        set wide, all are moved together.
    engine : str
        The name of the engine; ``letters`` is foretext's own network.
    text : str
        What it read.
    sureness : float
        The mean confidence of its characters, in [0, 1], less if one word was torn into several, or
        if ink of the line was passed over at its ends: what attempts are compared by.
    turn : {0, 90, 180, 270}
        By how many degrees clockwise the picture was turned before.
    model : str
        The language whose model read it, by Tesseract's code, if that was another than asked for.
    """

    shown: Shown
    engine: str
    text: str
    sureness: float
    turn: int = 0
    model: str = ""


class Unplaced(Protocol):
    """Lines as an engine read them; where exactly their characters stand is still to be found."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines, with the boxes that the engine gave."""
        ...

    def placed(self) -> tuple[Line, ...]:
        """Return the lines with the same texts and confidences, and better boxes."""
        ...


@dataclass(frozen=True)
class Reading:
    """What was read of one picture.

    Attributes
    ----------
    lines : tuple of Line
        In reading order. Empty if the picture holds no text. On a page, finding the ink of each
        character takes as long as a part of reading it; it is found when first asked for.
    engine : str
        The name of the engine that read, or, if there was nothing to read, that would have read;
        empty if the page of a PDF could not be read (null in JSON).
    attempts : tuple of Attempt
        The readings that were compared, in their order; a single one where that was enough.
    turn : {0, 90, 180, 270}
        By how many degrees clockwise the picture had to be turned to be read: 0 if it stands
        upright. Boxes are in the picture as it came.
    """

    lines: tuple[Line, ...]
    engine: str
    attempts: tuple[Attempt, ...] = ()
    turn: int = 0

    @classmethod
    def of(cls, unplaced: Unplaced, engine: str, attempts: tuple[Attempt, ...]) -> Reading:
        """Return a reading whose lines are placed when they are first asked for."""
        reading = cls((), engine, attempts)
        own = vars(reading)
        del own["lines"]
        own["_unplaced"] = unplaced
        return reading

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> tuple[Line, ...]:
            """Return the lines, placed, when they are first asked for."""
            own = vars(self)
            if name == "lines" and (unplaced := own.get("_unplaced")) is not None:
                # Two threads that come at once get the same.
                own.setdefault("lines", unplaced.placed())
                own["_unplaced"] = None
            if name in own:
                return own[name]
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    @property
    def as_read(self) -> tuple[Line, ...]:
        """The lines with the boxes that the engine gave, as long as no others were asked for."""
        unplaced: Unplaced | None = vars(self).get("_unplaced")
        return self.lines if unplaced is None else unplaced.lines

    @property
    def text(self) -> str:
        """The lines, with a newline between; empty if nothing was read."""
        return "\n".join(line.text for line in self.as_read)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in reading order."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def confidence(self) -> float:
        """The mean confidence of the words, weighted by their lengths; 0 if there are none."""
        words = [word for line in self.as_read for word in line.words]
        total = sum(len(word.text) for word in words)
        if not total:
            return 0.0
        return sum(word.confidence * len(word.text) for word in words) / total

    @property
    def characters(self) -> tuple[Character, ...]:
        """All characters in reading order, without the spaces between words."""
        return tuple(character for word in self.words for character in word.characters)

    def to_dict(self, *, characters: bool = False) -> dict[str, Any]:
        """Return the reading as plain JSON types.

        Parameters
        ----------
        characters : bool
            Whether each word is to have its characters, too.

        Returns
        -------
        dict
            ``text``, ``confidence``, ``engine``, ``turn``, ``lines``, each with its words, and
            ``attempts``.
        """
        return {
            "text": self.text,
            "confidence": round(self.confidence, 4),
            "engine": self.engine or None,
            "turn": self.turn,
            "lines": [
                {**_told(line), "words": [_told_word(word, characters) for word in line.words]}
                for line in self.lines
            ],
            "attempts": [
                {
                    "shown": attempt.shown,
                    "engine": attempt.engine,
                    "text": attempt.text,
                    "sureness": round(attempt.sureness, 4),
                    "turn": attempt.turn,
                }
                for attempt in self.attempts
            ],
        }


def _told(part: Line | Word | Character) -> dict[str, Any]:
    return {
        "text": part.text,
        "confidence": round(part.confidence, 4),
        "box": [round(v, 2) for v in part.box],
    }


def _told_word(word: Word, characters: bool) -> dict[str, Any]:
    told = _told(word)
    if characters:
        told["characters"] = [character.to_dict() for character in word.characters]
    return told
