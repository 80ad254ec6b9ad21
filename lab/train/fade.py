"""Ink that pales in places, thin strokes first, while it still is all ink."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from lab.train.patch import Float, Patch, laid_over, paper_around

#: The palest ink keeps this much of its contrast.
_PALEST: Final = 0.18


def faded(patch: Patch, rng: np.random.Generator) -> Patch:
    """Bring text closer to its paper in blotches, and where strokes are thin.

    The truth stays: a pale stroke is no less of a stroke.
    """
    broad = cv2.GaussianBlur(patch.ink, (0, 0), max(1.0, 0.12 * patch.x_height))
    solid = patch.ink > 0.5
    most = float(np.percentile(broad[solid], 90)) if solid.any() else 1.0
    thin = 1 - np.clip(broad / max(most, 0.1), 0, 1)
    share = rng.uniform(0, 0.9) * thin + rng.uniform(0, 0.8) * _blotches(patch, rng)
    share = patch.ink * np.clip(share, 0, 1 - _PALEST)
    picture = laid_over(patch.picture, share, paper_around(patch))
    return Patch(picture, patch.ink, patch.unwanted, patch.x_height)


def _blotches(patch: Patch, rng: np.random.Generator) -> Float:
    """Return smooth unevenness in [0, 1], a few characters wide."""
    size = max(patch.x_height, 8.0) * rng.uniform(0.5, 6)
    height, width = patch.ink.shape
    coarse = rng.random((int(height / size) + 2, int(width / size) + 2)).astype(np.float32)
    fine = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(np.asarray(fine, np.float32), 0, 1)
