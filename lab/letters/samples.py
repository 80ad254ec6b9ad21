"""Strips to learn from, gathered into batches of one width."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from foretext.recognize.letters import HEIGHT, NAMES, strip_of
from lab.fonts import load
from lab.letters.cleaned import Cleaned
from lab.letters.drawing import drawn_line
from lab.letters.wear import slightly_worn, worn
from lab.scenes.seeds import generator

#: Numbers of the characters that can be told, after the blank, which is 0.
NUMBERS: Final = {name: number for number, name in enumerate(NAMES, 1)}
#: Widths of batches, and how many strips each has.
SIZES: Final[Mapping[int, int]] = {96: 512, 160: 320, 256: 192, 384: 128, 576: 80}
#: How often each line is worn anew.
_WORN: Final = 5
#: How many strips are of cleaned pictures, if there are any.
_CLEANED: Final = 0.6
_SLIGHTLY: Final = 0.6
_LONGEST: Final = 40

Bytes = npt.NDArray[np.uint8]


class Sample(NamedTuple):
    """A strip (48, W) and what it says."""

    strip: Bytes
    text: str


class Batch(NamedTuple):
    """Strips (N, 48, W), texts (N, L) as numbers with 0 after their ends, and lengths (N,)."""

    strips: Bytes
    texts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]


def batches(
    rng: np.random.Generator,
    split: str = "train",
    *,
    share: int = 1,
    inks: Sequence[Cleaned] = (),
) -> Iterator[Batch]:
    """Yield batches without end.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where chance comes from.
    split : {"train", "dev", "test"}, optional
        Whose fonts.
    share : int, optional
        Batches have one in so many of the strips that a GPU takes at once.
    inks : sequence of Cleaned, optional
        What foretext left of pictures; three fifths of the strips are of these.
    """
    waiting: dict[int, list[Sample]] = {width: [] for width in SIZES}
    for sample in _samples(rng, split, inks):
        width = next((width for width in SIZES if sample.strip.shape[1] <= width), None)
        if width is None:
            continue
        waiting[width].append(sample)
        if len(waiting[width]) >= max(1, SIZES[width] // share):
            yield _batch(waiting[width], width, rng)
            waiting[width] = []


def drawn(rng: np.random.Generator, split: str) -> Iterator[Sample]:
    """Yield strips of lines that are drawn and worn, without end."""
    cv2.setNumThreads(1)
    fonts = load()
    while True:
        ink, text = drawn_line(rng, fonts, split)
        for _ in range(_WORN):
            yield _sample(worn(ink, rng), text)


def _samples(rng: np.random.Generator, split: str, inks: Sequence[Cleaned]) -> Iterator[Sample]:
    for sample in drawn(rng, split):
        while inks and rng.random() < _CLEANED:
            ink, text = inks[int(rng.integers(len(inks)))]
            around = np.pad(ink, max(2, ink.shape[0] // 8))
            soft = np.asarray(around / 255, np.float32)
            yield _sample(slightly_worn(soft, rng) if rng.random() < _SLIGHTLY else soft, text)
        yield sample


def _sample(ink: npt.NDArray[np.float32], text: str) -> Sample:
    return Sample(np.rint(255 * strip_of(ink)).astype(np.uint8), text)


def _batch(some: Sequence[Sample], width: int, rng: np.random.Generator) -> Batch:
    """Put strips anywhere in a blank of one width."""
    shown = np.zeros((len(some), HEIGHT, width), np.uint8)
    texts = np.zeros((len(some), _LONGEST), np.int64)
    for number, (strip, text) in enumerate(some):
        left = int(rng.integers(0, width - strip.shape[1] + 1))
        shown[number, :, left : left + strip.shape[1]] = strip
        texts[number, : len(text)] = [NUMBERS[character] for character in text]
    return Batch(shown, texts, np.array([len(text) for _, text in some]))


def checked(number: int) -> list[Batch]:
    """Return batches of the dev split, always the same."""
    made = batches(generator("letters", "dev"), "dev", share=2)
    return [next(made) for _ in range(number)]
