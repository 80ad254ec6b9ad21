"""Train the network that tells wanted text from all else, and ship it.

``python -m lab.train --minutes 85 --ship`` does all of it: it makes scenes, trains, exports,
checks, and puts the file and its digest into the package. Stopped at any time, training goes on
with ``--resume``. ``ship`` does the last part alone, for the checkpoint that is there; ``export``
leaves the package as it is; ``card`` writes scores and facts of what was shipped into the model
card.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lab.train import card, package
from lab.train.card import CardError
from lab.train.crops import BATCH
from lab.train.package import PackageError

# Pictures of each family that show what the layers of the network usually give.
_USUAL: Final = 8
_OUT: Final = Path(__file__).parents[1] / "out" / "train"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command."""
    options = _parser().parse_args(argv)
    options.ship |= options.what == "ship"
    try:
        _do(options)
    except (PackageError, CardError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab.train", description=__doc__)
    commands = ["train", "export", "ship", "card"]
    parser.add_argument("what", nargs="?", default="train", choices=commands)
    parser.add_argument("--minutes", type=float, default=60.0, help="how long to train")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as torch likes")
    parser.add_argument("--out", type=Path, default=_OUT, help="where all files go")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    parser.add_argument("--peak", type=float, default=2e-3, help="the largest learning rate")
    parser.add_argument("--scenes", type=float, default=1.0, help="size of the pool of scenes")
    parser.add_argument(
        "--stream",
        type=int,
        default=0,
        metavar="N",
        help="draw scenes in N processes and in memory: for a GPU and many cores",
    )
    parser.add_argument("--crops", type=int, default=BATCH, help="crops a step")
    parser.add_argument(
        "--settled",
        type=float,
        default=0.6,
        help="the part of a streamed run after which normalizations learn no more",
    )
    parser.add_argument("--look", type=float, default=4.0, help="minutes between looks at dev")
    parser.add_argument("--ship", action="store_true", help="ship what was trained")
    parser.add_argument("--package", type=Path, default=package.PACKAGE, help="where to ship it to")
    parser.add_argument("--weights", type=Path, default=package.KEPT, help="where to keep them")
    parser.add_argument("--page", type=Path, default=card.PAGE, help="the model card")
    return parser


def _do(options: argparse.Namespace) -> None:
    if options.what == "card":
        card.fill(options.page, card.facts(options.out, options.package))
        print(options.page)
        return
    if options.ship:
        # Better known now than after hours of training.
        package.check(options.package)
    if options.ship or options.what == "export":
        _needs_onnx()
    if options.what == "train":
        _train(options)
    if options.ship or options.what == "export":
        _export(options)


def _needs_onnx() -> None:
    if find_spec("onnx") is None:
        raise PackageError("onnx is not installed: pip install -r lab/requirements.txt")


def _train(options: argparse.Namespace) -> None:
    from lab.train.loop import Settings
    from lab.train.run import run, run_streaming

    settings = Settings(
        60 * options.minutes, options.peak, options.crops, look_every=60 * options.look
    )
    how = {"resume": options.resume, "threads": options.threads}
    if options.stream:
        settings = replace(settings, settled=options.settled)
        run_streaming(options.out, settings, options.stream, **how)
    else:
        run(options.out, settings, scale=options.scenes, **how)


def _export(options: argparse.Namespace) -> None:
    from lab.train import evaluate
    from lab.train.export import export_checkpoint

    usual = evaluate.items_of(options.out / "usual", _USUAL, split="train")
    exported = export_checkpoint(options.out, usual, evaluate.items_of(options.out / "dev"))
    if options.ship:
        print(f"shipped as {package.put(exported, options.package).path}")
        shutil.copyfile(options.out / package.WEIGHTS, options.weights)


if __name__ == "__main__":
    raise SystemExit(main())
