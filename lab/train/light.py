"""Edges as a scanner sees them: it mixes light, and only then encodes it."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from lab.train.patch import Bytes, Float, Patch, bytes_of, ink_around, paper_around

#: The curve of IEC 61966-2-1, value to light.
_VALUES: Final = np.arange(256, dtype=np.float32) / 255
_LIGHT: Final[Float] = np.where(
    _VALUES <= 0.04045, _VALUES / 12.92, ((_VALUES + 0.055) / 1.055) ** 2.4
).astype(np.float32)


def light_of(picture: Bytes) -> Float:
    """Return the light in [0, 1] that values stand for."""
    return np.asarray(_LIGHT[picture], np.float32)


def values_of(light: Float) -> Float:
    """Return the values in 0 to 255, not rounded, that stand for light."""
    curved = 1.055 * np.power(np.maximum(light, 1e-9), 1 / 2.4) - 0.055
    return np.asarray(255 * np.where(light <= 0.0031308, 12.92 * light, curved), np.float32)


def mixed_in_light(patch: Patch) -> Patch:
    """Change pixels that ink covers in part to what a scanner would see.

    A drawn picture mixes values: half covered by black on white is 128. Of light, half is 188.
    The truth stays.
    """
    paper = paper_around(patch)
    color = ink_around(patch, max(1.5, 0.15 * patch.x_height))
    covered = patch.ink[..., None]
    plain = paper + covered * (color - paper)
    paper_light, ink_light = light_of(bytes_of(paper)), light_of(bytes_of(color))
    seen = values_of(paper_light + covered * (ink_light - paper_light))
    return Patch(
        bytes_of(patch.picture.astype(np.float32) + seen - plain),
        patch.ink,
        patch.unwanted,
        patch.x_height,
    )


def blurred_in_light(picture: Bytes, sigma: float) -> Bytes:
    """Blur as a lens does."""
    blurred = cv2.GaussianBlur(light_of(picture), (0, 0), sigma)
    return bytes_of(values_of(np.asarray(blurred, np.float32)))
