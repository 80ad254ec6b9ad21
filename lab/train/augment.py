"""What may happen to a patch: bent, laid anew, pressed, swung, faded, disturbed, lit, worn."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from lab.train.disturb import disturb
from lab.train.fade import faded
from lab.train.flourish import flourished
from lab.train.light import blurred_in_light, mixed_in_light
from lab.train.patch import Bytes, Patch, bytes_of
from lab.train.recolor import recolored
from lab.train.swell import swollen

#: Families whose text is known by its shape, whatever the colors.
_BY_SHAPE: Final = frozenset(
    {
        *("clean_characters", "clean_words", "clean_page", "word_cloud", "same_color"),
        *("scattered_equal", "scattered_darker", "colored_lines", "many_colors", "noise_lines"),
        *("crowded", "shaded", "loose", "page_mixed"),
    }
)
#: How often their ink is uneven; of others seldom.
_FADING: Final = {"page_handwritten": 0.5, "page_degraded": 0.25, "page_bleed_through": 0.25}
_FADES: Final = 0.06
#: Its loops look like what would be laid over it.
_BY_HAND: Final = "page_handwritten"
#: How often its pen is pressed.
_PRESSED: Final = 0.35
_SWUNG: Final = 0.25
#: How often the light of ink and paper mixes, as in a scan.
_LIT: Final = 0.35
_LIT_PAGES: Final = 0.6


def augmented(patch: Patch, family: str, rng: np.random.Generator) -> Patch:
    """Change a patch by chance, its truth with it.

    Parameters
    ----------
    patch : Patch
        A part of a scene.
    family : str
        Which kind of scene; decides what is allowed.
    rng : numpy.random.Generator
        Where chance comes from.
    """
    if rng.random() < 0.35:
        patch = _bent(patch, rng)
    if family in _BY_SHAPE and rng.random() < 0.3:
        patch = recolored(patch, rng)
    if family == _BY_HAND and rng.random() < _PRESSED:
        patch = swollen(patch, rng)
    if family == _BY_HAND and rng.random() < _SWUNG:
        patch = flourished(patch, rng)
    if rng.random() < _FADING.get(family, _FADES):
        patch = faded(patch, rng)
    if family != _BY_HAND and rng.random() < (0.4 if family.startswith("clean") else 0.15):
        patch = disturb(patch, rng)
    lit = rng.random() < (_LIT_PAGES if "page" in family else _LIT)
    return _worn(mixed_in_light(patch) if lit else patch, rng, lit=lit)


def _bent(patch: Patch, rng: np.random.Generator) -> Patch:
    """Rotate and shear a little, and wave."""
    height, width = patch.ink.shape
    columns, rows = np.meshgrid(
        np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    )
    x, y = columns - width / 2, rows - height / 2
    angle, shear, stretch = rng.normal(0, 0.05), rng.normal(0, 0.1), rng.normal(0, 0.05)
    new_x = x * (1 + stretch) + y * (shear - angle) + width / 2
    new_y = y * (1 - stretch) + x * angle + height / 2
    if rng.random() < 0.5:
        length = max(patch.x_height, 8.0) * rng.uniform(1.5, 6)
        reach = min(0.1 * length, 0.25 * patch.x_height)
        new_y = new_y + reach * np.sin(x / length * 2 * np.pi + rng.uniform(0, 7))
        new_x = new_x + reach * np.sin(y / length * 2 * np.pi + rng.uniform(0, 7))
    maps = new_x.astype(np.float32), new_y.astype(np.float32)
    edge = cv2.BORDER_REPLICATE
    return Patch(
        np.asarray(cv2.remap(patch.picture, *maps, cv2.INTER_LINEAR, borderMode=edge), np.uint8),
        np.asarray(cv2.remap(patch.ink, *maps, cv2.INTER_LINEAR, borderMode=edge), np.float32),
        np.asarray(cv2.remap(patch.unwanted, *maps, cv2.INTER_LINEAR, borderMode=edge), np.float32),
        patch.x_height,
    )


def _worn(patch: Patch, rng: np.random.Generator, *, lit: bool) -> Patch:
    """Change colors, polarity and sharpness; add noise and JPEG blocks."""
    picture = patch.picture
    if rng.random() < 0.5:
        picture = np.ascontiguousarray(picture[..., rng.permutation(3)])
    if rng.random() < 0.1:
        picture = np.repeat(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    if rng.random() < 0.2:
        picture = 255 - picture
    if rng.random() < 0.3:
        picture = np.asarray(cv2.LUT(picture, _tone(rng)), np.uint8)
    if rng.random() < 0.2:
        picture = _blurred(picture, float(rng.uniform(0.3, 0.9)), lit=lit)
    if rng.random() < 0.2:
        deviation = rng.uniform(1, 10)
        noise = rng.standard_normal(picture.shape, dtype=np.float32) * np.float32(deviation)
        picture = bytes_of(picture + noise)
    if rng.random() < 0.2:
        quality = int(rng.integers(35, 95))
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        picture = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return Patch(np.ascontiguousarray(picture), patch.ink, patch.unwanted, patch.x_height)


def _blurred(picture: Bytes, sigma: float, *, lit: bool) -> Bytes:
    if lit:
        return blurred_in_light(picture, sigma)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def _tone(rng: np.random.Generator) -> Bytes:
    levels = np.linspace(0, 1, 256) ** np.exp(rng.normal(0, 0.3))
    low, high = rng.uniform(0, 40), rng.uniform(215, 255)
    return bytes_of(low + levels * (high - low))
