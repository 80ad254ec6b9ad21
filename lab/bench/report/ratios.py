"""The page on ratios: what foretext takes beside an engine alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from lab.bench.metrics.means import Mean, Numbers, bootstrap, mean_of
from lab.bench.ratios import RAPIDOCR, TESSERACT, TOLD, Ratios, ours
from lab.bench.report.markdown import number, percent, table
from lab.bench.subjects import A4

_HEAD: Final = """\
# Ratios

Written by `python -m lab.bench ratios`; don't edit. All in one run and, but for one table, on one
thread, in time of the processor: that differs from machine to machine, ratios hardly do.
"""
_SMALL: Final = """\
## Small pictures

The first picture, its twin and more twins, 160x75, from the file to the text. *Alone*: the engine
gets the picture as it is. Tesseract by its defaults looks for text on a page; told that it is one
line, it often gives up at once. RapidOCR's recognizer takes everything for one line. foretext is
told nothing. Medians over pictures, each the median of its repeats; ratios of medians, with 95 %
bootstrap intervals over pictures.
"""
_PAGES: Final = """\
## A4 pages

A generated page enlarged to the width of A4 and repeated downward. *Tesseract alone* reads the
page as it is; *clean and read* is `foretext.read` by its defaults. Seconds, median of the repeats,
from the picture in memory.
"""
_CORES: Final = """\
### On {count} cores

The same pages by the clock, and each program with the threads that it uses by default.
"""
_MEMORY: Final = """\
## Memory

Peak of a new process that does this one thing with the file of a page (that of {family}) and
ends, in MiB. The picture alone takes {sizes}.
"""


def page(found: Ratios) -> str:
    """Write the whole page."""
    parts = [_HEAD]
    if found.small.get(TESSERACT):
        parts += [_SMALL, small_table(found), _in_short(found)]
    memory = _MEMORY.format(family=next(iter(found.pages)), sizes=_sizes())
    parts += [_PAGES, pages_table(found.pages)]
    if found.cores:
        parts += [_CORES.format(count=found.count), pages_table(found.cores)]
    parts += [memory, memory_table(found)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def small_table(found: Ratios) -> str:
    """Write what each way of reading takes, and how often it is right."""
    beside = (TESSERACT, TOLD, RAPIDOCR)
    head = ["160x75", "n", "ms", *(f"x {name}" for name in beside), "exactly right %"]
    rows = [
        [
            _strong(name),
            str(len(times)),
            number(bootstrap([times], _median), ".1f"),
            *(number(ratio(times, found.small[other]), ".2f") for other in beside),
            percent(mean_of(found.exact[name])),
        ]
        for name, times in found.small.items()
    ]
    return table(head, rows)


def ratio(times: Sequence[float], others: Sequence[float]) -> Mean:
    """Return the ratio of the medians of two ways, measured on the same pictures."""
    return bootstrap([times, others], lambda c: np.asarray(_median(c[:1]) / _median(c[1:])))


def pages_table(pages: Mapping[str, Mapping[str, float]]) -> str:
    """Write what each page takes; in the last line, what all of them do."""
    _, *others = A4
    parts = ["raw", "clean", "read", *(f"clean {dpi}" for dpi in others)]
    names = ["Tesseract alone", "clean", "clean and read", *(f"clean at {d} dpi" for d in others)]
    head = ["A4 at 300 dpi, seconds", *names[:3], "x Tesseract alone", *names[3:]]
    sums = {part: sum(page[part] for page in pages.values()) for part in parts}
    rows = []
    for name, seconds in {**pages, "all": sums}.items():
        cells = [f"{seconds[part]:.2f}" for part in parts]
        rows.append([name, *cells[:3], f"{seconds['read'] / seconds['raw']:.2f}", *cells[3:]])
    return table(head, rows)


def memory_table(found: Ratios) -> str:
    """Write the peak memory of each part, and by how much it exceeds the bare import."""
    parts = list(next(iter(found.memory.values())))
    rows = [
        [
            name,
            *(f"{peaks[part]:.0f}" for part in parts),
            f"{peaks['clean'] - peaks['import']:.0f}",
        ]
        for name, peaks in found.memory.items()
    ]
    titles = {"tesseract": "Tesseract alone", "read": "clean and read"}
    return table(["", *(titles.get(part, part) for part in parts), "clean less import"], rows)


def _in_short(found: Ratios) -> str:
    """Say the ratios that were promised: `fast` beside Tesseract, `normal` beside RapidOCR."""
    pairs = [
        (ours("fast", "tesseract"), TESSERACT),
        (ours("fast", "tesseract"), TOLD),
        (ours("fast", "auto"), TESSERACT),
        (ours("normal", "auto"), RAPIDOCR),
    ]
    lines = [
        f"- {name}: {number(ratio(found.small[name], found.small[other]), '.2f')} times the time"
        f" of {other}"
        for name, other in pairs
    ]
    return "\n".join(["In short:", "", *lines])


def _median(columns: list[Numbers]) -> Numbers:
    return np.asarray(np.median(columns[0], axis=-1), np.float64)


def _sizes() -> str:
    bytes_per_pixel, mib = 3, 2**20
    written = [f"{h * w * bytes_per_pixel / mib:.0f} at {dpi} dpi" for dpi, (h, w) in A4.items()]
    return " and ".join(written)


def _strong(name: str) -> str:
    return f"**{name}**" if name.startswith("foretext") else name
