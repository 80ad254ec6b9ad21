"""Crops that the network is trained on: any number of them from a pool of scenes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np

from foretext.separate.contrast import contrast
from lab.scenes.seeds import generator
from lab.train import pool
from lab.train.augment import augmented
from lab.train.inputs import gain_of, network_input
from lab.train.patch import Float, Patch, coverage_of, resized

HEIGHT: Final = 128
WIDTH: Final = 256
#: Crops in a step of training.
BATCH: Final = 16
#: Text this tall, in pixels, is what the network learns to see; anything else is resized first.
SMALLEST: Final = 8.0
LARGEST: Final = 48.0
#: Small pictures are seldom shown smaller than this: most of the crop would be empty.
_SMALLEST_ALONE: Final = 12.0
#: Paper and gain are taken from this much of a picture, not from the small crop.
AROUND: Final = (256, 480)
_SCALES: Final = (0.2, 2.6)
_SMALL_PAGES: Final = 2.0
_TRIES: Final = 6

#: How often each family is drawn from.
WEIGHTS: Final[Mapping[str, float]] = {
    "word_cloud": 9,
    "scattered_lighter": 6,
    "scattered_equal": 8,
    "scattered_darker": 8,
    "same_color": 9,
    "colored_lines": 10,
    "many_colors": 6,
    "outlined": 6,
    "noise_lines": 10,
    "crowded": 8,
    "shaded": 9,
    "loose": 12,
    "spaced": 18,
    "subtitles": 16,
    "labels": 14,
    "stamped": 14,
    "page_watermark": 2.5,
    "page_bleed_through": 4,
    "page_stamp": 2.5,
    "page_lines": 2.5,
    "page_security": 2.5,
    "page_degraded": 5,
    "page_handwritten": 18,
    "page_pictures": 6,
    "page_panels": 8,
    "page_sparse": 9,
    "page_headline": 9,
    "page_mixed": 7,
    "clean_characters": 6,
    "clean_words": 10,
    "clean_signs": 24,
    "clean_titles": 14,
    "clean_page": 5,
}


class Crop(NamedTuple):
    """One example.

    Attributes
    ----------
    shown : (3, HEIGHT, WIDTH) ndarray of float32
        What the network reads.
    truth : (1, HEIGHT, WIDTH) ndarray of float32
        Coverage of the wanted text.
    weight : (1, HEIGHT, WIDTH) ndarray of float32
        How much each pixel matters.
    """

    shown: Float
    truth: Float
    weight: Float


class Pool:
    """The scenes that are on disk by now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.samples: dict[str, list[pool.Sample]] = {}
        self._seen: set[str] = set()

    def refresh(self) -> int:
        """Read what is new and return how many scenes there are."""
        for path in sorted(self.folder.glob("*.npz")):
            if path.name not in self._seen:
                self._seen.add(path.name)
                self.add(pool.read(path))
        return sum(map(len, self.samples.values()))

    def add(self, samples: Sequence[pool.Sample]) -> None:
        """Take samples in."""
        for sample in samples:
            self.samples.setdefault(sample.family, []).append(sample)

    def draw(self, rng: np.random.Generator) -> pool.Sample:
        """Draw a sample: first its family, by weight."""
        families = sorted(self.samples)
        weights = np.array([WEIGHTS[family] for family in families])
        family = families[int(rng.choice(len(families), p=weights / weights.sum()))]
        return self.samples[family][int(rng.integers(len(self.samples[family])))]


def batch(scenes: Pool, step: int, size: int, seed: int = 0) -> Crop:
    """Make the crops of one step: the same ones for the same pool, step and seed.

    Parameters
    ----------
    scenes : Pool
        What to draw from.
    step : int
        Number of the step since training began.
    size : int
        How many crops.
    seed : int, optional
        Another seed gives other crops.

    Returns
    -------
    Crop
        With a first axis for the examples.
    """
    crops = [crop(scenes, generator("crop", seed, step, k)) for k in range(size)]
    return Crop(*(np.stack(parts) for parts in zip(*crops, strict=True)))


def crop(scenes: Pool, rng: np.random.Generator) -> Crop:
    """Draw a scene, change it by chance and cut a crop from it."""
    cut = _cut(drawn(scenes.draw(rng), rng), rng)
    return Crop(cut[:3], cut[3:4], cut[4:])


def drawn(sample: pool.Sample, rng: np.random.Generator) -> Float:
    """Change a part of a scene by chance; all that can be cut from it.

    Parameters
    ----------
    sample : lab.train.pool.Sample
        The scene.
    rng : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    (5, H, W) ndarray of float32
        What the network reads, coverage of the wanted text and how much each pixel matters; at
        most `AROUND` pixels large.
    """
    patch = augmented(_part(sample, rng), sample.family, rng)
    seen = contrast(patch.picture)
    gain = gain_of(seen.strength) * float(np.exp(rng.normal(0, 0.1)))
    shown = network_input(seen.signed, light=seen.paper.light, gain=gain)
    return np.concatenate([shown, np.clip(patch.ink, 0, 1)[None], _weight(patch)[None]])


def _part(sample: pool.Sample, rng: np.random.Generator) -> Patch:
    """Choose a scale, and a part of the scene that has the usual size at this scale."""
    scale = 1.0
    if sample.x_height > 0:
        page = "page" in sample.family
        least = SMALLEST if page else _SMALLEST_ALONE
        # Pages are shown as small as their text allows, so most are learnt small; but letters
        # written by hand are larger, and have hairlines.
        small = page and sample.family != "page_handwritten"
        place = float(rng.random()) ** (_SMALL_PAGES if small else 1.0)
        target = least * (LARGEST / least) ** place
        scale = float(np.clip(target / sample.x_height, *_SCALES))
    rows, columns = _window(sample, scale, rng)
    patch = Patch(
        np.ascontiguousarray(sample.picture[rows, columns]),
        coverage_of(sample.ink[rows, columns]),
        coverage_of(sample.unwanted[rows, columns]),
        sample.x_height,
    )
    return resized(patch, scale, soft=rng.random() < 0.5)


def _window(sample: pool.Sample, scale: float, rng: np.random.Generator) -> list[slice]:
    """Choose a part with some text in it, if a few tries find one.

    What stands alone in a part looks as dark as text, so nothing could be learnt from it.
    """
    window: list[slice] = []
    for _ in range(_TRIES):
        window = []
        for length, room in zip(sample.ink.shape, AROUND, strict=True):
            part = min(length, round(room / scale))
            start = int(rng.integers(length - part + 1))
            window.append(slice(start, start + part))
        if np.count_nonzero(sample.ink[tuple(window)] > 127) > sample.x_height**2:
            break
    return window


def _weight(patch: Patch) -> Float:
    """Weigh pixels: thin strokes and crossings most, paper far from everything least."""
    anything = np.maximum(patch.ink, patch.unwanted)
    near = cv2.dilate((anything > 0.05).astype(np.uint8), np.ones((5, 5), np.uint8))
    weight = np.where(near > 0, np.float32(1), np.float32(0.2))
    mask = (patch.ink > 0.3).astype(np.uint8)
    thin = (mask > 0) & (cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) == 0)
    weight[thin | ((patch.ink > 0.3) & (patch.unwanted > 0.3))] = 2
    return np.asarray(weight, np.float32)


def _cut(planes: Float, rng: np.random.Generator) -> Float:
    """Cut a crop at a random place; where the picture ends, bare paper follows."""
    height, width = planes.shape[1:]
    top = int(rng.integers(min(0, height - HEIGHT), max(0, height - HEIGHT) + 1))
    left = int(rng.integers(min(0, width - WIDTH), max(0, width - WIDTH) + 1))
    result = np.zeros((len(planes), HEIGHT, WIDTH), np.float32)
    # Beyond the picture there is paper, and it matters little.
    result[-1] = 0.1
    y, x = max(0, -top), max(0, -left)
    source = planes[:, max(0, top) : top + HEIGHT, max(0, left) : left + WIDTH]
    result[:, y : y + source.shape[1], x : x + source.shape[2]] = source
    return result
