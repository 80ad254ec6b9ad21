"""Characters set wide, far from each other, are moved together as engines know them.

A recognizer of lines takes each character that stands alone for a word, loses some of them, and
takes others for signs. In what is between them there is nothing to see, so columns of paper are
left out: of the ink, and of any other view of the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from foretext.arrays import Mask, runs
from foretext.reader.attempts import View
from foretext.reading import Box

# So many characters are needed to tell how they are set, each no lower than this part of most:
# dashes beside a number are none.
_FEWEST: Final = 3
_TALL: Final = 0.6
# Characters are set wide if none is nearer to the next, in heights of most, nor most farther, as in
# a table; and if most of what stands alone is no wider: no word.
_WIDE: Final = 0.3
_FARTHEST: Final = 2.5
_WIDEST: Final = 1.4
_WIDE_IN_PARTS: Final = 0.6
_WIDE_WITH_SIGNS: Final = 0.75
# Gaps between words are so many times as wide as most.
_WORDS: Final = 1.9
# How wide gaps become, within words and between them, in heights.
_NEAR: Final = 0.15
_APART: Final = 0.55

# Less coverage than this is paper.
_FAINT: Final = 0.2

_Counts = npt.NDArray[np.intp]
_Run = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Which columns of a picture are left, in their order."""

    kept: _Counts

    def back(self, box: Box) -> Box:
        """Return a box among the columns left as one in the picture."""
        left, right = self._place(box.left), self._place(box.right - 1.0) + 1.0
        return Box(left, box.top, max(left, right), box.bottom)

    def _place(self, x: float) -> float:
        return float(np.interp(x, np.arange(len(self.kept)), self.kept))


def moved_together(view: View) -> View:
    """Return a view of one line without most of the paper between characters set wide.

    Parameters
    ----------
    view : View
        Of a small picture.

    Returns
    -------
    View
        The same if its characters are not set wide, or there are too few of them to tell.
    """
    kept = _kept(_inked(view)) if view.layout == "line" else None
    if kept is None:
        return view
    columns = _Columns(kept)
    return replace(
        view,
        pixels=view.pixels[:, kept],
        mask=view.mask[:, kept],
        back=lambda box: view.back(columns.back(box)),
    )


def _inked(view: View) -> Mask:
    """Tell where there is any ink: hairlines may be dense nowhere."""
    if view.is_straight:
        return np.asarray(view.pixels < 255.0 * (1.0 - _FAINT))
    return np.asarray(view.ink > _FAINT)


def _kept(mask: Mask) -> _Counts | None:
    """Return the columns that are left if characters are set wide."""
    inked = np.asarray(mask.any(axis=0))
    parts = [(int(start), int(end)) for start, end in runs(inked)]
    high = _height(mask, parts)
    found = _characters(parts, high)
    tall = sum(_height(mask, [one]) >= _TALL * high for one in found)
    if tall < _FEWEST:
        return None
    gaps = np.array([after[0] - before[1] for before, after in pairwise(found)])
    wide = float(np.median([right - left for left, right in found]))
    least = _WIDE if len(found) == len(parts) else _WIDE_IN_PARTS
    if tall < len(found):
        least = _WIDE_WITH_SIGNS
    if gaps.min() < least * high or np.median(gaps) > _FARTHEST * high or wide > _WIDEST * high:
        return None
    spare = _spare(found, gaps, high, len(inked)) & ~inked
    return np.flatnonzero(~spare)


def _height(mask: Mask, parts: Sequence[_Run]) -> float:
    """Return how high most of what stands alone is, but for what is less than a character."""
    rows = [np.flatnonzero(mask[:, left:right].any(axis=1)) for left, right in parts]
    return float(np.percentile([row[-1] - row[0] + 1 for row in rows], 75)) if rows else 0.0


def _characters(parts: Sequence[_Run], high: float) -> list[_Run]:
    """Return where characters begin and end, if some are of several parts."""
    found: list[_Run] = []
    for left, right in parts:
        if found and left - found[-1][1] < _WIDE * high and right - found[-1][0] < _WIDEST * high:
            found[-1] = found[-1][0], right
        else:
            found.append((left, right))
    return found


def _spare(found: Sequence[_Run], gaps: _Counts, high: float, width: int) -> Mask:
    """Tell which columns between characters are more than are needed."""
    spare = np.zeros(width, bool)
    words = _WORDS * float(np.median(gaps))
    for (_, end), (start, _) in pairwise(found):
        least = max(1, round((_APART if start - end > words else _NEAR) * high))
        spare[end + least // 2 : max(start - (least + 1) // 2, end)] = True
    return spare
