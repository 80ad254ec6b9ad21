"""The network: a small U-Net whose work is done at half resolution and below.

What is wanted is known by its surroundings, so the field of view must span several characters;
edges need single pixels, but few channels. So the first convolution goes to half resolution at
once (it sees 6 by 6 pixels, so that nothing is lost), five levels follow, and only two thin layers
work on the full picture.
"""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"
# mypy: allow-subclassing-any

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import torch
from torch import Tensor, nn

#: Channels at 1/2, 1/4, 1/8, 1/16 and 1/32 of the resolution.
WIDTHS: Final = (24, 48, 96, 160, 192)
#: From this level on there is twice the work: it costs little there, and sees far.
_DEEP: Final = 3
_FINE: Final = 6
_LAST: Final = 8


class Layer(nn.Sequential):
    """Convolution, normalization and, unless told not to, a ramp."""

    def __init__(
        self, inputs: int, outputs: int, size: int = 3, stride: int = 1, *, ramp: bool = True
    ) -> None:
        padding = (size - stride + 1) // 2
        super().__init__(
            nn.Conv2d(inputs, outputs, size, stride, padding, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True) if ramp else nn.Identity(),
        )


class Residual(nn.Module):
    """Two convolutions that add to what they are given."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = Layer(width, width)
        self.second = Layer(width, width, ramp=False)

    def forward(self, x: Tensor) -> Tensor:
        """Apply the block."""
        return torch.relu(x + self.second(self.first(x)))


class Merge(nn.Module):
    """Go up a level: enlarge what is known below and add it to what was seen here."""

    def __init__(self, below: int, here: int, *, thorough: bool) -> None:
        super().__init__()
        self.project = Layer(below, here, 1, ramp=False)
        self.work = Residual(here) if thorough else Layer(here, here)

    def forward(self, below: Tensor, here: Tensor) -> Tensor:
        """Merge two levels."""
        enlarged = nn.functional.interpolate(self.project(below), scale_factor=2.0, mode="nearest")
        merged: Tensor = self.work(torch.relu(here + enlarged))
        return merged


class Network(nn.Module):
    """From contrast to ink.

    Parameters
    ----------
    widths : sequence of int, optional
        Channels at each level, from half resolution down.
    """

    def __init__(self, widths: Sequence[int] = WIDTHS) -> None:
        super().__init__()
        self.widths = tuple(widths)
        first = widths[0]
        self.stem = nn.Sequential(Layer(3, first, 6, 2), Layer(first, first))
        self.down = nn.ModuleList(
            nn.Sequential(
                Layer(above, here, 3, 2),
                *(Residual(here) for _ in range(2 if level >= _DEEP else 1)),
            )
            for level, (above, here) in enumerate(pairwise(widths), start=1)
        )
        self.up = nn.ModuleList(
            Merge(widths[k + 1], widths[k], thorough=k > 0)
            for k in reversed(range(len(widths) - 1))
        )
        self.fine = nn.Sequential(Layer(first, 4 * _FINE), nn.PixelShuffle(2))
        self.last = nn.Sequential(Layer(_FINE + 3, _LAST), nn.Conv2d(_LAST, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Compute the logit of each pixel's coverage.

        Parameters
        ----------
        x : (N, 3, H, W) Tensor
            What `lab.train.inputs.network_input` gives, H and W multiples of 32.

        Returns
        -------
        (N, 1, H, W) Tensor
            The sigmoid of it is the coverage of the wanted text.
        """
        seen = [self.stem(x)]
        for step in self.down:
            seen.append(step(seen[-1]))
        known = seen.pop()
        for merge in self.up:
            known = merge(known, seen.pop())
        logit: Tensor = self.last(torch.cat([self.fine(known), x], 1))
        return logit
