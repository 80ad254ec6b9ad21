"""Install the fonts of Debian's packages and write the table of what may be drawn with.

Run ``python -m lab.fonts.fetch`` (as root, on Debian); ``--no-install`` only rewrites the table.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from lab.fonts.catalog import FAMILIES, PACKAGES, Family
from lab.fonts.face import Face
from lab.fonts.fontset import COLUMNS, INSTALLED_ROOT, INSTALLED_TABLE
from lab.fonts.splits import SPLITS, by_kin

NEEDED: Final = "".join(chr(code) for code in range(0x21, 0x7F))
#: Hands often lack the signs of programmers, and write figures as large as they like.
_NEEDED_BY_HAND: Final = "".join(c for c in NEEDED if c.isalpha()) + ".,;:()'"
_FORMAT: Final = "%{file}\t%{family[0]}\t%{weight}\t%{slant}\t%{width}\n"
# Fontconfig's scale: the weight each of our names stands for, and how far off a cut may be.
_WEIGHTS: Final = {"light": 50, "regular": 80, "bold": 200}
_REACH: Final = 21
_SUFFIXES: Final = (".ttf", ".otf")


class Cut(NamedTuple):
    """A font file as fontconfig describes it, under our name for its weight."""

    family: str
    weight: str
    italic: bool
    distance: float
    path: Path


def install(packages: Sequence[str]) -> None:
    """Install Debian packages, and fontconfig to read them with."""
    names = [*packages, "fontconfig"]
    subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *names], check=True)  # noqa: S603, S607


def _scan(root: Path) -> list[list[str]]:
    command = ["fc-scan", "--format", _FORMAT, str(root)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return [line.split("\t") for line in answer.stdout.splitlines()]


def _cuts(rows: Iterable[list[str]]) -> Iterator[Cut]:
    for file, family, weight, slant, width in rows:
        path = Path(file)
        if family not in FAMILIES or not _is_static(path, weight, width):
            continue
        for name, value in _WEIGHTS.items():
            distance = abs(float(weight) - value)
            if distance <= _REACH:
                # A narrow cut stands in for its family only where there is no normal one.
                yield Cut(family, name, slant != "0", distance + abs(float(width) - 100), path)


def _is_static(path: Path, weight: str, width: str) -> bool:
    return path.suffix in _SUFFIXES and "[" not in path.name + weight + width


def _best(cuts: Iterable[Cut]) -> list[Cut]:
    best: dict[tuple[str, str, bool], Cut] = {}
    for cut in sorted(cuts, key=lambda cut: (cut.distance, _SUFFIXES.index(cut.path.suffix), cut)):
        best.setdefault((cut.family, cut.weight, cut.italic), cut)
    return sorted(best.values())


def _is_complete(cut: Cut) -> bool:
    needed = _NEEDED_BY_HAND if FAMILIES[cut.family].kind == "hand" else NEEDED
    return Face(cut.family, "", "", cut.weight, cut.italic, cut.path).has(needed)


def collect(root: Path = INSTALLED_ROOT) -> list[dict[str, str]]:
    """Describe every usable font below ``root``.

    Parameters
    ----------
    root : Path
        Folder searched.

    Returns
    -------
    list of dict
        Rows of the table, sorted: at most one light, regular and bold cut of each family, upright
        and italic, with all printable ASCII characters.
    """
    splits = by_kin(FAMILIES.values())
    return [
        _row(cut, FAMILIES[cut.family], splits, root)
        for cut in _best(_cuts(_scan(root)))
        if _is_complete(cut)
    ]


def _row(cut: Cut, family: Family, splits: dict[str, str], root: Path) -> dict[str, str]:
    return {
        "family": family.name,
        "kin": family.kin,
        "kind": family.kind,
        "split": splits[family.kin],
        "weight": cut.weight,
        "italic": "yes" if cut.italic else "no",
        "file": str(cut.path.relative_to(root)),
    }


def write(rows: list[dict[str, str]], table: Path = INSTALLED_TABLE) -> None:
    """Write the table of fonts."""
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _report(rows: list[dict[str, str]]) -> None:
    for split in SPLITS:
        mine = [row for row in rows if row["split"] == split]
        families = {row["family"] for row in mine}
        print(f"{split}: {len(families)} families, {len(mine)} faces")
    absent = sorted(set(FAMILIES) - {row["family"] for row in rows})
    if absent:
        print(f"not found: {', '.join(absent)}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> None:
    """Install, collect, write, report."""
    parser = argparse.ArgumentParser(prog="python -m lab.fonts.fetch", description=__doc__)
    parser.add_argument("--no-install", action="store_true", help="only rewrite the table")
    if not parser.parse_args(arguments).no_install:
        install(PACKAGES)
    rows = collect()
    write(rows)
    _report(rows)


if __name__ == "__main__":
    main()
