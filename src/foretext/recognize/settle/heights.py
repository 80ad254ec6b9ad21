"""Settle what is still in doubt by how high a character reaches, and how low.

A W and a w differ in nothing but size, and a Q with a tail is a g but for its height. Recognizers
of lines judge shapes, and tell that they were of two minds. What decides is how high and how low a
character reaches beside the others, and how much that means in a line whose characters dance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from foretext.arrays import Pixels
from foretext.pieces import pieces_of
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.engine import line_of
from foretext.recognize.settle.inked import inked_characters
from foretext.recognize.settle.typeface import Array, Evidence, evidence, is_measurable, x_height_of
from foretext.recognize.settle.words import beside

# Characters of one shape, or nearly, that differ in height or depth.
_ALIKE = ("cC", "oO", "sS", "uU", "vVyY", "wW", "xX", "zZ", "gQ9")
# Heights are not believed more than this, as a logarithm of odds: what was measured can be wrong.
_MOST = 4.0
# What was read is right more often than readings say, by so much.
_TRUST = 1.0
# Both may err in the same picture, so odds count half.
_TOGETHER = 0.5
# So many characters must be measured for one to stand out.
_FEWEST = 3
# One that shares more of its columns with another is not measured: where they were parted is a
# guess.
_SHARED = 0.25
# Characters of more than one piece.
_DOTTED = frozenset("ij")
_HALF = 0.5
_TINY = 1e-9
# If a character may be another letter by its height, it is so many times as likely the same letter
# in the other case.
_TWIN = 1.5


class _Place(NamedTuple):
    """A character in doubt: where among the measured ones, and what it may be, with its say."""

    at: int
    options: tuple[str, ...]
    say: Array
    evidence: Evidence


def settle_heights(line: Line, boxes: Sequence[Box], picture: Pixels) -> Line:
    """Take the likelier of the characters that were seen at one place, by their heights.

    Parameters
    ----------
    line : Line
        As it was read, with what else its characters may be.
    boxes : sequence of Box
        Where each of its characters roughly stands in `picture`.
    picture : ndarray of uint8, (H, W) or (H, W, 3)
        Dark on white; heights tell most if its baseline is level.

    Returns
    -------
    Line
        With the confidence of what was in doubt as heights make it. The same if nothing was, or
        too few characters can be measured.

    Notes
    -----
    Bayes' rule tells how likely each of two characters is that look alike, if what readings say is
    what was thought before; how likely it makes the heights is in
    `foretext.recognize.settle.typeface`.
    """
    read = [c for word in line.words for c in word.characters]
    in_doubt = [k for k, c in enumerate(read) if _options(c)]
    if not in_doubt or len(boxes) != len(read):
        return line
    inked = inked_characters(line, boxes, picture)
    measured = [k for k, c in enumerate(inked) if is_measurable(c.text) and _is_apart(k, inked)]
    if len(measured) < _FEWEST or not set(in_doubt) & set(measured):
        return line
    ends = np.array([_ends(inked[k]) for k in measured])
    for k, better in zip(measured, _settled([read[k] for k in measured], ends), strict=True):
        read[k] = better
    settled = iter(read)
    return line_of([_with(word, [next(settled) for _ in word.characters]) for word in line.words])


def _options(character: Character) -> dict[str, float]:
    """Return what else a character may be that looks like it but for its height."""
    seen = {
        text: say
        for text, say in character.alternatives
        if say > 0.0 and any(text in alike and character.text in alike for alike in _ALIKE)
    }
    twin = character.text.swapcase()
    others = [say for text, say in seen.items() if text != twin]
    if others and any(twin in alike and character.text in alike for alike in _ALIKE):
        # What might be a Y by its height, but looks like a v, is a V.
        least = min(_TWIN * max(others), character.confidence)
        seen[twin] = max(seen.get(twin, 0.0), least)
    return seen


def _is_apart(k: int, inked: Sequence[Character]) -> bool:
    """Tell whether a character has ink, and hardly any in columns of those beside it."""
    box = inked[k].box
    neighbors = (c.box for c in beside(k, inked))
    shared = [min(box.right, its.right) - max(box.left, its.left) for its in neighbors]
    return inked[k].ink is not None and max(shared, default=0.0) < _SHARED * (box.right - box.left)


def _ends(character: Character) -> tuple[float, float]:
    """Return how high and how low a character reaches, in pixels upward; specks are not of it."""
    box, ink = character.box, character.ink
    if ink is not None and character.text not in _DOTTED:
        pieces = pieces_of(ink > _HALF)
        if len(pieces):
            largest = int(pieces.area.argmax())
            top = box.top + float(pieces.top[largest])
            return -top, -top - float(pieces.height[largest])
    return -box.top, -box.bottom


def _settled(read: Sequence[Character], ends: Array) -> list[Character]:
    """Return the characters as their ends make them, in pixels upward, (N, 2)."""
    texts = [c.text for c in read]
    unit = x_height_of(texts, ends)
    scaled = (ends - ends.mean()) / unit
    whole = evidence(texts, scaled, unit)
    places = [_place(at, c, scaled, unit) for at, c in enumerate(read) if _options(c)]
    taken = [0] * len(places)
    for _ in places:
        odds = [_odds(place, whole) for place in places]
        gains = [float(some.max() - some[now]) for some, now in zip(odds, taken, strict=True)]
        best = int(np.argmax(gains))
        if gains[best] <= 0.0:
            break
        taken[best] = int(odds[best].argmax())
        whole = whole.but(places[best].at, places[best].evidence, taken[best])
    settled = list(read)
    for place, now in zip(places, taken, strict=True):
        settled[place.at] = _weighed(read[place.at], place.options, now, _odds(place, whole))
    return settled


def _place(at: int, character: Character, scaled: Array, unit: float) -> _Place:
    options = {character.text: character.confidence, **_options(character)}
    say = np.log(np.maximum(list(options.values()), _TINY))
    say[0] += _TRUST
    same = np.repeat(scaled[at : at + 1], len(options), axis=0)
    return _Place(at, tuple(options), say, evidence(list(options), same, unit))


def _odds(place: _Place, whole: Evidence) -> Array:
    """Return the logarithms of how likely each option is, if all other characters are right."""
    number = range(len(place.options))
    likely = np.array([whole.but(place.at, place.evidence, k).likelihood() for k in number])
    return np.asarray(place.say + np.clip(likely - likely[0], -_MOST, _MOST))


def _weighed(character: Character, options: Sequence[str], now: int, odds: Array) -> Character:
    """Return a character as one of its options, and all of them as likely as they are."""
    said = dict(character.alternatives) | _options(character)
    total = min(character.confidence + sum(said[option] for option in options[1:]), 1.0)
    shares = np.exp(_TOGETHER * (odds - odds.max()))
    others = {**said, **dict(zip(options, (shares * total / shares.sum()).tolist(), strict=True))}
    text = options[now]
    confidence = others.pop(text)
    ranked = sorted(others.items(), key=lambda other: -other[1])
    return replace(character, text=text, confidence=confidence, alternatives=tuple(ranked))


def _with(word: Word, characters: Sequence[Character]) -> Word:
    """Return a word with other characters, surer or less sure by as much as they are."""
    before, after = (_product(some) for some in (word.characters, characters))
    return Word(
        "".join(c.text for c in characters),
        min(word.confidence * after / before, 1.0) if before > 0.0 else word.confidence,
        word.box,
        tuple(characters),
    )


def _product(characters: Sequence[Character]) -> float:
    return math.prod(c.confidence for c in characters)
