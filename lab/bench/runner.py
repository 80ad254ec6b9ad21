"""Doing tasks in several processes, and keeping what they give as soon as it is there."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lab.bench.measure import Task, measure, single_thread
from lab.bench.rows import Row, append

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
        for group, rows in _done(tasks, jobs):
            append(table, rows)
            added += len(rows)
            progress.update(bar, advance=1, description=f"{group:<26}")
    return added


def _done(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[str, list[Row]]]:
    single_thread()  # also for the processes started below, which get this environment
    if jobs == 1:
        for task in tasks:
            yield task.item.group, measure(task)
        return
    # Forking after libraries have started threads may hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=single_thread)
    try:
        futures = {pool.submit(measure, task): task for task in tasks}
        for future in as_completed(futures):
            yield futures[future].item.group, future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
