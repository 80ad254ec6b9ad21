"""One kind of text in a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from foretext.arrays import Ink, Mask
from foretext.ink import Scale
from foretext.pieces import Pieces
from foretext.reading import Box


@dataclass(frozen=True, eq=False)
class Layer:
    """One kind of text in a picture: what has one color and one thickness of stroke.

    Attributes
    ----------
    color : tuple of int
        Its color as one sees it, RGB in 0..255.
    scale : Scale
        Stroke width and height of characters, in pixels of the picture.
    angle : float
        Direction of its longer extent, in degrees counterclockwise from the horizontal, in
        (-90, 90]; 0 where no direction stands out.
    share : float
        Its part of all ink in the picture, weighed by contrast, in [0, 1].
    box : Box
        The smallest rectangle around it.
    rows : float
        Which share of its area stands in rows of text, in [0, 1].
    cut : float
        Which share of its area is cut by the border of the picture, in [0, 1].
    contrast : float
        How far its color is from that of the paper, in [0, 1].
    pieces : Pieces
        Its connected components.
    solid : ndarray of bool, (H, W)
        Pixels that it covers wholly.
    number : int
        Its rank as the wanted one, from 1 on; ``keep=2`` takes the layer with number 2.
        0 while it is not ranked.
    score : float
        How much it looks like the wanted text, in [0, 1].
    wanted : float or None
        How much of it the network takes for wanted text, in [0, 1]; None if it was not asked.
    reason : str
        Why it has this score, in words.
    ink : ndarray of float32, (H, W)
        Its coverage in [0, 1], with soft edges. Computed when first asked for.
    """

    color: tuple[int, int, int]
    scale: Scale
    angle: float
    share: float
    box: Box
    rows: float
    cut: float
    contrast: float
    pieces: Pieces = field(repr=False)
    solid: Mask = field(repr=False)
    carve: Callable[[], Ink] = field(repr=False)
    carve_all: Callable[[], Ink] = field(repr=False)
    number: int = 0
    score: float = 0.0
    wanted: float | None = None
    reason: str = ""

    @cached_property
    def ink(self) -> Ink:
        """The layer's coverage, float32 (H, W) in [0, 1]."""
        ink = self.carve()
        ink.flags.writeable = False
        return ink

    @cached_property
    def all_ink(self) -> Ink:
        """Coverage of all ink in the picture, this layer's color being full ink."""
        ink = self.carve_all()
        ink.flags.writeable = False
        return ink

    @property
    def hex(self) -> str:
        """The color as in HTML, like ``#666666``."""
        return "#{:02x}{:02x}{:02x}".format(*self.color)

    @property
    def stroke_width(self) -> float:
        """Thickness of its strokes in pixels."""
        return self.scale.stroke_width

    @property
    def x_height(self) -> float:
        """Height of its characters in pixels."""
        return self.scale.x_height

    def to_dict(self) -> dict[str, object]:
        """Return all but the pixels as plain JSON types."""
        return {
            "number": self.number,
            "color": self.hex,
            "stroke_width": round(self.stroke_width, 2),
            "x_height": round(self.x_height, 2),
            "angle": round(self.angle, 1),
            "share": round(self.share, 4),
            "rows": round(self.rows, 3),
            "cut": round(self.cut, 3),
            "contrast": round(self.contrast, 3),
            "box": [round(v, 1) for v in self.box],
            "score": round(self.score, 3),
            "wanted": None if self.wanted is None else round(self.wanted, 3),
            "reason": self.reason,
        }
