"""How the lines of a page converge that was photographed from one side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from foretext.pieces import Pieces
from foretext.restore.rows import Points, clearness, points_of

# Lines at the upper and lower end of the text that fall so little more or less than those in its
# midst, in degrees, are read as well as level ones; more than so much is none of a page.
_HARMLESS: Final = 1.5
_MOST: Final = 12.0
# Fewer characters than this in each third of the height show no direction, nor does a text of two
# or three lines, lower than so many of its characters.
_FEWEST: Final = 30
_LOW: Final = 8.0
# The first look, in degrees, then steps of so many heights where characters move most.
_COARSE: Final = 0.5
_STEPS: Final = 0.6, 0.2
_AROUND: Final = 5
# The rows have to be so many times as clear as if all lines fell alike.
_GAIN: Final = 1.2


@dataclass(frozen=True, slots=True)
class Perspective:
    """Lines of text that fan out from a point far beside them.

    A line that is `y` pixels below the middle falls by ``slope + convergence * y`` pixels for each
    pixel to the right.

    Attributes
    ----------
    x, y : float
        The middle of the text, in pixels.
    slope : float
        How a line there falls, once the text is turned by its skew.
    convergence : float
        By how much more lines fall for each pixel below; of 1 / pixel.
    """

    x: float
    y: float
    slope: float
    convergence: float

    def scaled(self, factor: float, left: float, top: float) -> Perspective:
        """Return the same of a picture cut at (left, top), and enlarged so many times then."""
        x, y = (self.x - left) * factor, (self.y - top) * factor
        return Perspective(x, y, self.slope, self.convergence / factor)

    def to_source(self) -> npt.NDArray[np.float64]:
        """Return the homography, (3, 3), from level lines to those that converge, around (0, 0).

        It keeps what stands in one row in one, and the width of a character beside its height.
        """
        return np.array([[1.0, 0.0, 0.0], [self.slope, 1.0, 0.0], [-self.convergence, 0.0, 1.0]])


def perspective(pieces: Pieces, skew: float = 0.0) -> Perspective | None:
    """Measure how the lines of a page converge.

    Parameters
    ----------
    pieces : Pieces
        The connected components of the text's ink.
    skew : float
        Degrees by which its lines fall to the right on the whole.

    Returns
    -------
    Perspective or None
        None if lines at the ends of the text fall by less than 1.5 degrees more or less than those
        in its midst, or there are too few characters to tell.

    Notes
    -----
    As for the skew, lower ends of characters are gathered in the fewest rows. If lines fall by
    ``a + b * y``, a point at (x, y) is of the row ``(y - a * x) / (1 + b * x)``: `a` and `b` are
    first taken from how the upper and the lower third of the text fall.
    """
    points = points_of(pieces)
    if points is None:
        return None
    x, y, height = points
    left, top, right, bottom = pieces.bounds
    middle = (left + right) / 2, (top + bottom) / 2
    turn = np.deg2rad(skew)
    x, y = x - middle[0] / height, y - middle[1] / height
    x, y = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    found = _fan(x, y)
    return found and Perspective(*middle, float(found[0]), float(found[1]) / height)


def _fan(x: Points, y: Points) -> tuple[float, float] | None:
    """Return slope and convergence, in heights of characters; None if lines are parallel."""
    low, high = np.quantile(y, [1 / 3, 2 / 3])
    thirds = [(x[part], y[part]) for part in (y <= low, y >= high)]
    reach = float(np.ptp(y)) / 2, float(np.ptp(x)) / 2
    if min(len(part[0]) for part in thirds) < _FEWEST or 2 * reach[0] < _LOW or not reach[1]:
        return None
    slopes = [_steepest(*part) for part in thirds]
    means = [float(part[1].mean()) for part in thirds]
    most = np.tan(np.deg2rad(_MOST)) / reach[0]
    b = float(np.clip((slopes[1] - slopes[0]) / (means[1] - means[0]), -most, most))
    if abs(b) * reach[0] < 0.5 * np.tan(np.deg2rad(_HARMLESS)):
        return None
    a = slopes[0] - b * means[0]
    steps = np.arange(-_AROUND, _AROUND + 1)
    for step in _STEPS:
        tries = [
            (a + step * i / reach[1], b + step * k / (reach[0] * reach[1]))
            for i in steps
            for k in steps
        ]
        a, b = max(tries, key=lambda fan: clearness(_rows(x, y, *fan)))
    parallel = clearness(_rows(x, y, _steepest(x, y), 0.0))
    if abs(b) * reach[0] < np.tan(np.deg2rad(_HARMLESS)):
        return None
    return (a, b) if clearness(_rows(x, y, a, b)) >= _GAIN * parallel else None


def _rows(x: Points, y: Points, a: float, b: float) -> Points:
    return np.asarray((y - a * x) / np.maximum(1.0 + b * x, 0.2))


def _steepest(x: Points, y: Points) -> float:
    """Return the slope along which the points fall into the fewest rows."""
    slopes = np.tan(np.deg2rad(np.arange(-_MOST, _MOST + _COARSE, _COARSE)))
    return float(max(slopes, key=lambda slope: clearness(_rows(x, y, float(slope), 0.0))))
