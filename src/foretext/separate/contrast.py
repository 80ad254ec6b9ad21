"""The picture with its paper taken away: what is left is ink."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Mask, Pixels, quantile, thinned
from foretext.separate.paper import Paper, estimate_paper

# A difference that nobody sees, whatever the noise.
_INVISIBLE = 10.0
# Strokes are as plain to see as this, and so many times as strong as most of the picture; half a
# percent of it is. If noise is stronger yet, what has half of their strength is ink.
_PLAIN = 100.0
_OUTSTANDING = 2.5
_DENSE = 0.995
_OF_DENSE = 0.5
# Paper with less room for ink than this shows noise rather than ink.
_DIM = 32.0


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """How far each pixel is from its paper.

    Attributes
    ----------
    signed : ndarray of float32, (H, W, C)
        Difference to the paper in each channel, in units in which the darkest ink on light
        paper is -255, and the lightest on dark paper 255, however dim the light. One channel
        if picture and paper are gray, else three.
    strength : ndarray of float32, (H, W)
        The largest absolute difference of the channels.
    noise : float
        The strength below which a pixel is paper.
    total : float
        The sum of all strengths above the noise.
    paper : Paper
        What was taken away.
    """

    signed: Float
    strength: Float
    noise: float
    total: float
    paper: Paper

    def color_of(self, ink_color: Float) -> tuple[int, int, int]:
        """Return the RGB color that an ink has on this paper, of its main color."""
        papers, inks = self.paper.color.tolist(), np.broadcast_to(ink_color, 3).tolist()
        red, green, blue = (self._level(p, i) for p, i in zip(papers, inks, strict=True))
        return red, green, blue

    def within(self, area: Mask) -> Contrast:
        """Return the contrast with nothing but paper outside of some pixels, (H, W)."""
        zero = np.float32(0.0)
        return replace(
            self,
            signed=np.where(area[..., None], self.signed, zero),
            strength=np.where(area, self.strength, zero),
        )

    def _level(self, paper: float, ink: float) -> int:
        room = max(paper if self.paper.light else 255.0 - paper, _DIM)
        return round(min(max(paper + ink * room / 255.0, 0.0), 255.0))


def contrast(pixels: Pixels) -> Contrast:
    """Take the paper away from a picture.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W, 3)
        RGB.

    Returns
    -------
    Contrast
        Zero where there is only paper.

    Notes
    -----
    Light falls on ink and paper alike, so on light paper the difference is divided by the
    paper: a stroke in the shadow has the contrast of one in the light. On dark paper the same
    is done to the negative.
    """
    paper = estimate_paper(pixels)
    signed, strength = _measured(pixels, paper)
    noise = _noise_below_text(strength)
    total = float(strength[strength > noise].sum(dtype=np.float64))
    return Contrast(signed, strength, noise, total, paper)


def on_paper(paperless: Contrast) -> Contrast:
    """Turn all that is beyond the panel that the text stands on into paper, if there is one."""
    area = paperless.paper.area
    return paperless if area is None else paperless.within(area)


def strength_of(pixels: Pixels, paper: Paper) -> Float:
    """Return `Contrast.strength` of (H, W, 3) pixels to a paper that is known."""
    import cv2

    pixels, base, scale = _against(pixels, paper)
    if paper.surface is None:
        return _strength_by_table(cv2.split(pixels), _tables(base, scale))
    return _strength(_signed(pixels, base, scale))


def strength_at(at: npt.NDArray[np.intp], pixels: Pixels, paper: Paper) -> Float:
    """Return `strength_of` some of the pixels, by their places among all of them, (N,)."""
    base = paper.color if paper.surface is None else paper.surface.reshape(-1, 3)[at].T
    strength = np.zeros(len(at), np.float32)
    for values, b in zip(pixels.reshape(-1, 3)[at].T, base, strict=True):
        apart = _signed(values, b, _scale(b, light=paper.light))
        np.maximum(strength, np.abs(apart, out=apart), out=strength)
    return strength


def _measured(pixels: Pixels, paper: Paper) -> tuple[Float, Float]:
    """Return signed contrast and strength."""
    import cv2

    pixels, base, scale = _against(pixels, paper)
    if paper.surface is not None:
        signed = _signed(pixels, base, scale)
        return signed, _strength(signed)
    channels, tables = cv2.split(pixels), _tables(base, scale)
    merged = cv2.merge([cv2.LUT(c, t) for c, t in zip(channels, tables, strict=True)])
    signed = np.asarray(merged, np.float32).reshape(pixels.shape)
    return signed, _strength_by_table(channels, tables)


def _against(pixels: Pixels, paper: Paper) -> tuple[Pixels, Float, Float]:
    """Return the pixels, their paper, and what the difference is to be multiplied by."""
    base = paper.color if paper.surface is None else paper.surface
    if is_gray(pixels):
        # A third of the work: most scans are gray.
        pixels, base = pixels[..., :1], base[..., :1]
    return pixels, base, _scale(base, light=paper.light)


def _scale(base: Float, *, light: bool) -> Float:
    """Return what a difference to this paper is to be multiplied by."""
    room = np.maximum(base if light else 255.0 - base, _DIM)
    return np.asarray(255.0 / room, np.float32)


def _tables(base: Float, scale: Float) -> list[Float]:
    """Return the signed contrast of each level on flat paper, channel by channel."""
    levels = np.arange(256, dtype=np.float32)
    return [(levels - b) * s for b, s in zip(base, scale, strict=True)]


def _strength_by_table(channels: Sequence[npt.NDArray[Any]], tables: Sequence[Float]) -> Float:
    import cv2

    return _largest([cv2.LUT(c, np.abs(t)) for c, t in zip(channels, tables, strict=True)])


def _signed(pixels: Pixels, base: Float, scale: Float) -> Float:
    """Return signed contrast on paper that differs from pixel to pixel."""
    signed = pixels.astype(np.float32)
    signed -= base
    signed *= scale
    return signed


def _strength(signed: Float) -> Float:
    import cv2

    return _largest(cv2.split(np.abs(signed)))


def is_gray(pixels: Pixels) -> bool:
    """Return whether the three channels are the same everywhere."""
    import cv2

    red, green, blue = cv2.split(pixels)
    return not (cv2.absdiff(red, green).any() or cv2.absdiff(green, blue).any())


def _largest(channels: Sequence[npt.NDArray[Any]]) -> Float:
    import cv2

    return np.asarray(functools.reduce(cv2.max, channels), np.float32)


def noise_of(strength: Float) -> float:
    """Return the strength that hardly any pixel of bare paper passes."""
    sample = thinned(strength)
    # Half of the picture or more is paper; its deviations are the small half of all.
    near = sample[sample < 64.0]
    spread = quantile(near, 0.5) * 1.4826 if near.size else 0.0
    return max(_INVISIBLE, 4.0 * spread)


def _noise_below_text(strength: Float) -> float:
    """Return the noise of a picture, but less if all strokes that are plain to see are below it.

    What seems to be noise then is what the text stands on. Noise alone is soon gone when it is
    made smooth, strokes are not.
    """
    import cv2

    noise = noise_of(strength)
    if noise < _PLAIN:
        return noise
    smooth = cv2.blur(strength, (3, 3))
    dense = quantile(thinned(np.asarray(smooth, np.float32)), _DENSE)
    usual = quantile(thinned(strength), 0.5)
    return _OF_DENSE * dense if max(_PLAIN, _OUTSTANDING * usual) <= dense <= noise else noise
