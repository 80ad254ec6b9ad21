"""Strips: single lines cut out of a picture, and what their ink says about boxes.

A recognizer of lines tells roughly where along the strip a character stands. The ink
tells exactly: words are parted in the widest gap, and boxes drawn tight.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from foretext.reading import Box

_DARKER = 0.25  # of the contrast: darker than the paper by more is ink
_SHORTEST = 4  # pixels; the recognizer can't take less


class Strip(NamedTuple):
    """One upright line of text.

    Attributes
    ----------
    pixels : ndarray of uint8, shape (H, W, 3)
        The line, in the channels of the picture it comes from.
    to_picture : ndarray of float64, shape (2, 3)
        The affine map from the strip to the picture.
    """

    pixels: NDArray[np.uint8]
    to_picture: NDArray[np.float64]


def cut_out(picture: NDArray[np.uint8], quad: NDArray[np.float64]) -> Strip:
    """Return what lies in a box, turned upright.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W, 3)
        The picture.
    quad : ndarray of float64, shape (4, 2)
        The corners, clockwise from the top left of the text.

    Returns
    -------
    Strip
        As long and as high as the box; beyond the picture its edge goes on.
    """
    width = max(_SHORTEST, math.ceil(math.dist(quad[0], quad[1])))
    height = max(_SHORTEST, math.ceil(math.dist(quad[0], quad[3])))
    corners = np.array([[0, 0], [width, 0], [0, height]], np.float32)
    to_picture = cv2.getAffineTransform(corners, quad[[0, 1, 3]].astype(np.float32))
    pixels = cv2.warpAffine(
        picture,
        to_picture,
        (width, height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Strip(np.asarray(pixels, np.uint8), np.asarray(to_picture))


def trimmed(picture: NDArray[np.uint8], margin: float) -> Strip:
    """Return a picture of one line without its wide white margins.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W, 3)
        The picture.
    margin : float
        What to leave around the ink, in heights of the ink.

    Returns
    -------
    Strip
        The ink and its margin, as far as the picture goes.
    """
    ink = ink_of(picture)
    left, top, right, bottom = (int(side) for side in tight(ink, 0, ink.shape[1]))
    extra = math.ceil(margin * (bottom - top))
    x, y = max(0, left - extra), max(0, top - extra)
    pixels = picture[y : bottom + extra, x : right + extra]
    return Strip(pixels, np.array([[1.0, 0.0, x], [0.0, 1.0, y]]))


def ink_of(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which pixels are clearly darker than the paper.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W, 3)
        The picture.

    Returns
    -------
    ndarray of bool, shape (H, W)
        True where the brightest channel is darker than the paper by a quarter of the
        whole contrast.
    """
    gray = picture.max(axis=2)
    darkest, paper = float(gray.min()), float(gray.max())
    return np.asarray(gray < paper - _DARKER * (paper - darkest))


def gap_between(ink: NDArray[np.bool_], left: float, right: float) -> int:
    """Return the middle of the widest gap between two places along a line.

    Parameters
    ----------
    ink : ndarray of bool, shape (H, W)
        The ink of the line.
    left, right : float
        Columns to look between.

    Returns
    -------
    int
        A column. If no column is free of ink, the one with least of it.
    """
    last: int = ink.shape[1] - 1
    start = min(max(int(left), 0), last)
    stop = min(max(int(right), start), last) + 1
    amount = ink[:, start:stop].sum(axis=0)
    least = np.concatenate(([0], (amount == amount.min()).astype(np.int8), [0]))
    begins, ends = np.flatnonzero(np.diff(least) == 1), np.flatnonzero(np.diff(least) == -1)
    widest = int(np.argmax(ends - begins))
    return start + int((begins + ends)[widest]) // 2


def tight(ink: NDArray[np.bool_], left: int, right: int) -> Box:
    """Return the smallest box around the ink between two columns.

    Parameters
    ----------
    ink : ndarray of bool, shape (H, W)
        The ink of the line.
    left, right : int
        The first column and the one after the last.

    Returns
    -------
    Box
        All of the height if there is no ink.
    """
    rows = np.flatnonzero(ink[:, left:right].any(axis=1))
    columns = np.flatnonzero(ink[:, left:right].any(axis=0))
    if not rows.size:
        return Box(left, 0, right, ink.shape[0])
    return Box(left + int(columns[0]), int(rows[0]), left + int(columns[-1]) + 1, int(rows[-1]) + 1)


def in_picture(strip: Strip, box: Box) -> Box:
    """Return the upright box in the picture around a box in a strip.

    Parameters
    ----------
    strip : Strip
        Where the box is.
    box : Box
        In pixels of the strip.

    Returns
    -------
    Box
        In pixels of the picture.
    """
    xs = (box.left, box.right, box.left, box.right)
    ys = (box.top, box.top, box.bottom, box.bottom)
    x, y = strip.to_picture @ np.array([xs, ys, (1.0, 1.0, 1.0, 1.0)])
    return Box(float(x.min()), float(y.min()), float(x.max()), float(y.max()))
