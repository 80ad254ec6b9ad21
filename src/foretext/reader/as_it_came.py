"""The picture as it came: if it reads as well, and says the same, cleaning has nothing to add."""

from __future__ import annotations

from collections import Counter
from typing import Final

from foretext.reading import Line
from foretext.recognize.consensus import sureness_of

# What is read of the picture as it came says the same if so much of it is in the other reading, and
# so much of what is sure in that is in it: an icon or two may be taken for a letter.
_SAME: Final = 0.92
_ALL: Final = 0.85
_SURE: Final = 0.8
# It reads as well if it is no less sure than so, and than the other less so much.
_LEAST: Final = 0.9
_LESS: Final = 0.01


def reads_as_well(as_it_came: tuple[Line, ...], cleaned: tuple[Line, ...]) -> bool:
    """Tell whether a picture reads as well as it came as cleaned, and says the same.

    Parameters
    ----------
    as_it_came, cleaned : tuple of Line
        What was read of it.

    Returns
    -------
    bool
        False if either reading has text that the other has not.
    """
    own, others = _characters(as_it_came), _characters(cleaned)
    sure = _characters(tuple(line for line in cleaned if sureness_of((line,)) >= _SURE))
    if not own or not sure:
        return False
    if (own & others).total() < _SAME * own.total():
        return False
    if (own & sure).total() < _ALL * sure.total():
        return False
    return sureness_of(as_it_came) >= max(_LEAST, sureness_of(cleaned) - _LESS)


def _characters(lines: tuple[Line, ...]) -> Counter[str]:
    return Counter("".join(word.text for line in lines for word in line.words))
