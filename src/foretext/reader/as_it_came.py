"""The picture as it came: if it reads as well, and says the same, cleaning has nothing to add."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from foretext.ink import amount
from foretext.reading import Box, Line
from foretext.recognize.alignment import aligned
from foretext.recognize.consensus import sureness_of

if TYPE_CHECKING:
    from foretext.cleaned import Cleaned

# What is read of the picture as it came says the same if so much of it is in the other reading, and
# so much of what is sure in that is in it: an icon or two may be taken for a letter.
_SAME: Final = 0.92
_ALL: Final = 0.85
_SURE: Final = 0.8
# It reads as well if it is no less sure than so, and than the other less so much.
_LEAST: Final = 0.9
_LESS: Final = 0.01
# A line was missed if it is so sure, so much of its ink was kept, and so little of its place read.
_SURE_ALONE: Final = 0.95
_KEPT: Final = 0.95
_READ: Final = 0.2
# A character is read of what is removed if so much less of the ink around it was kept than around
# most. So many letters on end are no icon.
_REMOVED: Final = 0.3
_SEVERAL: Final = 3
_STOPS: Final = ".,:;'"


class _Sign(NamedTuple):
    """A character that was read, or a space, which has no box."""

    text: str
    box: Box | None


def reads_as_well(as_it_came: tuple[Line, ...], lines: tuple[Line, ...], cleaned: Cleaned) -> bool:
    """Tell whether a picture reads as well as it came as cleaned, and says the same.

    Parameters
    ----------
    as_it_came, lines : tuple of Line
        What was read of it, and of the cleaned picture.
    cleaned : Cleaned
        The picture.

    Returns
    -------
    bool
        False if either reading has text that the other has not, if as it came something was read
        of what is removed, or if it lacks nothing but gaps between words.
    """
    own, others = _characters(as_it_came), _characters(lines)
    sure = _characters(tuple(line for line in lines if sureness_of((line,)) >= _SURE))
    if not own or not sure:
        return False
    if (own & others).total() < _SAME * own.total():
        return False
    if (own & sure).total() < _ALL * sure.total():
        return False
    if sureness_of(as_it_came) < max(_LEAST, sureness_of(lines) - _LESS):
        return False
    return not _lacks_gaps(as_it_came, lines) and not _adds_or_lacks(as_it_came, lines, cleaned)


def _lacks_gaps(as_it_came: tuple[Line, ...], lines: tuple[Line, ...]) -> bool:
    """Tell whether both are the same characters, but less are set apart as words."""
    own, others = (
        [word.text for line in some for word in line.words] for some in (as_it_came, lines)
    )
    return len(own) < len(others) and "".join(own) == "".join(others)


def _adds_or_lacks(as_it_came: tuple[Line, ...], lines: tuple[Line, ...], cleaned: Cleaned) -> bool:
    """Tell whether signs were read only of what is removed, or letters only of the cleaned."""
    own, others = _read(as_it_came), _read(lines)
    pairs = list(aligned([text for text, _ in own], [text for text, _ in others]))
    least = _REMOVED * float(np.median([_part_kept(box, cleaned) for _, box in own if box]))
    for here, there in pairs:
        is_new = there is None or others[there].box is None
        if here is not None and is_new and _is_of_removed(own[here], cleaned, least):
            return True
    lacking = [a is None and b is not None and others[b].text.isalpha() for a, b in pairs]
    return any(all(lacking[k : k + _SEVERAL]) for k in range(len(pairs) - _SEVERAL + 1))


def _is_of_removed(read: _Sign, cleaned: Cleaned, least: float) -> bool:
    """Tell whether a sign was read where hardly any ink was kept; stops may be lost by cleaning."""
    if read.box is None or read.text in _STOPS:
        return False
    return _part_kept(read.box, cleaned) < least


def _read(lines: tuple[Line, ...]) -> list[_Sign]:
    """Return all characters and their boxes, a space without one after each word."""
    found: list[_Sign] = []
    for word in (word for line in lines for word in line.words):
        found += [_Sign(c.text, c.box) for c in word.characters]
        found.append(_Sign(" ", None))
    return found


def with_missed_lines(
    lines: tuple[Line, ...], as_it_came: tuple[Line, ...], cleaned: Cleaned
) -> tuple[Line, ...]:
    """Add lines of kept ink that were read only of the picture as it came.

    Parameters
    ----------
    lines, as_it_came : tuple of Line
        What was read of the cleaned picture, and of it as it came.
    cleaned : Cleaned
        The picture.

    Returns
    -------
    tuple of Line
        Each of them above the first line that lies below it.
    """
    found = list(lines)
    for line in as_it_came:
        if sureness_of((line,)) < _SURE_ALONE or not _is_kept(line.box, cleaned):
            continue
        if all(_shared(line.box, other.box) <= _READ for other in found):
            middle = (line.box.top + line.box.bottom) / 2
            below = (k for k, other in enumerate(found) if other.box.top >= middle)
            found.insert(next(below, len(found)), line)
    return tuple(found)


def _shared(box: Box, other: Box) -> float:
    """Return which part of a box is in another one."""
    wide = min(box.right, other.right) - max(box.left, other.left)
    high = min(box.bottom, other.bottom) - max(box.top, other.top)
    area = (box.right - box.left) * (box.bottom - box.top)
    return max(wide, 0.0) * max(high, 0.0) / max(area, 1.0)


def _is_kept(box: Box, cleaned: Cleaned) -> bool:
    return _part_kept(box, cleaned) >= _KEPT


def _part_kept(box: Box, cleaned: Cleaned) -> float:
    """Return which part of the ink in a box was kept; 0 if there is none."""
    kept, removed = (amount(ink[box.slices]) for ink in (cleaned.ink, cleaned.removed))
    return kept / (kept + removed) if kept > 0.0 else 0.0


def _characters(lines: tuple[Line, ...]) -> Counter[str]:
    return Counter("".join(word.text for line in lines for word in line.words))
