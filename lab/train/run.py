"""A whole run: the pool, the training, what it writes down as it goes."""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import cv2
import torch

from lab.train import evaluate, package, shipped, state
from lab.train.crops import Pool
from lab.train.evaluate import Item
from lab.train.journal import Journal, append_row, draw_curves
from lab.train.loop import Settings, predictor, train
from lab.train.replay import Source
from lab.train.state import State
from lab.train.stream import Stream

#: Scenes enough to begin with; the pool grows while training goes on.
_ENOUGH: Final = 500
#: Seconds between looks at a pool that has not enough yet.
_PAUSE: Final = 5.0


def run(
    out: Path, settings: Settings, *, resume: bool = False, scale: float = 1.0, threads: int = 0
) -> None:
    """Make a pool and train a network on it; all files go into one folder.

    Parameters
    ----------
    out : Path
        The folder.
    settings : Settings
        How to train.
    resume : bool, optional
        Go on from the checkpoint there, rather than begin anew.
    scale : float, optional
        How large the pool is, as for `lab.train.pool.plan`.
    threads : int, optional
        How many torch may use; 0: as many as it likes.

    Raises
    ------
    RuntimeError
        If the scenes can't be made.
    """
    if threads:
        torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    current = state.load(out) if resume else _anew(out)
    items = evaluate.items_of(out / "dev")
    scenes = Pool(out / "pool")

    def look(trained: State, journal: Journal) -> None:
        _report(out, items, trained, journal)

    with _producer(out / "pool", scale) as producer:
        wait_for(scenes, producer)
        train(current, scenes, settings, folder=out, look=look)


def run_streaming(
    out: Path, settings: Settings, workers: int, *, resume: bool = False, threads: int = 0
) -> None:
    """Train on scenes that many processes draw in memory, for a GPU beside many cores.

    Parameters
    ----------
    out : Path
        The folder for checkpoints, table, curves and sample sheet.
    settings : Settings
        How to train.
    workers : int
        How many processes draw scenes.
    resume : bool, optional
        Go on from the checkpoint there, or where there is none from the shipped weights, rather
        than begin anew.
    threads : int, optional
        How many torch may use; 0: as many as it likes.
    """
    if threads:
        torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    torch.backends.cudnn.benchmark = True
    # The processes are forked before anything has threads, or touches the GPU.
    with Stream(workers) as made:
        items = evaluate.items_of(out / "dev")
        device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        with Source(made, device, settings.size) as source:
            source.wait()
            current = _current(out, source, resume=resume)

            def look(trained: State, journal: Journal) -> None:
                # No two pictures are of one size: the fastest way for each is not worth a search.
                with torch.backends.cudnn.flags(benchmark=False):
                    _report(out, items, trained, journal)
                print(f"{made.made:,} parts of scenes were drawn", flush=True)

            train(current, source, settings, folder=out, look=look)


def _current(out: Path, source: Source, *, resume: bool) -> State:
    if not resume:
        return _anew(out)
    if (out / state.FILE).exists():
        return state.load(out)
    return shipped.begun(package.KEPT, source.batch(apart=False)[0])


def _anew(out: Path) -> State:
    # Scores of another network would not belong to this one.
    (out / "curves.csv").unlink(missing_ok=True)
    return state.fresh(seed=0)


@contextmanager
def _producer(folder: Path, scale: float) -> Iterator[subprocess.Popen[bytes]]:
    """Fill the pool in a process of its own until the training ends."""
    command = [sys.executable, "-m", "lab.train.produce", str(folder), "--scale", str(scale)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            yield process
        finally:
            process.terminate()


def wait_for(scenes: Pool, producer: subprocess.Popen[bytes]) -> None:
    """Wait until a pool has scenes enough to begin with, or all that there will be.

    Parameters
    ----------
    scenes : Pool
        What is there.
    producer : subprocess.Popen
        The process that makes more.

    Raises
    ------
    RuntimeError
        If it fails before that.
    """
    while producer.poll() is None:
        if scenes.refresh() >= _ENOUGH:
            return
        time.sleep(_PAUSE)
    if scenes.refresh() < _ENOUGH and producer.returncode:
        message = f"the scenes could not be made (exit status {producer.returncode}; see above)"
        raise RuntimeError(message)


def _report(out: Path, items: Sequence[Item], trained: State, journal: Journal) -> None:
    """Score the average network on the dev set; write table, curves and sample sheet."""
    pairs = list(evaluate.answers(items, predictor(trained.average)))
    scores = evaluate.scores(pairs)
    mean = evaluate.mean_of(scores)
    head = {"seconds": trained.seconds, "step": trained.step, "crops": trained.crops}
    told = {"loss": journal.loss, "rate": journal.rate, "mean": mean}
    append_row(out / "curves.csv", {**head, **told, **scores})
    draw_curves(out / "curves.csv", out / "curves.png")
    cv2.imwrite(str(out / "sheet.png"), evaluate.sheet(pairs)[..., ::-1])
    families = " ".join(f"{family} {100 * score:.1f}" for family, score in scores.items())
    print(
        f"{trained.seconds / 60:.1f} min, step {trained.step}, {journal.speed:.1f} crops/s, "
        f"loss {journal.loss:.4f}, F {100 * mean:.2f}: {families}",
        flush=True,
    )
