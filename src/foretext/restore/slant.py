"""How far characters lean to the right."""

from __future__ import annotations

import numpy as np

from foretext.arrays import Float, Ink

# Leans looked at, in pixels to the right for each pixel up.
_LEANS = np.arange(-0.35, 0.61, 0.05)
_UPRIGHT = 7
# The profile has to be so many times as sharp to tell of a lean.
_GAIN = 1.01
# Blur of the profile, in x-heights.
_BLUR = 0.0625


def slant(ink: Ink, x_height: float) -> float:
    """Measure how far the characters of a line lean.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1] of one line of text.
    x_height : float
        Of the text, in pixels.

    Returns
    -------
    float
        Pixels to the right for each pixel up, from -0.35 to 0.6; 0 if the profile is hardly
        sharper for it.

    Notes
    -----
    Where stems stand upright, their edges lie in few columns: the sum of the squared counts of
    edges in each column is greatest.
    """
    step = np.diff(ink, axis=1, append=0.0)
    edges = np.stack((np.maximum(-step, 0.0), np.maximum(step, 0.0)), axis=2)
    found = np.array([_sharpness(edges, lean, _BLUR * x_height) for lean in _LEANS])
    best = int(np.argmax(found))
    if found[best] < _GAIN * found[_UPRIGHT]:
        return 0.0
    if best in (0, len(found) - 1):
        return float(_LEANS[best])
    before, top, after = found[best - 1 : best + 2]
    between = 0.5 * (before - after) / min(before - 2.0 * top + after, -1e-9)
    return float(_LEANS[best] + between * (_LEANS[1] - _LEANS[0]))


def _sharpness(edges: Float, lean: float, blur: float) -> float:
    """Return how few columns hold the edges, if such a lean is undone."""
    import cv2

    height, width = edges.shape[:2]
    margin = round(0.35 * height) + 1
    upright = np.array([[1.0, -lean, lean * (height - 1) / 2 - margin], [0.0, 1.0, 0.0]])
    sheared = cv2.warpAffine(
        edges,
        upright,
        (width + 2 * margin, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
    )
    profile = cv2.GaussianBlur(
        cv2.reduce(sheared, 0, cv2.REDUCE_SUM)[0], (1, 0), sigmaX=0.1, sigmaY=blur
    )
    return float(np.square(profile).sum())
