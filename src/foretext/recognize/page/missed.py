"""Text of a page that an engine's analysis of its layout has missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from foretext.arrays import Mask
from foretext.ink import are_beside_headline, distance_to, text_pieces
from foretext.pieces import labeled_pieces
from foretext.reading import Box, Line

# Darker than this is ink.
_DARK = 128
# Ink outside of all words is worth reading if it is more than this share of all ink.
_MUCH = 0.01
# A piece lower than this, in heights of characters, is a mark or a speck.
_LOW = 0.5
# Soft edges end so far from dark ink, in heights of characters.
_EDGE = 0.15
# What was missed at first is believed if it is at least so sure.
_SURE = 0.9
# It has been read already if so much of its length stands in words.
_COVERED = 0.5
_WHITE = 255


def unread(picture: NDArray[np.uint8], lines: Iterable[Line]) -> NDArray[np.uint8] | None:
    """Return a picture without the words that have been read.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W)
        Gray, dark on white.
    lines : iterable of Line
        What was read of it.

    Returns
    -------
    ndarray of uint8, shape (H, W), or None
        None if hardly any ink is left, or only marks and specks.
    """
    dark = picture < _DARK
    boxes = [word.box.slices for line in lines for word in line.words]
    least = _MUCH * np.count_nonzero(dark)
    if np.count_nonzero(_without(dark, boxes)) <= least:
        return None
    pieces, labels = labeled_pieces(dark)
    missed = np.ones(len(pieces) + 1, np.bool_)
    # A letter that reaches out of its word has been read.
    for box in boxes:
        missed[labels[box]] = False
    text, height = text_pieces(pieces)
    tall = text & (pieces.height >= _LOW * height)
    characters = missed[1:] & (tall | are_beside_headline(pieces))
    if pieces.area[characters].sum() <= least:
        return None
    near = distance_to(missed[labels] & dark) <= _EDGE * height
    return np.where(near, picture, np.uint8(_WHITE))


def torn(lines: Sequence[Line], found: Iterable[Line]) -> dict[int, tuple[slice, slice]]:
    """Tell of which lines only parts were read, and where the whole of them stands.

    Parameters
    ----------
    lines : sequence of Line
        What was read at first, in reading order.
    found : iterable of Line
        What was read of the rest.

    Returns
    -------
    dict of int to pair of slice
        By the number of a line that has such a rest in its midst, the rows of both, and the
        columns of these and of the lines before and after it.
    """
    sure = [rest.box for rest in found if rest.confidence >= _SURE]
    return {
        number: _place_of(number, [line.box for line in lines], rest)
        for rest in sure
        for number, line in enumerate(lines)
        if _is_amid(rest, line.box)
    }


def _place_of(number: int, boxes: Sequence[Box], rest: Box) -> tuple[slice, slice]:
    """Return the rows of a line and its rest, and the columns where the whole of it may stand."""
    line = boxes[number]
    near = boxes[max(0, number - 1) : number + 2]
    wide = Box.around([rest, *(box for box in near if _shares_columns(box, line))])
    rows, _ = Box.around([rest, line]).slices
    _, columns = _clear_of(boxes, wide, line).slices
    return rows, columns


def better(line: Line, again: Line | None) -> Line:
    """Return a line that was read again, if that is as sure and tells more; else as it was."""
    if again is None or again.confidence < _SURE or len(again.text) <= len(line.text):
        return line
    return again


def merged(lines: Sequence[Line], found: Iterable[Line]) -> tuple[Line, ...]:
    """Put what was found later where it belongs in reading order.

    Parameters
    ----------
    lines : sequence of Line
        What was read at first, in reading order.
    found : iterable of Line
        What was read then; only what is sure and does not stand where words are is taken.

    Returns
    -------
    tuple of Line
        All of them.
    """
    whole = list(lines)
    words = [word.box for line in lines for word in line.words]
    for line in sorted(found, key=lambda line: line.box.top):
        if line.confidence >= _SURE and not _is_covered(line.box, words):
            whole.insert(_place(line.box, [other.box for other in whole]), line)
    return tuple(whole)


def _place(box: Box, others: Sequence[Box]) -> int:
    """Return before which of the other boxes one comes: after what ends next above it, or left."""
    middle = (box.top + box.bottom) / 2
    left = [(o.right, k) for k, o in enumerate(others) if o.is_left_of(box)]
    above = [
        (o.bottom, k)
        for k, o in enumerate(others)
        if o.bottom <= middle and _shares_columns(o, box)
    ]
    if left or above:
        return max(left or above)[1] + 1
    below = [k for k, o in enumerate(others) if o.top >= middle or box.is_left_of(o)]
    return min(below, default=len(others))


def _is_amid(one: Box, other: Box) -> bool:
    """Tell whether one box begins within the other, in the same row."""
    middle = (one.top + one.bottom) / 2
    return other.top < middle < other.bottom and other.left < one.left < other.right


def _is_covered(line: Box, words: Iterable[Box]) -> bool:
    """Tell whether half of a line's length or more stands in words."""
    middle = (line.top + line.bottom) / 2
    level = (word for word in words if word.top < middle < word.bottom)
    shared = (min(line.right, word.right) - max(line.left, word.left) for word in level)
    return sum(max(wide, 0.0) for wide in shared) >= _COVERED * (line.right - line.left)


def _shares_columns(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right


def _clear_of(others: Iterable[Box], place: Box, line: Box) -> Box:
    """Return a place without what stands left or right of a line in its rows."""
    left, right = place.left, place.right
    for other in others:
        if min(other.bottom, line.bottom) > max(other.top, line.top):
            if other.right <= line.left:
                left = max(left, other.right)
            elif other.left >= line.right:
                right = min(right, other.left)
    return Box(left, place.top, right, place.bottom)


def _without(mask: Mask, boxes: Iterable[tuple[slice, slice]]) -> Mask:
    """Return a mask that is empty within boxes."""
    rest = mask.copy()
    for box in boxes:
        rest[box] = False
    return rest
