"""One picture, all peers: clean, read, compare."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple, TypeVar

import cv2

from foretext.recognize import get_engine
from lab.bench.items import Item, Sample, load
from lab.bench.metrics.text import score_text
from lab.bench.peers import PEERS, Outcome, edition
from lab.bench.rows import Row

_T = TypeVar("_T")

# What has been called once in this process: models are loaded, caches filled.
_warm: set[tuple[str, str]] = set()


class Task(NamedTuple):
    """A picture, and which engines are to read what each peer makes of it."""

    item: Item
    plan: dict[str, tuple[str, ...]]


def single_thread() -> None:
    """Let this process compute in one thread, so that times can be compared.

    To bear on libraries that read it when they load, the environment must be set before.
    """
    for name in ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT"):
        os.environ[name] = "1"
    cv2.setNumThreads(1)


def measure(task: Task) -> list[Row]:
    """Measure all that a task asks for.

    Parameters
    ----------
    task : Task
        Peers that don't fit the picture are passed over.

    Returns
    -------
    list of Row
        One for each peer and engine, also where there is nothing to compare with.
    """
    sample = load(task.item)
    return [
        row
        for peer, engines in task.plan.items()
        for row in _of_peer(peer, engines, sample, task.item)
    ]


def _of_peer(peer: str, engines: Sequence[str], sample: Sample, item: Item) -> list[Row]:
    error, clean_s = "", 0.0
    try:
        outcome, clean_s = _timed((peer, ""), lambda: PEERS[peer].make(sample))
    except Exception as failure:  # whatever a peer raises is its result
        outcome, error = Outcome(text=""), _named(failure)
    common: dict[str, Any] = {"peer": peer, "peer_edition": edition(peer)} | _about(item, sample)
    common |= _ink_scores(outcome, sample)
    rows = []
    for engine in engines:
        text, read_s, why = _read(peer, engine, outcome, sample)
        if PEERS[peer].reads:
            clean_s, read_s = 0.0, clean_s
        more: dict[str, Any] = {"engine": engine, "text": text, "error": error or why}
        more |= {"clean_s": clean_s, "read_s": read_s} | _text_scores(text, sample, item)
        rows.append(Row(**common, **more))
    return rows


def _about(item: Item, sample: Sample) -> dict[str, Any]:
    return {
        "item": item.name,
        "item_edition": item.edition,
        "group": item.group,
        "height": sample.picture.shape[0],
        "width": sample.picture.shape[1],
        "truth": sample.text,
    }


def _timed(what: tuple[str, str], call: Callable[[], _T]) -> tuple[_T, float]:
    """Return a result and the seconds it took, without what only the first call takes."""
    if what not in _warm:
        call()
        _warm.add(what)
    started = time.perf_counter()
    result = call()
    return result, time.perf_counter() - started


def _read(
    peer: str, engine: str, outcome: Outcome, sample: Sample
) -> tuple[str | None, float, str]:
    if sample.text is None or outcome.is_empty:
        return None, 0.0, ""
    if outcome.text is not None:
        return outcome.text, 0.0, ""
    try:
        text, seconds = _timed(
            (peer if outcome.read else "", engine), lambda: text_of(engine, outcome, sample)
        )
    except Exception as failure:  # as above
        return "", 0.0, _named(failure)
    return text, seconds, ""


def text_of(engine: str, outcome: Outcome, sample: Sample) -> str:
    """Let an engine read what a peer made of a picture.

    Parameters
    ----------
    engine : str
        Its name.
    outcome : Outcome
        With a picture, or how it is to be read.
    sample : Sample
        The picture, which tells how the text stands.
    """
    if outcome.read is not None:
        return outcome.read(engine)
    if outcome.picture is None:
        message = "the peer gives nothing to read"
        raise TypeError(message)
    lines = get_engine(engine).read(outcome.picture, layout=sample.layout)
    return "\n".join(line.text for line in lines)


def _text_scores(text: str | None, sample: Sample, item: Item) -> dict[str, Any]:
    if text is None or sample.text is None:
        return {}
    return asdict(score_text(text, sample.text, ignore_case=item.ignore_case))


def _ink_scores(outcome: Outcome, sample: Sample) -> dict[str, Any]:
    if sample.truth is None or outcome.ink is None:
        return {}
    return asdict(sample.truth.score(outcome.ink, outcome.mask))


def _named(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"[:200]
