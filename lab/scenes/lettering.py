"""Drawing characters and words as coverage, straight or warped.

Glyphs are drawn several times too large, warped there, and averaged down, so that edges carry the
true share of each pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from lab.fonts import Face
from lab.scenes.patch import Patch, shrink

SCALE: Final = 4
_Mask = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Wave:
    """A sine that lifts and lowers what it meets, by ``height`` pixels at most."""

    height: float = 0.0
    period: float = 100.0
    phase: float = 0.0

    def at(self, x: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
        """Give the displacement downward at columns ``x``."""
        turn = 2 * np.pi * x / self.period + self.phase
        return np.asarray(self.height * np.sin(turn), np.float32)


LEVEL: Final = Wave()


@dataclass(frozen=True)
class Pose:
    """How a piece stands.

    Attributes
    ----------
    angle : float
        Degrees, counterclockwise.
    slant : float
        Shift to the right for each pixel upward.
    stretch : float
        Width relative to the font's own.
    wave : Wave
        Applied last, in picture coordinates.
    """

    angle: float = 0.0
    slant: float = 0.0
    stretch: float = 1.0
    wave: Wave = LEVEL

    @property
    def is_plain(self) -> bool:
        """Whether it changes nothing."""
        return (self.angle, self.slant, self.stretch, self.wave.height) == (0, 0, 1, 0)


PLAIN: Final = Pose()


def mask_of(
    face: Face, text: str, em: float, outline: int = 0, *, hollow: bool = False
) -> tuple[_Mask, int, int]:
    """Draw ``text`` at an em of ``em`` pixels; give the mask and its corner from the pen."""
    font = face.at(em)
    text = face.spelled(text)
    left, top, right, bottom = (
        int(edge) for edge in font.getbbox(text, anchor="ls", stroke_width=outline)
    )
    picture = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
    pen = ImageDraw.Draw(picture)
    pen.text((-left, -top), text, fill=255, font=font, anchor="ls", stroke_width=outline)
    if hollow:
        pen.text((-left, -top), text, fill=0, font=font, anchor="ls")
    return np.asarray(picture), left, top


def letter(
    face: Face,
    text: str,
    em: float,
    pen: tuple[float, float] = (0.0, 0.0),
    pose: Pose = PLAIN,
    *,
    outline: float = 0.0,
    hollow: bool = False,
) -> Patch:
    """Draw a character or word with its pen on the baseline.

    Parameters
    ----------
    face : Face
        The font.
    text : str
        What to draw, in one piece.
    em : float
        Size in pixels.
    pen : tuple of float
        Where it begins, as x and y.
    pose : Pose, optional
        How it stands, about the middle of its own box.
    outline : float, optional
        Pixels by which to fatten it all around.
    hollow : bool, optional
        Whether to leave out the character itself, so that only its outline stays.

    Returns
    -------
    Patch
        Its exact coverage.
    """
    mask, left, top = mask_of(face, text, em * SCALE, round(outline * SCALE), hollow=hollow)
    x, y = pen[0] * SCALE, pen[1] * SCALE
    if pose.is_plain:
        return shrink(mask, round(x) + left, round(y) + top, SCALE, text)
    warped, left, top = _warp(mask, (left, top), (x, y), pose)
    return shrink(warped, left, top, SCALE, text)


def advance(face: Face, text: str, em: float) -> float:
    """Give the distance in pixels from the pen before ``text`` to the pen after it."""
    return float(face.at(em * SCALE).getlength(face.spelled(text))) / SCALE


def _matrix(pose: Pose) -> npt.NDArray[np.float64]:
    angle = math.radians(pose.angle)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    lean = np.array([[1, -pose.slant], [0, 1]])
    return np.asarray(turn @ lean @ np.diag([pose.stretch, 1]), np.float64)


def _warp(
    mask: _Mask, corner: tuple[int, int], pen: tuple[float, float], pose: Pose
) -> tuple[_Mask, int, int]:
    height, width = mask.shape
    matrix = _matrix(pose)
    # The slant leans on the baseline; the turn is about the middle of the glyph.
    middle = np.array([width / 2, height / 2]) + corner
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]]) + np.array(corner)
    moved = (corners - middle) @ matrix.T + middle + np.array(pen)
    reach = abs(pose.wave.height) * SCALE + 2
    x0, y0 = (math.floor(edge) for edge in moved.min(0) - np.array([2, reach]))
    x1, y1 = (math.ceil(edge) for edge in moved.max(0) + np.array([2, reach]))
    x = np.arange(x0, x1, dtype=np.float32)
    y = np.arange(y0, y1, dtype=np.float32)[:, None] - pose.wave.at(x / SCALE) * SCALE
    dx, dy = x - float(middle[0] + pen[0]), y - float(middle[1] + pen[1])
    u, v = (
        float(row[0]) * dx + float(row[1]) * dy + float(offset)
        for row, offset in zip(np.linalg.inv(matrix), middle - np.array(corner), strict=True)
    )
    warped = cv2.remap(mask, u, v, cv2.INTER_LINEAR)
    return np.asarray(warped, np.uint8), x0, y0
