"""How well the network does on the dev split as it is trained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np

from foretext.separate.contrast import contrast
from lab.scenes import FAMILIES
from lab.train import pool
from lab.train.inputs import gain_of, network_input, padded
from lab.train.patch import Bytes, Float, Patch, coverage_of, resized

Predict = Callable[[Float], Float]

#: Text beyond this is resized before the network sees it.
SMALLEST: Final = 10.0
LARGEST: Final = 36.0
_PAGE_PART: Final = (352, 512)
_ROW_WIDTH: Final = 420


class Item(NamedTuple):
    """A picture as the network is shown it.

    Attributes
    ----------
    family : str
        Which kind.
    picture : (H, W, 3) ndarray of uint8
        RGB.
    shown : (3, H + below, W + right) ndarray of float32
        The input, padded to multiples of 32.
    truth : (H, W) ndarray of float32
        Coverage of the wanted text.
    """

    family: str
    picture: Bytes
    shown: Float
    truth: Float


def items_of(
    folder: Path, number: int = 12, families: Iterable[str] = FAMILIES, *, split: str = "dev"
) -> list[Item]:
    """Make the first pictures of a split, or read them from a folder where they were made before.

    Parameters
    ----------
    folder : Path
        Where their shards are kept.
    number : int, optional
        Pictures of each family; of pages, a part from the middle of half as many.
    families : iterable of str, optional
        Which.
    split : {"dev", "train"}, optional
        Whose fonts and seeds.
    """
    shards = [
        pool.Shard(family, 0, -(-number // 2) if "page" in family else number)
        for family in families
    ]
    for _ in pool.produce(folder, shards, split):
        pass
    return [item_of(sample) for shard in shards for sample in pool.read(folder / shard.name)]


def item_of(sample: pool.Sample) -> Item:
    """Show a sample to the network as a program would: at its size if its text is of fit size."""
    rows, columns = (
        slice(max(0, (length - part) // 2), (length + part) // 2) if length > part else slice(None)
        for length, part in zip(sample.ink.shape, _PAGE_PART, strict=True)
    )
    patch = Patch(
        np.ascontiguousarray(sample.picture[rows, columns]),
        coverage_of(sample.ink[rows, columns]),
        coverage_of(sample.unwanted[rows, columns]),
        sample.x_height,
    )
    height = max(sample.x_height, 1.0)
    patch = resized(patch, float(np.clip(height, SMALLEST, LARGEST)) / height, soft=False)
    seen = contrast(patch.picture)
    gain = gain_of(seen.strength)
    shown = network_input(seen.signed, light=seen.paper.light, gain=gain)
    return Item(sample.family, patch.picture, padded(shown), patch.ink)


def f_measure(ink: Float, truth: Float) -> float:
    """Return the F-measure of ink against truth, both taken at one half; 1 if both are bare."""
    found, wanted = ink > 0.5, truth > 0.5
    total = int(found.sum()) + int(wanted.sum())
    return 2 * int((found & wanted).sum()) / total if total else 1.0


def answers(items: Iterable[Item], predict: Predict) -> Iterator[tuple[Item, Float]]:
    """Let the network answer for each item.

    Parameters
    ----------
    items : iterable of Item
        What to ask.
    predict : callable
        From (1, 3, H, W) input to (1, 1, H, W) coverage, both float32 arrays.

    Yields
    ------
    tuple of Item and (H, W) ndarray of float32
        The item and the coverage found.
    """
    for item in items:
        height, width = item.truth.shape
        yield item, predict(item.shown[None])[0, 0, :height, :width]


def scores(pairs: Iterable[tuple[Item, Float]]) -> dict[str, float]:
    """Return the mean F-measure of each family."""
    found: dict[str, list[float]] = {}
    for item, ink in pairs:
        found.setdefault(item.family, []).append(f_measure(ink, item.truth))
    return {family: float(np.mean(values)) for family, values in found.items()}


def sheet(pairs: Iterable[tuple[Item, Float]], each: int = 3) -> Bytes:
    """Lay out picture, truth and answer of a few items of each family.

    Returns
    -------
    (H, W, 3) ndarray of uint8
        RGB; a row for each family, its items from left to right, each as picture, truth and
        answer from top to bottom.
    """
    rows: dict[str, list[Bytes]] = {}
    for item, ink in pairs:
        row = rows.setdefault(item.family, [])
        if len(row) < each:
            row.append(_column(item, ink))
    return np.concatenate([_row(family, columns, each) for family, columns in rows.items()])


def _column(item: Item, ink: Float) -> Bytes:
    height = min(160, item.truth.shape[0])
    width = min(_ROW_WIDTH, item.truth.shape[1])
    planes = [np.repeat(np.uint8(255) - _levels(p)[..., None], 3, 2) for p in (item.truth, ink)]
    stack = [plane[:height, :width] for plane in (item.picture, *planes)]
    column = np.full((3 * height + 6, _ROW_WIDTH, 3), 128, np.uint8)
    for number, plane in enumerate(stack):
        column[number * (height + 2) :][:height, :width] = plane
    return column


def _levels(coverage: Float) -> Bytes:
    return np.rint(coverage * 255).astype(np.uint8)


def _row(family: str, columns: list[Bytes], each: int) -> Bytes:
    height = max(len(column) for column in columns)
    row = np.full((height + 18, each * (_ROW_WIDTH + 4), 3), 128, np.uint8)
    cv2.putText(row, family, (4, 13), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (255, 255, 255), 1)
    for number, column in enumerate(columns):
        left = number * (_ROW_WIDTH + 4)
        row[18 : 18 + len(column), left : left + _ROW_WIDTH] = column
    return row


def mean_of(by_family: Mapping[str, float]) -> float:
    """Return the mean of all families, each as weighty as any other."""
    return float(np.mean(list(by_family.values())))
