"""What a scene is: a picture together with everything that is true of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Coverage = npt.NDArray[np.float32]
"""(H, W) float32 in [0, 1]: the part of each pixel that something covers."""

Color = npt.NDArray[np.float32]
"""RGB in [0, 255] as float32: (3,) for one color, (H, W, 3) for one a pixel."""


class Box(NamedTuple):
    """Where a word or character stands: pixels, right and bottom exclusive."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


class Layer(NamedTuple):
    """One thing laid on the paper.

    Attributes
    ----------
    name : str
        What it is, such as ``"text"``, ``"cloud"`` or ``"stamp"``.
    coverage : (H, W) ndarray of float32
        How much of each pixel it covers; a translucent thing covers less than it spans.
    color : (3,) or (H, W, 3) ndarray of float32
        Its color in [0, 255].
    wanted : bool
        Whether it is of the wanted text.
    """

    name: str
    coverage: Coverage
    color: Color
    wanted: bool


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture with exact truth.

    The truth of the text is its own coverage, as if nothing lay over it: where an opaque line
    crosses a letter, the letter's ink is still there. Laying ``layers`` on ``paper`` in order gives
    ``composed``; ``picture`` is ``composed`` after shade, blur, noise and JPEG, all of which may
    be absent.

    Attributes
    ----------
    picture : (H, W, 3) ndarray of uint8
        What a program is given.
    ink : (H, W) ndarray of float32
        Coverage of the wanted text, in [0, 1].
    unwanted : (H, W) ndarray of float32
        Coverage of everything else laid on the paper, in [0, 1]. Shade and noise are not in it.
    text : str
        The wanted text, a newline between lines.
    word_boxes : tuple of Box
        Every word of ``text`` in reading order, tight around its ink, clipped to the picture.
    character_boxes : tuple of Box
        Every character that is not a space, likewise; empty on pages.
    disturbance : str
        What the text has to be told from, in a word or two; ``"none"`` if it stands alone.
    family, split : str
        Which generator made it, with whose fonts.
    index : int
        Its number within family and split.
    difficulty : float
        0 (plain) to 1 (as hard as a person can still read).
    fonts : str
        The font set it was drawn with, see `lab.fonts.load`.
    paper : (H, W, 3) ndarray of float32
        The bare paper, in [0, 255].
    layers : tuple of Layer
        Everything on the paper, bottom first.
    """

    picture: npt.NDArray[np.uint8]
    ink: Coverage
    unwanted: Coverage
    text: str
    word_boxes: tuple[Box, ...]
    character_boxes: tuple[Box, ...]
    disturbance: str
    family: str
    split: str
    index: int
    difficulty: float
    fonts: str
    paper: npt.NDArray[np.float32]
    layers: tuple[Layer, ...]

    @property
    def composed(self) -> npt.NDArray[np.float32]:
        """The picture before shade, blur, noise and JPEG: (H, W, 3) float32 in [0, 255]."""
        return compose(self.paper, self.layers)


def compose(paper: npt.NDArray[np.float32], layers: Iterable[Layer]) -> npt.NDArray[np.float32]:
    """Lay ``layers`` on ``paper``, bottom first, each hiding what it covers."""
    picture = paper.astype(np.float32)
    for layer in layers:
        picture += layer.coverage[..., None] * (layer.color - picture)
    return picture


def union(coverages: Iterable[Coverage], shape: tuple[int, int]) -> Coverage:
    """Coverage of several things together, each covering its share of what the others leave."""
    bare = np.ones(shape, np.float32)
    for coverage in coverages:
        bare *= 1 - coverage
    return 1 - bare
