"""How high and how low characters reach in a line of text, whatever its typeface.

Where characters end above and below, in x-heights, is a linear model of where the line stands, of
its size, and of how much higher or deeper than others its typeface is. These are normally
distributed, and so is by how much each character is off; how much that is, is one of a few values,
as likely as each other. Integrated over all of it, that tells how likely the ends are.

The numbers are medians and deviations of the fonts of the lab's train split.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Where most characters end, in x-heights above the baseline.
_LOW = frozenset("acegmnopqrsuvwxyz")
_DEEP = frozenset("gjpqy")
_TALL, _OF_T = 1.41, 1.29
_DEPTH, _OF_Q = -0.42, -0.3
# By how much typefaces differ in the height of capitals and in depth, in x-heights.
_VARIED = 0.15
# By how much characters of one typeface do: most, a t, deep ones, and f and J, which may be deep.
_EVEN, _T_VARIES, _DEPTH_VARIES, _UNCERTAIN = 0.04, 0.13, 0.08, 0.3
_MAYBE_DEEP = frozenset("fJ")
# A line may be level, or its characters may dance: by how much they stand higher or lower, in
# x-heights, and are larger or smaller, as a share.
_DANCES = ((0.02, 0.015), (0.06, 0.04), (0.15, 0.08), (0.35, 0.12))
# An edge is found so well, in pixels.
_EDGE = 0.5
# Before it is measured, hardly anything is known of a line: where it stands, in x-heights, and how
# large it is beside its first estimate. Then by how many of their usual differences typefaces
# differ in capitals and in depth.
_BEFORE = np.array([10.0, 0.5, 1.0, 1.0])


def is_measurable(text: str) -> bool:
    """Tell whether it is known of a character how high and how low it reaches."""
    return len(text) == 1 and text.isascii() and text.isalnum()


def x_height_of(texts: Sequence[str], ends: Array) -> float:
    """Estimate the x-height of a line.

    Parameters
    ----------
    texts : sequence of str
        N measurable characters.
    ends : ndarray of float64, (N, 2)
        Where they end above and below, in pixels upward.

    Returns
    -------
    float
        In pixels, at least 1.
    """
    usual = _usual(texts).ends
    return max(float(np.median((ends[:, 0] - ends[:, 1]) / (usual[:, 0] - usual[:, 1]))), 1.0)


class Evidence(NamedTuple):
    """What the ends of N characters say of their line, for each of L ways to dance.

    `precision` (L, N, 4, 4), `pull` (L, N, 4) and `square` (L, N) are the terms of a quadratic form
    in the line's unknowns, `volume` (L, N) is the logarithm of a determinant.
    """

    precision: Array
    pull: Array
    square: Array
    volume: Array

    def but(self, at: int, other: Evidence, number: int) -> Evidence:
        """Return the same with one character taken for one of another's."""
        own = Evidence(*(terms.copy() for terms in self))
        for mine, its in zip(own, other, strict=True):
            mine[:, at] = its[:, number]
        return own

    def likelihood(self) -> float:
        """Return the logarithm of how likely the ends are, but for a constant."""
        precision, pull, square, volume = (terms.sum(axis=1) for terms in self)
        posterior = precision + np.diag(_BEFORE**-2)
        fit = np.einsum("li,li->l", pull, np.linalg.solve(posterior, pull[..., None])[..., 0])
        each = -0.5 * (square - fit + volume + np.linalg.slogdet(posterior)[1])
        return float(np.logaddexp.reduce(each))


def evidence(texts: Sequence[str], ends: Array, x_height: float) -> Evidence:
    """Return what characters say of their line, if they end so.

    Parameters
    ----------
    texts : sequence of str
        N measurable characters.
    ends : ndarray of float64, (N, 2)
        Where they end above and below, in x-heights upward from anywhere near.
    x_height : float
        In pixels, roughly.

    Returns
    -------
    Evidence
    """
    usual = _usual(texts)
    rows = np.stack((np.ones_like(usual.ends), usual.ends), axis=2)
    design = np.concatenate((rows, usual.factors), axis=2)
    # By how much an end is off if the character's size is.
    reach = usual.ends - usual.ends.mean(axis=1, keepdims=True)
    off, size = np.transpose(np.square(_DANCES))[..., None, None, None]
    alone = np.eye(2) * (usual.varied**2 + (_EDGE / x_height) ** 2)[:, None, :]
    spread = off + size * reach[:, :, None] * reach[:, None, :] + alone
    weight = np.linalg.inv(spread)
    weighted = np.einsum("nia,lnij->lnaj", design, weight)
    rest = ends - usual.ends
    return Evidence(
        np.einsum("lnaj,njb->lnab", weighted, design),
        np.einsum("lnaj,nj->lna", weighted, rest),
        np.einsum("lnij,ni,nj->ln", weight, rest, rest),
        np.linalg.slogdet(spread)[1],
    )


class _Usual(NamedTuple):
    """How characters usually end above and below, in x-heights.

    `ends` (N, 2) are where, `factors` (N, 2, 2) by how much that is more in a typeface of tall
    capitals and in one that goes less deep, and `varied` (N, 2) by how much it differs otherwise.
    """

    ends: Array
    factors: Array
    varied: Array


def _usual(texts: Sequence[str]) -> _Usual:
    found = [_of_one(text) for text in texts]
    return _Usual(*(np.array(part) for part in zip(*found, strict=True)))


@functools.cache
def _of_one(text: str) -> tuple[Array, Array, Array]:
    ends, factors, varied = np.zeros(2), np.zeros((2, 2)), np.full(2, _EVEN)
    if text in _LOW:
        ends[0] = 1.0
    elif text == "t":
        ends[0], varied[0] = _OF_T, _T_VARIES
    else:
        ends[0], factors[0, 0] = _TALL, _VARIED
    if text in _DEEP or text == "Q":
        ends[1], factors[1, 1], varied[1] = _OF_Q if text == "Q" else _DEPTH, _VARIED, _DEPTH_VARIES
    elif text in _MAYBE_DEEP:
        varied[1] = _UNCERTAIN
    return ends, factors, varied
