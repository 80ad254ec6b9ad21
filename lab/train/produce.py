"""The producer: ``python -m lab.train.produce FOLDER`` fills a pool of scenes and ends."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> None:
    """Make the shards of a pool that are not there yet."""
    parser = argparse.ArgumentParser(prog="python -m lab.train.produce", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", default="0/1", help="k/n: every n-th shard, from the k-th")
    parser.add_argument("--scale", type=float, default=1.0, help="how many of the shards")
    options = parser.parse_args(argv)
    _be_modest()

    from lab.train import pool

    number, parts = map(int, options.part.split("/"))
    shards = pool.plan(options.scale)[number::parts]
    for path in pool.produce(options.folder, shards):
        print(path.name, flush=True)


def _be_modest() -> None:
    """Leave the processor to the trainer: low priority, one thread."""
    os.nice(10)
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    import cv2

    cv2.setNumThreads(1)


if __name__ == "__main__":
    main()
