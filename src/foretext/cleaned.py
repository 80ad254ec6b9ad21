"""What cleaning gives back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from foretext.arrays import Ink, Labels, Mask, Pixels
from foretext.image import Image
from foretext.ink import Scale, mask_of, small_print
from foretext.layer import Layer
from foretext.pictures import with_pictures
from foretext.pieces import Pieces, pieces_of
from foretext.reading import Box
from foretext.render import Rendering, as_picture, render
from foretext.rest import Rest
from foretext.steps import Step

if TYPE_CHECKING:
    from foretext.recipe import Recipe
    from foretext.recognize.engine import Layout
    from foretext.restore.perspective import Perspective

# Less of the ink than this is hardly any, and little.
_HARDLY = 0.01
_LITTLE = 0.03

#: What can be saved of a cleaned picture.
View = Literal["ink", "image", "mask", "removed"]


@dataclass(frozen=True, eq=False)
class Cleaned:
    """A picture cleaned: the wanted text, and all that was taken away.

    Attributes
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text in [0, 1], in the size of the input.
    rest : Rest
        All other ink: see `removed` and `verdicts`.
    reasons : tuple of str
        The reasons in words.
    scale : Scale
        Stroke width and x-height of the wanted text in pixels.
    layers : tuple of Layer
        What was found, the most likely wanted first.
    wanted : tuple of Layer
        Which of them were kept.
    reason : str
        Why these, in words.
    steps : tuple of Step
        What was done, in its order.
    source : Image
        The picture as it was taken in.
    recipe : Recipe
        The recipe followed.
    foreground : ndarray of float32, (H, W), optional
        What the network takes for wanted text, in [0, 1], before color had its say. None if it
        saw no text or was not asked, and of a picture that was worked reduced.
    pictures : tuple of Box
        Where photographs stand on a page of text, in pixels of the input. They are no ink; the
        recipe tells whether they stay in `picture`.
    """

    ink: Ink = field(repr=False)
    rest: Rest = field(repr=False)
    reasons: tuple[str, ...]
    scale: Scale
    layers: tuple[Layer, ...] = field(repr=False)
    wanted: tuple[Layer, ...] = field(repr=False)
    reason: str
    steps: tuple[Step, ...] = field(repr=False)
    source: Image
    recipe: Recipe = field(repr=False)
    foreground: Ink | None = field(default=None, repr=False)
    pictures: tuple[Box, ...] = ()

    @cached_property
    def rendering(self) -> Rendering:
        """The picture made for OCR, and how its pixels map back to the input."""
        how, single = dict(self.recipe.render), self.layout == "line"
        if not single:
            # Beside large words, where others went, small pieces may be scraps of them.
            how["smallest"] = self.smallest
            if self.is_whole:
                how["softness"] = 0.0
        return render(
            self.ink,
            self.scale,
            single_line=single,
            skew=self.skew,
            perspective=None if single else self.perspective,
            **how,
        )

    @property
    def removed(self) -> Ink:
        """Coverage of all other ink in [0, 1], float32 (H, W)."""
        return self.rest.removed

    @property
    def verdicts(self) -> Labels:
        """Why each pixel of ink was removed, uint8 (H, W): an index into `reasons`, or 0."""
        return self.rest.verdicts

    @property
    def is_whole(self) -> bool:
        """Whether hardly any ink was removed; then no stroke was cut that needs softening."""
        return self.rest.lost <= _HARDLY

    @property
    def is_nearly_whole(self) -> bool:
        """Whether so little was removed that what is small is no scrap of it."""
        return self.rest.lost <= _LITTLE

    @cached_property
    def layout(self) -> Layout:
        """How the text stands: ``line`` if in one row, else ``page``."""
        from foretext.recognize.layout import layout_of_pieces

        return layout_of_pieces(self.pieces, skew=self._tilt, is_whole=self.is_nearly_whole)

    @cached_property
    def _tilt(self) -> float:
        from foretext.restore.skew import tilt

        return tilt(self.pieces)

    @cached_property
    def skew(self) -> float:
        """Degrees by which the lines of text fall to the right; 0 if by hardly any.

        Long lines close to each other may hardly be turned, and yet reach down to the next ones.
        """
        from foretext.recognize.layout import joins_rows
        from foretext.restore.skew import is_harmful

        degrees = self._tilt if self.recipe.render["straighten"] else 0.0
        if not degrees:
            return 0.0
        matters = is_harmful(degrees) or joins_rows(self.pieces, degrees)
        return degrees if matters else 0.0

    @cached_property
    def perspective(self) -> Perspective | None:
        """How the lines of text converge, if the page was photographed from one side."""
        from foretext.restore.perspective import perspective

        straighten = self.recipe.render["straighten"]
        return perspective(self.pieces, self.skew) if straighten else None

    @cached_property
    def pieces(self) -> Pieces:
        """The connected components of the wanted text."""
        return pieces_of(self.mask)

    @cached_property
    def smallest(self) -> float:
        """How tall the characters of its small print are, in pixels; 0 if all are alike."""
        return small_print(self.pieces, few=self.is_nearly_whole)

    @property
    def image(self) -> Pixels:
        """Dark text on white, uint8 (H', W'), enlarged to the size that OCR reads best."""
        return self.rendering.pixels

    @property
    def mask(self) -> Mask:
        """Where at least half of the pixel is wanted text, bool (H, W)."""
        return mask_of(self.ink)

    @property
    def binarized(self) -> Mask:
        """Hard black and white, bool (H, W): `mask`, true to edges of scans and pale strokes.

        See `foretext.binarize.binarize`.
        """
        from foretext.binarize import binarize

        return binarize(self.ink, self.source.pixels, self.scale)

    @property
    def picture(self) -> Pixels:
        """Dark text on white in the size of the input, uint8.

        (H, W), or (H, W, 3) in RGB if photographs in color are kept.
        """
        page = as_picture(self.ink)
        kept = self.kept_pictures
        return with_pictures(page, self.source.pixels, kept) if kept else page

    @property
    def kept_pictures(self) -> tuple[Box, ...]:
        """Those of `pictures` that stay."""
        return self.pictures if self.recipe.pictures == "keep" else ()

    def removed_by_reason(self) -> Mapping[str, float]:
        """Return how much ink each reason took away, as a share of all ink."""
        total = float(self.ink.sum(dtype=np.float64) + self.removed.sum(dtype=np.float64))
        amounts = np.bincount(
            self.verdicts.ravel(), self.removed.ravel(), minlength=len(self.reasons)
        )
        return {
            reason: float(amount) / max(total, 1.0)
            for reason, amount in zip(self.reasons, amounts, strict=False)
            if reason and amount > 0.0
        }

    def save(self, path: str | os.PathLike[str], *, view: View = "ink") -> None:
        """Write a picture of the result, all at once or not at all.

        Parameters
        ----------
        path : path
            Where to; the suffix tells the format.
        view : {"ink", "image", "mask", "removed"}
            ``ink``: the wanted text, soft-edged, in the size of the input, and photographs
            as they were unless the recipe removes them; ``image``: the
            enlarged picture for OCR; ``mask``: hard black and white; ``removed``: what was
            taken away. The dpi of the input is kept where the size is.

        Raises
        ------
        OutputError
            If it can't be written.
        UsageError
            If there is no such view.
        """
        from foretext.image import save

        save(path, self.view(view), dpi=self.dpi_of(view))

    def encode(self, *, view: View = "ink", format: str = "PNG") -> bytes:  # noqa: A002
        """Return what `save` writes as the bytes of a file; see `foretext.image.encode`."""
        from foretext.image import encode

        return encode(self.view(view), format=format, dpi=self.dpi_of(view))

    def dpi_of(self, view: View) -> tuple[float, float] | None:
        """Return the resolution of what `save` writes, if the input told one and kept its size."""
        return self.source.dpi if view != "image" else None

    def view(self, view: View) -> Pixels | Mask:
        """Return the pixels that `save` writes."""
        from foretext.errors import UsageError

        if view == "ink":
            return self.picture
        if view == "image":
            return self.image
        if view == "mask":
            return ~self.binarized
        if view == "removed":
            return as_picture(self.removed)
        raise UsageError(f"there is no view {view!r}; there are ink, image, mask and removed")
