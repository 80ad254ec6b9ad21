"""The pictures of the bench: scenes of every family, and the real sets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foretext.recognize import Layout
from lab.bench.digests import LAB, digest, digest_of
from lab.bench.metrics.ink import InkTruth
from lab.fonts import load as load_fonts
from lab.scenes import FAMILIES, make
from lab.sets import SETS, Entry, entries, read_entry


@dataclass(frozen=True, slots=True)
class Item:
    """The name of one picture; light enough to be sent to another process.

    Attributes
    ----------
    group : str
        Its family or set.
    name : str
        What it is called within the bench.
    edition : str
        The state of the code or data that makes it.
    split : str
        Of scenes; empty for real sets.
    index : int
        Its number within family and split, or within the set.
    """

    group: str
    name: str
    edition: str
    split: str
    index: int

    @property
    def ignore_case(self) -> bool:
        """Whether case doesn't count."""
        return self.group in SETS and SETS[self.group].ignore_case

    @property
    def is_page(self) -> bool:
        """Whether it is a page of running text."""
        return is_page(self.group)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A picture, loaded.

    Attributes
    ----------
    picture : (H, W, 3) ndarray of uint8
        RGB, read-only.
    text : str or None
        What is written there, if known.
    truth : InkTruth or None
        Where, if known.
    layout : str
        How the text stands, which peers are told and foretext has to find out.
    """

    picture: npt.NDArray[np.uint8]
    text: str | None
    truth: InkTruth | None
    layout: Layout

    @property
    def is_scan(self) -> bool:
        """Whether it is of paper: somebody has told black from white, to the pixel."""
        return self.truth is not None and not self.truth.is_soft


def is_page(group: str) -> bool:
    """Tell whether the pictures of a group are pages of running text."""
    return SETS[group].is_page if group in SETS else "page" in group


def is_clean(group: str) -> bool:
    """Tell whether the pictures of a group have nothing to remove."""
    return SETS[group].is_clean if group in SETS else FAMILIES[group].is_clean


def describe(group: str) -> str:
    """Say in one line what a group is."""
    return SETS[group].description if group in SETS else FAMILIES[group].description


def scenes(family: str, split: str, count: int) -> list[Item]:
    """Name the first scenes of a family."""
    edition = digest([digest_of(LAB / "scenes", LAB / "fonts"), load_fonts().name])
    return [Item(family, f"{family}/{split}/{i}", edition, split, i) for i in range(count)]


def real(name: str, count: int | None = None) -> list[Item]:
    """Name pictures of a real set: all, or some of them.

    Returns
    -------
    list of Item
        Empty if the set is not on this machine. Which ones are chosen depends on their names
        alone, and a smaller number of them is always part of a larger one.
    """
    found = entries(name)
    edition = digest(f"{e.path.name} {e.path.stat().st_size}" for e in found)
    shuffled = sorted(range(len(found)), key=lambda i: digest([found[i].path.name]))
    return [
        Item(name, f"{name}/{found[i].path.stem}", edition, "", i) for i in sorted(shuffled[:count])
    ]


def load(item: Item) -> Sample:
    """Make or read a picture with its truth."""
    if item.group in SETS:
        return _read(entries(item.group)[item.index], item)
    scene = make(item.group, item.split, item.index)
    return _sample(scene.picture, scene.text, InkTruth(scene.ink, is_soft=True), item)


def _read(entry: Entry, item: Item) -> Sample:
    picture, text, ink = read_entry(entry)
    is_soft = SETS[item.group].truth == "soft"
    truth = None if ink is None else InkTruth(ink, is_soft=is_soft)
    return _sample(picture, text, truth, item)


def _sample(
    picture: npt.NDArray[np.uint8], text: str | None, truth: InkTruth | None, item: Item
) -> Sample:
    picture.flags.writeable = False
    layout: Layout = "page" if item.is_page else "line"
    if layout == "line" and text and "\n" in text.strip():
        layout = "block"
    return Sample(picture, text, truth, layout)
