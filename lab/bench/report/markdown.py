"""Markdown, by small pieces."""

from __future__ import annotations

from collections.abc import Sequence

from lab.bench.metrics.means import Mean

_NOTHING = ""
# An interval of fewer pictures says nothing.
_FEWEST = 3


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table whose columns are aligned to the right but for the first."""
    marks = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, marks, *rows))


def percent(mean: Mean, *, interval: bool = True) -> str:
    """Write a share in percent, with its interval."""
    return _written(mean, 100, ".0f", interval=interval)


def rate(mean: Mean, *, interval: bool = True) -> str:
    """Write an error rate in percent with one decimal, with its interval."""
    return _written(mean, 100, ".1f", interval=interval)


def number(mean: Mean, how: str = ".1f", *, interval: bool = True) -> str:
    """Write a value, with its interval."""
    return _written(mean, 1, how, interval=interval)


def _written(mean: Mean, times: float, how: str, *, interval: bool) -> str:
    if not mean.is_defined:
        return _NOTHING
    value, low, high = (format(times * x, how) for x in mean[1:])
    return f"{value} ({low} to {high})" if interval and mean.pictures >= _FEWEST else value
