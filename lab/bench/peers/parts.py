"""Parts of foretext, each by itself: they tell what the others add."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

import foretext
from foretext.arrays import Ink, Pixels
from foretext.binarize import binarize
from foretext.choose.rank import rank, running_texts, text_height
from foretext.image import load
from foretext.ink import measure
from foretext.recipe import Recipe
from foretext.reduced import reduced, working_factor
from foretext.render import as_picture
from foretext.separate import separate
from lab.bench.items import Sample
from lab.bench.peers.outcome import Outcome

_COLORS: Final = Recipe(network=False)
_UNTOUCHED: Final = Recipe(network=False, stages=())


def colors(sample: Sample) -> Outcome:
    """Clean without the network: color and size alone tell what is wanted."""
    return _of_ink(foretext.clean(sample.picture, recipe=_COLORS).ink, sample)


def network(sample: Sample) -> Outcome:
    """Give what the network takes for wanted text, whatever the layers say."""
    pixels = load(sample.picture).pixels
    found = _foreground(reduced(pixels, working_factor(pixels)))
    height, width = pixels.shape[:2]
    if found.shape != (height, width):
        found = np.asarray(cv2.resize(found, (width, height)), np.float32)
    return _of_ink(found, sample)


def all_ink(sample: Sample) -> Outcome:
    """Give all ink, wanted or not: the paper alone is taken away."""
    cleaned = foretext.clean(sample.picture, recipe=_UNTOUCHED)
    return _of_ink(np.minimum(cleaned.ink + cleaned.removed, np.float32(1)), sample)


def _foreground(pixels: Pixels) -> Ink:
    separation = separate(pixels)
    ranked = rank(separation.layers)
    if not ranked:
        return np.zeros(pixels.shape[:2], np.float32)
    is_running = bool(running_texts(ranked))
    return separation.foreground(text_height(ranked), is_running=is_running)


def _of_ink(ink: Ink, sample: Sample) -> Outcome:
    mask = binarize(ink, sample.picture, measure(ink)) if sample.is_scan else None
    return Outcome(picture=as_picture(ink), ink=ink, mask=mask)
