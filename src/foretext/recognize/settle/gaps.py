"""Gaps between words: closed where characters stand apart, opened where a reading missed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from foretext.arrays import Pixels
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.engine import line_of
from foretext.recognize.settle.inked import inked_characters

# A gap between words is wider than those within them, which are so wide on average.
_WIDER = 2.0
# Another reading is of the same text if so many of its characters are the same, one by one.
_SAME = 0.8


def close_gaps(line: Line, boxes: Sequence[Box], picture: Pixels) -> Line:
    """Join words that stand no farther apart than their own characters do.

    Parameters
    ----------
    line : Line
        As it was read.
    boxes : sequence of Box
        Where each of its characters roughly stands in `picture`.
    picture : ndarray of uint8, (H, W) or (H, W, 3)
        Dark on white.

    Returns
    -------
    Line
        One word if its narrowest gap between words is no wider than those within them are; the same
        if it is, or no word has two characters to compare with.
    """
    lengths = [len(word.characters) for word in line.words]
    if len(lengths) < 2 or max(lengths) < 2 or len(boxes) != sum(lengths):
        return line
    inked = inked_characters(line, boxes, picture)
    gaps = np.array([right.box.left - left.box.right for left, right in pairwise(inked)])
    between = np.zeros(len(gaps), bool)
    between[np.cumsum(lengths)[:-1] - 1] = True
    within = float(gaps[~between].mean())
    if within <= 0.0 or float(gaps[between].min()) >= _WIDER * within:
        return line
    return line_of([_joined(line.words)])


def open_gaps(line: Line, other: Line, boxes: Sequence[Box], picture: Pixels) -> Line:
    """Part a line where another reading of it has gaps, if the ink has them, too.

    Parameters
    ----------
    line : Line
        As it was read.
    other : Line
        As it was also read.
    boxes : sequence of Box
        Where each character of `other` roughly stands in `picture`.
    picture : ndarray of uint8, (H, W) or (H, W, 3)
        Dark on white.

    Returns
    -------
    Line
        The same if the other reading has no more words, is of another text, or its words stand no
        farther apart than their own characters do.
    """
    own, others = (_characters(one) for one in (line, other))
    if len(other.words) <= len(line.words) or len(own) != len(others):
        return line
    same = sum(one.text == two.text for one, two in zip(own, others, strict=True))
    if same < _SAME * len(own) or len(boxes) != len(others):
        return line
    if max(len(word.characters) for word in other.words) < 2:
        return line
    if len(close_gaps(other, boxes, picture).words) != len(other.words):
        return line
    ends = np.cumsum([len(word.characters) for word in other.words]).tolist()
    return line_of([_word(own[a:b]) for a, b in pairwise([0, *ends])])


def _characters(line: Line) -> list[Character]:
    return [c for word in line.words for c in word.characters]


def _joined(words: Sequence[Word]) -> Word:
    found = _word([c for word in words for c in word.characters])
    confidence = float(np.prod([word.confidence for word in words]))
    return replace(found, confidence=confidence, box=Box.around(word.box for word in words))


def _word(characters: Sequence[Character]) -> Word:
    confidence = float(np.prod([c.confidence for c in characters]))
    box = Box.around(c.box for c in characters)
    return Word("".join(c.text for c in characters), confidence, box, tuple(characters))
