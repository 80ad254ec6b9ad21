"""Reading what a recognizer of lines says, column by column, as characters.

Such a recognizer gives, for each column of a strip, how likely each character of its list is,
or the blank between characters [1]_. The likeliest of each column are taken; what repeats is one
character.

References
----------
.. [1] A. Graves et al., "Connectionist temporal classification", ICML 2006,
   doi:10.1145/1143844.1143891
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BLANK = 0
_TINY = 1e-9
# So many of the likeliest are kept, the one taken among them, unless they are less likely.
_ALTERNATIVES = 5
_UNLIKELY = 0.005


class Decoded(NamedTuple):
    """One character.

    Attributes
    ----------
    text : str
        The character; may be a space.
    confidence : float
        How likely it is, in [0, 1].
    place : float
        Its middle, as a part of the strip's width in [0, 1].
    alternatives : tuple of (str, float)
        What else it might be and how likely that is, the likeliest first.
    """

    text: str
    confidence: float
    place: float
    alternatives: tuple[tuple[str, float], ...]


def decode(
    likely: NDArray[np.float32], names: Sequence[str], usual: NDArray[np.float32] | None = None
) -> list[Decoded]:
    """Return the characters of a strip.

    Parameters
    ----------
    likely : ndarray of float32, (T, K)
        How likely each entry of the list is in each column; the first is the blank.
    names : sequence of str
        The list, K long.
    usual : ndarray of float32, (K,), optional
        How usual each character is, in [0, 1]: 0 if there can be none. By default all are as
        usual. What is taken from a column's characters goes to them all in proportion, so that no
        character is lost, only another one seen.

    Returns
    -------
    list of Decoded
        From left to right.
    """
    if usual is not None:
        likely = _weighed(likely, usual)
    best = likely.argmax(axis=1)
    found = []
    for start, stop in _runs(best):
        if best[start] != _BLANK:
            peak = likely[start + int(likely[start:stop, best[start]].argmax())]
            place = (start + stop) / 2.0 / len(best)
            text, confidence = names[best[start]], float(peak[best[start]])
            found.append(Decoded(text, confidence, place, tuple(_others(peak, names, best[start]))))
    return found


def _others(
    peak: NDArray[np.float32], names: Sequence[str], taken: int
) -> Iterator[tuple[str, float]]:
    """Yield what else a column might show."""
    # There are thousands of characters, and hardly any is likely at all.
    likely = np.flatnonzero(peak >= _UNLIKELY)
    for number in likely[np.argsort(-peak[likely], kind="stable")][:_ALTERNATIVES]:
        if number not in {taken, _BLANK}:
            yield names[number], float(peak[number])


def _weighed(likely: NDArray[np.float32], usual: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what is likely if characters are so usual; the blank stays as likely as it is."""
    weighed = likely * usual
    weighed[:, _BLANK] = 0.0
    inked = 1.0 - likely[:, _BLANK]
    weighed *= (inked / np.maximum(weighed.sum(axis=1), _TINY))[:, None]
    weighed[:, _BLANK] = likely[:, _BLANK]
    return weighed


def _runs(best: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    edges = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), len(best)]
    yield from pairwise(edges)


def usual_in(names: Sequence[str], usual: Callable[[str], float]) -> NDArray[np.float32]:
    """Tell how usual the characters of a list are; spaces always are.

    Parameters
    ----------
    names : sequence of str
        The list.
    usual : callable
        Tells of one character how usual it is, in [0, 1]: 0 if a text can't hold it.

    Returns
    -------
    ndarray of float32, (K,)
    """
    return np.array([1.0 if name == " " else usual(name) for name in names], np.float32)
