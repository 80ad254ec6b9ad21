"""Settle case by height: a W no taller than a lower-case letter is a w."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from foretext.arrays import Mask
from foretext.reading import Character, Line, Word
from foretext.recognize.settle.words import changed, is_usual, own_ink, usual_width

# Capitals that differ from their small letters in nothing but size.
_SAME_SHAPE = frozenset("COSUVWXZ")
# They, those small letters, and what else may be read as such a letter or for one.
_DOUBTFUL = _SAME_SHAPE | frozenset(c.lower() for c in _SAME_SHAPE) | frozenset("y0")
# Characters as tall as capitals in nearly every typeface.
_TALL = frozenset("ABDEFGHIJKLMNPQRTYbdfhkl0123456789")
# As tall as capitals in all of them, and none goes below the line.
_CAPITALS_AND_FIGURES = frozenset("ABDEFGHKLMNPRTY0123456789")
# Figures that are as low as an x where figures are of old style; a zero may be an o.
_FIGURES = frozenset("12")
# Characters as tall as an x, which no capital looks like.
_LOW = frozenset("aemnr")
# Heights, in those of capitals, below which a letter is small and above which it is a capital.
_BY_TALL = 0.84, 0.92
# The same in x-heights; lower-case letters are 0.65 to 0.8 times as tall as capitals.
_BY_LOW = 1.1, 1.22
# The same as parts of the way from the x-height to the height of capitals, as these can be.
_BETWEEN = 0.45, 0.65
_POSSIBLE = 1.15, 1.8
# Heights that differ by no more than this part are one; what is lower than that part of it is
# small.
_ONE_HEIGHT = 0.14
_SURELY_SMALL = 0.8
_NO_APOSTROPHES = str.maketrans("", "", "'’")  # noqa: RUF001
# What stands in so much of its width on either side may be its neighbor's.
_SIDE = 0.15


@dataclass(frozen=True, slots=True)
class _Heights:
    """How tall a character's ink is, at most and surely, in pixels."""

    most: float
    least: float


@dataclass(frozen=True, slots=True)
class _Limits:
    """Below which height a letter of a line is small, and above which a capital, in pixels."""

    small: float
    capital: float


def settle_case(line: Line, mask: Mask, *, is_alone: bool = True, is_trusted: bool = False) -> Line:
    """Make capitals small, and small letters capitals, where their height says so.

    Parameters
    ----------
    line : Line
        As an engine read it, with the boxes of its characters in pixels of `mask`.
    mask : ndarray of bool, (H, W)
        The ink that was read; heights tell most if its baseline is level.
    is_alone : bool
        Whether it is all that there is, not one line of a page.
    is_trusted : bool
        Whether the engine errs little. Then letters are only made small, where the tall ones
        around them are of one height: what touches a letter may make it taller, never lower.

    Returns
    -------
    Line
        The same if the engine gave no characters, or fewer than two to compare with.

    Notes
    -----
    Engines judge a letter by its shape in a line scaled to a fixed height. A height is measured
    in the columns that a character has to itself. A `y` as low as an `x` is a `v`. A word in
    small letters, in capitals, or in small letters after one capital is believed to be right,
    unless, in a line alone, another of these fits better; on a page the words around have told.
    """
    characters = [c for word in line.words for c in word.characters]
    if len(characters) < 2 or not (is_alone or any(map(_may_change, line.words))):
        return line
    usual = usual_width(characters)
    rows = [_rows(own_ink(k, characters, mask, usual)) for k in range(len(characters))]
    limits = (_limit_of_small if is_trusted else _limits)(characters, rows)
    if limits is None:
        return line
    settled = [_settled(c, r, limits) for c, r in zip(characters, rows, strict=True)]
    if not is_alone and not _has_low_figures(characters, rows, limits):
        settled = [_without_zero(c, r, limits) for c, r in zip(settled, rows, strict=True)]
    accepts = _accepts if is_alone else _accepts_of_page
    return changed(line, settled, partial(_in_part, accepts) if is_trusted else accepts)


def _may_change(word: Word) -> bool:
    """Tell whether a word of a page is in doubt, and has a character that may be another."""
    return any(c in _DOUBTFUL for c in word.text) and not is_usual(word.text)


def _rows(own: Mask) -> _Heights | None:
    """Measure a character where it has columns of its own."""
    rows = np.flatnonzero(own.any(axis=1))
    if not rows.size:
        return None
    # A neighbor may reach in at the sides.
    side = max(1, round(_SIDE * own.shape[1]))
    inner = np.flatnonzero(own[:, side:-side].any(axis=1))
    least = inner[-1] - inner[0] + 1 if inner.size else 0
    return _Heights(float(rows[-1] - rows[0] + 1), float(least))


def _limits(characters: list[Character], rows: list[_Heights | None]) -> _Limits | None:
    """Measure a line by the characters whose height is certain; None if they are too few."""
    tall, low = (_heights_of(kind, characters, rows) for kind in (_TALL, _LOW))
    if len(tall) + len(low) < 2:
        return None
    return _Limits(*_from_heights(tall, low))


def _limit_of_small(characters: list[Character], rows: list[_Heights | None]) -> _Limits | None:
    """Measure a line whose capitals and figures are of one height; None if they are not.

    Letters that rise above small ones may rise above capitals, too.
    """
    tall = _heights_of(_CAPITALS_AND_FIGURES, characters, rows)
    if len(tall) < 2:
        return None
    height = float(np.median(tall))
    if np.ptp(tall) > _ONE_HEIGHT * height:
        return None
    return _Limits(_SURELY_SMALL * height, math.inf)


def _heights_of(
    kind: frozenset[str], characters: list[Character], rows: list[_Heights | None]
) -> list[float]:
    """Return the heights of those characters that are of a kind, and could be measured."""
    pairs = zip(characters, rows, strict=True)
    return [r.most for c, r in pairs if r is not None and c.text in kind]


def _from_heights(tall: list[float], low: list[float]) -> tuple[float, float]:
    """Return below which height a letter is small, and above which it is a capital."""
    capital, x_height = (float(np.median(some)) if some else 0.0 for some in (tall, low))
    if tall and low and _POSSIBLE[0] < capital / x_height < _POSSIBLE[1]:
        less, more = (x_height + part * (capital - x_height) for part in _BETWEEN)
        return less, more
    if len(tall) >= len(low):
        return _BY_TALL[0] * capital, _BY_TALL[1] * capital
    return _BY_LOW[0] * x_height, _BY_LOW[1] * x_height


def _settled(character: Character, rows: _Heights | None, limits: _Limits) -> Character:
    if rows is None:
        return character
    text = character.text
    if text.upper() in _SAME_SHAPE:
        if rows.most < limits.small:
            text = text.lower()
        elif rows.least > limits.capital:
            text = text.upper()
    elif text == "y" and rows.most < limits.small:
        text = "v"
    return character if text == character.text else replace(character, text=text)


def _has_low_figures(
    characters: list[Character], rows: list[_Heights | None], limits: _Limits
) -> bool:
    """Tell whether figures are as low as small letters, or there are no small letters."""
    low = any(h < limits.small for h in _heights_of(_FIGURES, characters, rows))
    return low or not any(c.text in _LOW for c in characters)


def _without_zero(character: Character, rows: _Heights | None, limits: _Limits) -> Character:
    if character.text != "0" or rows is None or rows.most >= limits.small:
        return character
    return replace(character, text="o")


def _accepts(before: str, after: str) -> bool:
    """Believe a word that is written as words are, unless another such word fits better."""
    return not is_usual(before) or (is_usual(after) and before.lower() == after.lower())


def _in_part(accepts: Callable[[str, str], bool], before: str, after: str) -> bool:
    """Don't believe that a whole word is small: it may be set in smaller capitals."""
    return not (before.isupper() and after.islower()) and accepts(before, after)


def _accepts_of_page(before: str, after: str) -> bool:
    """Believe a word that is written as words are; none gets a capital within, or a figure out."""
    is_number = any(c.isdigit() or c in ".,:" for c in after)
    if is_usual(before) or (is_number and before.count("0") > after.count("0")):
        return False
    return _capitals_within(after) <= _capitals_within(before)


def _capitals_within(word: str) -> int:
    """Count capitals that come after a small letter, or its apostrophe."""
    pairs = itertools.pairwise(word.translate(_NO_APOSTROPHES))
    return sum(one.islower() and other.isupper() for one, other in pairs)
