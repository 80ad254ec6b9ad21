"""A part of a scene on its way into training, at the size at which the network sees it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Float = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Patch:
    """A picture and its truth.

    Attributes
    ----------
    picture : (H, W, 3) ndarray of uint8
        RGB.
    ink, unwanted : (H, W) ndarray of float32
        Coverage of the wanted text and of all else, in [0, 1].
    x_height : float
        How tall the characters are, in pixels.
    """

    picture: Bytes
    ink: Float
    unwanted: Float
    x_height: float


def paper_color(patch: Patch) -> Float:
    """Return the usual color of pixels that nothing covers."""
    return _median(patch.picture[(patch.ink + patch.unwanted) < 0.02], 255.0)


def ink_color(patch: Patch) -> Float:
    """Return the usual color of pixels that the text covers."""
    return _median(patch.picture[patch.ink > 0.9], 0.0)


def resized(patch: Patch, scale: float, *, soft: bool) -> Patch:
    """Resize picture and truth.

    Parameters
    ----------
    patch : Patch
        What to resize.
    scale : float
        New size over old.
    soft : bool
        Enlarge linearly rather than with cubic splines.
    """
    if abs(scale - 1) < 0.02:
        return patch
    height, width = (max(8, round(n * scale)) for n in patch.ink.shape)
    larger = cv2.INTER_LINEAR if soft else cv2.INTER_CUBIC
    picture_by = cv2.INTER_AREA if scale < 1 else larger
    truth_by = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return Patch(
        np.asarray(cv2.resize(patch.picture, (width, height), interpolation=picture_by), np.uint8),
        np.asarray(cv2.resize(patch.ink, (width, height), interpolation=truth_by), np.float32),
        np.asarray(cv2.resize(patch.unwanted, (width, height), interpolation=truth_by), np.float32),
        patch.x_height * scale,
    )


def paper_around(patch: Patch) -> Float:
    """Return the color of the bare paper around each pixel, (H, W, 3)."""
    bare = ((patch.ink + patch.unwanted) < 0.02).astype(np.float32)
    around = (0, 0), max(3.0, 0.6 * patch.x_height)
    amount = cv2.GaussianBlur(bare, *around)[..., None]
    near = cv2.GaussianBlur(patch.picture * bare[..., None], *around)
    return np.asarray((near + 0.01 * paper_color(patch)) / (amount + 0.01), np.float32)


def ink_around(patch: Patch, reach: float) -> Float:
    """Return the color of the ink around each pixel, (H, W, 3)."""
    around = (0, 0), max(1.5, reach)
    solid = np.where(patch.ink > 0.5, patch.ink, np.float32(0)) + np.float32(1e-6)
    amount = cv2.GaussianBlur(solid, *around)[..., None]
    colors = cv2.GaussianBlur(patch.picture * solid[..., None], *around)
    return np.asarray(colors / amount, np.float32)


def laid_over(picture: Bytes, share: Float, color: Float) -> Bytes:
    """Mix a color, (H, W, 3) or (3,), into a picture, so much of it at each pixel, (H, W)."""
    mixed = picture.astype(np.float32)
    mixed += share[..., None] * (color - mixed)
    return bytes_of(mixed)


def coverage_of(levels: Bytes) -> Float:
    """Turn 0 to 255 into 0 to 1."""
    return np.asarray(levels, np.float32) / np.float32(255)


def bytes_of(picture: npt.NDArray[np.floating]) -> Bytes:
    """Round to 8 bits."""
    return np.asarray(np.clip(np.rint(picture), 0, 255), np.uint8)


def _median(colors: Bytes, otherwise: float) -> Float:
    if not len(colors):
        return np.full(3, otherwise, np.float32)
    step = max(1, len(colors) // 2000)
    return np.asarray(np.median(colors[::step], axis=0), np.float32)
