"""Short texts: random strings, words, numbers."""

from __future__ import annotations

from typing import Final

from lab.scenes.language.vocabulary import THEMES, WORDS
from lab.scenes.studio import Studio

# Without 0 O o, 1 I l: alone and waved, not even their author can tell them apart.
ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"
DIGITS: Final = "0123456789"


def characters(studio: Studio, length: int, alphabet: str = ALPHABET) -> str:
    """Draw a string of independent characters."""
    return "".join(studio.one_of(alphabet) for _ in range(length))


def short(studio: Studio) -> str:
    """Draw a short text such as one is asked to type: a string, a number, or a word."""
    if studio.chance(0.65):
        return characters(studio, studio.whole(4, 8))
    if studio.chance(0.4):
        return characters(studio, studio.whole(4, 7), DIGITS)
    return cased(studio, studio.one_of(WORDS))


def cased(studio: Studio, word: str) -> str:
    """Write a word in capitals, with one, or without."""
    return studio.one_of([word.upper(), word.capitalize(), word])


def theme(studio: Studio) -> tuple[str, ...]:
    """Draw a list of words that belong together."""
    return THEMES[studio.one_of(sorted(THEMES))]
