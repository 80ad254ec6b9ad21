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
        As `lab.bench.pages.page_seconds` tells.
    """
    command = [sys.executable, "-m", "lab.bench.cores", family, str(repeats)]
    environment = {name: value for name, value in os.environ.items() if name not in _ONE}
    answer = subprocess.run(  # noqa: S603
        command, check=True, capture_output=True, text=True, env=environment
    )
    return {str(name): float(value) for name, value in json.loads(answer.stdout).items()}


if __name__ == "__main__":
    # Here alone: the process that asks has its threads settled otherwise.
    from lab.bench.pages import page_seconds

    print(json.dumps(page_seconds(sys.argv[1], int(sys.argv[2]), clock=time.perf_counter)))
