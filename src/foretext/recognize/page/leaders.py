"""Leaders among what is read.

Engines read their dots as letters (``oocccccscs``). They are taken out of the picture before it is
read, and their dots, counted, are put among the words afterward.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from foretext.leaders import Leader, end_of, find_leaders
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.engine import line_of

# A word stands next to a leader if it is no farther than this, in heights of text.
_NEXT = 6.0
_CERTAIN = 0.95
_WHITE = 255


def without_leaders(picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], tuple[Leader, ...]]:
    """Take the leaders out of a picture.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W)
        Gray, dark on white.

    Returns
    -------
    picture : ndarray of uint8, shape (H, W)
        The very input, if there are none.
    leaders : tuple of Leader
        From top to bottom.
    """
    leaders = find_leaders(picture)
    if not leaders:
        return picture, ()
    rest = picture.copy()
    for leader in leaders:
        rest[leader.area] = _WHITE
    return rest, leaders


def missed_ends(
    picture: NDArray[np.uint8], leaders: Sequence[Leader], lines: Iterable[Line]
) -> Iterator[tuple[slice, slice]]:
    """Find what stands at the end of a leader and has not been read, as lone digits often have not.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W)
        Gray, dark on white, without its leaders.
    leaders : sequence of Leader
        They.
    lines : iterable of Line
        What was read of the picture.

    Yields
    ------
    rows, columns : slice
        A place where there is ink, but no word.
    """
    words = [word.box for line in lines for word in line.words]
    for leader in leaders:
        area = end_of(leader, picture, leaders)
        if area is not None and not any(_is_in(box, area) for box in words):
            yield area


def _is_in(box: Box, area: tuple[slice, slice]) -> bool:
    rows, columns = area
    middle = (box.top + box.bottom) / 2
    level = rows.start < middle < rows.stop
    return bool(level and box.left < columns.stop and box.right > columns.start)


def with_leaders(lines: Sequence[Line], leaders: Iterable[Leader]) -> tuple[Line, ...]:
    """Put leaders among the words that were read.

    Parameters
    ----------
    lines : sequence of Line
        In reading order.
    leaders : iterable of Leader
        What was taken out of the picture before.

    Returns
    -------
    tuple of Line
        What a leader leads from and to are one line with it. One that stands alone is a line of
        its own, at the end.
    """
    whole = list(lines)
    for leader in leaders:
        beside = [k for k, line in enumerate(whole) if _is_beside(line.box, leader)]
        words = [_word(leader), *(word for k in beside for word in whole[k].words)]
        joined = line_of(sorted(words, key=lambda word: word.box.left))
        whole.insert(beside[0] if beside else len(whole), joined)
        for k in reversed(beside):
            del whole[k + 1]
    return tuple(whole)


def _is_beside(line: Box, leader: Leader) -> bool:
    """Tell whether a line stands right or left of a leader, or on both sides of it."""
    middle, reach = (leader.box.top + leader.box.bottom) / 2, _NEXT * leader.height
    if not line.top <= middle <= line.bottom + 0.3 * leader.height:
        return False
    return line.left - reach <= leader.box.right and leader.box.left <= line.right + reach


def _word(leader: Leader) -> Word:
    left, top, right, bottom = leader.box
    edges = [left, *(np.add(leader.dots[1:], leader.dots[:-1]) / 2).tolist(), right]
    characters = tuple(
        Character(".", _CERTAIN, Box(edges[k], top, edges[k + 1], bottom))
        for k in range(len(leader.dots))
    )
    return Word("." * len(leader.dots), _CERTAIN, leader.box, characters)
