"""Connected components as a table: one row a piece of ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Mask

# More pieces than this tell no more about a text.
_MAX_PIECES = 800


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The connected components of a mask, all in pixels.

    Attributes
    ----------
    left, top, width, height, area : ndarray of float32, (N,)
        Smallest rectangle around each, and how many pixels it has.
    """

    left: Float
    top: Float
    width: Float
    height: Float
    area: Float

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self.area)

    def select(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Pieces:
        """Return some of the pieces."""
        return Pieces(
            self.left[which],
            self.top[which],
            self.width[which],
            self.height[which],
            self.area[which],
        )


def pieces_of(mask: Mask) -> Pieces:
    """Return the 8-connected components of a mask.

    Parameters
    ----------
    mask : ndarray of bool, (H, W)
        What is to be taken apart.

    Returns
    -------
    Pieces
        In scan order; none if the mask is empty.
    """
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=8)
    columns = stats[1:].astype(np.float32).T
    return Pieces(*columns)


def alignment(pieces: Pieces) -> float:
    """Return which share of the pieces' area stands in rows of text, in [0, 1].

    A piece stands in a row if another of similar height is right or left of it, no farther
    than two heights away, and level with it.
    """
    if len(pieces) < 2:
        return 0.0
    pieces = pieces.select(np.argsort(-pieces.area, kind="stable")[:_MAX_PIECES])
    height = pieces.height
    middle = pieces.top + height / 2
    right = pieces.left + pieces.width
    tall = np.maximum(height[:, None], height[None, :])
    similar = np.minimum(height[:, None], height[None, :]) >= 0.45 * tall
    level = np.abs(middle[:, None] - middle[None, :]) <= 0.45 * tall
    gap = pieces.left[None, :] - right[:, None]
    beside = similar & level & (gap >= -0.3 * tall) & (gap <= 2.0 * tall)
    np.fill_diagonal(beside, val=False)
    in_row = beside.any(axis=0) | beside.any(axis=1)
    return float(pieces.area[in_row].sum() / pieces.area.sum())
