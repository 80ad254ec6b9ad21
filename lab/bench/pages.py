"""How long a page takes: cleaned, cleaned and read, and read by Tesseract alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cache
from statistics import median

import cv2
import tesserocr

import foretext
from foretext.image import Image, load
from foretext.recognize.api import start
from lab.bench.subjects import A4, SOME, Picture, page


def page_seconds(
    family: str,
    repeats: int,
    sizes: Mapping[int, tuple[int, int]] = A4,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, float]:
    """Return what each part of reading a noisy page takes.

    Parameters
    ----------
    family : str
        Of the page.
    repeats : int
        How often each part is timed; the median counts.
    sizes : mapping of int to (int, int)
        Height and width by dpi. The page of the first is read, too; others are only cleaned.
    clock : callable, optional
        Tells the seconds; by default of the processor: on one thread that is what passes on an
        idle machine, and a busy one hardly changes it.

    Returns
    -------
    dict of str to float
        Seconds of ``raw`` (Tesseract alone on the page as it is), ``clean``, ``read`` (clean and
        read) and, of other sizes, ``clean 600``.
    """
    # Models are loaded before the clock runs.
    foretext.read(page(family, *SOME), engine="tesseract")
    (_, size), *others = sizes.items()
    image = load(page(family, *size))
    parts: dict[str, Callable[[], object]] = {
        "raw": lambda: tesseract_alone(image.pixels),
        "clean": lambda: foretext.clean(image),
        "read": lambda: foretext.read(image),
    }
    found = _medians(parts, repeats, clock)
    for dpi, larger in others:
        found |= _medians({f"clean {dpi}": _cleaner(load(page(family, *larger)))}, repeats, clock)
    return found


def _cleaner(image: Image) -> Callable[[], object]:
    return lambda: foretext.clean(image)


def _medians(
    parts: Mapping[str, Callable[[], object]], repeats: int, clock: Callable[[], float]
) -> dict[str, float]:
    rounds = [{name: _seconds(call, clock) for name, call in parts.items()} for _ in range(repeats)]
    return {name: median(each[name] for each in rounds) for name in parts}


def _seconds(call: Callable[[], object], clock: Callable[[], float]) -> float:
    started = clock()
    call()
    return clock() - started


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
