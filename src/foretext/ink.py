"""Measuring ink: how thick its strokes are, how tall its characters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Int, Mask
from foretext.pieces import (
    Pieces,
    are_dots,
    labeled_pieces,
    pieces_of,
    standing_in_rows,
    within_rows,
)

# Less coverage than this can't be seen.
UNSEEN = 0.1
# A piece this many times as tall as the usual one is no character.
_FIGURE = 12.0
# A page has room for more characters than this, in squares of their height.
_PAGE = 250.0
# Pieces smaller than this (in pixels) can't be told from noise, so they set no scale.
_SMALL = 4.0
# This share of a text may be smaller than what counts as its small print. Pieces below the least
# height are specks, and fewer pieces no text to go by.
_SMALL_TEXT = 0.03
_LEAST_TALL = 3.0
_LEAST_PIECES = 20
# Lower pieces, in heights of the tallest, stand beside a headline if so many of them, at least so
# high in pixels, are in rows of their own, and so few are not.
_TALL = 0.4
_A_WORD = 3
_READABLE = 5.0
_IN_ROWS = 0.8


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of some text, by which every other length is measured.

    Attributes
    ----------
    stroke_width : float
        Typical thickness of its strokes, in pixels; 0 if there is no ink.
    x_height : float
        Typical height of its characters, in pixels: of a lower-case x in running text, of the
        characters themselves where they are all tall. 0 if there is no ink.
    """

    stroke_width: float
    x_height: float


def is_page(size: int, x_height: float) -> bool:
    """Tell whether a picture of so many pixels has room for a page of characters so tall."""
    return size > _PAGE * x_height**2


def mask_of(ink: Ink) -> Mask:
    """Return where at least half of the pixel is covered, (H, W) bool."""
    return ink > 0.5


def amount(ink: Ink) -> float:
    """Return the sum of an ink's coverage."""
    import cv2

    # As exact as numpy's sum of doubles, in a fifth of the time.
    return float(cv2.sumElems(ink)[0])


def depth(mask: Mask) -> Float:
    """Return each pixel's distance to the nearest pixel outside the mask, in pixels.

    A stroke that is cut by the border of the picture is not thinner for it: the border is
    taken to go on as it is. What has no outside at all is as deep as the picture is small.
    """
    import cv2

    if mask.all():
        return np.full(mask.shape, min(mask.shape), np.float32)
    padded = cv2.copyMakeBorder(mask.view(np.uint8), 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    distance = cv2.distanceTransform(padded, cv2.DIST_L2, cv2.DIST_MASK_5)[1:-1, 1:-1]
    return np.asarray(distance, np.float32)


def distance_to(mask: Mask) -> Float:
    """Return each pixel's distance to the nearest pixel of a mask, in pixels; inf if empty."""
    import cv2

    if not mask.any():
        return np.full(mask.shape, np.inf, np.float32)
    outside = (~mask).view(np.uint8)
    return np.asarray(cv2.distanceTransform(outside, cv2.DIST_L2, cv2.DIST_MASK_3), np.float32)


def opened(mask: Mask, radius: float) -> Mask:
    """Return the parts of a mask that a disk of this radius (in pixels) fits into.

    By distances, as the time for a large disk must not be that of all its pixels.
    """
    return distance_to(depth(mask) > radius) <= radius


def closed(mask: Mask, radius: float) -> Mask:
    """Return a mask with all gaps filled that a disk of this radius (in pixels) can't enter."""
    reached = distance_to(mask) <= radius
    return mask | (depth(reached) > radius)


def stroke_width(mask: Mask) -> float:
    """Return the typical stroke width of a mask in pixels; 0 if it is empty.

    Notes
    -----
    In a strip of `w` pixels the distance to the nearest pixel outside is ``(w + 2) / 4`` on
    average, so the mean of the distance transform gives the width without a skeleton.
    """
    return width_of(float(depth(mask)[mask].mean())) if mask.any() else 0.0


def width_of(mean_depth: float) -> float:
    """Return the width in pixels of strokes whose pixels are so deep inside on average."""
    return max(1.0, 4.0 * mean_depth - 2.0)


def text_pieces(pieces: Pieces) -> tuple[npt.NDArray[np.bool_], float]:
    """Tell which pieces may be characters, and how tall characters are.

    Parameters
    ----------
    pieces : Pieces
        The connected components of some ink.

    Returns
    -------
    text : ndarray of bool, (N,)
        False for frames and figures, many times as tall as most pieces.
    x_height : float
        The median height of the others, each weighted by its height squared, so that dots and
        halftone count little; 0 if there are none.
    """
    height = pieces.height
    usual = weighted_median(height, height)
    text = height <= _FIGURE * max(usual, _SMALL)
    return text, weighted_median(height[text], np.square(height[text]))


def weighted_median(values: Float, weights: Float) -> float:
    """Return the value at which half of the weight is reached; 0 if there is none."""
    return weighted_quantile(values, weights, 0.5)


def weighted_quantile(values: Float, weights: Float, part: float) -> float:
    """Return the value at which a part of the weight is reached; 0 if there is none."""
    if not len(values):
        return 0.0
    order = values.argsort(kind="stable")
    cumulated = weights[order].cumsum(dtype=np.float64)
    whole = cumulated[-1]
    return float(values[order[cumulated.searchsorted(whole * part)]]) if whole else 0.0


def small_print(pieces: Pieces, *, few: bool = False) -> float:
    """Return how tall the smallest characters are of which there is more than a word or two.

    Parameters
    ----------
    pieces : Pieces
        The connected components of the ink of a page.
    few : bool
        Whether a word beside a headline is enough.

    Returns
    -------
    float
        In pixels; 0 if there are too few to tell.

    Notes
    -----
    Small print is known from specks by standing in rows, and from leaders by not being dots.
    """
    pieces = pieces.select((pieces.height >= _LEAST_TALL) & ~are_dots(pieces))
    rows = within_rows(pieces)
    if len(rows) < _LEAST_PIECES:
        rows = pieces
    if len(rows) < _LEAST_PIECES:
        rows = pieces.select(are_beside_headline(pieces) & few)
    return weighted_quantile(rows.height, rows.height, _SMALL_TEXT)


def are_beside_headline(pieces: Pieces) -> Mask:
    """Tell which are characters in rows above or below one row of far taller ones.

    Parameters
    ----------
    pieces : Pieces
        The connected components of an ink whose tall characters stand in one row.

    Returns
    -------
    ndarray of bool, (N,)
        None of them unless there is a word, and nearly all that is so small stands in rows.
    """
    if not len(pieces):
        return np.zeros(0, np.bool_)
    tall = pieces.height >= _TALL * pieces.height.max()
    _, top, _, bottom = pieces.select(tall).bounds
    beyond = (pieces.top >= bottom) | (pieces.top + pieces.height <= top)
    small = ~tall & beyond & (pieces.height >= _READABLE)
    if np.count_nonzero(small) < _A_WORD:
        return np.zeros_like(small)
    is_text = float(standing_in_rows(pieces.select(small)).mean()) >= _IN_ROWS
    return np.asarray(small & is_text)


def measure(ink: Ink) -> Scale:
    """Measure the text of an ink.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].

    Returns
    -------
    Scale
        Both zero if nothing is covered by half or more.
    """
    mask = mask_of(ink)
    return measure_pieces(mask, *labeled_pieces(mask))


def x_height_of(ink: Ink) -> float:
    """Return the height of an ink's text alone, as `measure` tells it; the width takes longer."""
    return text_pieces(pieces_of(mask_of(ink)))[1]


def measure_pieces(mask: Mask, pieces: Pieces, labels: Int) -> Scale:
    """Measure the text of an ink that is taken apart already.

    Parameters
    ----------
    mask : ndarray of bool, (H, W)
        What is covered by half or more.
    pieces : Pieces
        Its connected components.
    labels : ndarray of int32, (H, W)
        Which piece each pixel is of, from 1 on.

    Returns
    -------
    Scale
        As `measure` tells.
    """
    text, x_height = text_pieces(pieces)
    if not x_height:
        return Scale(0.0, 0.0)
    at = np.flatnonzero(mask)
    depths = np.take(depth(mask), at)
    if not text.all():
        depths = depths[np.concatenate(([False], text))[np.take(labels, at)]]
    return Scale(width_of(float(depths.mean())), x_height)
