"""The tables of the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lab.bench.metrics.means import Mean
from lab.bench.peers import PEERS
from lab.bench.report import scores
from lab.bench.report.markdown import number, percent, rate, table
from lab.bench.report.results import Results
from lab.bench.rows import OWN

_SHORT = (
    "pictures",
    "raw",
    "best other",
    "**foretext**",
    "true ink",
    "all right: raw",
    "all right: foretext",
    "recovery",
    "harm",
)

# Of fewer pictures nothing is sure.
_FEWEST = 5


def text_table(results: Results, groups: Sequence[str], engine: str) -> str:
    """Write how well each peer's pictures were read; empty if no text is known."""
    head = ["peer", "n", "exact %", "exact but case %", "CER %", "recovery %", "harm %", "read s"]
    rows = []
    for peer in results.peers(groups, engine):
        summary = scores.text_summary(results, groups, peer, engine)
        if summary.cer.is_defined:
            rows.append(_text_row(summary))
    return table(head, rows) if rows else ""


def _text_row(summary: scores.TextSummary) -> list[str]:
    return [
        _strong(summary.peer),
        str(summary.cer.pictures),
        percent(summary.exact),
        percent(summary.exact_nocase, interval=False),
        rate(summary.cer),
        percent(summary.recovery),
        percent(summary.harm),
        number(summary.seconds, ".3f", interval=False),
    ]


def ink_table(results: Results, groups: Sequence[str], engine: str) -> str:
    """Write how well each peer found the ink, and how long it took."""
    head = ["peer", "n", "F %", "pseudo F %", "PSNR dB", "DRD", "edge", "clean s", "s/megapixel"]
    rows = []
    for peer in results.peers(groups, engine):
        summary = scores.ink_summary(results, groups, peer, engine)
        if summary.f.is_defined:
            rows.append(_ink_row(summary))
    return table(head, rows) if rows else ""


def _ink_row(summary: scores.InkSummary) -> list[str]:
    return [
        _strong(summary.peer),
        str(summary.f.pictures),
        number(summary.f),
        number(summary.pseudo_f),
        number(summary.psnr),
        number(summary.drd),
        number(summary.edge, ".3f"),
        number(summary.seconds, ".4f"),
        number(summary.seconds_per_megapixel, ".2f"),
    ]


def short_table(results: Results, kinds: Mapping[str, Sequence[str]], engine: str) -> str:
    """Write one line for each kind of picture: CER of raw, best other, foretext, true ink."""
    rows = [_short_row(results, name, groups, engine) for name, groups in kinds.items()]
    return table([f"CER %, read by {engine}", *_SHORT], [row for row in rows if row])


def _short_row(results: Results, name: str, groups: Sequence[str], engine: str) -> list[str]:
    raw, ours, truth = (
        scores.text_summary(results, groups, peer, engine) for peer in ("raw", "foretext", "truth")
    )
    if not ours.cer.is_defined:
        return []
    other = scores.best_other(results, groups, engine)
    return [
        name,
        str(ours.cer.pictures),
        rate(raw.cer, interval=False),
        f"{rate(other.cer, interval=False)} ({other.peer})" if other else "",
        f"**{rate(ours.cer)}**",
        _if_for_all(truth.cer, ours, rate),
        percent(raw.exact, interval=False),
        percent(ours.exact, interval=False),
        _if_for_all(ours.recovery, ours, percent),
        percent(ours.harm, interval=False),
    ]


def _if_for_all(mean: Mean, ours: scores.TextSummary, write: Callable[..., str]) -> str:
    """Write a value if it is of all pictures; for some of them, true ink may not be known."""
    return write(mean, interval=False) if mean.pictures == ours.cer.pictures else ""


def losses(results: Results, groups: Sequence[str], engine: str) -> str:
    """Write where others read better than foretext; empty if nowhere."""
    rows = []
    for group in groups:
        ours = scores.text_summary(results, [group], "foretext", engine).cer
        better = scores.beaten_by(results, [group], engine)
        if not better or not ours.is_defined:
            continue
        peer, difference = better[0]
        is_sure = difference.high < 0 and difference.pictures >= _FEWEST
        name = f"**{group}**" if is_sure else group
        others = ", ".join(name for name, _ in better[1:])
        rows.append([name, rate(ours, interval=False), peer, rate(difference), others])
    head = ["family or set", "CER % of foretext", "best", "its CER less ours", "also better"]
    return table(head, rows) if rows else ""


def readers_table(results: Results, groups: Sequence[str]) -> str:
    """Write how foretext with each engine stands against readers of the raw picture."""
    columns = [("foretext", engine) for engine in results.engines]
    columns += [(p, OWN) for p in results.peers(groups, OWN) if PEERS[p].reads]
    rows = []
    for group in groups:
        found = [scores.text_summary(results, [group], *column).cer for column in columns]
        least = min((mean.value for mean in found if mean.is_defined), default=0.0)
        cells = [rate(mean) for mean in found]
        best = [mean.value == least for mean in found]
        if any(cells):
            rows.append(
                [group, *(f"**{c}**" if b else c for c, b in zip(cells, best, strict=True))]
            )
    head = [f"foretext, {name}" if peer == "foretext" else peer for peer, name in columns]
    return table(["CER %", *head], rows)


def ink_losses(results: Results, groups: Sequence[str], engine: str) -> str:
    """Write where others find the ink better than foretext; empty if nowhere."""
    rows = []
    for group in groups:
        peers = results.peers([group], engine)
        found = {peer: scores.ink_summary(results, [group], peer, engine).f for peer in peers}
        known = {peer: mean for peer, mean in found.items() if mean.is_defined}
        ours = known.pop("foretext", None)
        best = max(known, key=lambda peer: known[peer].value, default="")
        if ours and best and known[best].value > ours.value:
            rows.append([group, number(ours), best, number(known[best])])
    return table(["family or set", "F % of foretext", "best", "its F %"], rows) if rows else ""


def _strong(peer: str) -> str:
    return f"**{peer}**" if peer == "foretext" else peer
