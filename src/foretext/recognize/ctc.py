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

import unicodedata
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
# Where signs stand that go with Latin letters: ASCII, Latin-1, general punctuation, currencies.
_SIGNS = (range(0x20, 0x7F), range(0xA1, 0x100), range(0x2010, 0x2028), range(0x20A0, 0x20D0))


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
    likely: NDArray[np.float32], names: Sequence[str], allowed: NDArray[np.bool_] | None = None
) -> list[Decoded]:
    """Return the characters of a strip.

    Parameters
    ----------
    likely : ndarray of float32, (T, K)
        How likely each entry of the list is in each column; the first is the blank.
    names : sequence of str
        The list, K long.
    allowed : ndarray of bool, (K,), optional
        Which characters there can be; all by default. What was given to others goes to these in
        proportion, so that no character is lost, only another one seen.

    Returns
    -------
    list of Decoded
        From left to right.
    """
    if allowed is not None:
        likely = _given_to(likely, allowed)
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


def _given_to(likely: NDArray[np.float32], allowed: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return what is likely if all that is not blank must be one of the allowed."""
    kept = np.where(allowed, likely, np.float32(0.0))
    kept[:, _BLANK] = 0.0
    inked = 1.0 - likely[:, _BLANK]
    kept *= (inked / np.maximum(kept.sum(axis=1), _TINY))[:, None]
    kept[:, _BLANK] = likely[:, _BLANK]
    return kept


def _runs(best: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    edges = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), len(best)]
    yield from pairwise(edges)


def allowed_in(names: Sequence[str], fits: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Tell which characters of a list fit; spaces always do.

    Parameters
    ----------
    names : sequence of str
        The list.
    fits : callable
        Tells of one character whether a text may hold it.

    Returns
    -------
    ndarray of bool, (K,)
    """
    return np.array([name == " " or fits(name) for name in names])


def is_latin(character: str) -> bool:
    """Tell whether a character is a Latin letter, a digit, or a sign that goes with them."""
    if len(character) != 1:
        return False
    if any(ord(character) in signs for signs in _SIGNS):
        return True
    return unicodedata.name(character, "").startswith("LATIN ")
