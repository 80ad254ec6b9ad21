"""From a mask drawn several times too large to coverage."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from lab.scenes.scene import Coverage


def averaged(mask: npt.NDArray[np.uint8], scale: int) -> Coverage:
    """Average a mask whose sides are multiples of ``scale`` down to coverage in [0, 1]."""
    size = (mask.shape[1] // scale, mask.shape[0] // scale)
    # Sums of bytes are exact in float32, so this is the same on every processor.
    mean = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(mean / np.float32(255), np.float32)
