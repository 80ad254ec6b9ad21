"""Names for the arrays that flow through the house, and enough of one to know it by."""

from __future__ import annotations

from typing import Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

#: (H, W, 3) RGB, or (H, W) gray, in 0..255.
Pixels: TypeAlias = npt.NDArray[np.uint8]
#: (H, W), how much of each pixel the text covers, in [0, 1].
Ink: TypeAlias = npt.NDArray[np.float32]
#: (H, W), a hard choice.
Mask: TypeAlias = npt.NDArray[np.bool_]
#: Any other real array.
Float: TypeAlias = npt.NDArray[np.float32]
#: Any array of counts or labels.
Int: TypeAlias = npt.NDArray[np.int32]
#: (H, W), a number for each of a few kinds.
Labels: TypeAlias = npt.NDArray[np.uint8]

_Value = TypeVar("_Value", bound=np.generic)

# More pixels tell no more of a color or a strength, and cost time.
_ENOUGH: Final = 200_000


def thinned(picture: npt.NDArray[_Value]) -> npt.NDArray[_Value]:
    """Return every n-th row and column of (H, W) or (H, W, C) values: enough to know them by."""
    step = max(1, int(np.sqrt(picture.shape[0] * picture.shape[1] / _ENOUGH)))
    return picture[::step, ::step]


def quantile(values: Float, part: float) -> float:
    """Return the value below which such a part of some values lies, as numpy's, in less time.

    Numbers are sorted faster than parted, above all where many are the same.
    """
    place = part * (values.size - 1)
    low = int(place)
    ordered = np.sort(values, axis=None)
    value, above = float(ordered[low]), float(ordered[min(low + 1, values.size - 1)])
    return value + (above - value) * (place - low)


def runs(inked: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Return where each run of true values, (N,), begins and where it has ended, (R, 2)."""
    return np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]))).reshape(-1, 2)
