"""Drop characters that were read twice: an x read as xX."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foretext.arrays import Mask
from foretext.reading import Character, Line, Word
from foretext.recognize.settle.words import beside, usual_width

# Characters that a recognizer of lines may see at once in one shape.
_ALIKE = tuple(
    frozenset(alike)
    for alike in (
        *("AR4", "8BRS", "cCGeéE", "fF£", "fijlI1JtT!", "gqQ9y", "hHn", "6éeEGbO", "kKR", "mMnN"),
        *("oO0QDCG", "pP", "sS58", "uUvVwWyY", "xXyYkK", "zZ2", "17TJI", "9gqQO"),
    )
)
# Surer than this, a character is there.
_SURE = 0.98
# A character that has less ink of its own, as a share of that in its box, has none; or less than
# this, if the engine saw the one in the place of the other, so likely beside it.
_OWN = 0.1
_OWN_IF_SEEN, _SEEN = 0.2, 0.16
# One that is wider than this, in usual widths, may be two.
_WIDE = 1.7


def drop_doubles(line: Line, mask: Mask) -> Line:
    """Leave out characters that have no ink of their own.

    Parameters
    ----------
    line : Line
        As an engine read it, with the boxes of its characters in pixels of `mask`.
    mask : ndarray of bool, (H, W)
        The ink that was read.

    Returns
    -------
    Line
        The same if each character has ink of its own, or if the engine gave no characters.

    Notes
    -----
    A recognizer of lines that can't decide between two readings of a shape may give both, one
    after the other. One of them then has no ink that isn't its neighbors' as well. It is left out
    if one of them looks like it. An engine that tells what else it saw tells such pairs itself:
    then a little ink is none, too.
    """
    words = [_without_doubles(word, mask) for word in line.words]
    return (
        line
        if all(a is b for a, b in zip(words, line.words, strict=True))
        else replace(line, words=tuple(words))
    )


def _without_doubles(word: Word, mask: Mask) -> Word:
    characters = list(word.characters)
    while (double := _double(characters, mask)) is not None:
        del characters[double]
    if len(characters) == len(word.characters):
        return word
    return replace(word, text="".join(c.text for c in characters), characters=tuple(characters))


def _double(characters: list[Character], mask: Mask) -> int | None:
    """Return which character is most likely a double, if any is."""
    if len(characters) < 2:
        return None
    usual = usual_width(characters)
    found = [
        (c.confidence, k)
        for k, c in enumerate(characters)
        if c.confidence < _SURE and _is_double(characters, k, mask, usual)
    ]
    return min(found)[1] if found else None


def _is_double(characters: list[Character], k: int, mask: Mask, usual: float) -> bool:
    own, neighbors = characters[k], beside(k, characters)
    least = max((_least_ink(own, other, usual) for other in neighbors), default=0.0)
    return least > 0.0 and _own_ink(characters, k, mask) < least


def _least_ink(own: Character, other: Character, usual: float) -> float:
    """Return how much ink of its own a character must have not to be the double of another."""
    if own.text == other.text:
        return 0.0
    if _seen_as(own, other.text) or _seen_as(other, own.text):
        return _OWN_IF_SEEN
    is_narrow = other.box.right - other.box.left < _WIDE * usual
    return _OWN if is_narrow and _alike(own, other) else 0.0


def _seen_as(own: Character, text: str) -> bool:
    """Tell whether the engine saw another character in the same place, nearly as likely."""
    return dict(own.alternatives).get(text, 0.0) > _SEEN * own.confidence


def _alike(one: Character, other: Character) -> bool:
    return any(one.text in alike and other.text in alike for alike in _ALIKE)


def _own_ink(characters: list[Character], k: int, mask: Mask) -> float:
    """Return the share of the ink in a character's columns that is in no neighbor's columns."""
    box = characters[k].box
    columns = np.arange(max(int(box.left), 0), min(int(np.ceil(box.right)), mask.shape[1]))
    amount = mask[max(int(box.top), 0) : int(np.ceil(box.bottom)), columns].sum(axis=0)
    own = np.ones(len(columns), bool)
    for other in beside(k, characters):
        own &= (columns < other.box.left) | (columns >= other.box.right)
    return float(amount[own].sum()) / max(float(amount.sum()), 1.0)
