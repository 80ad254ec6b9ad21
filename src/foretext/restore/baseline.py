"""How far the baseline of one line of text goes up and down."""

from __future__ import annotations

import numpy as np

from foretext.arrays import Float, Ink

# All lengths are in x-heights. What bends more often than this is the shape of letters.
_SHORTEST_BEND = 3.0
# Long lines bend less often, so that they take no longer.
_MOST_WAVES = 48
# A column is looked for so far above and below where it stands.
_REACH = 1.0
# How much bending counts against a fit.
_STIFFNESS = 1.0
# From coarse to fine: the blur of the profile, and how far a column may move at once.
_ROUNDS = (
    (0.25, 0.5),
    (0.19, 0.38),
    (0.16, 0.31),
    (0.125, 0.25),
    (0.09, 0.19),
    (0.075, 0.125),
    (0.0625, 0.125),
    (0.0625, 0.125),
)
# How sharply a column decides for the row where it fits best: at first, and at last.
_SHARPNESS = 0.5, 0.75
# The profiles of straight text become sharper by up to 3 percent, those of waved text by 10 to 40.
_GAIN = 1.04
# Columns that fit nowhere say nothing.
_FITS = 0.2
# No column is surer of its row than this (as a variance).
_UNSURE = 0.002


# On some processors OpenBLAS raises the flag for invalid values where there are none.
@np.errstate(invalid="ignore")
def baseline(ink: Ink, x_height: float) -> Float:
    """Measure the course of the baseline.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1] of one line of text.
    x_height : float
        Of the text, in pixels.

    Returns
    -------
    ndarray of float32, (W,)
        How many pixels lower the baseline lies in each column than on average; all zero if the
        profiles are hardly sharper for it.

    Notes
    -----
    In straight text the lower edges of the ink lie in few rows (the baseline, and less often that
    of descenders), and so do the upper ones. The course is the smooth one, a sum of slow cosines,
    under which these two profiles are sharpest. It is found as in congealing: the profiles of all
    columns tell each column where it belongs, and so on, with ever less blur. After E. G. Learned-
    Miller, "Data driven image models through continuous joint alignment", IEEE TPAMI 28(2), 2006,
    https://doi.org/10.1109/TPAMI.2006.34.
    """
    edges = _edges(ink[_inked_rows(ink)])
    # All edges of each column, side by side: (W, 2 H).
    columns = edges.transpose(1, 2, 0).reshape(edges.shape[1], -1)
    waves, frequency = _cosines(ink.shape[1], x_height)
    # The second derivative of a cosine grows with the square of its frequency.
    stiffness = np.diag(np.square(np.square(6.0 * frequency))) * (_STIFFNESS * ink.shape[1])
    reach = max(2, round(_REACH * x_height))
    course = np.zeros(ink.shape[1], np.float32)
    for number, (blur, step) in enumerate(_ROUNDS):
        sharpness = _SHARPNESS[number > 3]
        # Profiles of larger text are flatter, as they have more rows.
        profile = _profile(edges, course, reach, blur * x_height)
        fit = _fit(columns, profile) * np.float32(np.sqrt(x_height))
        row, spread = _best_rows(fit, course, reach, step * x_height, sharpness)
        weight = (fit.max(axis=1) > _FITS) / (spread / x_height**2 + _UNSURE)
        squares = waves.T @ (weight[:, None] * waves) + stiffness
        squares[np.diag_indices_from(squares)] += 1e-3
        course = waves @ np.linalg.solve(squares, waves.T @ (weight * row))
        course = np.clip(course, -reach, reach).astype(np.float32)
    straight = np.zeros_like(course)
    blur = _ROUNDS[-1][0] * x_height
    before, after = (_sharpness(edges, some, reach, blur) for some in (straight, course))
    return course - course.mean() if after > _GAIN * before else straight


def _inked_rows(ink: Ink) -> slice:
    """Return the rows that hold ink, and the one above: that is where it begins."""
    rows = np.flatnonzero(ink.any(axis=1))
    return slice(max(0, int(rows[0]) - 1), int(rows[-1]) + 1) if len(rows) else slice(0, 1)


def _edges(ink: Ink) -> Float:
    """Return how much ink ends and begins at the lower side of each row, (H, W, 2)."""
    step = np.diff(ink, axis=0, append=0.0)
    return np.stack((np.maximum(-step, 0.0), np.maximum(step, 0.0)), axis=2)


def _cosines(width: int, x_height: float) -> tuple[Float, Float]:
    """Return slow cosines over the columns, (W, K), and their frequencies in 1 / x-height."""
    length = width / x_height
    count = min(max(2, round(2.0 * length / _SHORTEST_BEND) + 1), _MOST_WAVES)
    order = np.arange(count, dtype=np.float32)
    at = (np.arange(width, dtype=np.float32) + 0.5) / width
    return np.cos(np.pi * at[:, None] * order), np.asarray(order / (2.0 * length), np.float32)


def _fit(columns: Float, profile: Float) -> Float:
    """Return how well each column fits the others if lowered by -reach..reach, (W, 2 reach + 1)."""
    profile = profile / (np.sqrt(np.square(profile).sum(axis=0)) + 1e-9)
    height = columns.shape[1] // profile.shape[1]
    shifted = np.lib.stride_tricks.sliding_window_view(profile, height, axis=0)[::-1]
    # (W, 2 H) by (2 H, 2 reach + 1).
    return np.asarray(columns @ shifted.reshape(len(shifted), -1).T)


def _profile(edges: Float, course: Float, reach: int, blur: float) -> Float:
    """Return how many edges of each kind lie in each row once the course is level, (H', 2)."""
    import cv2

    height, width = edges.shape[:2]
    rows = np.arange(-reach, height + reach, dtype=np.float32)[:, None] + course
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), rows.shape)
    level = cv2.remap(edges, np.ascontiguousarray(columns), rows, cv2.INTER_LINEAR)
    profile = cv2.reduce(level, 1, cv2.REDUCE_SUM)[:, 0]
    return np.asarray(cv2.GaussianBlur(profile, (1, 0), sigmaX=0.1, sigmaY=blur))


def _sharpness(edges: Float, course: Float, reach: int, blur: float) -> float:
    return float(np.square(_profile(edges, course, reach, blur)).sum())


def _best_rows(
    fit: Float, course: Float, reach: int, step: float, sharpness: float
) -> tuple[Float, Float]:
    """Return where each column belongs by its fit, and how unsure that is."""
    rows = np.arange(-reach, reach + 1, dtype=np.float32)
    log = sharpness * fit - np.square(rows - course[:, None]) / (2.0 * step**2)
    share = np.exp(log - log.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    mean = share @ rows
    spread = (share * np.square(rows - mean[:, None])).sum(axis=1)
    return np.asarray(mean, np.float32), np.asarray(spread, np.float32)
