"""The network: convolutions down to one row, then columns that look at all others."""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"
# mypy: allow-subclassing-any

from __future__ import annotations

import math
from typing import Final

import torch
from torch import Tensor, nn

from foretext.recognize.letters import NAMES

_WIDTHS: Final = (24, 48, 80, 128)
_COLUMN: Final = 192
_HEADS: Final = 4
_LAYERS: Final = 3


def _layer(inputs: int, outputs: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class _Twice(nn.Module):
    """Two convolutions beside the way straight on."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = _layer(width, width)
        self.second = nn.Sequential(
            nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        )

    def forward(self, x: Tensor) -> Tensor:
        made: Tensor = torch.relu(x + self.second(self.first(x)))
        return made


class _Columns(nn.Module):
    """Columns look at their neighbors, and at all others: who is as tall as whom."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.near = nn.Conv1d(width, width, 7, padding=3, groups=width)
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(3)])
        self.asked = nn.Linear(width, 3 * width)
        self.told = nn.Linear(width, width)
        self.inner = nn.Linear(width, 2 * width)
        self.outer = nn.Linear(2 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.near(self.norms[0](x).transpose(1, 2)).transpose(1, 2)
        x = x + self._all(self.norms[1](x))
        made: Tensor = x + self.outer(torch.relu(self.inner(self.norms[2](x))))
        return made

    def _all(self, x: Tensor) -> Tensor:
        size = x.shape[2] // _HEADS
        parts = self.asked(x).unflatten(2, (3, _HEADS, size)).permute(2, 0, 3, 1, 4)
        asks, has, gives = parts[0], parts[1], parts[2]
        heard = torch.softmax(asks @ has.transpose(2, 3) / math.sqrt(size), dim=3) @ gives
        told: Tensor = self.told(heard.transpose(1, 2).flatten(2))
        return told


class Network(nn.Module):
    """From (N, 1, 48, W) in [0, 1] to logits (N, W / 2, K); W is even."""

    def __init__(self) -> None:
        super().__init__()
        a, b, c, d = _WIDTHS
        self.seen = nn.Sequential(
            _layer(1, a, 5, 2),
            _layer(a, b),
            nn.MaxPool2d((2, 1)),
            _layer(b, c),
            _Twice(c),
            nn.MaxPool2d((2, 1)),
            _layer(c, d),
            _Twice(d),
            nn.Conv2d(d, _COLUMN, (6, 1), bias=False),
            nn.BatchNorm2d(_COLUMN),
            nn.ReLU(inplace=True),
        )
        self.columns = nn.Sequential(*[_Columns(_COLUMN) for _ in range(_LAYERS)])
        self.named = nn.Sequential(nn.LayerNorm(_COLUMN), nn.Linear(_COLUMN, len(NAMES) + 1))

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits of each column of some strips."""
        columns = self.seen(x).squeeze(2).transpose(1, 2)
        logits: Tensor = self.named(self.columns(columns))
        return logits
