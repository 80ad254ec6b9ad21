"""Dirty office pages: how near the gray of a cleaned page comes to that of the clean one."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np

from foretext.arrays import Ink
from foretext.image import load
from lab.bench.items import Sample
from lab.bench.peers import PEERS, Outcome
from lab.bench.peers.outcome import ink_of
from lab.bench.spread import spread
from lab.sets import Entry, entries

SET: Final = "pages/dirty_office"
BLANK: Final = "blank"
"""Stands for a page of nothing but white: who does worse had better take all away."""


class Found(NamedTuple):
    """How near one page came to the clean one.

    Attributes
    ----------
    peer : str
        Who cleaned it.
    page : str
        Which.
    error : float
        Root mean square error of its gray, from 0 to 1.
    """

    peer: str
    page: str
    error: float


def measure(path: Path, peers: Sequence[str], *, jobs: int) -> list[Found]:
    """Measure all pages that are on this machine, and keep what was found in a file."""
    work = functools.partial(of_page, peers=tuple(peers))
    done = spread(work, entries(SET), jobs=jobs)
    found = sorted(one for _, several in done for one in several)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def of_page(entry: Entry, peers: Sequence[str]) -> list[Found]:
    """Let each peer clean one page.

    Parameters
    ----------
    entry : Entry
        Of a set whose truth is a clean gray page.
    peers : sequence of str
        Who, beside the blank page.

    Returns
    -------
    list of Found
    """
    truth = ink_of(load(entry.truth).pixels[..., 0])
    sample = Sample(load(entry.path).pixels, None, None, "page")
    found = [Found(BLANK, entry.path.stem, gray_error(np.zeros_like(truth), truth))]
    for peer in peers:
        error = gray_error(_darkness(PEERS[peer].make(sample)), truth)
        found.append(Found(peer, entry.path.stem, error))
    return found


def gray_error(ink: Ink, truth: Ink) -> float:
    """Return the root mean square error of two pages of one size, from 0 to 1."""
    return float(np.sqrt(np.mean((ink - truth) ** 2, dtype=np.float64)))


def _darkness(outcome: Outcome) -> Ink:
    """Return how dark each pixel of a cleaned page is, in the size of the input."""
    if outcome.ink is not None:
        return outcome.ink
    if outcome.picture is None:
        message = "the peer gives no page"
        raise TypeError(message)
    picture = outcome.picture
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    return ink_of(np.asarray(gray, np.uint8))
