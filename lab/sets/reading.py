"""From an entry of a set to the picture and its truth."""

from __future__ import annotations

import csv
import functools
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from foretext.image import load
from lab.sets.listing import Entry
from lab.sets.table import SETS


class Example(NamedTuple):
    """A picture and what is true of it.

    Attributes
    ----------
    picture : (H, W, 3) ndarray of uint8
        RGB.
    text : str or None
        What is written there, if known.
    ink : (H, W) ndarray of float32, or None
        Coverage of the wanted text in [0, 1], if known; only 0 and 1 if the truth is a mask.
    """

    picture: npt.NDArray[np.uint8]
    text: str | None
    ink: npt.NDArray[np.float32] | None


def read_entry(entry: Entry) -> Example:
    """Load a picture of a set with its truth."""
    kind = SETS[entry.set]
    ink = None if kind.truth == "none" else _ink(entry.truth, is_mask=kind.truth == "mask")
    return Example(load(entry.path).pixels, _text(entry), ink)


def _ink(path: Path, *, is_mask: bool) -> npt.NDArray[np.float32] | None:
    if not path.is_file():
        return None
    # Truth is gray, so any channel will do.
    ink = np.float32(1) - load(path).pixels[..., 0].astype(np.float32) / np.float32(255)
    return (ink > 0.5).astype(np.float32) if is_mask else ink


def _text(entry: Entry) -> str | None:
    texts = SETS[entry.set].texts
    if texts == "labels":
        return _labels(entry.path.parent / "labels.csv").get(entry.path.name)
    if texts == "beside":
        return entry.path.with_suffix(".txt").read_text(encoding="utf-8")
    if texts == "truth":
        return _read_by_machine(entry.truth) if entry.truth.is_file() else None
    return entry.path.stem if texts == "name" else None


@functools.cache
def _labels(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["file"]: row["text"] for row in csv.DictReader(stream)}


@functools.cache
def _read_by_machine(path: Path) -> str:
    from foretext.recognize import get_engine

    lines = get_engine("tesseract").read(load(path).pixels, layout="page")
    return "\n".join(line.text for line in lines)
