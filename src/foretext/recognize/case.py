"""Settle case by height: a W no taller than a lower-case letter is a w."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foretext.arrays import Mask
from foretext.reading import Character, Line, Word

# Capitals that differ from their small letters in nothing but size.
_SAME_SHAPE = frozenset("COSUVWXZ")
# Characters as tall as capitals in nearly every typeface.
_TALL = frozenset("ABDEFGHIJKLMNPQRTYbdfhkl0123456789")
# Lower-case letters are 0.65 to 0.8 times as tall as capitals.
_LOWER = 0.84
# A character shows its height if this share of a usual width is its own.
_OWN = 0.25


def settle_case(line: Line, mask: Mask) -> Line:
    """Make capitals small where their height in the ink says so.

    Parameters
    ----------
    line : Line
        As an engine read it, with the boxes of its characters in pixels of `mask`.
    mask : ndarray of bool, (H, W)
        The ink that was read.

    Returns
    -------
    Line
        The same if the engine gave no characters, or fewer than two tall ones to compare with.

    Notes
    -----
    Engines judge a letter by its shape in a line scaled to a fixed height, so they often err
    where letters go up and down. A height is measured in the columns that a character has to
    itself. It can still be too great, where a neighbor reaches in, but never too small: so
    capitals are corrected, and small letters are not.
    """
    characters = [c for word in line.words for c in word.characters]
    heights = [_height(c, k, characters, mask) for k, c in enumerate(characters)]
    tall = [h for c, h in zip(characters, heights, strict=True) if c.text in _TALL and h]
    if len(tall) < 2:
        return line
    capital = float(np.median(tall))
    settled = iter([_settled(c, h, capital) for c, h in zip(characters, heights, strict=True)])
    return replace(line, words=tuple(_with_characters(word, settled) for word in line.words))


def _height(character: Character, k: int, line: list[Character], mask: Mask) -> float:
    """Return how tall the ink is where the character stands alone; 0 if it nowhere does."""
    left = max([character.box.left, *(c.box.right for c in line[max(k - 1, 0) : k])])
    right = min([character.box.right, *(c.box.left for c in line[k + 1 : k + 2])])
    usual = float(np.median([c.box.right - c.box.left for c in line]))
    if right - left < _OWN * usual:
        return 0.0
    # A pixel above and below, as boxes are rounded.
    top, bottom = round(character.box.top) - 1, round(character.box.bottom) + 1
    rows = np.flatnonzero(mask[max(top, 0) : bottom, round(left) : round(right)].any(axis=1))
    return float(rows[-1] - rows[0] + 1) if rows.size else 0.0


def _settled(character: Character, height: float, capital: float) -> Character:
    if character.text not in _SAME_SHAPE or not height:
        return character
    return (
        replace(character, text=character.text.lower()) if height < _LOWER * capital else character
    )


def _with_characters(word: Word, settled: object) -> Word:
    if not word.characters:
        return word
    characters = tuple(next(settled) for _ in word.characters)  # type: ignore[call-overload]
    return replace(word, text="".join(c.text for c in characters), characters=characters)
