"""Doing tasks in several processes, and keeping what they give as soon as it is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lab.bench.measure import Task, measure
from lab.bench.rows import append
from lab.bench.spread import spread

_BAR = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeRemainingColumn(),
)


def run(tasks: Sequence[Task], table: Path, *, jobs: int = 2, console: Console) -> int:
    """Do tasks and add their rows to a table.

    Parameters
    ----------
    tasks : sequence of Task
        What to do. Each picture's rows are written when it is done, so that nothing but the
        pictures in work is lost when the run is ended.
    table : Path
        Where to.
    jobs : int, optional
        In how many processes, one thread each; with 1, in this one.
    console : rich.console.Console
        Where the bar is drawn.

    Returns
    -------
    int
        How many rows were added.
    """
    added = 0
    with Progress(*_BAR, console=console) as progress:
        bar = progress.add_task("pictures", total=len(tasks))
        for task, rows in spread(measure, tasks, jobs=jobs):
            append(table, rows)
            added += len(rows)
            progress.update(bar, advance=1, description=f"{task.item.group:<26}")
    return added
