"""Scenes as files: the picture, its true ink, and a table of texts."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from lab.scenes.making import make
from lab.scenes.scene import Coverage, Scene


def truth_picture(ink: Coverage) -> Image.Image:
    """Give the ink as a picture, dark on white."""
    return Image.fromarray(np.rint(255 * (1 - ink)).astype(np.uint8))


def write_family(folder: Path, family: str, split: str, indices: Iterable[int]) -> None:
    """Write scenes as ``NNN.png`` and ``NNN_truth.png``, with ``labels.csv`` (file, text).

    Parameters
    ----------
    folder : Path
        Where; made if absent.
    family, split : str
        Of which scenes.
    indices : iterable of int
        Which of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = [_write(folder, make(family, split, index)) for index in indices]
    with (folder / "labels.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("file", "text"))
        table.writerows(rows)


def _write(folder: Path, scene: Scene) -> tuple[str, str]:
    name = f"{scene.index:03d}.png"
    Image.fromarray(scene.picture).save(folder / name)
    truth_picture(scene.ink).save(folder / f"{scene.index:03d}_truth.png")
    return name, scene.text
