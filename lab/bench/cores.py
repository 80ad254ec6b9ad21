"""What a page takes on all cores, by the clock: ``python -m lab.bench.cores FAMILY REPEATS``.

In a new process, since how many threads a library uses is settled when it is loaded. Tesseract
alone gets the page as it is and may use its own threads, as it does by default.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Final

_ONE: Final = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT")


def seconds_on_cores(family: str, repeats: int) -> dict[str, float]:
    """Return what each part of reading an A4 page takes, in seconds by the clock.

    Parameters
    ----------
    family : str
        Of the page.
    repeats : int
        How often each part is timed; the median counts.

    Returns
    -------
    dict of str to float
        Seconds of ``raw`` (Tesseract alone on the page as it is), ``clean``, ``read`` (clean and
        read) and ``clean 600``.
    """
    command = [sys.executable, "-m", "lab.bench.cores", family, str(repeats)]
    environment = {name: value for name, value in os.environ.items() if name not in _ONE}
    answer = subprocess.run(  # noqa: S603
        command, check=True, capture_output=True, text=True, env=environment
    )
    return {str(name): float(value) for name, value in json.loads(answer.stdout).items()}


def core_count() -> int:
    """Return how many cores there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _measured(family: str, repeats: int) -> dict[str, float]:
    import foretext
    from foretext.image import load
    from lab.bench.alone import tesseract_alone
    from lab.bench.subjects import A4, SOME, page

    # Models are loaded before the clock runs.
    foretext.read(page(family, *SOME), engine="tesseract")
    image = load(page(family, *A4[300]))
    parts: dict[str, Callable[[], object]] = {
        "raw": lambda: tesseract_alone(image.pixels),
        "clean": lambda: foretext.clean(image),
        "read": lambda: foretext.read(image),
    }
    found = {name: _seconds(call, repeats) for name, call in parts.items()}
    larger = load(page(family, *A4[600]))
    return found | {"clean 600": _seconds(lambda: foretext.clean(larger), repeats)}


def _seconds(call: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return median(times)


if __name__ == "__main__":
    print(json.dumps(_measured(sys.argv[1], int(sys.argv[2]))))
