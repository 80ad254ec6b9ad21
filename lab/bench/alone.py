"""Tesseract as everybody calls it: the page as it is, all at once."""

from __future__ import annotations

from functools import cache

import cv2
import tesserocr

from foretext.recognize.api import start
from lab.bench.subjects import Picture


def tesseract_alone(pixels: Picture) -> str:
    """Return what it reads of a page, (H, W, 3) RGB."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    height, width = gray.shape
    api = _tesseract()
    api.SetPageSegMode(tesserocr.PSM.AUTO)
    api.SetImageBytes(gray.tobytes(), width, height, 1, width)
    api.Recognize()
    text = str(api.GetUTF8Text())
    api.Clear()
    return text


@cache
def _tesseract() -> tesserocr.PyTessBaseAPI:
    return start("eng")
