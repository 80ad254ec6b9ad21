"""How long foretext takes beside an engine alone: all in one run, on one thread.

Seconds differ from machine to machine; ratios of one run hardly do.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

import foretext
from foretext.image import encode, load
from foretext.recipe import EFFORTS
from foretext.recognize import ENGINES, Layout, get_engine
from foretext.threads import core_count
from lab.bench.cores import seconds_on_cores
from lab.bench.items import Item, Sample, real
from lab.bench.items import load as load_sample
from lab.bench.measure import single_thread
from lab.bench.memory import peak_of
from lab.bench.metrics.text import score_text
from lab.bench.pages import page_seconds
from lab.bench.peers.readers import rapidocr_whole
from lab.bench.subjects import A4, page

Way = Callable[[bytes], str]
"""From the file of a small picture to its text."""

TESSERACT: Final = "Tesseract alone"
TOLD: Final = "Tesseract alone, told it is a line"
RAPIDOCR: Final = "RapidOCR's recognizer alone"
DETECTOR: Final = "RapidOCR alone, detector and all"
_MEASURED: Final = ("import", "load", "tesseract", "clean", "read")
_SETS: Final = ("first", "wordcloud")
_UNCOUNTED: Final = 2  # pictures read before the clock runs: models are loaded, caches filled


@dataclass(frozen=True, slots=True)
class Ratios:
    """What one run found.

    Attributes
    ----------
    small : dict
        By way of reading, the milliseconds that each small picture took.
    exact : dict
        By way of reading, whether each was read exactly (1 or 0).
    pages : dict
        By family and part of the work, seconds for an A4 page.
    memory : dict
        By page and part of the work, the peak MiB of a new process.
    cores : dict
        As `pages`, by the clock and on all cores.
    count : int
        How many cores that are.
    """

    small: dict[str, list[float]] = field(default_factory=dict)
    exact: dict[str, list[float]] = field(default_factory=dict)
    pages: dict[str, dict[str, float]] = field(default_factory=dict)
    memory: dict[str, dict[str, float]] = field(default_factory=dict)
    cores: dict[str, dict[str, float]] = field(default_factory=dict)
    count: int = 1


def ours(effort: str, engine: str) -> str:
    """Return what foretext's way of reading is called."""
    return f"foretext, {effort}, {engine}"


def measure(out: Path, families: Sequence[str], *, repeats: int) -> Ratios:
    """Measure all of it, and keep what was found in a file.

    Parameters
    ----------
    out : Path
        Where the results are.
    families : sequence of str
        Of the pages.
    repeats : int
        How often each is timed; the median counts.
    """
    single_thread()
    cores = {family: seconds_on_cores(family, repeats) for family in families}
    parts = *_small(repeats), _pages(families, repeats), _memory(families[0])
    found = Ratios(*parts, cores, core_count())
    out.mkdir(parents=True, exist_ok=True)
    (out / "ratios.json").write_text(json.dumps(asdict(found), indent=1), encoding="utf-8")
    return found


def ways() -> dict[str, Way]:
    """Return all ways of reading a small picture that are timed."""
    found: dict[str, Way] = {
        TESSERACT: _alone("tesseract", "page"),
        TOLD: _alone("tesseract", "line"),
        RAPIDOCR: _alone("rapidocr", "line"),
        DETECTOR: lambda data: rapidocr_whole(_sample(data)).text or "",
    }
    for effort in EFFORTS:
        for engine in ("auto", *sorted(ENGINES)):
            found[ours(effort, engine)] = _foretext(effort, engine)
    return found


def _alone(engine: str, layout: Layout) -> Way:
    def read(data: bytes) -> str:
        lines = get_engine(engine).read(load(data).pixels, layout=layout)
        return "\n".join(line.text for line in lines)

    return read


def _foretext(effort: str, engine: str) -> Way:
    return lambda data: foretext.read(data, effort=effort, engine=engine).text


def _sample(data: bytes) -> Sample:
    return Sample(load(data).pixels, None, None, "line")


def _small(repeats: int) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    samples = [load_sample(item) for item in _items()]
    timed, exact = timings(
        [(encode(sample.picture), sample.text or "") for sample in samples], ways(), repeats
    )
    return timed, exact


def _items() -> list[Item]:
    return [item for name in _SETS for item in real(name)]


def timings(
    pictures: Sequence[tuple[bytes, str]], how: Mapping[str, Way], repeats: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Read every picture in every way, and take the time.

    Parameters
    ----------
    pictures : sequence of (bytes, str)
        File and true text of each.
    how : mapping of str to callable
        The ways. They take turns at each picture, so that a machine that is busy for a while
        slows all of them.
    repeats : int
        How often each is timed; the median counts.

    Returns
    -------
    milliseconds, exact : dict of str to list of float
        By way, one value for each picture.
    """
    for data, _ in pictures[:_UNCOUNTED]:
        for read in how.values():
            read(data)
    milliseconds: dict[str, list[float]] = {name: [] for name in how}
    exact: dict[str, list[float]] = {name: [] for name in how}
    for data, text in pictures:
        rounds = [{name: _timed(read, data) for name, read in how.items()} for _ in range(repeats)]
        for name in how:
            milliseconds[name].append(1e3 * median(each[name][1] for each in rounds))
            exact[name].append(score_text(rounds[0][name][0], text).exact)
    return milliseconds, exact


def _pages(families: Sequence[str], repeats: int) -> dict[str, dict[str, float]]:
    return {family: page_seconds(family, repeats) for family in families}


def _timed(call: Callable[[Any], Any], thing: Any) -> tuple[Any, float]:
    # Of the processor: on one thread that is what passes on an idle machine, and a busy one
    # hardly changes it.
    started = time.process_time()
    result = call(thing)
    return result, time.process_time() - started


def _memory(family: str) -> dict[str, dict[str, float]]:
    """Return peak MiB of new processes."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for dpi, size in A4.items():
            file = Path(folder, "page.png")
            file.write_bytes(encode(page(family, *size)))
            found[f"A4 at {dpi} dpi"] = {what: peak_of(what, file) for what in _MEASURED}
    return found
