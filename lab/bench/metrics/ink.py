"""How well ink was found: the measures of the DIBCO contests, as doxapy computes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink, Mask
from lab.bench.metrics.edges import edge_band, edge_error
from lab.bench.needs import need
from lab.thinning import thin

_MOST_PSNR: Final = 60.0


@dataclass(frozen=True, slots=True)
class InkScores:
    """How well the ink of one picture was found.

    Attributes
    ----------
    f : float
        F-measure of the mask in percent.
    pseudo_f : float
        The same with the recall of the truth's skeleton, as in H-DIBCO 2010 [1]_, so that a stroke
        found thinner than it is costs nothing as long as it stays in one piece. (The weighted
        measure of 2013 is another one.)
    psnr : float
        Of the mask, in dB; 60 if it is perfect.
    drd : float
        Distance reciprocal distortion of the mask; less is better.
    edge : float or None
        See `lab.bench.metrics.edges`; None unless the truth is soft.
    """

    f: float
    pseudo_f: float
    psnr: float
    drd: float
    edge: float | None


class InkTruth:
    """The true ink of a picture, with all that every comparison needs.

    Parameters
    ----------
    ink : (H, W) ndarray of float32
        True coverage in [0, 1]; not empty.
    is_soft : bool
        Whether its edges are exact. If not, there is no soft-edge error.
    """

    def __init__(self, ink: Ink, *, is_soft: bool) -> None:
        self.ink = ink
        self.mask: Mask = ink > 0.5
        self.is_soft = is_soft

    @cached_property
    def skeleton(self) -> Mask:
        """The middle lines of its strokes."""
        return thin(self.mask)

    @cached_property
    def band(self) -> Mask:
        """Its edges."""
        return edge_band(self.ink)

    def score(self, ink: Ink, mask: Mask | None = None) -> InkScores:
        """Compare what a peer found with this truth.

        Parameters
        ----------
        ink : (H, W) ndarray of float32
            Coverage in [0, 1].
        mask : (H, W) ndarray of bool, optional
            Its pixels; by default those of half coverage.

        Returns
        -------
        InkScores
        """
        mask = ink > 0.5 if mask is None else mask
        found = need("doxapy").calculate_performance(_dark(self.mask), _dark(mask))
        return InkScores(
            f=float(np.nan_to_num(found["fm"])),
            pseudo_f=self._pseudo_f(mask),
            psnr=min(float(found["psnr"]), _MOST_PSNR),
            drd=float(found["drdm"]),
            edge=edge_error(ink, self.ink, self.band) if self.is_soft else None,
        )

    def _pseudo_f(self, mask: Mask) -> float:
        precision = _share(mask & self.mask, mask)
        recall = _share(mask & self.skeleton, self.skeleton)
        total = precision + recall
        return 200 * precision * recall / total if total else 0.0


def _share(part: Mask, whole: Mask) -> float:
    return int(part.sum()) / max(1, int(whole.sum()))


def _dark(mask: Mask) -> npt.NDArray[np.uint8]:
    return np.where(mask, np.uint8(0), np.uint8(255))
