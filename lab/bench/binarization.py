"""Old pages with their true masks, and dirty office pages with their clean ones.

Nothing was trained on them; ADR 0011 tells what was decided with them in view.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from lab.bench import office, plan, rows
from lab.bench.peers import PEERS, why_not
from lab.bench.report import binarization as page
from lab.bench.report.results import Results
from lab.bench.report.sheets import draw_sheet
from lab.bench.runner import run

_TABLE: Final = "binarization.jsonl"
_ENGINE: Final = "tesseract"  # nothing is read, but every row names an engine
# They make no masks, but pages whose gray can be compared.
_OF_GRAY: Final = ("raw", "unpaper")


def write(
    out: Path,
    docs: Path,
    peers: Sequence[str],
    *,
    jobs: int,
    console: Console,
    sheets: bool = True,
) -> str:
    """Measure what is not measured yet, and write the page.

    Parameters
    ----------
    out : Path
        Where the results are. Contact sheets are written there, too: these pictures are not to
        be spread.
    docs : Path
        Where the page goes.
    peers : sequence of str
        Names or patterns.
    jobs : int
        In how many processes.
    console : rich.console.Console
        Where the bar is drawn.
    sheets : bool, optional
        Whether to draw contact sheets, which means to clean their pictures anew.

    Returns
    -------
    str
        What was written, as Markdown.

    Raises
    ------
    ValueError
        If the pictures are not on this machine, or no peer is called so.
    """
    results = _measured(out / _TABLE, peers, jobs, console)
    if not results.groups:
        message = "none of the pictures is on this machine; see lab/sets"
        raise ValueError(message)
    asked = plan.matching([*_OF_GRAY, *peers], PEERS)
    there = [name for name in PEERS if name in asked and not why_not(name)]
    found = office.measure(out / "office.json", there, jobs=jobs)
    text = page.page(results, found)
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "binarization.md").write_text(text, encoding="utf-8")
    for group in results.groups if sheets else ():
        draw_sheet(results, group, _ENGINE, out / "sheets" / f"{group.replace('/', '-')}.png")
    return text


def _measured(table: Path, peers: Sequence[str], jobs: int, console: Console) -> Results:
    wish = plan.Wish(["none"], page.SETS, peers, [_ENGINE])
    tasks, notes = plan.tasks_for(wish, {row.key for row in rows.read(table)})
    for note in notes:
        console.print(f"left out {note}")
    run(tasks, table, jobs=jobs, console=console)
    return Results(rows.newest(rows.read(table)))
