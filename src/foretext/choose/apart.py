"""Small print beside a headline: text that looks unwanted, but lies where it harms nothing."""

from __future__ import annotations

import numpy as np

from foretext.arrays import Float, Ink, Int, Mask
from foretext.ink import mask_of
from foretext.pieces import (
    Pieces,
    cut_by_border,
    grown,
    is_column,
    labeled_pieces,
    pixels_within,
    shared_boxes,
    standing_in_rows,
    sums_within,
)

# A piece is wanted if the network takes so much of it for wanted text, and no pixel below this is.
_WANTED = 0.5
_UNWANTED = 0.25
# Lower pieces, in pixels, are no characters that anyone could read.
_READABLE = 5.0
# So much of what looks unwanted may touch the text, or stand in no row, by chance.
_BY_CHANCE = 0.1
# Parts of wanted characters may look unwanted: the network is not sure of small print.
_GROWN = 0.06
# Paler ink is none. Beyond edges of so many pixels, so much of it beside the text crosses that.
_PALE = 0.2
_EDGE = 7
_CROSSED = 0.1
# Beside a character so many times as tall, with so much of its height, there is no small print.
_TALLER = 1.7
_LEVEL = 0.3
# So many characters, one below the other and nothing else, are a column.
_A_COLUMN = 3


def stands_apart(everything: Ink, foreground: Ink) -> bool:
    """Tell whether all that looks unwanted is text that lies apart from the wanted text.

    Parameters
    ----------
    everything : ndarray of float32, (H, W)
        Coverage of all ink.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].

    Returns
    -------
    bool
        True if it stands in rows, and no wanted character has any of it before, behind or within
        the rectangle around it; or if all ink is one column of characters. Nothing then tells
        that it is less wanted than the rest.
    """
    mask = mask_of(everything)
    pieces, labels = labeled_pieces(mask)
    if not len(pieces):
        return False
    wanted = _means(foreground, labels, pieces) >= _WANTED
    text = pieces.height >= _READABLE
    doubtful = pieces.select(text & ~wanted)
    if is_column(pieces) and len(pieces) >= _A_COLUMN:
        return True
    area = float(doubtful.area.sum())
    if not area or not (wanted & text).any():
        return False
    # What has grown together with wanted characters: lines and blots, and other text.
    of_wanted = wanted[labels - 1] & mask
    strange = np.where(of_wanted, foreground < _UNWANTED, foreground > 1.0 - _UNWANTED) & mask
    within = np.count_nonzero(strange)
    beside = _beside_taller(doubtful, pieces.select(text & wanted))
    close = float(doubtful.area[beside].sum())
    alone = ~standing_in_rows(pieces.select(text))[~wanted[text]]
    # The holes of a sheet are no text, nor are words that go on beyond the picture.
    alone |= cut_by_border(doubtful, *everything.shape)
    apart = max(close, float(doubtful.area[alone].sum())) <= _BY_CHANCE * area
    if not apart or within > _GROWN * float(pieces.area[wanted].sum()):
        return False
    return not _is_crossed(everything, foreground, of_wanted)


def _is_crossed(everything: Ink, foreground: Ink, text: Mask) -> bool:
    """Tell whether the text hangs together with pale ink that looks unwanted, as of a stamp."""
    pieces, labels = labeled_pieces(everything > _PALE)
    pale = (labels > 0) & (foreground < _UNWANTED) & ~grown(text, _EDGE)
    of_pale, of_text = (pixels_within(labels, len(pieces), mask) for mask in (pale, text))
    return int(of_pale[of_text > 0].sum()) > _CROSSED * int(np.count_nonzero(text))


def _beside_taller(pieces: Pieces, others: Pieces) -> Mask:
    """Return which pieces are level with a much taller one, or share the rectangle of any."""
    top, bottom = pieces.top[:, None], (pieces.top + pieces.height)[:, None]
    shared = np.minimum(bottom, others.top + others.height) - np.maximum(top, others.top)
    level = shared > _LEVEL * pieces.height[:, None]
    taller = others.height > _TALLER * pieces.height[:, None]
    return np.asarray((level & taller).any(axis=1) | shared_boxes(pieces, others))


def _means(values: Ink, labels: Int, pieces: Pieces) -> Float:
    """Return the mean of values over each piece."""
    (sums,) = sums_within(labels, len(pieces), values)
    return np.asarray(sums / np.maximum(pieces.area, 1.0), np.float32)
