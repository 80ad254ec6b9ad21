"""Pictures of a result as a person wants to see them, in any size.

Planes are brought to their size first and colored then, so that a page of many megapixels
costs no more than its small picture does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar, cast

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Ink, Pixels
from foretext.cleaned import Cleaned
from foretext.layer import Layer
from foretext.reading import Word

Size = tuple[int, int]
Color = tuple[int, int, int]
_Plane = TypeVar("_Plane", Pixels, Ink)

# Told apart by people of any color vision, and on paper (Okabe and Ito).
VERDICTS: Final[tuple[Color, ...]] = (
    (213, 94, 0),
    (0, 114, 178),
    (0, 158, 115),
    (204, 121, 167),
    (230, 159, 0),
    (86, 180, 233),
)
KEPT: Final[Color] = (40, 44, 50)
# From which confidence on a word is drawn how.
SURE: Final[tuple[tuple[float, str, Color], ...]] = (
    (0.8, "80% sure or more", (0, 138, 96)),
    (0.5, "50% or more", (222, 140, 0)),
    (0.0, "less", (208, 52, 44)),
)

_LARGEST: Final = 8.0  # times a picture is enlarged at most
_WORTHWHILE: Final = 1.5  # enlarging by less only blurs
_WHOLE: Final = 3.0  # from here on pixels are shown as squares
_BARE: Final = 0.05  # coverage of what counts as paper
_FADED: Final = 0.6


def fitting(shape: tuple[int, ...], width: int, height: int) -> Size:
    """Return the (width, height) in which a picture of that shape is shown.

    Parameters
    ----------
    shape : tuple of int
        (H, W, ...) of the picture.
    width, height : int
        The room for it.

    Returns
    -------
    tuple of int
        Large pictures are reduced; small ones are enlarged, by whole factors if by much.
    """
    factor = min(width / shape[1], height / shape[0], _LARGEST)
    if factor >= _WHOLE:
        factor = float(int(factor))
    elif 1.0 <= factor < _WORTHWHILE:
        factor = 1.0
    return max(1, round(shape[1] * factor)), max(1, round(shape[0] * factor))


def resized(plane: _Plane, size: Size) -> _Plane:
    """Return a picture or a plane of ink in another size."""
    import cv2

    factor = size[0] / plane.shape[1]
    if factor < 1.0:
        how = cv2.INTER_AREA
    else:
        how = cv2.INTER_NEAREST if factor >= _WHOLE else cv2.INTER_LINEAR
    return cast("_Plane", cv2.resize(plane, size, interpolation=how))


def paper_of(cleaned: Cleaned) -> Color:
    """Return the usual color of what is not covered by ink; white if all is."""
    some = np.s_[:: 1 + cleaned.source.height // 1000, :: 1 + cleaned.source.width // 1000]
    bare = (cleaned.ink[some] + cleaned.removed[some]) < _BARE
    if not bare.any():
        return 255, 255, 255
    red, green, blue = np.median(cleaned.source.pixels[some][bare], axis=0)
    return int(red), int(green), int(blue)


def layer_view(layer: Layer, paper: Color, size: Size) -> Pixels:
    """Return a layer in its own color, alone on the paper, (H, W, 3)."""
    return _painted(paper, [(resized(layer.ink, size), layer.color)])


def verdict_colors(cleaned: Cleaned) -> dict[str, Color]:
    """Return a color for each reason that took something away."""
    return dict(zip(cleaned.removed_by_reason(), VERDICTS * len(cleaned.reasons), strict=False))


def verdict_view(cleaned: Cleaned, size: Size) -> Pixels:
    """Return what was removed, each reason in its color, beside what was kept, (H, W, 3)."""
    strokes = [(resized(cleaned.ink, size), KEPT)]
    for reason, color in verdict_colors(cleaned).items():
        where = cleaned.verdicts == cleaned.reasons.index(reason)
        strokes.append((resized(np.where(where, cleaned.removed, np.float32(0.0)), size), color))
    return _painted((255, 255, 255), strokes)


def boxes_view(cleaned: Cleaned, words: Sequence[Word], size: Size) -> Pixels:
    """Return the input, faded, with a box around each word, (H, W, 3)."""
    import cv2

    paper = np.asarray(paper_of(cleaned), np.float32)
    seen = resized(cleaned.source.pixels, size)
    drawn = np.rint(paper + (seen - paper) * _FADED).astype(np.uint8)
    factors = np.divide(size, (cleaned.source.width, cleaned.source.height))
    for word in words:
        left, top, right, bottom = (np.reshape(word.box, (2, 2)) * factors).round().ravel()
        color = next(color for least, _, color in SURE if word.confidence >= least)
        corners = (int(left), int(top)), (int(right) - 1, int(bottom) - 1)
        cv2.rectangle(drawn, *corners, color, 2)
    return drawn


def _painted(ground: Color, strokes: Sequence[tuple[Ink, Color]]) -> Pixels:
    """Return inks of several colors on a ground, one after the other, (H, W, 3)."""
    result: Float = np.broadcast_to(np.asarray(ground, np.float32), (*strokes[0][0].shape, 3))
    for ink, color in strokes:
        cover: npt.NDArray[np.float32] = np.clip(ink, 0.0, 1.0)[..., None]
        result = result + cover * (np.asarray(color, np.float32) - result)
    return np.rint(result).astype(np.uint8)
