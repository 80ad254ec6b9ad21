"""Doing the same with many things, in several processes of one thread each."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

from lab.bench.measure import single_thread

_A = TypeVar("_A")
_B = TypeVar("_B")


def spread(
    work: Callable[[_A], _B], things: Sequence[_A], *, jobs: int = 2
) -> Iterator[tuple[_A, _B]]:
    """Yield each thing with what came of it, as soon as that is there.

    Parameters
    ----------
    work : callable
        A function of a module, or a partial one.
    things : sequence
        What it is called with, one after another; light enough to be sent to another process.
    jobs : int, optional
        In how many processes; with 1, in this one and in the order given.
    """
    single_thread()  # also for the processes started below, which get this environment
    if jobs == 1:
        for thing in things:
            yield thing, work(thing)
        return
    # Forking after libraries have started threads may hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=single_thread)
    try:
        futures = {pool.submit(work, thing): thing for thing in things}
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
