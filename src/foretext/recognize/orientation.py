"""Which side of a page is up, by Tesseract's detector of orientation.

Its data (``osd``) comes with the package `tessdata`, on which the English data stands.

R. Unnikrishnan and R. Smith, "Combined script and page orientation estimation using the Tesseract
OCR engine", MOCR 2009, doi:10.1145/1577802.1577809.
"""

from __future__ import annotations

import threading

import numpy as np
import tesserocr
from numpy.typing import NDArray

from foretext.errors import EngineError
from foretext.recognize.api import start
from foretext.recognize.engine import holds_no_text
from foretext.recognize.long_lines import is_too_long

# By how much (in Tesseract's logarithms) the best orientation must lead the others: on pages of
# the dev split right answers lead by 2.2 to 30, wrong ones mostly by less than 1.
_LEAD = 2.0
_LONGEST = 32_767


class _Made(threading.local):
    """The detector of this thread, once it has been made."""

    detector: tesserocr.PyTessBaseAPI | None = None


_made = _Made()


def quarter_turn(picture: NDArray[np.uint8]) -> int | None:
    """Tell how far a page of text must be turned to stand upright.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W)
        Gray, dark on white.

    Returns
    -------
    {0, 90, 180, 270} or None
        Degrees clockwise. None if it does not show: about fifty characters are needed.
    """
    if holds_no_text(picture) or is_too_long(picture) or max(picture.shape) > _LONGEST:
        return None
    try:
        found = _detected(picture)
    except (EngineError, RuntimeError):  # a help to reading, which must not fail for it
        return None
    if not found or found["orient_conf"] < _LEAD:
        return None
    return -int(found["orient_deg"]) % 360


def _detected(picture: NDArray[np.uint8]) -> dict[str, float] | None:
    if _made.detector is None:
        _made.detector = start("osd", tesserocr.OEM.DEFAULT)
        _made.detector.SetPageSegMode(tesserocr.PSM.OSD_ONLY)
    detector = _made.detector
    height, width = picture.shape
    try:
        detector.SetImageBytes(picture.tobytes(), width, height, 1, width)
        found: dict[str, float] | None = detector.DetectOrientationScript()
        return found
    finally:
        detector.Clear()
