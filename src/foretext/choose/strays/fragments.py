"""Fragments of small print behind a text, far from it, where only its size tells.

Security print has words of its own. Where no text lies over it, a network is in two minds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink, Mask
from foretext.pieces import are_dots, around, labeled_pieces, pixels_of, pixels_within

# A fragment is lower than this, and no character is so near to it, in heights of the text.
_LOW = 0.6
_FAR = 2.0
# A dash is so many times as wide as high.
_FLAT = 2.0
# Others of its kind are.
_NEXT = 0.7
# The network is so sure of no pixel of it.
_SURE = 0.8
# So few may be anything, and so is what is not more than the small print that is surely wanted.
_FEW = 8
# Fainter coverage joins no pieces.
_FAINT = 0.1


def without_fragments(ink: Ink, foreground: Ink, x_height: float) -> Ink:
    """Leave out what is much smaller than the text, far from it, and doubtful.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text of a page.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].
    x_height : float
        How tall characters of the text are, in pixels.

    Returns
    -------
    ndarray of float32, (H, W)
        The same ink if there are few fragments, or as much small print that is surely wanted.
        Lone dots and dashes stay, and those among such, as of leaders, lists and tables.
    """
    pieces, labels = labeled_pieces(ink > _FAINT)
    low = pieces.height < _LOW * x_height
    dots = are_dots(pieces) | (pieces.width >= _FLAT * pieces.height)
    if np.count_nonzero(low & ~dots) <= _FEW:
        return ink

    def close(which: npt.NDArray[np.bool_], reach: float) -> Mask:
        """Tell which pieces have pixels within so many heights of some of them, or are of them."""
        return (
            pixels_within(
                labels,
                len(pieces),
                around(pixels_of(labels, which), reach * x_height),
            )
            > 0
        )

    doubtful = low & ~close(~low, _FAR)
    sure = pixels_within(labels, len(pieces), foreground >= _SURE) > 0
    certain = int(np.count_nonzero(doubtful & sure & ~dots))
    doubtful &= ~sure
    gone = doubtful & ~dots
    if int(np.count_nonzero(gone)) <= max(_FEW, certain):
        return ink
    # Letters so small may look like dots and dashes, but those are not among letters.
    gone |= doubtful & close(gone, _NEXT)
    return np.asarray(np.where(pixels_of(labels, gone), np.float32(0.0), ink), np.float32)
