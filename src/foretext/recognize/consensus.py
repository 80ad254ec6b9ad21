"""Several readings of one text become one: aligned character by character, and voted.

Readings are added one by one to a row of places, each of which holds what was read there, as in
[1]_; the surest reading comes first.

References
----------
.. [1] J. G. Fiscus, "A post-processing system to yield reduced word error rates: recognizer output
   voting error reduction (ROVER)", ASRU 1997, doi:10.1109/ASRU.1997.659110
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import numpy as np

from foretext.reading import Box, Character, Line, Word
from foretext.recognize.alignment import aligned
from foretext.recognize.engine import line_of
from foretext.recognize.pattern import Pattern, likeliest

Lines = tuple[Line, ...]

# A reading counts by this power of its sureness: one that is unsure has little say. One by who
# knows characters alone is too sure of what was never taught.
_SAY = 8
_SAY_UNMARKED = 16
# Readings that differ by less are about as sure as each other.
_AS_SURE = 0.04
# Of what is part of another reading, that one has so much.
_PART = 0.8
# So many readings are needed for a vote.
_QUORUM = 3
# Words of fewer letters than this, on average, are one that was torn apart; each tear leaves so
# much of its sureness.
_TORN = 3.0
_TEAR = 0.8
# That nothing stands where others saw a character counts this much of a reading's say, if the
# engine may have missed it.
_NOTHING = 0.65


def sureness_of(lines: Lines) -> float:
    """Return the mean confidence of all characters, in [0, 1]; 0 without any.

    That is what readings are compared by. Of a word it takes all characters to be right, so its
    confidence is lower, the more so the longer it is. Where characters stand far apart, an engine
    takes a word for several, and then for others: ``S9 K 05``. Such a reading counts less.
    """
    words = [word for line in lines for word in line.words]
    characters = [c.confidence for word in words for c in word.characters]
    if not characters:
        return 0.0
    is_torn = len(lines) == 1 and len(characters) < _TORN * len(words)
    tears = len(words) - 1 if is_torn else 0
    return float(np.mean(characters)) * _TEAR**tears


def agree(
    readings: Sequence[Lines],
    pattern: Pattern | None = None,
    *,
    doubles: bool = False,
    unmarked: Sequence[Lines] = (),
    worth: float = 1.0,
    sureness: Sequence[float] | None = None,
) -> Lines:
    """Return what several readings of one text say together.

    Parameters
    ----------
    readings : sequence of tuple of Line
        At least one; all boxes in the coordinates of one picture, and the engine's characters in
        all words.
    pattern : Pattern, optional
        What a text of one line has to match, if anything that was read allows it.
    doubles : bool
        Whether the engine rather reads a character twice than misses one.
    unmarked : sequence of tuple of Line, optional
        Readings by one who knows letters and digits alone: they vote, but not where others saw a
        space or a mark, nor by themselves.
    worth : float, optional
        How many readings of the engine one of those is worth.
    sureness : sequence of float, optional
        How sure each of `readings` is, in [0, 1]; by default as `sureness_of` tells.

    Returns
    -------
    tuple of Line
        If the surest reading and two others are of one line: the characters that most say have
        read (a reading counts by a power of its sureness), with the boxes of the surest one
        that read each. The confidence of a character is the share of all say that is for it.
        Otherwise the surest reading: two can't outvote each other. If it is only a part of what
        was read, about as surely, of several lines, all of that.
    """
    sure = [sureness_of(one) for one in readings] if sureness is None else sureness
    surest_first = sorted(zip(readings, sure, strict=True), key=lambda one: one[1], reverse=True)
    best, most = surest_first[0]
    enough = most - _AS_SURE
    wholes = [r for r, own in surest_first if own >= enough and _is_part(best, r)]
    if any(len(lines) > 1 for lines in wholes):
        # What is read of a part of several lines is often as sure.
        return max(wholes, key=_length)
    if not best:
        return best
    own = [sureness_of(one) for one in unmarked]
    votes = [*_votes(readings, sure), *_votes(unmarked, own, worth=worth, tells_marks=False)]
    if len(votes) < _QUORUM and pattern is None:
        return best
    votes.sort(key=lambda vote: vote.say, reverse=True)
    found = list(_elected(_places(votes, 1.0 if doubles else _NOTHING), votes, pattern))
    if all(character.text == " " for character in found):
        # So different that nothing has most say anywhere.
        return best
    words = [list(group) for space, group in groupby(found, lambda c: c.text == " ") if not space]
    return (line_of([_word(word) for word in words]),)


def _votes(
    readings: Sequence[Lines],
    sureness: Sequence[float],
    *,
    worth: float = 1.0,
    tells_marks: bool = True,
) -> Iterator[_Vote]:
    """Yield what readings of one line have to say."""
    power = _SAY if tells_marks else _SAY_UNMARKED
    for lines, sure in zip(readings, sureness, strict=True):
        if len(lines) == 1:
            yield _Vote(_characters(lines[0]), worth * sure**power, tells_marks)


def _length(lines: Lines) -> int:
    return len(_text(lines))


def _is_part(lines: Lines, whole: Lines) -> bool:
    """Tell whether another reading has nearly all characters of one; to align pages takes long."""
    own = Counter(_text(lines))
    return (own & Counter(_text(whole))).total() >= _PART * own.total()


def _text(lines: Lines) -> str:
    return "".join(word.text for line in lines for word in line.words)


class _Vote(NamedTuple):
    """One reading of a line: its characters, a space between words, and how much it counts."""

    characters: list[Character]
    say: float
    tells_marks: bool

    def tells(self, text: str) -> bool:
        """Tell whether it has a say where such a character was read."""
        return self.tells_marks or text.isalnum()


@dataclass(slots=True)
class _Place:
    """What was read at one place: each character with the say for it, and who read it first."""

    say: dict[str, float] = field(default_factory=dict)
    seen: dict[str, Character] = field(default_factory=dict)

    def add(self, character: Character | None, say: float, nothing: float) -> None:
        """Count one more reading; that it has nothing here counts this part of its say."""
        if character is None:
            self._count("", say * nothing)
            return
        self._count(character.text, say * character.confidence)
        self.seen.setdefault(character.text, character)
        for text, confidence in character.alternatives:
            self._count(text, say * confidence)
            self.seen.setdefault(text, Character(text, confidence, character.box))

    def _count(self, text: str, say: float) -> None:
        self.say[text] = self.say.get(text, 0.0) + say

    @property
    def options(self) -> list[tuple[str, float]]:
        """What may stand here and the say for it, the best first; an empty text is nothing."""
        return sorted(self.say.items(), key=lambda item: -item[1])

    @property
    def leading(self) -> str:
        """The character that most say is for."""
        return max(self.seen, key=lambda text: self.say[text])


def _places(votes: Sequence[_Vote], nothing: float) -> list[_Place]:
    """Align readings one by one."""
    places: list[_Place] = []
    for number, vote in enumerate(votes):
        places = list(_added(places, vote, votes[:number], nothing))
    return places


def _elected(
    places: Sequence[_Place], votes: Sequence[_Vote], pattern: Pattern | None
) -> Iterator[Character]:
    options = [place.options for place in places]
    fitting = likeliest(options, pattern) if pattern else None
    for place, those, chosen in zip(places, options, fitting or [0] * len(places), strict=True):
        total = sum(vote.say for vote in votes if vote.tells(place.leading))
        shares = [(text, min(say / (total or 1.0), 1.0)) for text, say in those]
        text, share = shares[chosen]
        if text:
            others = tuple(other for other in shares if other[0] not in {text, ""})
            yield Character(text, share, place.seen[text].box, others)


def _word(characters: Sequence[Character]) -> Word:
    box = Box.around(c.box for c in characters)
    confidence = float(np.prod([c.confidence for c in characters]))
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
    places: Sequence[_Place], vote: _Vote, before: Sequence[_Vote], nothing: float
) -> Iterator[_Place]:
    """Yield the places after one more reading, aligned with what leads so far."""
    read = vote.characters
    for at, number in aligned([place.leading for place in places], [c.text for c in read]):
        place = _Place() if at is None else places[at]
        if at is None and number is not None:
            silent = sum(other.say for other in before if other.tells(read[number].text))
            if silent:
                place.add(None, silent, nothing)
        if at is None or vote.tells(place.leading):
            place.add(None if number is None else read[number], vote.say, nothing)
        yield place
