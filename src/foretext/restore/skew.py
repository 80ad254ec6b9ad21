"""How far a page or a long line of text is turned."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foretext.pieces import Pieces
from foretext.restore.rows import Points, clearness, points_of

# Degrees looked at; a page turned farther was not put on a scanner.
_MOST = 15.0
_COARSE, _FINE = 0.5, 0.1
# Engines read text that is turned by less than this as well as straight text.
_HARMLESS = 1.5
# The rows have to be so many times as clear as they are unturned.
_GAIN = 1.1


def skew(pieces: Pieces) -> float:
    """Measure how far text is turned if that is so far that engines read it worse.

    Parameters
    ----------
    pieces : Pieces
        The connected components of the text's ink.

    Returns
    -------
    float
        As `tilt` tells; 0 if it is less than 1.5.
    """
    degrees = tilt(pieces)
    return degrees if is_harmful(degrees) else 0.0


def is_harmful(degrees: float) -> bool:
    """Tell whether engines read text worse that is turned so far, however it stands."""
    return abs(degrees) >= _HARMLESS


def tilt(pieces: Pieces) -> float:
    """Measure how far text is turned, be it ever so little.

    Parameters
    ----------
    pieces : Pieces
        The connected components of the text's ink.

    Returns
    -------
    float
        Degrees by which its lines fall to the right, from -15 to 15; 0 if there are too few
        characters to tell.

    Notes
    -----
    Characters stand on baselines: their lower ends, seen along the right direction, fall into the
    fewest rows. After H. S. Baird, "The skew angle of printed documents", SPSE 40th Annual
    Conference, 1987.
    """
    points = points_of(pieces)
    if points is None:
        return 0.0
    x, y, _ = points
    coarse = _clearest(x, y, np.arange(-_MOST, _MOST + _COARSE, _COARSE))
    best = _clearest(x, y, np.arange(coarse - _COARSE, coarse + _COARSE, _FINE))
    return best if _clearness(x, y, best) >= _GAIN * _clearness(x, y, 0.0) else 0.0


def _clearest(x: Points, y: Points, angles: npt.NDArray[np.float64]) -> float:
    return float(angles[int(np.argmax([_clearness(x, y, float(angle)) for angle in angles]))])


def _clearness(x: Points, y: Points, angle: float) -> float:
    """Return how few rows the points fall into, seen along a direction."""
    turn = np.deg2rad(angle)
    return clearness(y * np.cos(turn) - x * np.sin(turn))
