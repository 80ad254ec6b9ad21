"""Two charts: how well everything is read, and how well ink is found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from lab.bench.metrics.means import Mean
from lab.bench.needs import need
from lab.bench.peers import OURS
from lab.bench.report import scores
from lab.bench.report.results import Results

_WIDE: Final = 8.0
_ROW: Final = 0.27
_DPI: Final = 90


class _Mark(NamedTuple):
    """How a value is drawn."""

    label: str
    marker: str
    color: str
    size: float


_RAW: Final = _Mark("raw", "o", "#9aa0a6", 5)
_OTHER: Final = _Mark("best other cleaner", "D", "#d08c2e", 4.5)
_OURS: Final = _Mark("foretext, 95 % interval", "o", "#00648c", 6.5)
_TRUTH: Final = _Mark("true ink", "|", "#222222", 11)

Series = list[tuple[_Mark, Sequence[Mean | None]]]


def text_chart(results: Results, groups: Sequence[str], engine: str, path: Path) -> bool:
    """Draw the character error rate of every group.

    Returns
    -------
    bool
        Whether there was anything to draw.
    """

    def of(peer: str, group: str) -> Mean:
        return scores.text_summary(results, [group], peer, engine).cer

    def other(group: str) -> Mean | None:
        best = scores.best_other(results, [group], engine)
        return best.cer if best else None

    groups = [group for group in groups if of("foretext", group).is_defined]
    series: Series = [
        (_RAW, [of("raw", group) for group in groups]),
        (_OTHER, [other(group) for group in groups]),
        (_TRUTH, [of("truth", group) for group in groups]),
        (_OURS, [of("foretext", group) for group in groups]),
    ]
    label = f"character error rate, read by {engine} (less is better)"
    return _draw(groups, series, label, path)


def ink_chart(results: Results, groups: Sequence[str], engine: str, path: Path) -> bool:
    """Draw the F-measure of every group; tell whether there was any."""

    def f(group: str, peer: str) -> Mean:
        return scores.ink_summary(results, [group], peer, engine).f

    def other(group: str) -> Mean | None:
        names = [peer for peer in results.peers([group], engine) if peer not in OURS]
        count = f(group, "foretext").pictures
        known = [mean for peer in names if (mean := f(group, peer)).pictures == count]
        return max(known, key=lambda mean: mean.value, default=None)

    groups = [group for group in groups if f(group, "foretext").is_defined]
    series: Series = [
        (_OTHER, [other(group) for group in groups]),
        (_OURS, [f(group, "foretext") for group in groups]),
    ]
    return _draw(groups, series, "F-measure of the ink in percent (more is better)", path)


def _draw(groups: Sequence[str], series: Series, label: str, path: Path) -> bool:
    if not groups:
        return False
    need("matplotlib").use("Agg")
    figure, axes = need("matplotlib.pyplot").subplots(figsize=(_WIDE, 1.2 + _ROW * len(groups)))
    for mark, means in series:
        _dots(axes, mark, means)
    axes.set_yticks(range(len(groups)), groups, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel(label, fontsize=9)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.legend(fontsize=8, ncols=4, loc="lower center", bbox_to_anchor=(0.4, 1), frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=_DPI, metadata={"Software": None})
    need("matplotlib.pyplot").close(figure)
    return True


def _dots(axes: Any, mark: _Mark, means: Sequence[Mean | None]) -> None:
    places = [(mean, row) for row, mean in enumerate(means) if mean and mean.is_defined]
    if not places:
        return
    if mark is _OURS:
        for mean, row in places:
            axes.plot([mean.low, mean.high], [row, row], color=mark.color, linewidth=1.6)
    axes.plot(
        [mean.value for mean, _ in places],
        [row for _, row in places],
        linestyle="none",
        marker=mark.marker,
        color=mark.color,
        markersize=mark.size,
        label=mark.label,
    )
