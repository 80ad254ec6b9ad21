"""The tables of the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lab.bench.metrics.means import Mean
from lab.bench.report import scores
from lab.bench.report.markdown import number, percent, rate, table
from lab.bench.report.results import Results

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


def _strong(peer: str) -> str:
    return f"**{peer}**" if peer == "foretext" else peer
