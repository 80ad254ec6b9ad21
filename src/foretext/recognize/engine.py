"""What an OCR engine is, and what all engines share.

An engine is one file beside this one and one row in the table of the package. Engines
don't know each other. None of them is safe to share between threads: ask `get_engine`
for one in each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from foretext.arrays import Ink
from foretext.reading import Box, Line, Word

Layout = Literal["line", "block", "page", "sparse"]
"""How the text stands: one line, one column of lines, a whole page, or words here and there."""

_FEWEST_PIXELS = 4  # a side shorter than this can't hold a readable character
_AXES_OF_RGB = 3
_FAINTEST = 4  # gray levels; less than this is the noise of a JPEG's plain paper


class Engine(Protocol):
    """An OCR engine: reads a picture, keeps nothing of it.

    Attributes
    ----------
    name : str
        The name by which `get_engine` knows it.
    reads_tones : bool
        Whether it reads pictures in their own colors about as well as clean dark ink on white.
    misjudges_case : bool
        Whether it errs in case, look-alikes and doubles where the ink tells better.
    misses_lines : bool
        Whether it may miss lines of a page, and reads tables column by column.
    knows_words : bool
        Whether it reads words of its language rather than others.
    """

    name: str
    reads_tones: bool
    misjudges_case: bool
    misses_lines: bool
    knows_words: bool

    def read(
        self,
        picture: NDArray[np.uint8],
        *,
        layout: Layout = "page",
        alphabet: Collection[str] | None = None,
    ) -> tuple[Line, ...]:
        """Read a picture.

        Parameters
        ----------
        picture : ndarray of uint8, shape (H, W) or (H, W, 3)
            Gray or RGB, dark text on white. Never changed; it may be read-only.
        layout : {"line", "block", "page", "sparse"}
            How the text stands in the picture.
        alphabet : collection of str, optional
            The only characters that there are, beside spaces; all by default.

        Returns
        -------
        tuple of Line
            In reading order, with boxes in pixels of `picture` and confidences in [0, 1].
            Empty if there is no text.

        Raises
        ------
        EngineError
            If the engine fails on this picture.
        """
        ...


def holds_no_text(picture: NDArray[np.uint8]) -> bool:
    """Tell whether a picture is too small or too even to hold text.

    Recognizers of single lines must say something, so they find letters in plain paper;
    it is better not to ask them.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W) or (H, W, 3)
        Gray or RGB.

    Returns
    -------
    bool
        True if a side is shorter than 4 pixels or no channel varies by 4 levels.
    """
    if min(picture.shape[:2]) < _FEWEST_PIXELS:
        return True
    levels = picture.max(axis=(0, 1)).astype(np.int16) - picture.min(axis=(0, 1))
    return bool(np.max(levels) < _FAINTEST)


def is_gray(picture: NDArray[np.uint8]) -> bool:
    """Tell whether a picture has one channel.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W) or (H, W, 3)
        Gray or RGB.

    Returns
    -------
    bool
        False if it is RGB.
    """
    return picture.ndim < _AXES_OF_RGB


def gray(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture of one channel, (H, W), or of RGB, (H, W, 3), in gray."""
    import cv2

    return picture if is_gray(picture) else np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))


def darkness_of(picture: NDArray[np.uint8]) -> Ink:
    """Return how dark a picture is: what covers white paper, if its ink is black.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W) or (H, W, 3)
        Gray or RGB.

    Returns
    -------
    ndarray of float32, (H, W)
        In [0, 1].
    """
    level = picture if is_gray(picture) else picture.mean(axis=2)
    return np.asarray(1.0 - level.astype(np.float32) / 255.0, np.float32)


def line_of(words: Sequence[Word]) -> Line:
    """Return the line that holds these words.

    Parameters
    ----------
    words : sequence of Word
        In reading order; at least one, none of them empty.

    Returns
    -------
    Line
        Its box is the smallest around the words, its confidence their mean weighted by
        their lengths.
    """
    length = sum(len(word.text) for word in words)
    confidence = sum(word.confidence * len(word.text) for word in words) / length
    return Line(tuple(words), confidence, Box.around(word.box for word in words))
