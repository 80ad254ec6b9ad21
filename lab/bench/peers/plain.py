"""No cleaning at all, and perfect cleaning: what everything lies between."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

import foretext
from foretext.arrays import Ink
from foretext.cleaned import Cleaned
from foretext.image import load
from foretext.ink import measure
from foretext.recipe import Recipe
from foretext.recognize import Layout
from foretext.render import as_picture
from foretext.rest import Rest
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
    """Give the true ink, to be read as foretext reads its own; nothing if it is not known."""
    if sample.truth is None:
        return Outcome()
    cleaned = _cleaned(sample.truth.ink, sample)
    _ = cleaned.image
    return Outcome(read=lambda engine: _read(cleaned, engine, sample.layout))


def truth_as_is(sample: Sample) -> Outcome:
    """Give the true ink in the size of the input; nothing if it is not known."""
    return Outcome() if sample.truth is None else Outcome(picture=as_picture(sample.truth.ink))


def _cleaned(ink: Ink, sample: Sample) -> Cleaned:
    """Return what foretext would give back, had it found the true ink."""
    return Cleaned(
        ink=ink,
        rest=Rest.known(np.zeros_like(ink), np.zeros(ink.shape, np.uint8), ink),
        reasons=("",),
        scale=measure(ink),
        layers=(),
        wanted=(),
        reason="",
        steps=(),
        source=load(sample.picture),
        # Color alone has no say in how the truth is read.
        recipe=Recipe(network=False),
    )


def _read(cleaned: Cleaned, engine: str, layout: Layout) -> str:
    return foretext.read_cleaned(cleaned, engine=engine, layout=layout).text
