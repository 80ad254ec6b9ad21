"""Several readings of one text become one: aligned character by character, and voted.

Readings are added one by one to a row of places, each of which holds what was read there, as in
[1]_; the surest reading comes first.

References
----------
.. [1] J. G. Fiscus, "A post-processing system to yield reduced word error rates: recognizer output
   voting error reduction (ROVER)", ASRU 1997, doi:10.1109/ASRU.1997.659110
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from foretext.reading import Box, Character, Line, Word
from foretext.recognize.engine import line_of

Lines = tuple[Line, ...]

# A reading counts by this power of its confidence: one that is unsure has little say.
_SAY = 8
# That nothing stands where others saw a character counts this much of a reading's say.
_NOTHING = 0.65
# What it costs to take one character for another, or for the same in other case.
_OTHER = 1.1
_CASE = 0.4


def confidence_of(lines: Lines) -> float:
    """Return the mean confidence of all words, weighted by their lengths; 0 without any."""
    words = [word for line in lines for word in line.words]
    total = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / total if total else 0.0


def agree(readings: Sequence[Lines]) -> Lines:
    """Return what several readings of one text say together.

    Parameters
    ----------
    readings : sequence of tuple of Line
        At least one; all boxes in the coordinates of one picture, and the engine's characters in
        all words.

    Returns
    -------
    tuple of Line
        If the surest reading is of one line: the characters that most say have read (a reading
        counts by a power of its confidence), with the boxes of the surest one that read each. The
        confidence of a character is the share of all say that is for it, times the confidence
        with which it was read. If it is of more lines: these.
    """
    surest_first = sorted(readings, key=confidence_of, reverse=True)
    best = surest_first[0]
    if len(best) != 1:
        return best
    single = [lines[0] for lines in surest_first if len(lines) == 1]
    return (_voted(single),) if len(single) > 1 else best


@dataclass(slots=True)
class _Place:
    """What was read at one place: each character with the say for it, and who read it first."""

    say: dict[str, float] = field(default_factory=dict)
    seen: dict[str, Character] = field(default_factory=dict)

    def add(self, character: Character | None, say: float) -> None:
        text = character.text if character else ""
        weight = _NOTHING if character is None else character.confidence
        self.say[text] = self.say.get(text, 0.0) + say * weight
        if character:
            self.seen.setdefault(text, character)

    @property
    def best(self) -> str:
        """What most say is for; empty if that is nothing."""
        return max(self.say, key=lambda text: self.say[text])

    @property
    def leading(self) -> str:
        """The character that most say is for."""
        return max(self.seen, key=lambda text: self.say[text])


def _voted(lines: Sequence[Line]) -> Line:
    places: list[_Place] = []
    total = 0.0
    for line in lines:
        say = line.confidence**_SAY
        places = _added(places, _characters(line), say, before=total)
        total += say
    found = [_elected(place, total) for place in places if place.best]
    if all(character.text == " " for character in found):
        # So different that nothing has most say anywhere.
        return lines[0]
    words = [list(group) for space, group in groupby(found, lambda c: c.text == " ") if not space]
    return line_of([_word(word) for word in words])


def _elected(place: _Place, total: float) -> Character:
    read = place.seen[place.best]
    return Character(read.text, min(place.say[place.best] / total, 1.0), read.box)


def _word(characters: Sequence[Character]) -> Word:
    lefts, tops, rights, bottoms = zip(*(c.box for c in characters), strict=True)
    box = Box(min(lefts), min(tops), max(rights), max(bottoms))
    confidence = float(np.mean([c.confidence for c in characters]))
    return Word("".join(c.text for c in characters), confidence, box, tuple(characters))


def _characters(line: Line) -> list[Character]:
    """Return the characters of a line, a space between words."""
    found: list[Character] = []
    for word in line.words:
        if found:
            found.append(Character(" ", word.confidence, word.box))
        found += word.characters
    return found


def _added(
    places: list[_Place], read: Sequence[Character], say: float, *, before: float
) -> list[_Place]:
    """Return the places after one more reading, aligned with what leads so far."""
    result = []
    for at, number in _aligned([place.leading for place in places], [c.text for c in read]):
        place = _Place() if at is None else places[at]
        if at is None:
            place.add(None, before)
        place.add(None if number is None else read[number], say)
        result.append(place)
    return result


def _aligned(here: Sequence[str], there: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Yield which entries of two texts belong together; None where one has nothing."""
    costs = _costs(here, there)
    steps: list[tuple[int | None, int | None]] = []
    i, j = len(here), len(there)
    while i or j:
        if i and j and costs[i, j] == costs[i - 1, j - 1] + _cost(here[i - 1], there[j - 1]):
            i, j = i - 1, j - 1
            steps.append((i, j))
        elif i and costs[i, j] == costs[i - 1, j] + 1.0:
            i -= 1
            steps.append((i, None))
        else:
            j -= 1
            steps.append((None, j))
    return reversed(steps)


def _costs(here: Sequence[str], there: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype]:
    """Return the least cost of aligning each start of one text with each start of the other."""
    costs = np.zeros((len(here) + 1, len(there) + 1))
    costs[:, 0], costs[0] = np.arange(len(here) + 1), np.arange(len(there) + 1)
    for i, a in enumerate(here, start=1):
        for j, b in enumerate(there, start=1):
            gap = min(costs[i - 1, j], costs[i, j - 1]) + 1.0
            costs[i, j] = min(costs[i - 1, j - 1] + _cost(a, b), gap)
    return costs


def _cost(a: str, b: str) -> float:
    if a == b:
        return 0.0
    return _CASE if a.casefold() == b.casefold() else _OTHER
