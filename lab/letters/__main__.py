"""Train the network that tells letters, and ship it.

``python -m lab.letters --minutes 12 --ship`` does all of it: it draws lines, trains on them,
exports, and puts the file and its digest into the package. ``--inks N`` also cleans N times 300
pictures first and learns from what is left of them; ``--resume`` goes on from the weights that
are there, or that were shipped. ``ship`` does the last part alone.
"""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from lab.train import package
from lab.train.package import PackageError

_OUT: Final = Path(__file__).parents[1] / "out" / "letters"
_PACKAGE: Final = package.PACKAGE.parent / "recognize"
#: The name of the file in the package, and of the module that loads it.
_FILE, _MODULE = "letters.onnx", "letters.py"
#: Strips that show what the layers of the network usually give.
_USUAL: Final = 300


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command."""
    options = _parser().parse_args(argv)
    try:
        _do(options)
    except PackageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab.letters", description=__doc__)
    parser.add_argument("what", nargs="?", default="train", choices=["train", "ship"])
    parser.add_argument("--minutes", type=float, default=12.0, help="how long to train")
    parser.add_argument("--out", type=Path, default=_OUT, help="where all files go")
    parser.add_argument("--resume", action="store_true", help="go on from weights")
    parser.add_argument("--inks", type=int, default=0, help="files of cleaned inks to learn from")
    parser.add_argument("--workers", type=int, default=1, help="processes that draw lines")
    parser.add_argument("--share", type=int, default=8, help="1 on a GPU: larger batches")
    parser.add_argument("--again", type=int, default=1, help="steps for each new batch")
    parser.add_argument("--peak", type=float, default=1.5e-3, help="the largest learning rate")
    parser.add_argument("--settled", action="store_true", help="normalizations learn nothing")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as torch likes")
    parser.add_argument(
        "--mean",
        type=float,
        default=1.0,
        help="ship so much of them, and the rest of those kept",
    )
    parser.add_argument("--ship", action="store_true", help="ship what was trained")
    parser.add_argument("--package", type=Path, default=_PACKAGE, help="where to ship it to")
    return parser


def _do(options: argparse.Namespace) -> None:
    if options.ship or options.what == "ship":
        # Better known now than after hours of training.
        package.check(options.package, _MODULE)
    if options.what == "train":
        _train(options)
    if options.ship or options.what == "ship":
        _ship(options.out, options.package, options.mean)


def _train(options: argparse.Namespace) -> None:
    import torch

    from lab.letters import cleaned, loop, weights
    from lab.letters.model import Network

    for path in cleaned.produce(options.out / "inks", options.inks):
        print(path.name, flush=True)
    if options.threads:
        torch.set_num_threads(options.threads)
    settings = loop.Settings(
        60 * options.minutes,
        peak=options.peak,
        workers=options.workers,
        share=options.share,
        again=options.again,
        settled=options.settled,
    )
    torch.manual_seed(settings.seed)
    there = options.out / weights.FILE
    begun = weights.load(there if there.exists() else weights.KEPT) if options.resume else Network()
    inks = cleaned.read(options.out / "inks") if options.inks else ()
    loop.train(begun, settings, options.out, inks)


def _ship(out: Path, room: Path, part: float) -> None:
    from lab.letters import export, samples, weights
    from lab.scenes.seeds import generator

    network = weights.load(out / weights.FILE)
    if part < 1:
        network = weights.mean(weights.load(weights.KEPT), network, part)
    drawn = samples.drawn(generator("letters", "usual"), "train")
    # Of an even width, as columns are seen two by two.
    usual = [
        np.asarray(one.strip[:, : one.strip.shape[1] // 2 * 2] / 255, np.float32)
        for one in itertools.islice(drawn, _USUAL)
    ]
    made = out / _FILE
    made.write_bytes(export.quantized(export.exported(network), usual))
    print(f"shipped as {package.put(made, room, _FILE, _MODULE).path}")
    if room == _PACKAGE:
        weights.save(network, weights.KEPT.parent)


if __name__ == "__main__":
    raise SystemExit(main())
