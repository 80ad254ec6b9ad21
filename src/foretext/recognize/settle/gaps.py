"""Close gaps that are none between words: characters set far apart are read as several words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from foretext.arrays import Pixels
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.engine import line_of
from foretext.recognize.settle.inked import inked_characters

# A gap between words is wider than those within them, which are so wide on average.
_WIDER = 2.0


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


def _joined(words: Sequence[Word]) -> Word:
    characters: list[Character] = [c for word in words for c in word.characters]
    confidence = float(np.prod([word.confidence for word in words]))
    box = Box.around(word.box for word in words)
    return Word("".join(c.text for c in characters), confidence, box, tuple(characters))
