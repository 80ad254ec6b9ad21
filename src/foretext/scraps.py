"""Scraps of ink that were left of photographs, and are no text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink, Mask
from foretext.pictures import rows_and_columns
from foretext.pieces import (
    Pieces,
    beside,
    cut_by_border,
    labeled_pieces,
    pixels_of,
    pixels_within,
    within_rows,
)
from foretext.reading import Box

# Characters in it are no lower than this part of the page's. More crumbs than so many, and than
# characters, are no text, unless this part of the ink stands in rows; nor are half as many crumbs
# if hardly any does.
_LOWEST = 0.4
_FEW = 8
_TEXT_OF_ALL = 0.3
_TEXT_OF_MANY = 0.15
# What lies in a mass, in a gap of it this wide, or no farther from it than this, in x-heights, may
# be a part of it.
_GAP = 4.0
_REACH = 0.5
_INSIDE = 0.5
# So many pieces are compared with all others at once: bounds the memory.
_AT_ONCE = 500
# Fainter coverage joins no pieces.
_FAINT = 0.1


def without_scraps(ink: Ink, boxes: Sequence[Box], x_height: float) -> Ink:
    """Leave out ink in photographs, unless it is text.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    boxes : sequence of Box
        Where the photographs are, in its pixels.
    x_height : float
        How tall its characters are, in pixels.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if there is nothing to leave out. Of a photograph that holds no text, roofs
        and leaves leave many crumbs; some stand side by side by chance, few in rows.
    """
    kept = ink
    for rows, columns in map(rows_and_columns, boxes):
        top, left = max(0, rows.start - 1), max(0, columns.start - 1)
        # With one pixel around it: what goes on there is no part of it.
        around = slice(top, rows.stop + 1), slice(left, columns.stop + 1)
        scraps = _scraps(ink[around] > _FAINT, x_height)
        if scraps.any():
            kept = ink.copy() if kept is ink else kept
            kept[around][scraps] = 0.0
    return kept


def without_scraps_of_masses(ink: Ink, masses: Mask, x_height: float) -> Ink:
    """Leave out ink in large dark areas, unless it is text.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    masses : ndarray of bool, (h, w)
        Where those areas are, at any part of its size; of other shapes than photographs, such as
        figures that were cut out.
    x_height : float
        How tall its characters are, in pixels.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if there is nothing to leave out. What stands in rows stays: letters may be
        white on black, or stand close by.
    """
    if not masses.any():
        return ink
    near = _filled(masses, ink.shape, x_height)
    pieces, labels = labeled_pieces(ink > _FAINT)
    covered = pixels_within(labels, len(pieces), near)
    inside = covered >= _INSIDE * pieces.area
    characters = np.flatnonzero(inside & (pieces.height >= _LOWEST * x_height))
    text = characters[_are_text(characters, pieces, inside)]
    within = np.flatnonzero(inside)
    scraps = np.setdiff1d(within, text)
    of_text = float(pieces.area[text].sum()) / max(float(pieces.area[within].sum()), 1.0)
    if len(scraps) <= _FEW or of_text >= _TEXT_OF_ALL:
        return ink
    gone = np.zeros(len(pieces), np.bool_)
    gone[scraps] = True
    return np.asarray(np.where(pixels_of(labels, gone), np.float32(0.0), ink), np.float32)


def _filled(masses: Mask, shape: tuple[int, int], x_height: float) -> Mask:
    """Return masses at full size, with a little around them and with what they nearly enclose."""
    import cv2

    scale = len(masses) / shape[0]
    size = 2 * round(_GAP * x_height * scale) + 1
    # Beyond the border there is more of the same, or nothing.
    around = cv2.copyMakeBorder(masses.view(np.uint8), size, size, size, size, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    filled = closed[size:-size, size:-size]
    side = 2 * max(1, round(_REACH * x_height * scale)) + 1
    filled = cv2.dilate(filled, np.ones((side, side), np.uint8))
    return cv2.resize(filled, shape[::-1], interpolation=cv2.INTER_NEAREST) > 0


def _are_text(some: npt.NDArray[np.intp], pieces: Pieces, inside: Mask) -> Mask:
    """Tell which pieces stand between two others, as in a row, or beside one that is outside."""
    found = np.zeros(len(some), np.bool_)
    for first in range(0, len(some), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        behind, before = beside(pieces.select(some[part]), pieces)
        found[part] = behind.any(axis=1) & before.any(axis=1)
        found[part] |= (behind | before)[:, ~inside].any(axis=1)
    return found


def _scraps(inked: Mask, x_height: float) -> Mask:
    """Return what lies in a photograph and is no text; what reaches beyond it is none of it."""
    pieces, labels = labeled_pieces(inked)
    inside = ~cut_by_border(pieces, *inked.shape)
    within = pieces.select(inside)
    characters = within.select(within.height >= _LOWEST * x_height)
    crumbs = len(within) - len(characters)
    of_text = float(within_rows(characters).area.sum()) / max(float(within.area.sum()), 1.0)
    are_crumbs = crumbs > max(_FEW, len(characters)) and of_text < _TEXT_OF_ALL
    are_marks = crumbs > max(_FEW, len(characters) / 2) and of_text < _TEXT_OF_MANY
    if not are_crumbs and not are_marks:
        return np.zeros(inked.shape, np.bool_)
    return pixels_of(labels, inside)
