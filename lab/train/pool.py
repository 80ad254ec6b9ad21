"""A pool of scenes on disk: made once by a producer, read by the trainer while it grows.

A pool is a plan in which every family has its turn, cut into shards of one family each. A shard is
one file whose name says what is in it, so a producer that was stopped goes on where it was, and
several may share the work.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from foretext import ink as inks
from lab.fonts import FontSet, load
from lab.fonts.spelling import respelled, signed
from lab.scenes import make
from lab.scenes.scene import Coverage
from lab.scenes.seeds import generator

Bytes = npt.NDArray[np.uint8]

#: Scenes in a shard: pages are large.
SMALL_SHARD: Final = 25
PAGE_SHARD: Final = 5
#: Shards of each family in the whole pool. Two in five of them are kinds whose text can't be told
#: by its color; what is easy to learn, or quick to draw anew by augmentation, has fewer.
SHARDS: Final[Mapping[str, int]] = {
    "word_cloud": 36,
    "scattered_lighter": 28,
    "scattered_equal": 36,
    "scattered_darker": 36,
    "same_color": 40,
    "colored_lines": 28,
    "many_colors": 28,
    "outlined": 36,
    "noise_lines": 32,
    "crowded": 36,
    "shaded": 32,
    "loose": 40,
    "spaced": 36,
    "subtitles": 36,
    "labels": 36,
    "stamped": 32,
    "page_watermark": 14,
    "page_bleed_through": 14,
    "page_stamp": 14,
    "page_lines": 14,
    "page_security": 14,
    "page_degraded": 14,
    "page_handwritten": 36,
    "page_pictures": 20,
    "page_panels": 28,
    "page_sparse": 20,
    "page_headline": 16,
    "page_mixed": 22,
    "clean_characters": 20,
    "clean_words": 32,
    "clean_signs": 36,
    "clean_titles": 28,
    "clean_page": 12,
}
#: How many scenes of training have accents, or are in another script; and how many have signs in
#: place of some letters, so that a dash is not always a speck.
_RESPELLED: Final = 0.2
_SIGNED: Final = 0.15


@dataclass(frozen=True, eq=False)
class Sample:
    """What training needs of a scene.

    Attributes
    ----------
    family : str
        What kind it is.
    picture : (H, W, 3) ndarray of uint8
        RGB.
    ink, unwanted : (H, W) ndarray of uint8
        Coverage of the wanted text and of all else, 255 for a whole pixel.
    x_height : float
        How tall its characters are, in pixels, as `foretext.ink.measure` tells; 0 if it can't.
    """

    family: str
    picture: Bytes
    ink: Bytes
    unwanted: Bytes
    x_height: float


class Shard(NamedTuple):
    """Some scenes of one family that follow each other: one file."""

    family: str
    first: int
    number: int

    @property
    def name(self) -> str:
        """The file it is in."""
        return f"{self.family}-{self.first:05d}-{self.number}.npz"


def plan(scale: float = 1.0) -> list[Shard]:
    """List the shards of the whole pool in the order in which they are made.

    Parameters
    ----------
    scale : float, optional
        How many of the shards, of every family alike; at least one of each.

    Returns
    -------
    list of Shard
        Each start of the list has all families in about the shares of the whole.
    """
    shards = []
    for family, number in SHARDS.items():
        size = PAGE_SHARD if "page" in family else SMALL_SHARD
        count = max(1, round(number * scale))
        shards += [((k + 0.5) / count, Shard(family, k * size, size)) for k in range(count)]
    return [shard for _, shard in sorted(shards, key=lambda pair: pair[0])]


def sample_of(family: str, split: str, index: int, fonts: FontSet | None = None) -> Sample:
    """Make a scene and keep of it what training needs."""
    scene = make(family, split, index, fonts=fonts or _fonts(family, split, index))
    x_height = inks.measure(scene.ink).x_height
    return Sample(family, scene.picture, _bytes(scene.ink), _bytes(scene.unwanted), float(x_height))


def _fonts(family: str, split: str, index: int) -> FontSet | None:
    """Spell some of the scenes of training in characters that no scene of the other splits has."""
    rng = generator("spelling", family, split, index)
    chance = rng.random()
    if split != "train" or chance > _RESPELLED + _SIGNED:
        return None
    return (respelled if chance <= _RESPELLED else signed)(load(), rng)


def produce(folder: Path, shards: Iterable[Shard], split: str = "train") -> Iterator[Path]:
    """Make the shards that are not there yet.

    Parameters
    ----------
    folder : Path
        Where they go.
    shards : iterable of Shard
        Which, and in what order.
    split : {"train", "dev"}, optional
        Whose fonts.

    Yields
    ------
    Path
        Each file as soon as it is whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for shard in shards:
        path = folder / shard.name
        if path.exists():
            continue
        numbers = range(shard.first, shard.first + shard.number)
        save(path, [sample_of(shard.family, split, index) for index in numbers])
        yield path


def save(path: Path, samples: Iterable[Sample]) -> None:
    """Write samples to a file that is either whole or not there."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    heights = []
    for number, sample in enumerate(samples):
        arrays[f"picture{number}"] = sample.picture
        arrays[f"ink{number}"] = sample.ink
        arrays[f"unwanted{number}"] = sample.unwanted
        heights.append(sample.x_height)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("wb") as file:
        np.savez_compressed(file, x_heights=np.asarray(heights, np.float32), **arrays)  # type: ignore[arg-type]
    partial.replace(path)


def read(path: Path) -> list[Sample]:
    """Read the samples of a shard."""
    family = path.name.rsplit("-", 2)[0]
    with np.load(path) as file:
        heights = file["x_heights"]
        return [
            Sample(family, file[f"picture{n}"], file[f"ink{n}"], file[f"unwanted{n}"], float(h))
            for n, h in enumerate(heights)
        ]


def _bytes(coverage: Coverage) -> Bytes:
    return np.rint(coverage * 255).astype(np.uint8)
