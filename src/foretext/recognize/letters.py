"""The network that tells letters: foretext's own voice where readings are compared.

It sees the ink of one line, in any manner in which letters may stand, and tells the characters of
ASCII. How it was trained is told in ``docs/letters.md``; the code is in ``lab/letters``.
"""

from __future__ import annotations

import functools
import math
import string
from collections.abc import Collection
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from foretext.arrays import Float, Ink
from foretext.networks import session
from foretext.reading import Line
from foretext.recognize.ctc import Decoded, decode, usual_in
from foretext.recognize.engine import Layout, darkness_of, holds_no_text, line_of
from foretext.recognize.placing import words_of
from foretext.recognize.strips import Strip

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

#: The characters that it tells, after the blank.
NAMES = " " + string.digits + string.ascii_letters + string.punctuation
#: Rows of what it is shown.
HEIGHT = 48

_FILE = "letters.onnx"
_SHA256 = "ea4b269b03f8e14f317f6527911cc1af866b676370a98eb72bac5a95bfa2f5bc"
# Around the ink, in rows and in columns.
_MARGIN, _SIDE = 4, 6
# Less coverage than this is no ink.
_FAINT = 0.3
# It is shown a multiple of so many columns, and no more than it has learnt.
_MULTIPLE, _LONGEST = 32, 576

Place = tuple[slice, slice]


class LettersEngine:
    """Reads the letters and digits of one line of ink, those of ASCII; spaces and marks it leaves.

    It was taught with short texts.
    """

    name = "letters"
    reads_tones = False
    misjudges_case = False
    misses_lines = False
    knows_words = False

    def read(
        self,
        picture: NDArray[np.uint8],
        *,
        layout: Layout = "line",
        alphabet: Collection[str] | None = None,
    ) -> tuple[Line, ...]:
        """Read a picture; see `Engine.read`.

        Parameters
        ----------
        picture : ndarray of uint8, shape (H, W) or (H, W, 3)
            Gray or RGB, dark text on white.
        layout : {"line", "block", "page", "sparse"}
            How the text stands in the picture.
        alphabet : collection of str, optional
            The only characters that there are, beside spaces.

        Returns
        -------
        tuple of Line
            One at most, its boxes in pixels of `picture`, all of it one word; none if the text is
            not of one line, or longer than it has learnt.

        Raises
        ------
        ForetextError
            If the file of the network is damaged.
        """
        if layout != "line" or holds_no_text(picture):
            return ()
        ink = darkness_of(picture)
        where = _inked(ink)
        if where is None:
            return ()
        part = ink[where]
        strip = _scaled(part)
        if strip.shape[1] > _LONGEST:
            return ()
        usual = None if alphabet is None else _usual(frozenset(alphabet))
        # Small marks may be remnants, and gaps between words look like those between letters.
        found = [c for c in decode(likely(strip), ("", *NAMES), usual) if c.text.isalnum()]
        pixels = np.rint(255.0 * (1.0 - part)).astype(np.uint8)
        shown = Strip(np.dstack([pixels] * 3), _moved(where))
        words = words_of([_placed(c, strip.shape[1]) for c in found], shown) if found else ()
        return (line_of(words),) if words else ()


def strip_of(ink: Ink) -> Ink:
    """Return the ink of one line as the network is shown it.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].

    Returns
    -------
    ndarray of float32, (48, W')
        Cut to the ink, with a small margin; blank and as wide as high if there is none.
    """
    where = _inked(ink)
    return np.zeros((HEIGHT, HEIGHT), np.float32) if where is None else _scaled(ink[where])


def likely(strip: Ink) -> Float:
    """Tell how likely each character is in each column of a strip.

    Parameters
    ----------
    strip : ndarray of float32, (48, W)
        As `strip_of` makes it.

    Returns
    -------
    ndarray of float32, (W / 2, 96)
        First the blank, then `NAMES`; each row adds up to 1.

    Raises
    ------
    ForetextError
        If the file of the network is damaged.
    """
    width = strip.shape[1]
    padded = np.zeros((1, 1, HEIGHT, -(-width // _MULTIPLE) * _MULTIPLE), np.float32)
    padded[0, 0, :, :width] = strip
    (answer,) = _session().run(None, {"strip": padded})
    return np.asarray(answer[0][: math.ceil(width / 2)], np.float32)


def _inked(ink: Ink) -> Place | None:
    """Return the rows and columns that have ink; None if there are none."""
    dense = ink > _FAINT
    rows, columns = (np.flatnonzero(dense.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _scaled(part: Ink) -> Ink:
    """Return a part of the ink with the height that the network knows, and margins."""
    high = HEIGHT - 2 * _MARGIN
    scale = high / part.shape[0]
    wide = max(1, round(part.shape[1] * scale))
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    resized = cv2.resize(part, (wide, high), interpolation=method)
    padded = np.pad(resized, ((_MARGIN, _MARGIN), (_SIDE, _SIDE)))
    return np.asarray(np.clip(padded, 0.0, 1.0), np.float32)


def _placed(found: Decoded, width: int) -> Decoded:
    """Return a character with its place as a part of the ink, not of the strip around it."""
    inside = (found.place * width - _SIDE) / (width - 2 * _SIDE)
    return found._replace(place=min(max(inside, 0.0), 1.0))


def _moved(where: Place) -> NDArray[np.float64]:
    rows, columns = where
    return np.array([[1.0, 0.0, columns.start], [0.0, 1.0, rows.start]])


@functools.lru_cache(maxsize=16)
def _usual(alphabet: frozenset[str]) -> NDArray[np.float32]:
    return usual_in(("", *NAMES), alphabet.__contains__)


def _session() -> InferenceSession:
    return session("foretext.recognize", _FILE, _SHA256)
