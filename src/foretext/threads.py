"""How many threads the networks may use."""

from __future__ import annotations

import os


def thread_count() -> int:
    """Return how many threads one small task may use: as many as ``OMP_NUM_THREADS``, or one.

    Threads that wait for work spin: on two busy cores a second one tripled the time of a read
    more often than it shortened it. Many pictures are better worked in parallel.
    """
    return _asked() or 1


def worker_count() -> int:
    """Return how many large tasks may run side by side: ``OMP_NUM_THREADS``, or one a core."""
    return _asked() or core_count()


def _asked() -> int:
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return min(max(1, int(asked)), core_count()) if asked.isdecimal() else 0


def core_count() -> int:
    """Return how many cores there are for this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
