"""The real sets of characters, but for case: engines and people often can't tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lab.bench.metrics.means import mean_of
from lab.bench.report.markdown import percent, rate, table
from lab.bench.report.results import Results
from lab.bench.rows import Row

_HEAD: Final = (
    "pictures",
    "raw, exact %",
    "raw, but case %",
    "foretext, exact %",
    "foretext, but case %",
    "gain but case, points",
)


def case_table(results: Results, groups: Sequence[str], engine: str) -> str:
    """Write how many pictures are read without an error, case counted and not.

    Parameters
    ----------
    results : Results
        Where to look.
    groups : sequence of str
        Which sets; in the last line, all of their pictures.
    engine : str
        Who read, both the raw pictures and foretext's.

    Returns
    -------
    str
        Markdown, of the pictures that both have read; empty if there are none.
    """
    pairs = {group: _pairs(results, group, engine) for group in groups}
    pairs = {group: found for group, found in pairs.items() if found}
    if not pairs:
        return ""
    rows = [_row(group, found) for group, found in pairs.items()]
    if len(rows) > 1:
        rows.append(_row("all", [pair for found in pairs.values() for pair in found]))
    return table([f"read by {engine}", *_HEAD], rows)


def _pairs(results: Results, group: str, engine: str) -> list[tuple[Row, Row]]:
    """Return the rows of raw and of foretext that belong together."""
    raw, ours = (results.rows([group], peer, engine) for peer in ("raw", "foretext"))
    both = [(raw[item], ours[item]) for item in raw if item in ours]
    return [pair for pair in both if all(row.exact is not None for row in pair)]


def _row(name: str, pairs: Sequence[tuple[Row, Row]]) -> list[str]:
    exact = [[row.exact or 0.0 for row in rows] for rows in zip(*pairs, strict=True)]
    nocase = [[row.exact_nocase or 0.0 for row in rows] for rows in zip(*pairs, strict=True)]
    return [
        name,
        str(len(pairs)),
        percent(mean_of(exact[0])),
        percent(mean_of(nocase[0])),
        percent(mean_of(exact[1])),
        f"**{percent(mean_of(nocase[1]))}**",
        rate(mean_of([ours - raw for raw, ours in zip(*nocase, strict=True)])),
    ]
