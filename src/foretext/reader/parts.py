"""Parts of a cleaned picture, each to be read alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from foretext.cleaned import Cleaned
from foretext.ink import measure
from foretext.rest import Rest


class Part(NamedTuple):
    """A part of a picture.

    Attributes
    ----------
    left, top : int
        The pixel at which it begins.
    cleaned : Cleaned
        What the picture shows there.
    """

    left: int
    top: int
    cleaned: Cleaned


def cut_apart(cleaned: Cleaned, middles: Iterable[float], *, axis: int) -> list[Part]:
    """Cut a cleaned picture at some rows of pixels (`axis` 0), or columns (1), in order."""
    edges = [0, *map(round, middles), cleaned.ink.shape[axis]]
    spans = [slice(start, end) for start, end in itertools.pairwise(edges)]
    if axis:
        return [_part(cleaned, np.s_[:], span) for span in spans]
    return [_part(cleaned, span, np.s_[:]) for span in spans]


def _part(cleaned: Cleaned, rows: slice, columns: slice) -> Part:
    """Return some rows and columns of pixels of a cleaned picture."""
    at = (rows, columns)
    ink, likely = cleaned.ink[at], cleaned.foreground
    part = replace(
        cleaned,
        source=replace(cleaned.source, pixels=cleaned.source.pixels[at]),
        ink=ink,
        rest=Rest.known(cleaned.removed[at], cleaned.verdicts[at], ink),
        foreground=None if likely is None else likely[at],
        scale=measure(ink),
    )
    return Part(columns.start or 0, rows.start or 0, part)
