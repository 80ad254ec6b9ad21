"""Means, and how sure they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_DRAWS: Final = 2000
_SEED: Final = 60145306
_MIDDLE: Final = (2.5, 97.5)


class Mean(NamedTuple):
    """A value of several pictures, with its 95 % bootstrap interval.

    Attributes
    ----------
    pictures : int
        How many.
    value, low, high : float
        The value and the interval; not numbers if it is undefined.
    """

    pictures: int
    value: float
    low: float
    high: float

    @property
    def is_defined(self) -> bool:
        """Whether there is a value."""
        return bool(np.isfinite(self.value))


UNDEFINED: Final = Mean(0, np.nan, np.nan, np.nan)


def mean_of(values: Sequence[float]) -> Mean:
    """Return the mean of some values, with its interval.

    Parameters
    ----------
    values : sequence of float
        One for each picture.

    Returns
    -------
    Mean
        The same for the same values.
    """
    return bootstrap([values], lambda samples: samples[0].mean(axis=-1))


def mean_of_means(groups: Sequence[Sequence[float]]) -> Mean:
    """Return the mean of the means of groups, each as weighty as any other.

    Parameters
    ----------
    groups : sequence of sequences of float
        For each group, one value for each picture.

    Returns
    -------
    Mean
        Pictures are drawn within their groups, since no other groups were to be had. Undefined
        if there is no group, or one is empty.
    """
    arrays = [np.asarray(group, np.float64) for group in groups]
    count = sum(len(array) for array in arrays)
    if not arrays or not all(len(array) for array in arrays):
        return UNDEFINED._replace(pictures=count)
    chance = np.random.default_rng(_SEED)
    draws = [a[chance.integers(len(a), size=(_DRAWS, len(a)))].mean(axis=-1) for a in arrays]
    low, high = np.percentile(np.mean(draws, axis=0), _MIDDLE)
    value = float(np.mean([array.mean() for array in arrays]))
    return Mean(count, value, float(low), float(high))


def bootstrap(
    columns: Sequence[Sequence[float]], statistic: Callable[[list[Numbers]], Numbers]
) -> Mean:
    """Return a statistic of pictures, with its 95 % percentile interval.

    Parameters
    ----------
    columns : sequence of sequences of float
        Several values of each picture; pictures are drawn with all of theirs.
    statistic : callable
        From arrays of shape (..., pictures), one a column, to an array of shape (...).

    Returns
    -------
    Mean
        Undefined if there are no pictures or the statistic is.

    Notes
    -----
    2000 draws with a fixed seed. Draws for which the statistic is undefined are left out.
    """
    arrays = [np.asarray(column, np.float64) for column in columns]
    count = len(arrays[0])
    if not count:
        return UNDEFINED
    picks = np.random.default_rng(_SEED).integers(count, size=(_DRAWS, count))
    value = float(statistic(arrays))
    drawn = statistic([array[picks] for array in arrays])
    drawn = drawn[np.isfinite(drawn)]
    if not np.isfinite(value) or not drawn.size:
        return UNDEFINED._replace(pictures=count)
    low, high = np.percentile(drawn, _MIDDLE)
    return Mean(count, value, float(low), float(high))
