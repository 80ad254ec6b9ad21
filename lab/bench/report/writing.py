"""Putting the report together."""

from __future__ import annotations

import json
from pathlib import Path

import foretext
from lab.bench.items import describe
from lab.bench.needs import edition_of
from lab.bench.peers import PEERS, why_not
from lab.bench.report import case, charts, clock, losses, tables, words
from lab.bench.report.kinds import REAL_CHARACTERS, by_kind
from lab.bench.report.results import Results
from lab.bench.report.sheets import draw_sheet
from lab.bench.rows import newest, read
from lab.scenes import FAMILIES

_LIBRARIES = ("tesserocr", "rapidocr", "doxapy", "ddddocr", "opencv-python-headless")


def write(out: Path, docs: Path, *, sheets: bool = True) -> str:
    """Write the report.

    Parameters
    ----------
    out : Path
        Where the results are. Contact sheets of real sets are written there too, as those
        pictures are not to be spread.
    docs : Path
        Where the report goes.
    sheets : bool, optional
        Whether to draw contact sheets, which means to clean their pictures anew.

    Returns
    -------
    str
        A short table for the project's README.

    Raises
    ------
    ValueError
        If nothing has been measured yet.
    """
    results = Results(newest(read(out / "results.jsonl")))
    if not results.groups:
        message = f"nothing measured in {out}; begin with `python -m lab.bench run --quick`"
        raise ValueError(message)
    for folder in (docs / "families", docs / "pictures"):
        folder.mkdir(parents=True, exist_ok=True)
    for group in results.groups:
        has_sheet = _sheet(results, group, out, docs, wanted=sheets)
        page = _group_page(results, group, has_sheet=has_sheet)
        (docs / "families" / f"{_file(group)}.md").write_text(page, encoding="utf-8")
    (docs / "README.md").write_text(_front_page(results, out, docs), encoding="utf-8")
    short = tables.short_table(results, by_kind(results.groups), results.engines[0])
    return f"<!-- bench -->\n{short}\n<!-- /bench -->"


def _sheet(results: Results, group: str, out: Path, docs: Path, *, wanted: bool) -> bool:
    """Draw a contact sheet; tell whether the report may show one."""
    is_ours = group in FAMILIES
    path = (docs / "pictures" if is_ours else out / "sheets") / f"{_file(group)}.png"
    if wanted:
        draw_sheet(results, group, results.engines[0], path)
    return is_ours and path.is_file()


def _file(group: str) -> str:
    return group.replace("/", "-")


def _group_page(results: Results, group: str, *, has_sheet: bool) -> str:
    parts = [f"# {group}", f"{describe(group)}. [What the columns mean](../README.md)"]
    for engine in results.engines:
        if text := tables.text_table(results, [group], engine):
            parts += [f"## Read by {engine}", text]
    if ink := tables.ink_table(results, [group], results.engines[0]):
        parts += ["## Ink", ink]
    if has_sheet:
        name = _file(group)
        legend = f"Best and worst pictures by {results.engines[0]}: input, true ink, foretext."
        parts += ["## To look at", f"![{legend}](../pictures/{name}.png)", legend]
    return "\n\n".join(parts) + "\n"


def _front_page(results: Results, out: Path, docs: Path) -> str:
    kinds = by_kind(results.groups)
    parts = [words.INTRODUCTION, _versions(), _states(results), "## In short"]
    parts += [tables.short_table(results, kinds, engine) for engine in results.engines]
    parts += ["## Every family and set", *_charts(results, docs)]
    linked = {_link(group): [group] for group in results.groups}
    parts += [tables.short_table(results, linked, engine) for engine in results.engines]
    parts += _but_case(results)
    parts += ["## Where foretext loses", words.ON_LOSSES, *_losses(results)]
    if (out / "time.json").is_file():
        found = json.loads((out / "time.json").read_text(encoding="utf-8"))
        parts += ["## Where the time goes", clock.tables(found)]
    parts += [words.PROTOCOL, "## Peers", _peers()]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _states(results: Results) -> str:
    """Admit it if foretext changed between the measurements shown."""
    count = results.states("foretext")
    return f"Rows of foretext come from {count} states of its code." if count > 1 else ""


def _versions() -> str:
    others = ", ".join(f"{name} {edition_of(name)}" for name in _LIBRARIES)
    return f"With foretext {foretext.__version__}, {others}."


def _link(group: str) -> str:
    return f"[{group}](families/{_file(group)}.md)"


def _charts(results: Results, docs: Path) -> list[str]:
    found = []
    for engine in results.engines:
        if charts.text_chart(
            results, results.groups, engine, docs / "pictures" / f"chart-{engine}.png"
        ):
            found.append(f"![Character error rates by {engine}](pictures/chart-{engine}.png)")
    path = docs / "pictures" / "chart-ink.png"
    if charts.ink_chart(results, results.groups, results.engines[0], path):
        found.append(f"![F-measures](pictures/{path.name})")
    return found


def _but_case(results: Results) -> list[str]:
    groups = by_kind(results.groups).get(REAL_CHARACTERS, [])
    tables_ = [case.case_table(results, groups, engine) for engine in results.engines]
    found = [each for each in tables_ if each]
    return ["## Real sets of characters, but for case", words.ON_CASE, *found] if found else []


def _losses(results: Results) -> list[str]:
    found = []
    for engine in results.engines:
        lost = losses.reading(results, results.groups, engine)
        found += [f"### Read by {engine}", lost or "Nowhere."]
    ink = losses.ink(results, results.groups, results.engines[0])
    found += ["### Ink", ink or "Nowhere."]
    if against := losses.readers(results, results.groups):
        found += ["### Against readers of the raw picture", words.ON_READERS, against]
    return found


def _peers() -> str:
    reasons = {name: why_not(name) for name in PEERS}
    lines = [
        f"- **{name}**: {peer.about}" + (f" (left out: {reasons[name]})" if reasons[name] else "")
        for name, peer in PEERS.items()
    ]
    left_out = (
        "kraken's nlbin is left out: it comes only with PyTorch and some sixty packages more."
    )
    return "\n".join([*lines, "", left_out])
