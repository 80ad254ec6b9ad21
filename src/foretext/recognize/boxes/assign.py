"""Deals out the atoms of a line to its characters: the cheapest way that keeps their order.

A dynamic program, like those that align a string with the strokes of a written word. A character
takes atoms that follow one another, or none; an atom may be left out as a speck. What an
assignment costs is told by where the characters are said to stand, how wide they usually are, and
what ink would have to be cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from foretext.recognize.boxes.atoms import Atoms

# A character has at most so many atoms.
_MOST = 10
# What a character costs: for being off the place that the engine said, and off the one that it
# would have by usual widths, squared, up to so many heights, and a little for each beyond;
_SAID, _SAID_UP_TO = 2.0, 0.3
_USUAL, _USUAL_UP_TO = 2.0, 0.25
_BEYOND = 0.2
# for the squared logarithm of how much too wide or narrow it is;
_WIDTH = 3.0
# for each height of white between its parts;
_WHITE = 20.0
# for each stroke width of ink that is cut;
_CUT = 0.5
# for having no ink; and what an atom costs that is left out, for each height of a stroke.
_NO_INK = 2.5
_LEFT_OUT, _LEFT_OUT_UP_TO = 1.2, 2.0

# Widths of characters in heights of capitals: medians over the fonts of `lab.fonts`.
_MEDIUM = 0.7
_WIDTHS = {
    **dict.fromkeys(".,:!'\u2018\u2019", 0.2),
    **dict.fromkeys("il;`|", 0.3),
    **dict.fromkeys('tI"()[]-°', 0.4),
    **dict.fromkeys("jr1{}\\“”„", 0.5),
    **dict.fromkeys("efJ?/*^", 0.6),
    **dict.fromkeys("yBEFPRTY#", 0.8),
    **dict.fromkeys("ADGHKNQ&", 0.9),
    **dict.fromkeys("%@", 1.0),
    # Engines confuse these small letters with capitals, so both are taken for what is between.
    **dict.fromkeys("CcSsZz", 0.7),
    **dict.fromkeys("VvXxOoUu", 0.8),
    **dict.fromkeys("mMWw—", 1.1),
}
_BETWEEN = 0.1
# All characters of a line are narrower or wider than that by no more than this.
_NARROWEST, _WIDEST = 0.5, 2.0
# Characters whose parts stand side by side.
_ASIDE = frozenset('"%“”„«»…‰')


def laid_out(texts: Sequence[str], left: float, right: float) -> npt.NDArray[np.float64]:
    """Return where the characters of a word should stand by their usual widths.

    Parameters
    ----------
    texts : sequence of str, K
        The characters.
    left, right : float
        Where the word begins and ends, in pixels.

    Returns
    -------
    ndarray of float64, (K,)
        The middle of each, in pixels.
    """
    widths = _widths(texts)
    begins = np.cumsum(widths + _BETWEEN) - widths - _BETWEEN
    whole = begins[-1] + widths[-1]
    return np.asarray(left + (right - left) * (begins + widths / 2) / whole)


class Spelling(NamedTuple):
    """The K characters of a line, and where they may stand.

    Attributes
    ----------
    texts : sequence of str
        The characters, without spaces.
    said, usual : ndarray of float64, (K,)
        Where the middle of each stands along the upright line, as the engine said and as its
        word would be laid out by usual widths, in pixels.
    """

    texts: Sequence[str]
    said: npt.NDArray[np.float64]
    usual: npt.NDArray[np.float64]


def assigned(
    spelling: Spelling, atoms: Atoms, *, height: float, stroke: float
) -> npt.NDArray[np.intp]:
    """Return which character each atom is of.

    Parameters
    ----------
    spelling : Spelling
        The characters.
    atoms : Atoms
        The ink, N atoms.
    height, stroke : float
        Of the characters and their strokes, in pixels.

    Returns
    -------
    ndarray of int, (N,)
        The number of a character for each atom, from 0 on, in their order; -1 for none.
    """
    cost = _costs(spelling, atoms, height, stroke)
    speck = _LEFT_OUT * np.minimum(atoms.amount / (height * stroke), _LEFT_OUT_UP_TO)
    left_out = np.concatenate(([0.0], np.cumsum(speck)))
    count, runs = len(atoms), cost.shape[2]
    best = left_out
    taken = np.zeros((len(cost), count + 1), np.intp)
    ends = np.zeros((len(cost), count + 1), np.intp)
    for k in range(len(cost)):
        ways = np.full((runs + 1, count + 1), np.inf)
        ways[0] = best + _NO_INK
        for run in range(1, runs + 1):
            ways[run, run:] = best[:-run] + cost[k, : count + 1 - run, run - 1]
        taken[k] = ways.argmin(axis=0)
        best, ends[k] = _or_left_out(ways.min(axis=0), left_out)
    return _traced(taken, ends)


def _or_left_out(
    cost: npt.NDArray[np.float64], left_out: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """Return the cost if the last atoms may be left out, and where the character then ends."""
    rest = cost - left_out
    least = np.minimum.accumulate(rest)
    ends = np.maximum.accumulate(np.where(rest <= least, np.arange(len(rest)), 0))
    return least + left_out, ends


def _traced(taken: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    last = taken.shape[1] - 1
    of = np.full(last, -1, np.intp)
    for k in range(len(taken) - 1, -1, -1):
        last = int(ends[k, last])
        run = int(taken[k, last])
        of[last - run : last] = k
        last -= run
    return of


def _costs(
    spelling: Spelling, atoms: Atoms, height: float, stroke: float
) -> npt.NDArray[np.float64]:
    """Return what it costs that a character takes a run of atoms.

    By character, first atom, and length of the run less one; infinite beyond the last atom.
    """
    texts, said, usual = spelling
    expected = _expected(texts, atoms, height)[:, None]
    white_counts = np.array([[text not in _ASIDE] for text in texts])
    runs = min(_MOST, len(atoms))
    cost = np.full((len(texts), len(atoms) + 1, runs), np.inf)
    left, right = atoms.left, atoms.right
    white = np.zeros(len(atoms))
    for run in range(1, runs + 1):
        if run > 1:
            more_left, more_right = atoms.left[run - 1 :], atoms.right[run - 1 :]
            white = white[:-1] + np.maximum(more_left - right[:-1], 0.0)
            left = np.minimum(left[:-1], more_left)
            right = np.maximum(right[:-1], more_right)
        middle = (left + right) / 2
        cost[:, : len(left), run - 1] = (
            _off(middle, said, height, _SAID, _SAID_UP_TO)
            + _off(middle, usual, height, _USUAL, _USUAL_UP_TO)
            + _WIDTH * np.square(np.log((right - left) / expected))
            + _WHITE * white / height * white_counts
            + _CUT * atoms.cut[run:] / stroke
        )
    return cost


def _off(
    middle: npt.NDArray[np.float64],
    place: npt.NDArray[np.float64],
    height: float,
    weight: float,
    up_to: float,
) -> npt.NDArray[np.float64]:
    far = np.abs(middle - place[:, None]) / height
    return np.asarray(weight * np.square(np.minimum(far, up_to)) + _BEYOND * far)


def _expected(texts: Sequence[str], atoms: Atoms, height: float) -> npt.NDArray[np.float64]:
    """Return how wide each character should be, in pixels, so that all share the ink."""
    widths = _widths(texts) * height
    ends = np.maximum.accumulate(atoms.right)
    begins = np.maximum(atoms.left, np.concatenate((atoms.left[:1], ends[:-1])))
    covered = float(np.maximum(atoms.right - begins, 0.0).sum())
    return np.asarray(widths * np.clip(covered / widths.sum(), _NARROWEST, _WIDEST))


def _widths(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the usual widths in heights of capitals; combined marks add nothing."""
    return np.array([_WIDTHS.get(text[:1], _MEDIUM) for text in texts])
