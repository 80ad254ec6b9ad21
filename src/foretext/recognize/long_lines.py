"""Lines too long for an engine, read part by part.

RapidOCR squeezes what is longer than it was made for, until nothing can be read; Tesseract ends
the whole process on a row of far too many characters.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from foretext.arrays import runs

# How long a part may be, in heights of the picture; it is cut in the last third of that.
_LONGEST = 60
_EARLIEST = 40
_DARK = 128


def is_too_long(picture: NDArray[np.uint8]) -> bool:
    """Tell whether a picture can't be but one line, and too long a one."""
    return bool(picture.shape[1] > _LONGEST * picture.shape[0])


def parts(
    picture: NDArray[np.uint8],
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Cut a picture of one line into parts that are not too long.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W) or (H, W, 3)
        Dark on white.

    Yields
    ------
    tuple of (int, ndarray)
        The first column of each part, and the part, cut in the widest gap that is far enough.
    """
    height, width = picture.shape[:2]
    level = picture if picture.ndim == 2 else picture.min(axis=2)
    free = np.asarray((level >= _DARK).all(axis=0))
    start = 0
    while width - start > _LONGEST * height:
        near, last = start + _EARLIEST * height, start + _LONGEST * height
        stop = near + _middle_of_widest(free[near:last])
        yield start, picture[:, start:stop]
        start = stop
    yield start, picture[:, start:]


def _middle_of_widest(free: NDArray[np.bool_]) -> int:
    """Return the middle of the widest run of free columns; the last column if none is free."""
    begins, ends = runs(free).T
    if not len(begins):
        return len(free)
    widest = int(np.argmax(ends - begins))
    return max(1, int(begins[widest] + ends[widest]) // 2)
