"""Binarization by doxapy, each method with the parameters that doxapy gives it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from lab.bench.items import Sample
from lab.bench.needs import need
from lab.bench.peers.outcome import Outcome, of_dark_on_white


def method(name: str) -> Callable[[Sample], Outcome]:
    """Make the peer for one of doxapy's methods.

    Parameters
    ----------
    name : str
        As in ``doxapy.Binarization.Algorithms``.
    """

    def binarize(sample: Sample) -> Outcome:
        binarization = need("doxapy").Binarization
        gray = np.asarray(cv2.cvtColor(sample.picture, cv2.COLOR_RGB2GRAY), np.uint8)
        made = np.empty_like(gray)
        engine = binarization(getattr(binarization.Algorithms, name))
        engine.initialize(gray)
        engine.to_binary(made, {})
        return of_dark_on_white(made)

    return binarize
