"""A scene while it is being made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lab.scenes.colors import RGB, as_color
from lab.scenes.patch import Patch, box_of, draw
from lab.scenes.scene import Box, Color, Coverage, Layer, union
from lab.scenes.wear import Wear

Word = Sequence[Patch]
"""The patches of a word: one a character, or a single one for the whole."""


@dataclass
class Draft:
    """Paper, what has been laid on it so far, and what the text says.

    Attributes
    ----------
    paper : (H, W, 3) ndarray of float32
        The bare paper.
    layers : list of Layer
        Bottom first.
    wear : Wear
        What happens to the finished picture.
    """

    paper: npt.NDArray[np.float32]
    layers: list[Layer] = field(default_factory=list)
    wear: Wear = field(default_factory=Wear)
    lines: list[str] = field(default_factory=list)
    word_boxes: list[Box] = field(default_factory=list)
    character_boxes: list[Box] = field(default_factory=list)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        height, width = self.paper.shape[:2]
        return height, width

    def lay(
        self, name: str, coverage: Coverage, color: RGB | Color, *, wanted: bool = False
    ) -> None:
        """Lay one thing over what is there."""
        self.layers.append(Layer(name, coverage, as_color(color), wanted))

    def lay_patches(self, name: str, patches: Iterable[Patch], color: RGB | Color) -> None:
        """Lay unwanted lettering over what is there."""
        self.lay(name, draw(patches, self.shape), color)

    def write(self, words: Iterable[Word], color: RGB | Color, name: str = "text") -> None:
        """Lay wanted lettering of one color over what is there."""
        patches = [patch for word in words for patch in word]
        self.lay(name, draw(patches, self.shape), color, wanted=True)

    def note(self, words: Sequence[Word], *, characters: bool = True) -> None:
        """Note one line of the wanted text, with the boxes of its words and characters."""
        texts = ["".join(patch.text for patch in word) for word in words]
        self.lines.append(" ".join(texts))
        for text, word in zip(texts, words, strict=True):
            self.word_boxes.append(box_of(word, self.shape, text))
            if characters:
                boxes = (box_of([patch], self.shape, patch.text) for patch in word)
                self.character_boxes.extend(boxes)

    def coverage(self, *, wanted: bool) -> Coverage:
        """Coverage of all that is wanted, or of all that is not."""
        chosen = (layer.coverage for layer in self.layers if layer.wanted == wanted)
        return union(chosen, self.shape)
