"""The characters of one line with their own ink, in the picture that shows it best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from foretext.arrays import Ink, Pixels
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.boxes.characters import place_characters
from foretext.recognize.engine import darkness_of, line_of

# Where ink is pale, or hollow, it is as dark as its darkest tenth; the palest is none.
_DARKEST, _PALEST = 90, 0.02


def inked_characters(line: Line, boxes: Sequence[Box], picture: Pixels) -> list[Character]:
    """Return the characters of a line with their own ink in a picture.

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
    list of Character
        Boxes and ink are in pixels of `picture`.
    """
    standing = iter(boxes)
    words = []
    for word in line.words:
        characters = tuple(replace(c, box=next(standing)) for c in word.characters)
        box = Box.around(c.box for c in characters)
        words.append(Word("".join(c.text for c in characters), 1.0, box, characters))
    placed = place_characters([line_of(words)], _ink_of(picture))[0]
    return [c for word in placed.words for c in word.characters]


def _ink_of(picture: Pixels) -> Ink:
    dark = darkness_of(picture)
    inked = dark[dark > _PALEST]
    whole = float(np.percentile(inked, _DARKEST)) if inked.size else 1.0
    return np.asarray(np.minimum(dark / whole, 1.0), np.float32)
