"""Photographs on a page of text: where they are, and the page with them kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from foretext.arrays import Ink, Mask, Pixels
from foretext.ink import is_page
from foretext.reading import Box
from foretext.separate.contrast import Contrast

# They are looked for with characters of so many pixels: that is enough for what is so large.
_SIZE = 4.0
# A picture is at least so high and wide, in x-heights, and not the whole page.
_LEAST = 5.0
_MOST = 0.75
# A cell is inked if half of its pixels are, and so is this much of a picture.
_INKED = 0.5
_MOSTLY = 0.6
# A mass has the area of a square of so many x-heights.
_MASSIVE = 8.0
# Parts thinner than this, in x-heights, are lines and letters.
_THICK = 2.25
# Narrower gaps, in x-heights, are pale parts of it.
_GAP = 1.25
# Cells with so much wanted ink are text, of which a picture holds hardly any.
_TEXT = 0.25
_HARDLY_ANY = 0.03


class Areas(NamedTuple):
    """Where a page is covered by solid tones.

    Attributes
    ----------
    pictures : tuple of Box
        Those that stay as they are, from the top down, in pixels.
    masses : ndarray of bool, (h, w)
        Other large ones, at a part of the page's size; empty if there are none.
    """

    pictures: tuple[Box, ...]
    masses: Mask


def find_areas(paperless: Contrast, ink: Ink, x_height: float) -> Areas:
    """Find photographs and other areas of solid tones.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    x_height : float
        How tall its characters are, in pixels.

    Returns
    -------
    Areas
        None if the picture is not a page of text.

    Notes
    -----
    Pictures hold no wanted text, and are about rectangles. Cut-out figures, the dark beside a page
    that was scanned, and solid stamps are masses.

    Stamps, watermarks and stains lie over or under text, and have paper within; a photograph has
    neither. Drawings and charts on bare paper can't be told from rules and scribbles by this.
    """
    import cv2

    if x_height <= 0.0 or not is_page(ink.size, x_height):
        return Areas((), np.zeros((0, 0), np.bool_))
    scale = min(1.0, _SIZE / x_height)
    x_height *= scale
    # Around something large the paper is misjudged, and seems to be lighter than itself.
    channels = cv2.split(paperless.signed)
    if paperless.paper.light:
        marked = reduce(cv2.min, channels) < -paperless.noise
    else:
        marked = reduce(cv2.max, channels) > paperless.noise
    inked = _small(marked.astype(np.float32), scale) > _INKED
    wanted = _small(ink, scale) > _TEXT
    solid = (inked & ~wanted).view(np.uint8)
    closed = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, _disk(round(_GAP * x_height) | 1))
    # Captions stand close by.
    closed[wanted] = 0
    thick = cv2.morphologyEx(closed, cv2.MORPH_OPEN, _disk(round(_THICK * x_height) | 1))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(thick)
    found, masses = [], []
    for number, (left, top, width, height, area) in enumerate(stats[1:].tolist(), start=1):
        part = np.s_[top : top + height, left : left + width]
        if (
            min(width, height) >= _LEAST * x_height
            and width * height <= _MOST * inked.size
            and area >= _MOSTLY * width * height
            and inked[part].mean() >= _MOSTLY
            and wanted[part].mean() <= _HARDLY_ANY
        ):
            box = Box(left, top, left + width, top + height)
            found.append(box.mapped(scale, 0.0, 0.0).clipped(*ink.shape))
        elif area >= (_MASSIVE * x_height) ** 2:
            masses.append(number)
    pictures = tuple(sorted(found, key=lambda box: (box.top, box.left)))
    return Areas(pictures, np.isin(labels, masses) if masses else np.zeros((0, 0), np.bool_))


def with_pictures(page: Pixels, source: Pixels, boxes: Sequence[Box]) -> Pixels:
    """Return a page with pictures as they were.

    Parameters
    ----------
    page : ndarray of uint8, (H, W)
        The cleaned page, dark on white.
    source : ndarray of uint8, (H, W, 3)
        The page as it came.
    boxes : sequence of Box
        Where the pictures are, in its pixels.

    Returns
    -------
    ndarray of uint8, (H, W) or (H, W, 3)
        In color if a picture is.
    """
    from foretext.separate.contrast import is_gray

    parts = [rows_and_columns(box) for box in boxes]
    if all(is_gray(source[part]) for part in parts):
        source = source[..., 0]
    else:
        page = np.repeat(page[..., None], 3, axis=2)
    page = page.copy()
    for part in parts:
        page[part] = source[part]
    return page


def dithered(mask: Mask, source: Pixels, boxes: Sequence[Box]) -> Mask:
    """Return a page in black and white, with pictures as dots.

    Parameters
    ----------
    mask : ndarray of bool, (H, W)
        Where the text is.
    source, boxes
        As for `with_pictures`.

    Returns
    -------
    ndarray of bool, (H, W)
        Where it is black. Pictures that were black and white are as they were.
    """
    if not boxes:
        return mask
    import PIL.Image

    page = with_pictures(np.where(mask, np.uint8(0), np.uint8(255)), source, boxes)
    return ~np.asarray(PIL.Image.fromarray(page).convert("1"))


def rows_and_columns(box: Box) -> tuple[slice, slice]:
    """Return the whole pixels that a box touches, as an index."""
    left, top = int(box.left), int(box.top)
    return slice(top, int(np.ceil(box.bottom))), slice(left, int(np.ceil(box.right)))


def _small(values: Ink, scale: float) -> Ink:
    import cv2

    if scale == 1.0:
        return values
    small = cv2.resize(values, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)


def _disk(size: int) -> Pixels:
    import cv2

    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
