"""Tell 5 from S and 2 from Z by how unlike they are to their own half turn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foretext.arrays import Float, Mask
from foretext.pieces import labeled_pieces
from foretext.reading import Character, Line, Word
from foretext.recognize.settle.words import changed, is_usual

# A side is described by how deep it is in so many bands.
_BANDS = 8
_FINE = 64
# Fisher's linear discriminant of 5 against S and s; see `lab.look_alikes`.
_FIVE = np.array([-14, 12, 22, -13, 7, 2, -4, 3, -3, -1, 1, 2, 14, 18, 4, 0], np.float32)
# Of the fonts measured there 96 % of 5 and 1 % of S are above this.
_IS_FIVE = 3.0
# So are 80 % and none; asked for within capitals.
_SURELY_FIVE = 4.4
# What is above this is no 5, but something cut off or grown together.
_NEITHER = 9.0
# Bands in which a 2 is open to the left, and by how much of its width at least.
_TWO = slice(3, 5)
_IS_TWO = 0.4
# Capitals and small letters that are like their own half turn.
_LIKE_HALVES = frozenset("SsZz")
# A character lower or narrower than this, in pixels, has no shape.
_LEAST = 8
# Pixels around a box in which a character must end.
_MARGIN = 3


def settle_halves(line: Line, mask: Mask) -> Line:
    """Correct an S that is a 5, and a Z that is a 2.

    Parameters
    ----------
    line : Line
        As an engine read it, with the boxes of its characters in pixels of `mask`.
    mask : ndarray of bool, (H, W)
        The ink that was read.

    Returns
    -------
    Line
        The same if the engine gave no characters. A word in small letters, or in small letters
        after a capital, stays as it is.

    Notes
    -----
    S and Z look the same upside down, however slanted, stretched or turned a little; 5 and 2
    don't. Recognizers that have learnt from running text take the letter too often.
    """
    if _LIKE_HALVES.isdisjoint(line.text):
        return line
    characters = [c for word in line.words for c in word.characters]
    words = [word for word in line.words for _ in word.characters]
    settled = [_settled(c, mask, _limit(word)) for c, word in zip(characters, words, strict=True)]
    return changed(line, settled)


def _limit(word: Word) -> float:
    """Return how unlike an S a character of the word has to be."""
    if not is_usual(word.text):
        return _IS_FIVE
    return _SURELY_FIVE if word.text.isupper() else np.inf


def asymmetry(mask: Mask) -> Float:
    """Return how a shape differs from its half turn.

    Parameters
    ----------
    mask : ndarray of bool, (H, W)
        One character; at least one pixel is set.

    Returns
    -------
    ndarray of float32, (16,)
        How much deeper it is from the left than, turned, from the right, in eight bands from top
        to bottom, as a share of its width; then likewise from above, from left to right.
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    shape = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    turned = shape[::-1, ::-1]
    from_left = _depths(shape) - _depths(turned)
    from_above = _depths(shape.T) - _depths(turned.T)
    return np.concatenate((from_left, from_above)).astype(np.float32)


def _depths(shape: Mask) -> Float:
    """Return how far from the left the ink begins in each band, as a share of the width."""
    depth = np.where(shape.any(axis=1), shape.argmax(axis=1), shape.shape[1]) / shape.shape[1]
    fine = np.interp(np.linspace(0.0, 1.0, _FINE), np.linspace(0.0, 1.0, len(depth)), depth)
    return np.asarray(fine.reshape(_BANDS, -1).mean(axis=1), np.float32)


def _settled(character: Character, mask: Mask, limit: float) -> Character:
    if character.text not in _LIKE_HALVES or limit == np.inf:
        return character
    shape = _alone(character, mask)
    if shape is None:
        return character
    unlike = asymmetry(shape)
    if character.text in "Ss":
        return replace(character, text="5") if limit < unlike @ _FIVE < _NEITHER else character
    return replace(character, text="2") if unlike[_TWO].sum() > _IS_TWO else character


def _alone(character: Character, mask: Mask) -> Mask | None:
    """Return the piece of ink that is the character, if it touches no other."""
    box = character.box
    left, top = (max(round(side) - _MARGIN, 0) for side in (box.left, box.top))
    near = mask[top : round(box.bottom) + _MARGIN, left : round(box.right) + _MARGIN]
    pieces, labels = labeled_pieces(np.ascontiguousarray(near))
    if not len(pieces):
        return None
    largest = int(np.argmax(pieces.area))
    shape = labels == largest + 1
    is_cut = shape[:, 0].any() or shape[:, -1].any() or shape[0].any() or shape[-1].any()
    small = min(pieces.width[largest], pieces.height[largest]) < _LEAST
    return None if is_cut or small else shape
