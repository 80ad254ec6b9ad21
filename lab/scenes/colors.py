"""Colors: drawn by chance, measured by their luminance."""

from __future__ import annotations

import colorsys
from typing import Final

import numpy as np

from lab.scenes.scene import Color
from lab.scenes.studio import Studio

RGB = tuple[float, float, float]
WHITE: Final[RGB] = (255.0, 255.0, 255.0)


def as_color(color: RGB | Color) -> Color:
    """Give a color as an array of float32."""
    return np.asarray(color, np.float32)


def luminance(color: RGB) -> float:
    """Perceived lightness of a color, 0 to 255 (Rec. 601)."""
    return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]


def gray(level: float) -> RGB:
    """Give the gray of a level, in whole steps as most programs paint it."""
    return (float(round(level)),) * 3


def vivid(studio: Studio, low: float, high: float, saturation: float = 0.5) -> RGB:
    """Draw a color of any hue, at least so saturated, with luminance between two levels."""
    hue = studio.between(0, 1)
    return tint(hue, studio.between(saturation, 1), studio.between(low, high))


def tint(hue: float, saturation: float, level: float) -> RGB:
    """Give the color of a hue (0 to 1) and saturation (0 to 1) with the given luminance.

    Where no such color exists, the saturation yields.
    """
    full = colorsys.hsv_to_rgb(hue % 1, saturation, 1.0)
    color = tuple(255 * part for part in full)
    own = luminance((color[0], color[1], color[2]))
    if level <= own:
        share = level / own
        mixed = [part * share for part in color]
    else:
        share = (255 - level) / (255 - own) if own < 255 else 1.0
        mixed = [255 - (255 - part) * share for part in color]
    red, green, blue = (float(round(part)) for part in mixed)
    return red, green, blue


def apart(one: RGB, other: RGB) -> float:
    """Give the largest difference of two colors in any channel."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def text_color(studio: Studio, paper: RGB, least: float, colored: float = 0.5) -> RGB:
    """Draw a color for text that differs by ``least`` in luminance from the paper.

    Parameters
    ----------
    studio : Studio
        Chance.
    paper : tuple of float
        What the text stands on; on dark paper the text is light.
    least : float
        Smallest difference of luminance.
    colored : float, optional
        Probability that it is a color and not a gray.
    """
    ground = luminance(paper)
    if ground >= 128:
        level = studio.between(0, max(ground - least, 1))
    else:
        level = studio.between(min(ground + least, 254), 255)
    if studio.chance(colored):
        return tint(studio.between(0, 1), studio.between(0.4, 1), level)
    return gray(level)
