"""What cleaning gains and what it costs, against the same engine on the same pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from lab.bench.metrics.means import Mean, Numbers, bootstrap, mean_of

# Less than this between raw and clean is not enough to divide by.
LEAST_ROOM: Final = 0.05


def recovery(raw: Sequence[float], ours: Sequence[float], clean: Sequence[float]) -> Mean:
    """Return how much of what the disturbance costs is won back.

    Parameters
    ----------
    raw, ours, clean : sequence of float
        Character error rates of the same pictures: as they are, cleaned, and of their true ink.

    Returns
    -------
    Mean
        (ours - raw) / (clean - raw) of the mean rates: 1 if cleaned pictures read as well as the
        true ink, 0 if they read no better than raw, less than 0 if worse. Undefined if the true
        ink reads less than 0.05 better than raw: then there is nothing to win back.
    """
    return bootstrap([raw, ours, clean], _recovered)


def _recovered(columns: list[Numbers]) -> Numbers:
    raw, ours, clean = (column.mean(axis=-1) for column in columns)
    room = np.asarray(raw - clean, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(room >= LEAST_ROOM, (raw - ours) / room, np.nan)


def harm(raw: Sequence[float], ours: Sequence[float]) -> Mean:
    """Return the share of pictures that read worse after cleaning than before.

    Parameters
    ----------
    raw, ours : sequence of float
        Character error rates of the same pictures.

    Returns
    -------
    Mean
    """
    return mean_of([float(b > a) for a, b in zip(raw, ours, strict=True)])


def gain(ours: Sequence[float], theirs: Sequence[float]) -> Mean:
    """Return the mean of what others err more than we do, picture by picture.

    Parameters
    ----------
    ours, theirs : sequence of float
        Character error rates of the same pictures.

    Returns
    -------
    Mean
        Below 0 if they read better.
    """
    return mean_of([b - a for a, b in zip(ours, theirs, strict=True)])
