"""Where the time goes, and how much memory it takes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeVar

import foretext
from foretext.image import encode, load
from lab.bench.measure import single_thread
from lab.bench.memory import peak_of
from lab.bench.subjects import SUBJECTS, Picture, subject

_T = TypeVar("_T")

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
    """Return the median milliseconds of every part, after one round that isn't counted."""
    data = encode(picture)
    engines = _ENGINES.get(name, ("tesseract",))
    rounds = [dict(_parts(data, engines)) for _ in range(repeats + 1)][1:]
    return {part: 1e3 * median(each[part] for each in rounds) for part in rounds[0]}


def _parts(data: bytes, engines: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Yield each part of reading one picture, and its seconds."""
    image, seconds = _timed(lambda: load(data))
    yield "load", seconds
    cleaned, seconds = _timed(lambda: foretext.clean(image))
    yield "clean", seconds
    for step in cleaned.steps:
        yield f"clean: {step.name}", step.seconds
    yield "clean: rest", seconds - sum(step.seconds for step in cleaned.steps)
    yield "render", _timed(lambda: cleaned.image)[1]
    for engine in engines:
        yield f"read: {engine}", _timed(_reader(cleaned, engine))[1]


def _reader(cleaned: foretext.cleaned.Cleaned, engine: str) -> Callable[[], Any]:
    return lambda: foretext.read_cleaned(cleaned, engine=engine)


def _timed(call: Callable[[], _T]) -> tuple[_T, float]:
    started = time.perf_counter()
    result = call()
    return result, time.perf_counter() - started


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
