"""Text layers by stroke: thick text apart from thin text of the same color."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foretext.arrays import Float, Mask
from foretext.ink import depth
from foretext.pieces import extreme

# Pieces of less than this share of the text's stroke width are of a thinner text.
_THIN = 0.55
# A thinner text that covers less than this share of a color is an accident.
_LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """The text of one color, divided by the thickness of its strokes.

    Attributes
    ----------
    thick : ndarray of bool, (H, W)
        The pieces whose strokes are about as thick as most.
    thin : ndarray of bool, (H, W)
        The other pieces.
    width : float
        Stroke width of the thick ones, in pixels.
    """

    thick: Mask
    thin: Mask
    width: float

    @property
    def has_thin_text(self) -> bool:
        """Whether the thin pieces are enough to be a text."""
        thin, thick = int(self.thin.sum()), int(self.thick.sum())
        return thin > _LEAST_SHARE * (thin + thick)


def divide_by_stroke(solid: Mask, body: Mask) -> Strokes:
    """Divide the text of one color by the thickness of its strokes.

    Parameters
    ----------
    solid : ndarray of bool, (H, W)
        Pixels of that color.
    body : ndarray of bool, (H, W)
        The same with the stronger half of the soft edges, from which thickness is measured.

    Returns
    -------
    Strokes
        Two disjoint masks that together are `solid`.

    Notes
    -----
    A piece is a connected component after closing gaps of two pixels (hairlines are often
    too pale to be solid). The greatest distance of its pixels to its outside is half its
    thickness. The text's stroke width is the median over all pieces, weighted by area.
    """
    import cv2

    if not solid.any():
        return Strokes(solid, solid, 0.0)
    joined = cv2.dilate(solid.view(np.uint8), np.ones((3, 3), np.uint8))
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    where = np.asarray(labels[solid], np.intp)
    half = extreme(where, depth(body)[solid], count, most=True)
    area = np.bincount(where, minlength=count).astype(np.float32)
    width = _typical(2.0 * half - 1.0, area)
    keep = 2.0 * half - 1.0 >= _THIN * width
    keep[0] = False
    thick = solid & keep[labels]
    return Strokes(thick, solid & ~thick, width)


def _typical(widths: Float, areas: Float) -> float:
    order = np.argsort(widths, kind="stable")
    cumulated = np.cumsum(areas[order], dtype=np.float64)
    return float(widths[order][int(np.searchsorted(cumulated, cumulated[-1] / 2))])
