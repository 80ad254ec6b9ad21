"""Words of a reading and the ink of their characters, for what settles a reading afterwards."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from foretext.arrays import Mask
from foretext.reading import Character, Line

# What stands before and after words.
MARKS = string.punctuation + "\u2018\u2019\u201c\u201d\u2013\u2014"
# What joins the parts of a word.
_JOINTS = str.maketrans(dict.fromkeys("-'\u2019", " "))
# A character shows its shape if this share of a usual width is its own.
_OWN = 0.25


def is_usual(text: str) -> bool:
    """Tell whether a word is all in small letters, in capitals, or small after one capital.

    So must be each part of one with a hyphen or an apostrophe.
    """
    parts = text.strip(MARKS).translate(_JOINTS).split(" ")
    return all(part.isalpha() and _is_usual(part) for part in parts)


def _is_usual(part: str) -> bool:
    return part.islower() or part.isupper() or (part[0].isupper() and part[1:].islower())


def usual_width(line: Sequence[Character]) -> float:
    """Return the median width of the boxes of some characters, at least one."""
    return median(c.box.right - c.box.left for c in line)


def beside(k: int, line: Sequence[Character]) -> tuple[Character, ...]:
    """Return the characters before and after one of a line, as far as there are any."""
    return (*line[max(k - 1, 0) : k], *line[k + 1 : k + 2])


def own_ink(k: int, line: Sequence[Character], mask: Mask, usual: float) -> Mask:
    """Cut out the ink in the columns that are a character's own.

    Parameters
    ----------
    k : int
        The character's number in the line.
    line : sequence of Character
        All of the line, with boxes in pixels of `mask`.
    mask : ndarray of bool, (H, W)
        The ink that was read.
    usual : float
        As `usual_width` tells of the line.

    Returns
    -------
    ndarray of bool, (H', W')
        Empty if too few columns are its own.
    """
    character = line[k]
    left = max([character.box.left, *(c.box.right for c in line[max(k - 1, 0) : k])])
    right = min([character.box.right, *(c.box.left for c in line[k + 1 : k + 2])])
    # A pixel above and below, as boxes are rounded.
    top, bottom = max(round(character.box.top) - 1, 0), round(character.box.bottom) + 1
    if right - left < _OWN * usual:
        return mask[:0, :0]
    return mask[top:bottom, max(round(left), 0) : round(right)]


def changed(
    line: Line,
    settled: list[Character],
    accepts: Callable[[str, str], bool] = lambda before, after: before != after,
) -> Line:
    """Return a line with other characters, in those words where the new text is accepted."""
    words, at = [], 0
    for word in line.words:
        characters = tuple(settled[at : at + len(word.characters)])
        at += len(characters)
        text = "".join(c.text for c in characters)
        is_told = word.text == "".join(c.text for c in word.characters)
        is_new = is_told and text != word.text and accepts(word.text, text)
        words.append(replace(word, text=text, characters=characters) if is_new else word)
    return replace(line, words=tuple(words))
