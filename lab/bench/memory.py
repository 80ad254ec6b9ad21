"""Peak memory of a fresh process that does one thing: ``python -m lab.bench.memory WHAT FILE``.

Only what the process itself has ever held at once is honest: it counts what OpenCV, Tesseract and
onnxruntime allocate, which tracing Python's allocator does not. So nothing but foretext may be
imported here. Linux only.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

_KIB_PER_MIB: Final = 1024


def peak_of(what: str, file: Path) -> float:
    """Return the peak memory in MiB of a new process.

    Parameters
    ----------
    what : {"import", "load", "clean", "read", "tesseract"}
        What it does with the picture before it ends: import foretext only, also load the picture,
        also clean it, also read it; or load it and let Tesseract read it as it is.
    file : Path
        The picture.
    """
    command = [sys.executable, "-m", "lab.bench.memory", what, str(file)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return float(answer.stdout)


def _do(what: str, file: str) -> None:
    import foretext
    from foretext.image import load

    if what == "load":
        load(file)
    elif what == "clean":
        foretext.clean(file)
    elif what == "read":
        foretext.read(file)
    elif what == "tesseract":
        from foretext.recognize import get_engine

        get_engine("tesseract").read(load(file).pixels, layout="page")


def _peak() -> float:
    # Not getrusage: what it tells of a new process begins at the peak of the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / _KIB_PER_MIB


if __name__ == "__main__":
    _do(*sys.argv[1:])
    print(_peak())
