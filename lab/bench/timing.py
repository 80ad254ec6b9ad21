"""Where the time goes, and how much memory it takes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, Final

import foretext
from foretext.cleaned import Cleaned
from foretext.image import Image, encode, load
from lab.bench.measure import single_thread
from lab.bench.memory import peak_of
from lab.bench.subjects import SUBJECTS, Picture, subject

_SMALL: Final = "small"
# A page takes as long as hundreds of small pictures.
_PAGE_REPEATS: Final = 3
_ENGINES: Final = {_SMALL: ("tesseract", "rapidocr")}
_IMPORTS: Final = {
    "import foretext": "import foretext",
    "import foretext, and all that clean needs": "import foretext; foretext.clean",
    "import foretext, and all that read needs": (
        "import foretext; foretext.read; from foretext.recognize import get_engine;"
        " get_engine('tesseract')"
    ),
}
_CLOCK: Final = (
    "import time; t = time.perf_counter()\n{code}\nprint((time.perf_counter() - t) * 1000)"
)


def write(path: Path, *, repeats: int) -> str:
    """Measure times and memory, keep them in a file, and tell them.

    Parameters
    ----------
    path : Path
        Where to; JSON.
    repeats : int
        How often small pictures are timed.

    Returns
    -------
    str
        Markdown.
    """
    from lab.bench.report.clock import tables

    single_thread()
    found = {"milliseconds": _times(repeats), "imports": _imports(), "memory": _memory()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return tables(found)


def _times(repeats: int) -> dict[str, dict[str, float]]:
    return {
        name: _medians(subject(name), name, repeats if name == _SMALL else _PAGE_REPEATS)
        for name in SUBJECTS
    }


def _medians(picture: Picture, name: str, repeats: int) -> dict[str, float]:
    """Return the median milliseconds of every part, each timed in a loop of its own.

    So is each as fast as over a folder of files; one round before is not counted.
    """
    data = encode(picture)
    engines = _ENGINES.get(name, ("tesseract",))
    found: dict[str, float] = {}
    for part in _parts(data, engines):
        rounds = [part() for _ in range(repeats + 1)][1:]
        found |= {each: 1e3 * median(r[each] for r in rounds) for each in rounds[0]}
    return found


def _parts(data: bytes, engines: tuple[str, ...]) -> Iterator[Callable[[], dict[str, float]]]:
    """Yield what does each part of reading a picture and returns its seconds."""
    image = load(data)
    cleaned = foretext.clean(image)
    yield lambda: {"load": _seconds(lambda: load(data))}
    yield lambda: _clean(image)
    # A replaced one has nothing rendered yet.
    yield lambda: {"render": _seconds(lambda: replace(cleaned).image)}
    for engine in engines:
        yield _reader(cleaned, engine)


def _clean(image: Image) -> dict[str, float]:
    started = time.perf_counter()
    cleaned = foretext.clean(image)
    seconds = time.perf_counter() - started
    steps = {f"clean: {step.name}": step.seconds for step in cleaned.steps}
    return {"clean": seconds, **steps, "clean: rest": seconds - sum(steps.values())}


def _reader(cleaned: Cleaned, engine: str) -> Callable[[], dict[str, float]]:
    def read() -> Any:
        return foretext.read_cleaned(cleaned, engine=engine)

    return lambda: {f"read: {engine}": _seconds(read)}


def _seconds(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _imports(repeats: int = 5) -> dict[str, float]:
    """Return milliseconds that imports take in new processes."""
    return {what: median(_import(code) for _ in range(repeats)) for what, code in _IMPORTS.items()}


def _import(code: str) -> float:
    command = [sys.executable, "-c", _CLOCK.format(code=code)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return float(answer.stdout)


def _memory() -> dict[str, dict[str, float]]:
    """Return peak MiB of new processes."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in SUBJECTS:
            file = Path(folder, "picture.png")
            file.write_bytes(encode(subject(name)))
            found[name] = {
                what: peak_of(what, file) for what in ("import", "load", "clean", "read")
            }
    return found
