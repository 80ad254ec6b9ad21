"""Train the network that tells wanted text from all else, or export it.

``python -m lab.train --minutes 60`` trains; it makes the scenes it needs beside. Stopped at any
time, it goes on with ``--resume``. ``python -m lab.train export`` writes the file that is shipped.
"""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import cv2
import torch

from lab.train import evaluate, state
from lab.train.crops import Pool
from lab.train.evaluate import Item
from lab.train.journal import Journal, append_row, draw_curves
from lab.train.loop import Settings, predictor, train
from lab.train.state import State

_OUT = Path(__file__).parents[1] / "out" / "train"
#: Scenes enough to begin with; the pool grows while training goes on.
_ENOUGH = 500


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command."""
    options = _parser().parse_args(argv)
    if options.threads:
        torch.set_num_threads(options.threads)
    if options.what == "export":
        from lab.train.export import export_checkpoint

        return export_checkpoint(options.out)
    _train(options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab.train", description=__doc__)
    parser.add_argument("what", nargs="?", default="train", choices=["train", "export"])
    parser.add_argument("--minutes", type=float, default=60.0, help="how long to train")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as torch likes")
    parser.add_argument("--out", type=Path, default=_OUT, help="where all files go")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    parser.add_argument("--peak", type=float, default=2e-3, help="the largest learning rate")
    parser.add_argument("--scenes", type=float, default=1.0, help="size of the pool of scenes")
    return parser


def _train(options: argparse.Namespace) -> None:
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    current = state.load(out) if options.resume else state.fresh(seed=0)
    items = evaluate.dev_set(out / "dev")
    scenes = Pool(out / "pool")

    def look(trained: State, journal: Journal) -> None:
        _report(out, items, trained, journal)

    with _producer(out / "pool", options.scenes):
        while scenes.refresh() < _ENOUGH:
            time.sleep(5)
        settings = Settings(60 * options.minutes, options.peak)
        train(current, scenes, settings, folder=out, look=look)


@contextmanager
def _producer(folder: Path, scale: float) -> Iterator[None]:
    """Fill the pool in a process of its own until the training ends."""
    command = [sys.executable, "-m", "lab.train.produce", str(folder), "--scale", str(scale)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            yield
        finally:
            process.terminate()


def _report(out: Path, items: Sequence[Item], trained: State, journal: Journal) -> None:
    """Score the average network on the dev set; write table, curves and sample sheet."""
    pairs = list(evaluate.answers(items, predictor(trained.average)))
    scores = evaluate.scores(pairs)
    mean = evaluate.mean_of(scores)
    head = {"seconds": trained.seconds, "step": trained.step, "loss": journal.loss}
    append_row(out / "curves.csv", {**head, "rate": journal.rate, "mean": mean, **scores})
    draw_curves(out / "curves.csv", out / "curves.png")
    cv2.imwrite(str(out / "sheet.png"), evaluate.sheet(pairs)[..., ::-1])
    families = " ".join(f"{family} {100 * score:.1f}" for family, score in scores.items())
    print(
        f"{trained.seconds / 60:.1f} min, step {trained.step}, {journal.speed:.1f} crops/s, "
        f"loss {journal.loss:.4f}, F {100 * mean:.2f}: {families}",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
