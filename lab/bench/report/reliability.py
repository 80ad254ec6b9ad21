"""The reliability chart: how often readings were right, by how sure they were."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from lab.bench.needs import need

_DPI: Final = 90
_SIZE: Final = (6.4, 4.6)
_COLORS: Final = ("#00648c", "#d08c2e", "#5b8c3a")
_BESIDE: Final = 0.008
_HEAD: Final = re.compile(r"\| confidence, read by (\w+) ")
_ROW: Final = re.compile(
    r"\| (?P<low>[\d.]+) to (?P<high>[\d.]+) \| (?P<count>\d+) "
    r"\| (?P<right>\d+)(?: \((?P<least>\d+) to (?P<most>\d+)\))? \|"
)


class Bin(NamedTuple):
    """Readings of about one confidence.

    Attributes
    ----------
    low, high : float
        Their confidences.
    readings : int
        How many there are.
    right, least, most : float
        How many of them were exactly right, and the 95 % interval of that, in percent.
    """

    low: float
    high: float
    readings: int
    right: float
    least: float
    most: float


def bins_in(text: str) -> dict[str, list[Bin]]:
    """Return the bins of each engine from tables as `lab.bench.confidence.tell` writes them.

    Parameters
    ----------
    text : str
        Markdown; what is no such table is passed over, and so are bins without readings.
    """
    found: dict[str, list[Bin]] = {}
    bins: list[Bin] = []
    for line in text.splitlines():
        if head := _HEAD.match(line):
            bins = found.setdefault(head[1], [])
        elif row := _ROW.match(line):
            low, high, count, right, least, most = row.groups()
            ends = (float(least or right), float(most or right))
            bins.append(Bin(float(low), float(high), int(count), float(right), *ends))
    return found


def reliability_chart(text: str, path: Path) -> bool:
    """Draw the tables in a text; tell whether there were any.

    Parameters
    ----------
    text : str
        As for `bins_in`, so that the chart shows what stands beside it.
    path : Path
        Of the picture.
    """
    engines = bins_in(text)
    if not engines:
        return False
    need("matplotlib").use("Agg")
    figure, axes = need("matplotlib.pyplot").subplots(figsize=_SIZE)
    axes.plot([0, 1], [0, 100], "--", color="#9aa0a6", linewidth=1, label="as sure as right")
    for number, (engine, bins) in enumerate(engines.items()):
        color = _COLORS[number % len(_COLORS)]
        # Beside each other, lest intervals hide one another.
        middles = [(each.low + each.high) / 2 + _BESIDE * number for each in bins]
        right = [each.right for each in bins]
        axes.vlines(middles, [b.least for b in bins], [b.most for b in bins], color, linewidth=1.2)
        axes.plot(middles, right, color=color, linewidth=1, alpha=0.5)
        sizes = [8 + each.readings for each in bins]
        axes.scatter(middles, right, sizes, color, alpha=0.8, label=f"{engine}, 95 % interval")
    axes.set_xlabel("confidence of the reading (dots grow with the number of readings)", fontsize=9)
    axes.set_ylabel("exactly right, percent", fontsize=9)
    axes.set(xlim=(0, 1.02), ylim=(0, 103))
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    legend = axes.legend(fontsize=8, loc="upper left", frameon=False)
    for mark in legend.legend_handles[1:]:
        mark.set_sizes([40])
    figure.tight_layout()
    figure.savefig(path, dpi=_DPI, metadata={"Software": None})
    need("matplotlib.pyplot").close(figure)
    return True
