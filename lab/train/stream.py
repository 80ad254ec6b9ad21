"""Scenes and what is cut from them, made in memory by many processes while the network learns.

For a machine whose GPU learns faster than a pool on disk could be filled. Each process draws
scenes of its own, and makes of them what `lab.train.crops.drawn` makes; the trainer finds it in
memory that both see.
"""

from __future__ import annotations

import itertools
import mmap
import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import cv2
import numpy as np
import numpy.typing as npt

from lab.scenes.seeds import generator
from lab.train import crops, pool
from lab.train.patch import Bytes, Float

#: The planes are contrast (3), truth and weight.
PLANES: Final = 5
ROWS, COLUMNS = crops.AROUND
#: Contrast in [-1.5, 1.5], coverage in [0, 1] and weights up to 2, as bytes: value * scale + base.
SCALES: Final = (84.0, 84.0, 84.0, 255.0, 100.0)
BASES: Final = (128.0, 128.0, 128.0, 0.0, 0.0)
#: What a process may be ahead of the trainer.
_ROOM: Final = 96
#: How often a process draws a new scene rather than using one again.
_NEW: Final = 0.06
#: Scenes of a family that a process keeps.
_KEPT: Final = 60
_KEPT_PAGES: Final = 16
#: No two processes draw the same scene.
_APART: Final = 1_000_000
_PAUSE: Final = 0.005

Numbers = npt.NDArray[np.int64]


class Drawn(NamedTuple):
    """What was made of a scene.

    Attributes
    ----------
    planes : (PLANES, H, W) ndarray of uint8
        In memory that is written anew soon after; see `Stream.take`.
    is_page : bool
        Whether it is part of a page.
    """

    planes: Bytes
    is_page: bool


class Stream:
    """The processes, and the memory that they share with the trainer.

    Parameters
    ----------
    workers : int
        How many processes.
    seed : int, optional
        Decides what they draw.
    """

    def __init__(self, workers: int, seed: int = 0) -> None:
        self._planes: Bytes = _shared((workers, _ROOM, PLANES * ROWS * COLUMNS), np.uint8)
        # Height, width, and whether it is a page.
        self._facts: Numbers = _shared((workers, _ROOM, 3), np.int64)
        # How many each process has made, and how many of them were taken.
        self._made: Numbers = _shared((workers,), np.int64)
        self._taken: Numbers = _shared((workers,), np.int64)
        context: Any = multiprocessing.get_context("fork")
        self._processes: list[BaseProcess] = [
            context.Process(target=self._work, args=(number, seed), daemon=True)
            for number in range(workers)
        ]

    def __enter__(self) -> Self:
        """Let the processes begin."""
        for process in self._processes:
            process.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        for process in self._processes:
            process.terminate()
            process.join()

    @property
    def made(self) -> int:
        """How many were made so far."""
        return int(self._made.sum())

    def take(self) -> Iterator[Drawn]:
        """Take all that is new.

        Yields
        ------
        Drawn
            To be used before the next is asked for.

        Raises
        ------
        RuntimeError
            If a process has died.
        """
        if not all(process.is_alive() for process in self._processes):
            raise RuntimeError("a process that draws scenes has died; see above")
        for number, last in enumerate(self._made.copy()):
            for slot in range(int(self._taken[number]), int(last)):
                height, width, is_page = self._facts[number, slot % _ROOM].tolist()
                flat = self._planes[number, slot % _ROOM, : PLANES * height * width]
                yield Drawn(flat.reshape(PLANES, height, width), bool(is_page))
                self._taken[number] = slot + 1

    def _work(self, number: int, seed: int) -> None:
        cv2.setNumThreads(1)
        rng = generator("stream", seed, number)
        scenes = _Scenes(number, rng)
        for made in itertools.count():
            scenes.renew()
            sample = scenes.kept.draw(rng)
            # Rounding may have made it a pixel larger.
            planes = coded(crops.drawn(sample, rng))[:, :ROWS, :COLUMNS]
            while made - self._taken[number] >= _ROOM:
                time.sleep(_PAUSE)
            slot = made % _ROOM
            self._planes[number, slot, : planes.size] = planes.ravel()
            self._facts[number, slot] = *planes.shape[1:], "page" in sample.family
            # Last, as from now on it may be taken.
            self._made[number] = made + 1


class _Scenes:
    """The scenes of one process: some of each family, now and then a new one."""

    def __init__(self, number: int, rng: np.random.Generator) -> None:
        self.kept = crops.Pool(Path())
        self._rng = rng
        self._next = itertools.count(_APART * (number + 1))
        for family in rng.permutation(list(crops.WEIGHTS)):
            self.kept.add([pool.sample_of(str(family), "train", next(self._next))])

    def renew(self) -> None:
        """Draw a new scene by chance; where there are many, it takes the place of another."""
        if self._rng.random() >= _NEW:
            return
        family = self.kept.draw(self._rng).family
        sample = pool.sample_of(family, "train", next(self._next))
        mine = self.kept.samples[family]
        if len(mine) < (_KEPT_PAGES if "page" in family else _KEPT):
            mine.append(sample)
        else:
            mine[int(self._rng.integers(len(mine)))] = sample


def coded(planes: Float) -> Bytes:
    """Return planes as bytes: a quarter of the memory.

    Parameters
    ----------
    planes : (PLANES, H, W) ndarray of float32
        As `lab.train.crops.drawn` gives.
    """
    scale, base = (np.array(part, np.float32)[:, None, None] for part in (SCALES, BASES))
    return np.asarray(np.clip(np.rint(planes * scale + base), 0, 255), np.uint8)


def _shared(shape: tuple[int, ...], kind: type[np.generic]) -> npt.NDArray[Any]:
    """Return zeros that processes forked from this one see as well."""
    memory = mmap.mmap(-1, int(np.prod(shape)) * np.dtype(kind).itemsize)
    return np.frombuffer(memory, kind).reshape(shape)
