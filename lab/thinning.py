"""The middle lines of strokes.

Zhang, Suen: A fast parallel algorithm for thinning digital patterns, CACM 27(3), 1984.
https://doi.org/10.1145/357994.358023
"""

from __future__ import annotations

import functools
from typing import Final

import cv2
import numpy as np

from foretext.arrays import Mask

# A bit for each neighbor, clockwise from the upper one.
_BITS: Final = np.array([[128, 1, 2], [64, 0, 4], [32, 16, 8]], np.float32)
_NORTH, _EAST, _SOUTH, _WEST = 0, 2, 4, 6
# In each pass one of every three of these must be bare.
_PASSES: Final = (
    ((_NORTH, _EAST, _SOUTH), (_EAST, _SOUTH, _WEST)),
    ((_NORTH, _EAST, _WEST), (_NORTH, _SOUTH, _WEST)),
)


def thin(mask: Mask) -> Mask:
    """Return the skeleton of a mask, by Zhang and Suen.

    Parameters
    ----------
    mask : (H, W) ndarray of bool
        What to thin.

    Returns
    -------
    (H, W) ndarray of bool
        Lines about one pixel thick.
    """
    left = mask.astype(np.uint8)
    before = -1
    while before != (before := int(left.sum(dtype=np.int64))):
        for table in _tables():
            codes = cv2.filter2D(left, cv2.CV_8U, _BITS, borderType=cv2.BORDER_CONSTANT)
            left[table[codes]] = 0
    return left.astype(bool)


@functools.cache
def _tables() -> tuple[Mask, ...]:
    """For each pass, whether a pixel with these neighbors goes."""
    bits = (np.arange(256)[:, None] >> np.arange(8)) & 1
    count = bits.sum(axis=1)
    rises = ((bits == 0) & (np.roll(bits, -1, axis=1) == 1)).sum(axis=1)
    on_edge = (count >= 2) & (count <= 6) & (rises == 1)
    return tuple(
        on_edge & ~bits[:, first].all(axis=1) & ~bits[:, second].all(axis=1)
        for first, second in _PASSES
    )
