"""Straighten ink: lines level, characters upright."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink
from foretext.ink import Scale
from foretext.reading import Box
from foretext.restore.baseline import baseline
from foretext.restore.perspective import Perspective
from foretext.restore.slant import slant

# Lines are measured at this x-height, in pixels.
_WORKING = 16.0
# A baseline that goes up and down by less than this (in x-heights) and characters that lean by
# less are left as they are.
_LEVEL = 0.12
_UPRIGHT = 0.06
# Text lower than this (in pixels) shows no course.
_LEAST = 4.0
# OpenCV moves the pixels of pictures up to 32767 pixels long.
_LONGEST = 30_000
# A page that would grow to so many times its size does not converge so.
_LARGER = 4.0
# What is fainter is no ink.
_FAINT = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Straightened:
    """Ink made straight, and where it came from.

    Attributes
    ----------
    ink : ndarray of float32, (H', W')
        Coverage in [0, 1]; the very input if that was straight.
    to_input : ndarray of float64, (3, 3)
        The map from the turned ink to the input, a homography.
    course : ndarray of float32, (W,)
        How many pixels lower than average the baseline lay in each column of the turned ink.
    lean : float
        How many pixels to the right the characters leaned for each pixel up.
    left, top : float
        Where the upper left pixel lies in the turned ink, but for course and lean.
    """

    ink: Ink
    to_input: npt.NDArray[np.float64]
    course: Float
    lean: float = 0.0
    left: float = 0.0
    top: float = 0.0

    def moved(self, border: int) -> Straightened:
        """Return it with so many pixels of paper all around, as the input then has, too."""
        ink, to_input = np.pad(self.ink, border), _shift(border, border) @ self.to_input
        left, top = self.left - border, self.top - border
        return replace(self, ink=ink, to_input=to_input, left=left, top=top)

    def source(self, x: Float, y: Float) -> tuple[Float, Float]:
        """Return where in the input the pixels at (x, y) came from."""
        x, y = self._turned_source(x, y)
        (a, b, c), (d, e, f), (g, h, i) = self.to_input.astype(np.float32)
        depth = g * x + h * y + i
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth

    def back(self, box: Box) -> Box:
        """Return the box in the input around the ink in a box here; around all, if none is."""
        left, top = max(int(box.left), 0), max(int(box.top), 0)
        right, bottom = int(np.ceil(box.right)), int(np.ceil(box.bottom))
        rows, columns = np.nonzero(self.ink[top:bottom, left:right] > 0.5)
        if not len(rows):
            rows, columns = (np.array([0, side - 1]) for side in (bottom - top, right - left))
            rows, columns = np.repeat(rows, 2), np.tile(columns, 2)
        x, y = self.source((columns + left).astype(np.float32), (rows + top).astype(np.float32))
        return Box(float(x.min()), float(y.min()), float(x.max()) + 1.0, float(y.max()) + 1.0)

    def _turned_source(self, x: Float, y: Float) -> tuple[Float, Float]:
        y = y + np.float32(self.top)
        x = x + np.float32(self.left) - np.float32(self.lean) * y
        at = np.arange(len(self.course), dtype=np.float32)
        return x, y + np.interp(x, at, self.course).astype(np.float32)

    def unbent(self, course: Float, lean: float) -> Straightened:
        """Return it with a course leveled and a lean undone, cropped to what is covered."""
        import cv2

        height, width = self.ink.shape
        top, bottom = -float(course.max()), height - float(course.min())
        left, right = min(lean * top, lean * bottom), width + max(lean * top, lean * bottom)
        made = replace(self, course=course, lean=lean, left=left, top=top)
        size = int(np.ceil(bottom - top)), int(np.ceil(right - left))
        y, x = np.mgrid[0 : size[0], 0 : size[1]].astype(np.float32)
        x, y = made._turned_source(x, y)
        straight = _within(cv2.remap(self.ink, x, y, cv2.INTER_CUBIC))
        x0, y0, wide, high = cv2.boundingRect((straight > _FAINT).view(np.uint8))
        if not wide:
            return self
        cropped = np.ascontiguousarray(straight[y0 : y0 + high, x0 : x0 + wide])
        return replace(made, ink=cropped, left=left + x0, top=top + y0)


def straighten(
    ink: Ink,
    scale: Scale,
    *,
    single_line: bool = True,
    skew: float = 0.0,
    perspective: Perspective | None = None,
) -> Straightened:
    """Straighten text.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    scale : Scale
        Of the text.
    single_line : bool
        Whether there is only one line of text. Only then a waving baseline is leveled and a slant
        undone.
    skew : float
        Degrees by which its lines fall to the right; see `foretext.restore.skew`.
    perspective : Perspective, optional
        How they converge; see `foretext.restore.perspective`.

    Returns
    -------
    Straightened
        With the very ink, if there is nothing to gain.
    """
    plain = Straightened(ink, np.eye(3), np.zeros(ink.shape[1], np.float32))
    if max(ink.shape) > _LONGEST or scale.x_height < _LEAST:
        return plain
    turned = plain
    if perspective is not None:
        turned = _leveled(ink, skew, perspective)
    elif skew:
        turned = _turned(ink, skew)
    factor = _WORKING / scale.x_height
    if not single_line or max(turned.ink.shape) * max(factor, 1.0) > _LONGEST:
        return turned
    course, lean = _measured(turned.ink, factor)
    return turned.unbent(course, lean) if lean or course.any() else turned


def _turned(ink: Ink, skew: float) -> Straightened:
    """Return ink turned so that its lines are level."""
    import cv2

    height, width = ink.shape
    to_input = _rotation(skew)
    cos, sin = to_input[0, 0], to_input[1, 0]
    size = np.ceil([width * cos + height * abs(sin), height * cos + width * abs(sin)]).astype(int)
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    to_input[:2, 2] = middle - to_input[:2, :2] @ ((size - 1) / 2)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    turned = cv2.warpAffine(ink, to_input[:2], (int(size[0]), int(size[1])), flags=flags)
    course = np.zeros(int(size[0]), np.float32)
    return Straightened(_within(turned), to_input, course)


def _leveled(ink: Ink, skew: float, found: Perspective) -> Straightened:
    """Return ink whose lines converge made level."""
    import cv2

    height, width = ink.shape
    to_input = _shift(found.x, found.y) @ _rotation(skew) @ found.to_source()
    corners = np.array([[[0, 0], [width, 0], [0, height], [width, height]]], np.float64)
    ends = cv2.perspectiveTransform(corners, np.linalg.inv(to_input))[0]
    size = np.ceil(np.ptp(ends, axis=0)).astype(int)
    if size.max() > _LONGEST or size.prod() > _LARGER * ink.size:
        return Straightened(ink, np.eye(3), np.zeros(width, np.float32))
    to_input = to_input @ _shift(*ends.min(axis=0))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    leveled = cv2.warpPerspective(ink, to_input, (int(size[0]), int(size[1])), flags=flags)
    return Straightened(_within(leveled), to_input, np.zeros(int(size[0]), np.float32))


def _rotation(degrees: float) -> npt.NDArray[np.float64]:
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])


def _shift(x: float, y: float) -> npt.NDArray[np.float64]:
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def _measured(ink: Ink, factor: float) -> tuple[Float, float]:
    """Return the course of the baseline and the lean; zeros for what is straight."""
    import cv2

    method = cv2.INTER_AREA if factor < 1.0 else cv2.INTER_LINEAR
    small = _within(cv2.resize(ink, None, fx=factor, fy=factor, interpolation=method))
    course = baseline(small, _WORKING)
    level = small
    if np.ptp(course) < _LEVEL * _WORKING:
        course = np.zeros_like(course)
    else:
        still = Straightened(small, np.eye(3), np.zeros_like(course))
        level = still.unbent(course, 0.0).ink
    lean = slant(level, _WORKING)
    at = (np.arange(ink.shape[1], dtype=np.float32) + 0.5) * factor - 0.5
    course = np.interp(at, np.arange(len(course)), course / factor).astype(np.float32)
    return course, lean if abs(lean) >= _UPRIGHT else 0.0


def _within(ink: npt.NDArray[Any]) -> Ink:
    return np.asarray(np.clip(ink, 0.0, 1.0), np.float32)
