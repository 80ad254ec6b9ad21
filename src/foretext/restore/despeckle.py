"""Remove what is too small to be any part of a character."""

from __future__ import annotations

import numpy as np

from foretext.arrays import Ink
from foretext.ink import Scale


def despeckle(ink: Ink, scale: Scale, *, area: float = 0.3) -> Ink:
    """Remove pieces of ink smaller than a part of a dot.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    scale : Scale
        Of the text.
    area : float
        Pieces that cover less than this many square stroke widths are removed. The dot of an
        i, a period and an accent cover about 1.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage without the specks.
    """
    import cv2

    least = area * scale.stroke_width**2
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        (ink > 0.1).view(np.uint8), connectivity=8
    )
    # Coverage is below the count of pixels, so most pieces need no closer look.
    small = stats[:, cv2.CC_STAT_AREA] < 4.0 * least + 9.0
    small[0] = False
    if not small.any():
        return ink
    doubtful = small[labels]
    weight = np.bincount(labels[doubtful], ink[doubtful], minlength=count)
    speck = small & (weight < least)
    if not speck.any():
        return ink
    return np.where(speck[labels], np.float32(0.0), ink)
