"""What was made last, kept where the network learns, and batches cut from it."""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import threading
import time
from typing import Any, Final, NamedTuple, Self

import numpy as np
import torch
from torch import Tensor

from lab.train import crops, stream
from lab.train.patch import Bytes
from lab.train.stream import Stream

Batch = tuple[Tensor, Tensor, Tensor]

#: What is kept of small pictures, and of pages.
_ROOM: Final = 6000
#: Before so many are there, nothing is learnt: the first would be learnt by heart.
_ENOUGH: Final = 600
#: What lies beyond a picture is paper, and matters little.
_BEYOND: Final = (128, 128, 128, 0, 10)
_PAUSE: Final = 0.01


class Shape(NamedTuple):
    """How many crops there are in a batch, and of which size."""

    number: int
    height: int
    width: int


class Shapes(NamedTuple):
    """The kinds of batches.

    Attributes
    ----------
    both : tuple of Shape
        Small pictures and pages together, for as long as the normalizations learn from them.
    small, pages : Shape
        Each alone: pages show more around.
    """

    both: tuple[Shape, Shape]
    small: Shape
    pages: Shape

    @classmethod
    def of(cls, number: int) -> Self:
        """Make them about as large as so many small crops."""
        parts = (round(part * number) for part in (0.4, 0.27, 0.3))
        first, second, pages = (max(1, part) for part in parts)
        both = Shape(first, 160, 320), Shape(second, 160, 320)
        return cls(both, Shape(number, 128, 256), Shape(pages, 256, 480))


class Replay:
    """The last of one kind, on the device.

    Parameters
    ----------
    room : int
        How many are kept.
    device : torch.device
        Where.
    """

    def __init__(self, room: int, device: torch.device) -> None:
        shape = (room, stream.PLANES, stream.ROWS, stream.COLUMNS)
        self._planes = torch.zeros(shape, dtype=torch.uint8, device=device)
        self._sizes = np.zeros((room, 2), np.int64)
        self._scales, self._bases, self._beyond = (
            torch.tensor(part, dtype=torch.float32, device=device)[:, None, None]
            for part in (stream.SCALES, stream.BASES, _BEYOND)
        )
        self.put_so_far = 0

    def put(self, planes: Bytes) -> None:
        """Keep one more, in place of the oldest."""
        place = self.put_so_far % len(self._sizes)
        height, width = self._sizes[place] = planes.shape[1:]
        self._planes[place, :, :height, :width] = torch.from_numpy(planes)
        self.put_so_far += 1

    def cut(self, shape: Shape, rng: np.random.Generator) -> Tensor:
        """Cut crops at random places of random ones.

        Returns
        -------
        (N, PLANES, H, W) Tensor of float32
            Contrast, truth and weight.
        """
        chosen = rng.integers(min(self.put_so_far, len(self._sizes)), size=shape.number)
        sizes = self._sizes[chosen]
        spare = sizes - shape[1:]
        starts = rng.integers(np.minimum(0, spare), np.maximum(0, spare) + 1)
        # One small transfer: larger ones would wait for all that the GPU still has to do.
        told = torch.from_numpy(np.column_stack([chosen, starts, sizes])).to(self._planes.device)
        rows, is_row = _lines(told[:, 1], told[:, 3], shape.height)
        columns, is_column = _lines(told[:, 2], told[:, 4], shape.width)
        taken = self._planes.permute(0, 2, 3, 1)[
            told[:, 0, None, None], rows[:, :, None], columns[:, None, :]
        ]
        inside = (is_row[:, :, None] & is_column[:, None, :])[:, None]
        found = torch.where(inside, taken.permute(0, 3, 1, 2).float(), self._beyond)
        return (found - self._bases) / self._scales


def _lines(start: Tensor, size: Tensor, length: int) -> tuple[Tensor, Tensor]:
    """Return (N, length) rows or columns from each start on, and whether there is one."""
    lines = start[:, None] + torch.arange(length, device=start.device)
    exists = (lines >= 0) & (lines < size[:, None])
    return lines * exists, exists


class Source:
    """Batches from what a stream makes.

    Parameters
    ----------
    made : Stream
        What is drawn.
    device : torch.device
        Where the batches are wanted.
    number : int
        How many small crops a batch has, or as much of pages.
    room : int, optional
        How many small pictures, and how many parts of pages, are kept.
    """

    def __init__(self, made: Stream, device: torch.device, number: int, room: int = _ROOM) -> None:
        self._shapes = Shapes.of(number)
        self._made = made
        self._small, self._pages = Replay(room, device), Replay(room, device)
        self._rng = np.random.default_rng(0)
        weights = crops.WEIGHTS
        pages = sum(weight for family, weight in weights.items() if "page" in family)
        self._pages_share = pages / sum(weights.values())
        self._on_gpu = device.type == "cuda"
        self._ended = threading.Event()
        self._filler = threading.Thread(target=self._fill, daemon=True)

    def __enter__(self) -> Self:
        """Begin to fill it."""
        self._filler.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Fill it no more."""
        self._ended.set()
        self._filler.join()

    def wait(self, enough: int = _ENOUGH) -> None:
        """Wait until there is enough of both kinds to begin with.

        Raises
        ------
        RuntimeError
            If nothing can be drawn.
        """
        while min(self._small.put_so_far, self._pages.put_so_far) < enough:
            if not self._filler.is_alive():
                raise RuntimeError("no scenes can be drawn; see above")
            time.sleep(_PAUSE)

    def batch(self, *, apart: bool) -> Batch:
        """Cut a batch: of both kinds together, or of one kind and then larger crops of pages."""
        if not apart:
            both = zip((self._small, self._pages), self._shapes.both, strict=True)
            planes = torch.cat([kind.cut(shape, self._rng) for kind, shape in both])
        elif self._rng.random() < self._pages_share:
            planes = self._pages.cut(self._shapes.pages, self._rng)
        else:
            planes = self._small.cut(self._shapes.small, self._rng)
        return planes[:, :3], planes[:, 3:4], planes[:, 4:]

    def _fill(self) -> None:
        # In a queue of its own, or each copy would wait for the steps that are under way.
        queue: Any = torch.cuda.Stream() if self._on_gpu else None  # type: ignore[no-untyped-call,unused-ignore]
        with torch.cuda.stream(queue):
            while not self._ended.is_set():
                for planes, is_page in self._made.take():
                    (self._pages if is_page else self._small).put(planes)
                time.sleep(_PAUSE)
