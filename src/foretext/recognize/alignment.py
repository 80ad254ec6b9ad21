"""Which characters of two readings belong together: the cheapest way from one to the other.

The edit distance, found row by row as in [1]_, with a small price for a change of case alone.

References
----------
.. [1] R. A. Wagner and M. J. Fischer, "The string-to-string correction problem", JACM 1974,
   doi:10.1145/321796.321811
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

# To take one character for another costs a little more than to leave out or put in one.
_OTHER = 1.1
_CASE = 0.4


def aligned(here: Sequence[str], there: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Yield the indices of entries of two texts that belong together.

    Parameters
    ----------
    here, there : sequence of str
        Single characters.

    Yields
    ------
    tuple of (int or None, int or None)
        In order; None where one text has nothing.
    """
    costs = _costs(here, there)
    steps: list[tuple[int | None, int | None]] = []
    i, j = len(here), len(there)
    while i or j:
        if i and j and costs[i, j] == costs[i - 1, j - 1] + _cost(here[i - 1], there[j - 1]):
            i, j = i - 1, j - 1
            steps.append((i, j))
        elif i and costs[i, j] == costs[i - 1, j] + 1.0:
            i -= 1
            steps.append((i, None))
        else:
            j -= 1
            steps.append((None, j))
    return reversed(steps)


def _costs(here: Sequence[str], there: Sequence[str]) -> NDArray[np.float64]:
    """Return the least cost of aligning each start of one text with each start of the other."""
    costs = np.zeros((len(here) + 1, len(there) + 1))
    costs[:, 0], costs[0] = np.arange(len(here) + 1), np.arange(len(there) + 1)
    for i, a in enumerate(here, start=1):
        for j, b in enumerate(there, start=1):
            gap = min(costs[i - 1, j], costs[i, j - 1]) + 1.0
            costs[i, j] = min(costs[i - 1, j - 1] + _cost(a, b), gap)
    return costs


def _cost(a: str, b: str) -> float:
    if a == b:
        return 0.0
    return _CASE if a.casefold() == b.casefold() else _OTHER
