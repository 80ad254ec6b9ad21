"""No cleaning at all, and perfect cleaning: what everything lies between."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from foretext.cleaned import as_picture
from foretext.ink import measure
from foretext.recipe import Recipe
from foretext.render import render
from lab.bench.items import Sample
from lab.bench.peers.outcome import Outcome

_TIMES: Final = 3


def raw(sample: Sample) -> Outcome:
    """Give the picture as it is."""
    return Outcome(picture=sample.picture)


def enlarged(sample: Sample) -> Outcome:
    """Give the picture three times as large: what many do before OCR, and nothing else."""
    made = cv2.resize(sample.picture, None, fx=_TIMES, fy=_TIMES, interpolation=cv2.INTER_CUBIC)
    return Outcome(picture=np.asarray(made, np.uint8))


def truth(sample: Sample) -> Outcome:
    """Give the true ink, rendered as foretext renders its own; nothing if it is not known."""
    if sample.truth is None:
        return Outcome()
    ink = sample.truth.ink
    return Outcome(picture=render(ink, measure(ink), **Recipe().render).pixels)


def truth_as_is(sample: Sample) -> Outcome:
    """Give the true ink in the size of the input; nothing if it is not known."""
    return Outcome() if sample.truth is None else Outcome(picture=as_picture(sample.truth.ink))
