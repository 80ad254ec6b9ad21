"""Inks that foretext leaves of pictures: what the network is shown in earnest, errors and all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

import foretext
from lab.scenes import make
from lab.scenes.seeds import generator
from lab.train.augment import augmented
from lab.train.patch import Patch

#: Of what is hard to clean there is more.
_FAMILIES: Final = (
    *("word_cloud", "scattered_lighter", "scattered_equal", "scattered_darker", "same_color"),
    *("scattered_lighter", "scattered_equal", "scattered_darker", "same_color", "many_colors"),
    *("colored_lines", "outlined", "noise_lines", "crowded", "shaded", "loose", "many_colors"),
    *("colored_lines", "outlined", "noise_lines", "crowded", "shaded", "loose"),
    *("noise_lines", "colored_lines", "outlined", "loose", "crowded", "loose", "crowded"),
    *("clean_characters", "clean_characters"),
)
#: Inks in a file.
_SHARD: Final = 300
#: How many pictures are changed as those are that the other network learns from.
_CHANGED: Final = 0.5
#: No other scenes of training have such numbers.
_FIRST: Final = 300_000
_PART: Final = 100_000
#: Less coverage than this is no ink.
_FAINT: Final = 77


class Cleaned(NamedTuple):
    """An ink (H, W) of uint8, 255 for a whole pixel, and what it says."""

    ink: npt.NDArray[np.uint8]
    text: str


def produce(folder: Path, number: int, part: int = 0) -> Iterator[Path]:
    """Clean pictures of the train split and keep their inks.

    Parameters
    ----------
    folder : Path
        Where the files go.
    number : int
        How many files.
    part : int, optional
        Another part makes others.

    Yields
    ------
    Path
        Each file as soon as it is whole; those that are there are not made again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for shard in range(number):
        path = folder / f"{part}-{shard:04d}.npz"
        if not path.exists():
            _save(path, [*_inks(part, shard)])
            yield path


def read(folder: Path) -> list[Cleaned]:
    """Read all inks of a folder."""
    found = []
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as file:
            texts = file["texts"].tolist()
            found += [Cleaned(file[f"ink{k}"], text) for k, text in enumerate(texts)]
    return found


def _inks(part: int, shard: int) -> Iterator[Cleaned]:
    cv2.setNumThreads(1)
    rng = generator("cleaned", part, shard)
    for number in range(_SHARD):
        family = _FAMILIES[int(rng.integers(len(_FAMILIES)))]
        scene = make(family, "train", _FIRST + _PART * part + _SHARD * shard + number)
        picture = scene.picture
        if rng.random() < _CHANGED:
            size = max(8.0, scene.ink.shape[0] / 4)
            patch = Patch(picture, scene.ink, scene.unwanted, size)
            picture = augmented(patch, family, rng).picture
        ink = np.rint(255 * foretext.clean(picture).ink).astype(np.uint8)
        rows, columns = (np.flatnonzero((ink > _FAINT).any(axis=axis)) for axis in (1, 0))
        if rows.size:
            tight = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            yield Cleaned(tight, scene.text)


def _save(path: Path, inks: list[Cleaned]) -> None:
    """Write a file that is either whole or not there."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    arrays = {f"ink{k}": one.ink for k, one in enumerate(inks)}
    with partial.open("wb") as file:
        np.savez_compressed(file, texts=np.array([one.text for one in inks]), **arrays)  # type: ignore[arg-type]
    partial.replace(path)
