"""A box for each character, from the ink itself.

Engines read lines and tell only roughly where along them each character stands. The ink has
characters as connected components, but for those that touch and those of several parts. So
components are taken apart into atoms, and the atoms dealt out to the characters in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Int
from foretext.ink import depth, weighted_median, width_of
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.boxes.assign import Spelling, assigned, laid_out
from foretext.recognize.boxes.atoms import slant_of, taken_apart

# Coverage: where components hang together, and what belongs to their soft rims.
_CORE = 0.5
_RIM = 0.08
# Pixels; a rim reaches no farther.
_RIM_WIDTH = 2.5
# Heights of a line; ink farther from its middle is not of it, if there are other lines.
_FARTHEST = 0.8


class _Pieces(NamedTuple):
    """Smallest boxes around pieces of ink, (N,) each; infinite for one that is nowhere."""

    left: Float
    top: Float
    right: Float
    bottom: Float

    def select(self, which: npt.NDArray[np.intp]) -> _Pieces:
        return _Pieces(*(side[which] for side in self))

    def around(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the box around all."""
        low, high = (self.left.min(), self.top.min()), (self.right.max(), self.bottom.max())
        return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def place_characters(lines: Sequence[Line], ink: Ink) -> tuple[Line, ...]:
    """Find the ink of each character that was read.

    Parameters
    ----------
    lines : sequence of Line
        As an engine read them, boxes in pixels of `ink`. The boxes of the characters need only
        tell roughly where along the line each stands. Where they don't spell the word, its
        characters are taken to stand side by side in its box, by their usual widths.
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].

    Returns
    -------
    tuple of Line
        Every word with one `Character` for each of its text's, with its own ink and the box
        around it; one without ink keeps its box. Words and lines have the box around their
        characters.
    """
    labels, pieces = _components(ink)
    whose = _lines_of(pieces, lines)
    return tuple(
        _placed(_spelled(line), np.flatnonzero(whose == number), pieces, labels, ink)
        for number, line in enumerate(lines)
    )


def _components(ink: Ink) -> tuple[Int, _Pieces]:
    """Return the components with their soft rims, numbered from 1 on, and their boxes."""
    core = (ink > _CORE).view(np.uint8)
    count, found = cv2.connectedComponents(core, connectivity=8)
    labels = _with_rims(np.asarray(found, np.int32), ink)
    return labels, _boxes(labels, count - 1)


def _with_rims(labels: Int, ink: Ink) -> Int:
    """Return labels of cores, where soft rims have that of the nearest core pixel."""
    core = labels > 0
    rim = (ink > _RIM) & ~core
    if not core.any() or not rim.any():
        return labels
    distance, nearest = cv2.distanceTransformWithLabels(
        (~core).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    rim &= distance <= _RIM_WIDTH
    label = np.zeros(int(nearest.max()) + 1, np.int32)
    label[nearest[core]] = labels[core]
    spread = labels.copy()
    spread[rim] = label[nearest[rim]]
    return spread


def _boxes(labels: Int, count: int) -> _Pieces:
    y, x = np.nonzero(labels)
    of = labels[y, x] - 1
    low = np.full((2, count), np.inf, np.float32)
    high = np.full((2, count), -np.inf, np.float32)
    for axis, at in enumerate((x.astype(np.float32), y.astype(np.float32))):
        np.minimum.at(low[axis], of, at)
        np.maximum.at(high[axis], of, at + 1)
    return _Pieces(low[0], low[1], high[0], high[1])


def _lines_of(pieces: _Pieces, lines: Sequence[Line]) -> npt.NDArray[np.intp]:
    """Return which line each piece is of; -1 if it stands far from all."""
    whose = np.full(len(pieces.left), -1, np.intp)
    nearest = np.full(len(pieces.left), _FARTHEST if len(lines) > 1 else np.inf)
    x, y = (pieces.left + pieces.right) / 2, (pieces.top + pieces.bottom) / 2
    for number, line in enumerate(lines):
        off = _distance(line, x, y)
        closer = off < nearest
        whose[closer], nearest[closer] = number, off[closer]
    return whose


def _distance(
    line: Line, x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]
) -> npt.NDArray[np.float64]:
    """Return how far points are from the middle of a line, in heights of its words."""
    boxes = sorted(word.box for word in line.words)
    height = float(np.median([box.bottom - box.top for box in boxes]))
    middle = np.interp(x, *np.transpose([_middle(box) for box in boxes]))
    beyond = np.maximum(np.maximum(boxes[0].left - x, x - boxes[-1].right), 0.0)
    return np.asarray((np.abs(y - middle) + beyond) / max(height, 1.0), np.float64)


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _spelled(line: Line) -> Line:
    """Return the line with characters that spell its words."""
    return replace(line, words=tuple(_spelled_word(word) for word in line.words))


def _spelled_word(word: Word) -> Word:
    if "".join(character.text for character in word.characters) == word.text:
        return word
    left, top, right, bottom = word.box
    middles = laid_out(word.text, left, right)
    edges = [left, *((a + b) / 2 for a, b in pairwise(middles.tolist())), right]
    characters = tuple(
        Character(text, word.confidence, Box(a, top, b, bottom))
        for text, (a, b) in zip(word.text, pairwise(edges), strict=True)
    )
    return replace(word, characters=characters)


def _placed(line: Line, mine: npt.NDArray[np.intp], pieces: _Pieces, labels: Int, ink: Ink) -> Line:
    """Return the line with the characters where their ink is, which is of the pieces `mine`."""
    if not mine.size:
        return line
    left, top, right, bottom = pieces.select(mine).around()
    window = np.s_[top:bottom, left:right]
    numbers = np.zeros(len(pieces.left) + 1, np.int32)
    numbers[mine + 1] = np.arange(1, len(mine) + 1)
    own = numbers[labels[window]]
    heights = (pieces.bottom - pieces.top)[mine]
    whose = _dealt_out(line, own, ink[window], weighted_median(heights, heights), left)
    count = sum(len(word.characters) for word in line.words)
    inks = iter(_inks(whose, ink[window], count, left, top))
    words = tuple(_with_inks(word, [next(inks) for _ in word.characters]) for word in line.words)
    return replace(line, words=words, box=Box.around(word.box for word in words))


def _dealt_out(line: Line, own: Int, ink: Ink, height: float, left: int) -> Int:
    """Return which character of the line each pixel of its components is of, from 1 on."""
    characters = [character for word in line.words for character in word.characters]
    stroke = width_of(float(depth(own > 0)[own > 0].mean()))
    said = np.array([_middle(character.box)[0] - left for character in characters])
    usual = np.concatenate([_usual(word) for word in line.words]) - left
    atoms = taken_apart(own, ink, slant_of(own), said, height=height, stroke=stroke)
    spelling = Spelling([character.text for character in characters], said, usual)
    of = assigned(spelling, atoms, height=height, stroke=stroke)
    whose = np.concatenate(([0], of + 1)).astype(np.int32)[atoms.labels]
    # A cut may part a rim from what it surrounds.
    cores = _with_rims(np.where(ink > _CORE, whose, 0), ink)
    return np.where(whose > 0, cores, 0)


def _usual(word: Word) -> npt.NDArray[np.float64]:
    return laid_out([c.text for c in word.characters], word.box.left, word.box.right)


def _inks(whose: Int, ink: Ink, count: int, dx: int, dy: int) -> list[tuple[Box, Ink] | None]:
    """Return the box and the ink of each character; None for one that has none."""
    found: list[tuple[Box, Ink] | None] = []
    for number, box in enumerate(zip(*_boxes(whose, count), strict=True), start=1):
        if not np.isfinite(box[0]):
            found.append(None)
            continue
        left, top, right, bottom = (int(side) for side in box)
        part = np.s_[top:bottom, left:right]
        own = np.where(whose[part] == number, ink[part], np.float32(0.0))
        found.append((Box(left + dx, top + dy, right + dx, bottom + dy), own))
    return found


def _with_inks(word: Word, inks: Sequence[tuple[Box, Ink] | None]) -> Word:
    boxes = [found[0] for found in inks if found]
    characters = tuple(
        replace(character, box=found[0], ink=found[1]) if found else character
        for character, found in zip(word.characters, inks, strict=True)
    )
    return replace(word, characters=characters, box=Box.around(boxes) if boxes else word.box)
