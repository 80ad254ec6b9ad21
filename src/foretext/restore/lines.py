"""Remove thin straight lines that run through text, without cutting the text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Mask
from foretext.ink import Scale, mask_of, opened

_THIN_INK = 0.25
# Text whose strokes are thinner than this (in pixels) can't be told from a line by thickness.
_LEAST_STROKE = 3.0
# A line is inked from end to end, or nearly so.
_WHOLE = 0.95


def remove_lines(ink: Ink, scale: Scale, *, length: float = 5.0, thickness: float = 0.7) -> Ink:
    """Remove long thin straight lines: rulings, strikes, underlines, scratches.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    scale : Scale
        Of the text.
    length : float
        Lines shorter than this many x-heights stay: no character has so long a stroke.
    thickness : float
        Lines thicker than this many stroke widths stay.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage without the lines. Where a line crosses a stroke, the stroke is whole.

    Notes
    -----
    A line is where thin ink lies along a straight segment found by the probabilistic Hough
    transform [1]_, and the segment is inked from end to end. The last tells a line from the
    serifs of a row of text, which lie on one line too, but with gaps between.

    References
    ----------
    .. [1] J. Matas, C. Galambos, J. Kittler, "Robust detection of lines using the progressive
       probabilistic Hough transform", CVIU 78(1), 2000. :doi:`10.1006/cviu.1999.0831`
    """
    if scale.stroke_width < _LEAST_STROKE:
        return ink
    # A thin slanted line lies in two rows at once, each covered by half or less.
    mask = ink > _THIN_INK
    thin = mask & ~_thick_part(mask_of(ink), thickness * scale.stroke_width)
    segments = _segments(thin, mask, length * scale.x_height)
    if not segments:
        return ink
    return np.where(_along(thin, segments, scale.stroke_width), np.float32(0.0), ink)


def _thick_part(mask: Mask, width: float) -> Mask:
    """Return the pixels of strokes thicker than `width`."""
    import cv2

    thick = opened(mask, max(1.0, width / 2.0))
    # What the opening shaves off the corners of thick strokes is not thin.
    return cv2.dilate(thick.view(np.uint8), np.ones((3, 3), np.uint8)).view(np.bool_)


def _segments(thin: Mask, mask: Mask, length: float) -> list[tuple[int, int, int, int]]:
    import cv2

    if np.count_nonzero(thin) < length / 2:
        return []
    # The transform draws random pixels; the same picture must give the same lines.
    cv2.setRNGSeed(1)
    found = cv2.HoughLinesP(
        thin.view(np.uint8),
        1,
        np.pi / 180,
        threshold=max(10, round(0.4 * length)),
        minLineLength=length,
        maxLineGap=length / 3,
    )
    if found is None:
        return []
    lines = np.asarray(found.reshape(-1, 4), np.int32)
    return [tuple(line) for line in lines[_inked(lines, mask) >= _WHOLE].tolist()]


def _inked(lines: npt.NDArray[np.integer], mask: Mask) -> Float:
    """Return which share of each segment has ink on it or right beside it, (N,)."""
    import cv2

    inked = mask.view(np.uint8)
    # Beside a level segment is above and below it, beside an upright one left and right.
    above, beside = (cv2.dilate(inked, np.ones(side, np.uint8)) for side in ((3, 1), (1, 3)))
    x0, y0, x1, y1 = lines.T[:, :, None].astype(np.float32)
    is_level = np.abs(x1 - x0) >= np.abs(y1 - y0)
    longest = int(max(np.abs(x1 - x0).max(), np.abs(y1 - y0).max()))
    on_way = np.linspace(0.0, 1.0, longest + 1, dtype=np.float32)
    xs = np.rint(x0 + (x1 - x0) * on_way).astype(np.intp)
    ys = np.rint(y0 + (y1 - y0) * on_way).astype(np.intp)
    hit = np.where(is_level, above[ys, xs], beside[ys, xs])
    return np.asarray(hit.mean(axis=1), np.float32)


def _along(thin: Mask, segments: list[tuple[int, int, int, int]], stroke_width: float) -> Mask:
    """Return the thin pixels along segments, with the soft edge around them."""
    import cv2

    drawn = np.zeros(thin.shape, np.uint8)
    for x0, y0, x1, y1 in segments:
        cv2.line(drawn, (x0, y0), (x1, y1), 1, thickness=max(3, round(stroke_width)))
    line = cv2.bitwise_and(drawn, thin.view(np.uint8))
    around = cv2.dilate(line, np.ones((3, 3), np.uint8)).view(np.bool_)
    return around & (drawn > 0)
