"""Edges as a scanner sees them: it mixes light, and only then encodes it."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from foretext.srgb import light_of, values_of
from lab.train.patch import Bytes, Patch, bytes_of, ink_around, paper_around

#: The light of each value.
_LIGHT: Final = light_of(np.arange(256, dtype=np.float32))


def mixed_in_light(patch: Patch) -> Patch:
    """Change pixels that ink covers in part to what a scanner would see.

    A drawn picture mixes values: half covered by black on white is 128. Of light, half is 188.
    The truth stays.
    """
    paper = paper_around(patch)
    color = ink_around(patch, max(1.5, 0.15 * patch.x_height))
    covered = patch.ink[..., None]
    plain = paper + covered * (color - paper)
    paper_light, ink_light = _LIGHT[bytes_of(paper)], _LIGHT[bytes_of(color)]
    seen = values_of(paper_light + covered * (ink_light - paper_light))
    return Patch(
        bytes_of(patch.picture.astype(np.float32) + seen - plain),
        patch.ink,
        patch.unwanted,
        patch.x_height,
    )


def blurred_in_light(picture: Bytes, sigma: float) -> Bytes:
    """Blur as a lens does."""
    blurred = cv2.GaussianBlur(_LIGHT[picture], (0, 0), sigma)
    return bytes_of(values_of(np.asarray(blurred, np.float32)))
