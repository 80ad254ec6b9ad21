"""Bridge the gaps that something over the text has left in it."""

from __future__ import annotations

import numpy as np

from foretext.arrays import Ink, Mask
from foretext.ink import Scale, closed, mask_of, stroke_width
from foretext.threads import side_by_side

# A gap this many times as wide as the thing that covers it is not its doing.
_SLACK = 1.5


def bridge(ink: Ink, scale: Scale, *, over: Mask, width: float = 1.5) -> Ink:
    """Fill gaps in strokes where something else covers them.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    scale : Scale
        Of the text.
    over : ndarray of bool, (H, W)
        What has been taken away and may have covered the text.
    width : float
        Only things up to this many stroke widths thick are bridged.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage with the gaps filled; the same where nothing lay over the text.

    Notes
    -----
    Whether the thing lies over the text or behind it shows at the crossings: what is behind
    is interrupted by the text, what is over interrupts it. A morphological closing of each
    tells which has more to fill; text that is not interrupted is left alone.
    """
    if not over.any() or not scale.stroke_width:
        return ink
    mask = mask_of(ink)
    thickness = stroke_width(over)
    if thickness > width * scale.stroke_width:
        return ink
    reach = _SLACK / 2.0
    gaps, hidden = side_by_side(
        _gaps,
        [(mask, over, reach * thickness), (over, mask, reach * scale.stroke_width)],
        mask.size,
    )
    if np.count_nonzero(gaps) <= np.count_nonzero(hidden):
        return ink
    return np.maximum(ink, gaps.astype(np.float32))


def _gaps(what: tuple[Mask, Mask, float]) -> Mask:
    """Return where one mask has gaps, no wider than twice a radius in pixels, in another."""
    mask, other, radius = what
    return closed(mask, radius) & other & ~mask
