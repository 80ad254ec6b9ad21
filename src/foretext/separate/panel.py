"""A panel: a flat thing, smaller than the picture, that the text stands on.

Most of a photograph of a label is what the label lies on. But paper is what letters stand on.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from foretext.arrays import Float, Mask, Pixels
from foretext.pieces import cut_by_border, grown, labeled_pieces, pixels_of, pixels_within
from foretext.separate.levels import median_color

# It is looked for at no more pixels a side than this.
_GLANCE: Final = 600
# Colors that differ by no more than this (of 255) are one, those that differ by more are two.
_SAME: Final = 12.0
_OTHER: Final = 24.0
# A panel has so much of a picture, and so much of its color is in one piece.
_LEAST: Final = 0.2
_IN_ONE: Final = 0.8
# So many letters at least stand on it, so many times as many as on all around; a letter is so high
# in pixels, and not so high or wide in parts of the picture.
_LETTERS: Final = 4
_MORE: Final = 3
_READABLE: Final = 6.0
_A_LETTER: Final = 0.5
# Its rim is half as wide as such a square, in pixels.
_RIM: Final = 5
# So many pieces beyond it may be a word, so much of the picture another panel.
_A_WORD: Final = 3
_MUCH: Final = 0.02


class Panel(NamedTuple):
    """A panel: where it is, letters and all, but not its rim; and whether all text is on it."""

    inside: Mask
    is_alone: bool


def find_panel(pixels: Pixels, color: Float) -> Panel | None:
    """Find the panel that the text of a picture stands on.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W, 3)
        RGB.
    color : ndarray of float32, (3,)
        The most frequent color.

    Returns
    -------
    Panel or None
        None if nothing but paper of that color holds letters.
    """
    import cv2

    height, width = pixels.shape[:2]
    factor = min(1.0, _GLANCE / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    rest = ~_near(small, color, _OTHER)
    if np.count_nonzero(rest) < _LEAST * rest.size:
        return None
    panel = _in_one_piece(_near(small, _most_frequent(small[rest]), _SAME))
    if panel is None:
        return None
    around = _letters(_near(small, color, _SAME))
    if _letters(panel) < max(_LETTERS, _MORE * around):
        return None
    # Light may fall off on it: it reaches to where all around begins.
    whole = _filled(_pieces_with(rest, panel))
    inner = cv2.erode(whole.view(np.uint8), np.ones((_RIM, _RIM), np.uint8))
    inside = cv2.resize(inner, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    return Panel(inside, not _holds_things(rest & ~grown(whole, _RIM)))


def _holds_things(rest: Mask) -> bool:
    """Tell whether there may be a word, or another panel."""
    pieces, _ = labeled_pieces(rest)
    things = pieces.select(pieces.height >= _READABLE)
    return len(things) >= _A_WORD or float(things.area.sum()) > _MUCH * rest.size


def _near(pixels: Pixels, color: Float, reach: float) -> Mask:
    """Return which pixels, (H, W, 3), have a color, as far as it reaches, in each channel."""
    import cv2

    low, high = (tuple((color + off).tolist()) for off in (-reach, reach))
    return np.asarray(cv2.inRange(pixels, low, high) > 0)


def _most_frequent(colors: Pixels) -> Float:
    """Return the most frequent of some colors, (N, 3)."""
    binned = (colors >> 3).astype(np.int32)
    number = (binned[:, 0] << 10) | (binned[:, 1] << 5) | binned[:, 2]
    fullest = number == np.bincount(number).argmax()
    return median_color(colors[fullest].T)


def _in_one_piece(mask: Mask) -> Mask | None:
    """Return the largest piece of a mask if that is most of it, and large."""
    if np.count_nonzero(mask) < _LEAST * mask.size:
        return None
    pieces, labels = labeled_pieces(mask)
    largest = pieces.area == pieces.area.max()
    area = float(pieces.area.max())
    if area < max(_IN_ONE * float(pieces.area.sum()), _LEAST * mask.size):
        return None
    return pixels_of(labels, largest)


def _pieces_with(mask: Mask, some: Mask) -> Mask:
    """Return the pieces of a mask that have any of some pixels."""
    pieces, labels = labeled_pieces(mask)
    return pixels_of(labels, pixels_within(labels, len(pieces), some) > 0)


def _filled(mask: Mask) -> Mask:
    """Return a mask without holes."""
    pieces, labels = labeled_pieces(~mask)
    return mask | pixels_of(labels, ~cut_by_border(pieces, *mask.shape))


def _letters(ground: Mask) -> int:
    """Return how many pieces of the size of letters stand wholly on some ground."""
    height, width = ground.shape
    pieces, _ = labeled_pieces(~ground)
    are_letters = ~cut_by_border(pieces, height, width) & (pieces.height >= _READABLE)
    are_letters &= (pieces.height < _A_LETTER * height) & (pieces.width < _A_LETTER * width)
    return int(np.count_nonzero(are_letters))
