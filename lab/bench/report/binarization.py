"""The page on binarization: old pages by their year, and dirty office pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from lab.bench.metrics.means import Mean, mean_of, mean_of_means
from lab.bench.needs import edition_of
from lab.bench.office import BLANK, Found
from lab.bench.peers import PEERS
from lab.bench.report.markdown import number, table
from lab.bench.report.results import Results, values
from lab.bench.rows import Row

YEARS: Final = tuple(f"binarization/dibco{year}" for year in (2009, 2010, 2012, 2014))
SETS: Final = (*YEARS, "binarization/bickley")
_ENGINE: Final = "tesseract"


class _Measure(NamedTuple):
    """A column: its name, how it is got from a row, and how it is written."""

    name: str
    get: Callable[[Row], float | None]
    how: str


_F: Final = _Measure("F %", lambda row: row.f, ".1f")
_MEASURES: Final = (
    _F,
    _Measure("pseudo F %", lambda row: row.pseudo_f, ".1f"),
    _Measure("PSNR dB", lambda row: row.psnr, ".1f"),
    _Measure("DRD", lambda row: row.drd, ".2f"),
    _Measure("s/megapixel", lambda row: row.clean_s / row.megapixels, ".2f"),
)
_TITLES: Final = {
    "binarization/dibco2009": "DIBCO 2009",
    "binarization/dibco2010": "H-DIBCO 2010",
    "binarization/dibco2012": "H-DIBCO 2012",
    "binarization/dibco2014": "H-DIBCO 2014",
    "binarization/bickley": "Bickley diary",
}

_HEAD: Final = """\
# Binarization

Written by `python -m lab.bench binarization`; don't edit. Pages of the contests DIBCO 2009 and
H-DIBCO 2010, 2012 and 2014, most of them handwritten; pages of a faded diary; and printed office
pages with coffee rings, wrinkles, folds and footprints. Nothing in foretext was trained on
them. Its makers have looked at them, and where edges are cut was decided with them in view, its one
number on the diary alone ([ADR 0011](../decisions/0011-hard-black-and-white.md)). They are not ours
to spread, so their contact sheets are written beside the results, and generated pages of that kind
are shown [here](families/page_handwritten.md).
"""
_NOTES: Final = """\
## How it is measured

- Every method gets the same pictures and runs with the numbers that its authors or doxapy give it;
  foretext runs by its defaults, its mask being `Cleaned.binarized`: cut in scans where edges are
  steepest (`foretext/binarize.py`). The same is done to what its parts
  give. Scenes that the lab draws mix colors, not light, and are scored at half coverage.
- **F, PSNR, DRD** are those of doxapy, the measures of the contests. **pseudo F** is that of
  H-DIBCO 2010, with recall of the truth's skeleton (by Zhang and Suen), not the weighted one of
  later contests.
- Means are over pictures, with 95 % intervals: percentiles of 2000 bootstrap draws, fixed seed.
  The mean of the four years gives each year the same weight, and draws pictures within the years.
- **RMSE** compares the gray of a whole page, pixel by pixel, with that of the clean page, from 0
  (the same) to 1; its mean is over pages. Of foretext it is the picture in the size of the input,
  dark on white. *blank* is a page of nothing but white.
- **s/megapixel**: one thread.
"""


def page(results: Results, found: Sequence[Found]) -> str:
    """Write the whole page.

    Parameters
    ----------
    results : Results
        Of the sets with masks, which are those of `SETS`.
    found : sequence of Found
        Of the office pages; may be empty.
    """
    parts = [
        _HEAD,
        f"With doxapy {edition_of('doxapy')}.",
        "## F-measure by year",
        f_table(results),
        "## All measures",
        *_all_measures(results),
    ]
    if found:
        parts += ["## Dirty office pages", office_table(found)]
    parts += [_NOTES, "## Methods", _methods(results)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def f_table(results: Results) -> str:
    """Write the F-measure of each method, a column a year, and the mean of the years."""
    there = [group for group in SETS if group in results.groups]
    counts = {group: _count(results, group) for group in there}
    total = sum(count for group, count in counts.items() if group in YEARS)
    rows = [
        [
            _strong(peer),
            f"**{_written(_of_years(results, peer, _F), _F)}**",
            *(_written(_of(results, group, peer, _F), _F) for group in there),
        ]
        for peer in _peers(results)
    ]
    years = [f"{_TITLES[group]} (n = {count})" for group, count in counts.items()]
    return table([_F.name, f"mean of the four years (n = {total})", *years], rows)


def _count(results: Results, group: str) -> int:
    return max(len(results.rows([group], peer, _ENGINE)) for peer in _peers(results))


def office_table(found: Sequence[Found]) -> str:
    """Write how near each method came to the clean office pages."""
    peers = dict.fromkeys(one.peer for one in found)
    order = [peer for peer in (BLANK, *PEERS) if peer in peers]
    rows = []
    for peer in order:
        own = [one for one in found if one.peer == peer]
        error = mean_of([one.error for one in own])
        rows.append([_strong(peer), str(error.pictures), number(error, ".4f")])
    return table(["method", "pages", "RMSE"], rows)


def _all_measures(results: Results) -> list[str]:
    parts = [
        "### Mean of the four years",
        _measures(results, lambda p, m: _of_years(results, p, m)),
    ]
    for group in SETS:
        if group in results.groups:
            parts += [f"### {_TITLES[group]}", _measures(results, _getter(results, group))]
    return parts


def _getter(results: Results, group: str) -> Callable[[str, _Measure], Mean]:
    return lambda peer, measure: _of(results, group, peer, measure)


def _measures(results: Results, get: Callable[[str, _Measure], Mean]) -> str:
    rows = []
    for peer in _peers(results):
        means = [get(peer, measure) for measure in _MEASURES]
        cells = [_written(mean, one) for mean, one in zip(means, _MEASURES, strict=True)]
        rows.append([_strong(peer), str(means[0].pictures), *cells])
    return table(["method", "n", *(measure.name for measure in _MEASURES)], rows)


def _peers(results: Results) -> list[str]:
    return results.peers(SETS, _ENGINE)


def _of(results: Results, group: str, peer: str, measure: _Measure) -> Mean:
    return mean_of(values(results.rows([group], peer, _ENGINE).values(), measure.get))


def _of_years(results: Results, peer: str, measure: _Measure) -> Mean:
    found = [results.rows([year], peer, _ENGINE).values() for year in YEARS]
    return mean_of_means([values(rows, measure.get) for rows in found])


def _written(mean: Mean, measure: _Measure) -> str:
    return number(mean, measure.how)


def _strong(peer: str) -> str:
    return f"**{peer}**" if peer == "foretext" else peer


def _methods(results: Results) -> str:
    return "\n".join(f"- **{peer}**: {PEERS[peer].about}" for peer in _peers(results))
