"""What the network is shown: contrast to the paper, so that 0 is paper and 1 is dense ink."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float32]

#: The strongest half percent of a picture is ink; its contrast becomes 1.
_DENSE: Final = 99.5
#: Contrast below this is not raised to 1: there may be no ink at all.
_FAINTEST: Final = 40.0
_LIMIT: Final = 1.5
#: Pixels that tell the contrast of a picture well enough.
_ENOUGH: Final = 200_000
#: Height and width are multiples of this: five levels, each half as large as the last.
MULTIPLE: Final = 32


def gain_of(strength: Float) -> float:
    """Return the factor by which the contrast of a picture becomes that of dense ink.

    Parameters
    ----------
    strength : (H, W) ndarray of float32
        `foretext.separate.contrast.Contrast.strength` of the whole picture.

    Returns
    -------
    float
        255 over the 99.5th percentile of the strength; at most 255 / 40.
    """
    step = max(1, int(np.sqrt(strength.size / _ENOUGH)))
    dense = float(np.percentile(strength[::step, ::step], _DENSE))
    return 255.0 / max(dense, _FAINTEST)


def network_input(signed: Float, *, light: bool, gain: float) -> Float:
    """Turn the contrast of a picture, or of a tile of it, into what the network reads.

    Parameters
    ----------
    signed : (H, W, C) ndarray of float32
        `foretext.separate.contrast.Contrast.signed`, of one channel or three.
    light : bool
        Whether the paper is lighter than the ink.
    gain : float
        What `gain_of` gives for the whole picture.

    Returns
    -------
    (3, H, W) ndarray of float32
        In [-1.5, 1.5]: 0 is paper, positive what is on the ink's side of it. Bare paper may be
        added around it as zeros.
    """
    factor = np.float32((-gain if light else gain) / 255.0)
    scaled = np.clip(signed * factor, -_LIMIT, _LIMIT).transpose(2, 0, 1)
    return np.ascontiguousarray(np.broadcast_to(scaled, (3, *signed.shape[:2])))


def padded(array: Float, multiple: int = MULTIPLE) -> Float:
    """Add zeros below and to the right, up to multiples of a number in both directions."""
    height, width = array.shape[-2:]
    below, right = -height % multiple, -width % multiple
    around = [(0, 0)] * (array.ndim - 2) + [(0, below), (0, right)]
    return np.pad(array, around) if below or right else array
