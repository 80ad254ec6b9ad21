"""How much of the wanted ink a reading goes along: one of a part is sure, but says less."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from foretext.arrays import Ink
from foretext.ink import mask_of
from foretext.reader.readers import Read
from foretext.reading import Line

# The characters at the ends of a line are no wider than so many times most of them: an engine
# that passes over others draws the boxes of those it saw around all.
_WIDEST: Final = 1.6
# A reading is as much less sure as this power of the part that it goes along.
_POWER: Final = 0.5
# Other ink than was chosen may rightly be less, down to this part.
_OTHER: Final = 0.65


def as_far_as_seen(read: Read, ink: Ink) -> Read:
    """Return a reading of one line, less sure if it passed over ink at the ends.

    Parameters
    ----------
    read : Read
        Of any view.
    ink : ndarray of float32, (H, W)
        What was chosen, in [0, 1]; not empty.

    Returns
    -------
    Read
        The same if it is not of one line.
    """
    if len(read.lines) != 1:
        return read
    seen = _part_seen(read.lines[0], ink)
    if read.view.ink is not ink:
        seen = min(1.0, seen / _OTHER)
    sureness = read.attempt.sureness * seen**_POWER
    return read._replace(attempt=replace(read.attempt, sureness=sureness))


def _part_seen(line: Line, ink: Ink) -> float:
    """Return which part of the dense ink lies between the ends of a line; all, if none is dense."""
    boxes = [c.box for word in line.words for c in word.characters] or [w.box for w in line.words]
    most = _WIDEST * float(np.median([box.right - box.left for box in boxes]))
    left = max(line.box.left, boxes[0].right - most)
    right = min(line.box.right, boxes[-1].left + most)
    amounts = mask_of(ink).sum(axis=0)
    within = int(amounts[round(left) : round(right)].sum())
    return within / int(amounts.sum()) if amounts.any() else 1.0
