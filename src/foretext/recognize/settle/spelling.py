"""Words that are in no lexicon become those that are, where the engine itself saw them nearly."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

from foretext.reading import Character, Line, Word
from foretext.recognize.engine import line_of
from foretext.recognize.settle.words import MARKS, is_usual

# Shorter words are no proof: one in four of all that three letters can spell is listed.
_SHORTEST = 4
# A word is at least so likely, beside what was read, and so is a letter beside a digit.
_LEAST = 0.15
_FOR_DIGIT = 0.4
# About so many of the letters that were taken for others are right.
_SURE = 0.5
# So many spellings are tried at most.
_MOST = 3000


def settle_spelling(line: Line, knows: Callable[[str], bool]) -> Line:
    """Spell the words of a line as a lexicon does.

    Parameters
    ----------
    line : Line
        As an engine read it, with what else each character might be.
    knows : callable
        Tells whether a word is in the lexicon.

    Returns
    -------
    Line
        The same if all its words are known, or nothing that was seen makes them so. Letters that
        were taken for others are half sure.

    Notes
    -----
    Only what is written as words are (in small letters, in capitals, or small after one capital,
    but for digits that look like letters) is put right, and only into such: codes stay.
    """
    words = tuple(_spelled(word, knows) for word in line.words)
    return line if words == line.words else line_of(words)


def _spelled(word: Word, knows: Callable[[str], bool]) -> Word:
    characters = word.characters
    if word.text != "".join(c.text for c in characters):
        return word
    first, last = _core(word.text)
    core = word.text[first:last]
    if len(core) < _SHORTEST or not is_usual(_letters(core)) or knows(core):
        return word
    read = characters[first:last]
    found = max(
        (option for option in _spellings(read) if _is_word(option, knows)),
        key=_likelihood,
        default=None,
    )
    if found is None:
        return word
    pairs = zip(found, read, strict=True)
    taken = (one if one is own else replace(one, confidence=_SURE) for one, own in pairs)
    spelled = (*characters[:first], *taken, *characters[last:])
    confidence = float(math.prod(c.confidence for c in spelled))
    return replace(
        word, text="".join(c.text for c in spelled), confidence=confidence, characters=spelled
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _core(text: str) -> tuple[int, int]:
    """Return where a word begins and ends without the marks around it."""
    first = len(text) - len(text.lstrip(MARKS))
    return first, max(first, len(text.rstrip(MARKS)))


def _is_word(characters: tuple[Character, ...], knows: Callable[[str], bool]) -> bool:
    text = "".join(c.text for c in characters)
    return is_usual(text) and knows(text)


def _bare(text: str) -> str:
    """Return a letter without its accents."""
    return unicodedata.normalize("NFD", text)[0]


def _likelihood(characters: tuple[Character, ...]) -> float:
    return math.prod(c.confidence for c in characters)


def _spellings(characters: tuple[Character, ...]) -> Iterator[tuple[Character, ...]]:
    """Yield all that a word might be, but for what is far less likely than what was read."""
    options = [list(_options(c)) for c in characters]
    if math.prod(map(len, options)) > _MOST:
        options = [those[:2] for those in options]
    if math.prod(map(len, options)) > _MOST:
        return
    least = _LEAST * _likelihood(characters)
    for option in product(*options):
        if _likelihood(option) >= least:
            yield option


def _options(character: Character) -> Iterator[Character]:
    yield character
    least = (_FOR_DIGIT if character.text.isdigit() else _LEAST) * character.confidence
    for text, confidence in character.alternatives:
        # An accent that was seen is there.
        is_other = text.isalpha() and text != _bare(character.text)
        if is_other and confidence >= least:
            yield replace(character, text=text, confidence=confidence, alternatives=())
