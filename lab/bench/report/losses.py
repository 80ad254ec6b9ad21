"""Tables of where foretext loses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lab.bench.metrics.means import mean_of
from lab.bench.peers import OURS, PEERS
from lab.bench.report import scores
from lab.bench.report.markdown import number, rate, table
from lab.bench.report.results import Results
from lab.bench.rows import OWN

# Of fewer pictures nothing is sure.
_FEWEST: Final = 5


def reading(results: Results, groups: Sequence[str], engine: str) -> str:
    """Write where the same engine reads raw or others' pictures better; empty if nowhere."""
    rows = []
    for group in groups:
        better = scores.beaten_by(results, [group], engine)
        if not better:
            continue
        ours = scores.text_summary(results, [group], "foretext", engine).cer
        peer, difference = better[0]
        is_sure = difference.high < 0 and difference.pictures >= _FEWEST
        name = f"**{group}**" if is_sure else group
        others = ", ".join(name for name, _ in better[1:])
        rows.append([name, rate(ours, interval=False), peer, rate(difference), others])
    head = ["family or set", "CER % of foretext", "best", "its CER less ours", "also better"]
    return table(head, rows) if rows else ""


def ink(results: Results, groups: Sequence[str], engine: str) -> str:
    """Write where others find the ink better than foretext; empty if nowhere."""
    rows = []
    for group in groups:
        peers = results.peers([group], engine)
        found = {peer: scores.ink_summary(results, [group], peer, engine).f for peer in peers}
        ours = found.pop("foretext", None)
        if not ours or not ours.is_defined:
            continue
        better = {
            peer: mean
            for peer, mean in found.items()
            if peer not in OURS and mean.pictures == ours.pictures and mean.value > ours.value
        }
        if better:
            best = max(better, key=lambda peer: better[peer].value)
            rows.append([group, number(ours), best, number(better[best])])
    return table(["family or set", "F % of foretext", "best", "its F %"], rows) if rows else ""


def readers(results: Results, groups: Sequence[str]) -> str:
    """Write how foretext with each engine stands against readers of the raw picture."""
    columns = [("foretext", engine) for engine in results.engines]
    columns += [(peer, OWN) for peer in results.peers(groups, OWN) if PEERS[peer].reads]
    rows = [row for group in groups if (row := _against_readers(results, group, columns))]
    head = [f"foretext, {engine}" if peer == "foretext" else peer for peer, engine in columns]
    return table(["CER %", "pictures", *head], rows) if rows else ""


def _against_readers(results: Results, group: str, columns: Sequence[tuple[str, str]]) -> list[str]:
    there = [column for column in columns if scores.rates_of(results, [group], [column])[0]]
    if not any(engine == OWN for _, engine in there):
        return []
    # Not all were measured on as many; only the pictures that all have are compared.
    shared = scores.rates_of(results, [group], there)
    means = dict(zip(there, map(mean_of, shared), strict=True))
    least = min(mean.value for mean in means.values())
    cells = [
        f"**{rate(means[column])}**" if means[column].value == least else rate(means[column])
        for column in there
    ]
    written = dict(zip(there, cells, strict=True))
    return [group, str(len(shared[0])), *(written.get(column, "") for column in columns)]
