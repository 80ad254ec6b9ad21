"""Lines that were torn, and lines that an initial has put out of order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foretext.reading import Box, Line
from foretext.recognize.engine import line_of

# Parts of one line are no farther apart than this, in heights of the lower one.
_APART = 2.0
# And one is no more than so many times as high as the other.
_TALLER = 2.0


def mended(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Join lines whose right part was read first, and put those with an initial where they belong.

    Parameters
    ----------
    lines : sequence of Line
        In the order in which an engine read them.

    Returns
    -------
    tuple of Line
        In reading order.
    """
    whole: list[Line] = []
    for line in lines:
        torn = bool(whole) and _goes_before(line.box, whole[-1].box)
        joined = line_of([*line.words, *whole.pop().words]) if torn else line
        at = len(whole)
        while at and _stands_above(joined, whole[at - 1]):
            at -= 1
        whole.insert(at, joined)
    return tuple(whole)


def _stands_above(one: Line, other: Line) -> bool:
    """Tell whether the words of a line stand above another one, though an initial reaches lower."""
    shared = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    narrower = min(line.box.right - line.box.left for line in (one, other))
    return 2 * shared > narrower and _middle(one) < other.box.top


def _middle(line: Line) -> float:
    """Return the height at which most of its words stand."""
    return float(np.median([(word.box.top + word.box.bottom) / 2 for word in line.words]))


def _goes_before(one: Box, other: Box) -> bool:
    """Tell whether a part of a line is what comes right before another part of it."""
    height, taller = sorted((one.bottom - one.top, other.bottom - other.top))
    if taller > _TALLER * height:
        return False
    return one.is_left_of(other) and other.left - one.right <= _APART * height
