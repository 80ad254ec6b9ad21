"""The pictures that are timed: one as small as the first picture, and whole pages."""

from __future__ import annotations

from itertools import count
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from lab.scenes import make

Picture = npt.NDArray[np.uint8]

SUBJECTS: Final = {
    "small": "160x75, characters over a word cloud",
    "5 megapixels": "1880x2660, a page with bleed-through",
    "A4 at 300 dpi": "2480x3508, the same page",
}
"""What is timed, and what it looks like."""

A4: Final = {300: (3508, 2480), 600: (7016, 4960)}
"""Height and width of an A4 page by its dpi."""

SOME: Final = (200, 800)
"""Height and width of a page to begin with, before the clock runs."""

#: Scenes have about 150 dots an inch, A4 is 1240 of them wide: text then is as large as on paper.
_AS_WIDE: Final = 1100
_WIDE: Final = {"5 megapixels": (2660, 1880), "A4 at 300 dpi": (3508, 2480)}


def subject(name: str) -> Picture:
    """Return a picture to time, always the same.

    Parameters
    ----------
    name : str
        One of `SUBJECTS`.

    Returns
    -------
    (H, W, 3) ndarray of uint8
    """
    if name == "small":
        return make("word_cloud", "dev", 0).picture
    return page("page_bleed_through", *_WIDE[name])


def page(family: str, height: int, width: int) -> Picture:
    """Return a page of a family in any size, always the same.

    Parameters
    ----------
    family : str
        Of which the first scene of the dev split is taken that is about as wide as A4.
    height, width : int
        In pixels.

    Returns
    -------
    (H, W, 3) ndarray of uint8
        A scene enlarged to the width and repeated downward, since scenes are made no larger than
        their text needs.
    """
    scenes = (make(family, "dev", number).picture for number in count())
    scene = next(picture for picture in scenes if picture.shape[1] >= _AS_WIDE)
    rows = round(scene.shape[0] * width / scene.shape[1])
    block = cv2.resize(scene, (width, rows), interpolation=cv2.INTER_CUBIC)
    tiled = np.tile(block, (-(-height // rows), 1, 1))[:height]
    return np.ascontiguousarray(tiled, np.uint8)
