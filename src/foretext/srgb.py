"""Values of sRGB and the light that they stand for, by the curve of IEC 61966-2-1."""

from __future__ import annotations

import numpy as np

from foretext.arrays import Float


def light_of(values: Float) -> Float:
    """Return the light in [0, 1] of values in 0 to 255, float32."""
    level = values / 255.0
    light = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)
    return np.asarray(light, np.float32)


def values_of(light: Float) -> Float:
    """Return the values in 0 to 255, not rounded, of light in [0, 1], float32."""
    curved = 1.055 * np.maximum(light, 1e-9) ** (1.0 / 2.4) - 0.055
    return np.asarray(255.0 * np.where(light <= 0.0031308, 12.92 * light, curved), np.float32)
