"""Look at scenes, or write them to files.

``python -m lab.scenes sheet FAMILY -o sheet.png``
``python -m lab.scenes write DIR --families word_cloud page_stamp --split dev --n 40``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lab.fonts import SPLITS, load
from lab.scenes.families import FAMILIES
from lab.scenes.making import make
from lab.scenes.sheet import sheet
from lab.scenes.writing import write_family


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m lab.scenes",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    look = commands.add_parser("sheet", help="draw a contact sheet of a family")
    look.add_argument("family", choices=list(FAMILIES))
    look.add_argument("-o", "--output", type=Path, required=True)
    look.add_argument("--difficulty", type=float, help="0 to 1; by default as it comes")
    look.add_argument("--zoom", type=float, default=1.0)
    write = commands.add_parser("write", help="write pictures, truth and labels")
    write.add_argument("folder", type=Path)
    write.add_argument("--families", nargs="+", choices=list(FAMILIES), default=list(FAMILIES))
    for command in (look, write):
        command.add_argument("--split", choices=SPLITS, default="dev")
        command.add_argument("--n", type=int, default=12)
        command.add_argument("--start", type=int, default=0, help="first index")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the arguments say."""
    options = _parser().parse_args(arguments)
    print(f"fonts: {load().name}", file=sys.stderr)
    indices = range(options.start, options.start + options.n)
    if options.command == "sheet":
        scenes = [make(options.family, options.split, i, options.difficulty) for i in indices]
        sheet(scenes, zoom=options.zoom).save(options.output)
        return
    for family in options.families:
        write_family(options.folder / family, family, options.split, indices)
        print(options.folder / family)


if __name__ == "__main__":
    main()
