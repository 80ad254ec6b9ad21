"""What the network is punished for."""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

_OVERLAP_SHARE: Final = 0.5
_SMOOTH: Final = 20.0


def loss_of(logit: Tensor, truth: Tensor, weight: Tensor) -> Tensor:
    """Compare what the network says with the true coverage.

    Parameters
    ----------
    logit, truth, weight : (N, 1, H, W) Tensor
        Output of the network; true coverage in [0, 1]; how much each pixel matters.

    Returns
    -------
    Tensor
        Weighted cross entropy, less the entropy that soft edges have anyway, plus half of one
        minus the soft overlap (Dice) of each crop that has text.
    """
    return _surprise(logit, truth, weight) + _OVERLAP_SHARE * _mismatch(logit, truth, weight)


def _surprise(logit: Tensor, truth: Tensor, weight: Tensor) -> Tensor:
    each = functional.binary_cross_entropy_with_logits(logit, truth, reduction="none")
    # What even the truth itself would be charged on half-covered pixels.
    known = functional.binary_cross_entropy(truth, truth, reduction="none")
    return (weight * (each - known)).sum() / weight.sum()


def _mismatch(logit: Tensor, truth: Tensor, weight: Tensor) -> Tensor:
    ink = torch.sigmoid(logit)
    axes = (1, 2, 3)
    shared = (weight * ink * truth).sum(axes)
    both = (weight * (ink.square() + truth.square())).sum(axes)
    has_text = truth.sum(axes) > _SMOOTH
    apart = 1 - (2 * shared + _SMOOTH) / (both + _SMOOTH)
    return (apart * has_text).sum() / has_text.sum().clamp(min=1)
