"""How many threads there may be, and work that they share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")

# Smaller pictures, in pixels, take less time than threads.
_LARGE = 200_000


def thread_count() -> int:
    """Return how many threads one small task may use: as many as ``OMP_NUM_THREADS``, or one.

    Threads that wait for work spin: on two busy cores a second one tripled the time of a read
    more often than it shortened it. Many pictures are better worked in parallel.
    """
    return _asked() or 1


def worker_count() -> int:
    """Return how many large tasks may run side by side: ``OMP_NUM_THREADS``, or one a core."""
    return _asked() or core_count()


def threads_for(pixels: int) -> int:
    """Return how many threads a task on so many pixels may use: threads pay on large pictures."""
    return worker_count() if pixels >= _LARGE else thread_count()


def side_by_side(
    work: Callable[[_Thing], _Made], things: Iterable[_Thing], pixels: int = _LARGE
) -> list[_Made]:
    """Work on several things, on as many cores as `worker_count` says.

    Parameters
    ----------
    work : callable
        What is done with each; nothing that another of them can see.
    things : iterable
        They.
    pixels : int
        How many pixels each of them has: on small pictures threads don't pay.

    Returns
    -------
    list
        What `work` made of each, in their order.
    """
    things = list(things)
    workers = min(len(things), worker_count()) if pixels >= _LARGE else 1
    if workers <= 1:
        return [work(thing) for thing in things]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, things))


def _asked() -> int:
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return min(max(1, int(asked)), core_count()) if asked.isdecimal() else 0


def core_count() -> int:
    """Return how many cores there are for this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
