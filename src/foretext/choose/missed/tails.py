"""Small marks that were kept in part: commas without their tails, and half a dot."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink, Int, Mask
from foretext.ink import mask_of
from foretext.pieces import Pieces, around, labeled_pieces, pixels_of, pixels_within, sums_within
from foretext.threads import side_by_side

# What hangs together at either of these densities is a mark: paler, it has its tail; denser, it is
# apart from its neighbors.
_LEVELS: Final = 0.12, 0.25
# A mark is no larger than this, in heights of the text.
_SMALL: Final = 0.8
# If so much of it was kept, or the network is so sure of it, it may be kept whole.
_KEPT: Final = 0.3
_LIKELY: Final = 0.15
# It stands beside characters so tall, no farther from them, in heights; if fewer of all small ones
# do, there are specks among them.
_TALL: Final = 0.55
_BESIDE: Final = 0.6
_PLACED: Final = 0.9


def with_whole_marks(ink: Ink, everything: Ink, foreground: Ink, x_height: float) -> Ink:
    """Put back what is missing of small marks beside characters.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text of a page.
    everything : ndarray of float32, (H, W)
        Coverage of all ink.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].
    x_height : float
        How tall characters of the text are, in pixels.

    Returns
    -------
    ndarray of float32, (H, W)
        At least `ink`; the same if no mark was kept in part, or there are specks on the page.
    """
    whole, text = ink, _around_text(ink, x_height)
    levels = side_by_side(lambda level: labeled_pieces(everything > level), _LEVELS, ink.size)
    for pieces, labels in levels:
        small = np.maximum(pieces.width, pieces.height) <= _SMALL * x_height
        placed = small & (pixels_within(labels, len(pieces), text) > 0)
        if np.count_nonzero(placed) < _PLACED * np.count_nonzero(small):
            continue
        torn = _are_torn(pieces, labels, placed, (everything, ink, foreground))
        if torn.any():
            marks = pixels_of(labels, torn)
            whole = np.asarray(np.where(marks, np.maximum(whole, everything), whole))
    return whole


def _around_text(ink: Ink, x_height: float) -> Mask:
    pieces, labels = labeled_pieces(mask_of(ink))
    letters = pixels_of(labels, pieces.height >= _TALL * x_height)
    return around(letters, _BESIDE * x_height)


def _are_torn(
    pieces: Pieces, labels: Int, small: Mask, inks: tuple[Ink, Ink, Ink]
) -> npt.NDArray[np.bool_]:
    """Tell which small pieces of all ink were kept in part, or look as if they should be."""
    everything, ink, foreground = inks
    of_small = np.where(pixels_of(labels, small), labels, 0)
    whole, kept, likely = sums_within(
        of_small, len(pieces), everything, ink, foreground * everything
    )
    wanted = (kept >= _KEPT * whole) | (likely >= _LIKELY * whole)
    return np.asarray(small & wanted & (kept < whole))
