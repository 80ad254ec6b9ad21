"""All that a run needs to go on where another stopped, in one file."""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from lab.train.model import WIDTHS, Network

_DECAY: Final = 0.999
FILE: Final = "checkpoint.pt"


@dataclass(eq=False)
class State:
    """A network in training.

    Attributes
    ----------
    network, average : Network
        The network itself, and the moving average of its past, which is what is used.
    optimizer : torch.optim.Optimizer
        AdamW.
    step, crops : int
        Steps made so far, in all runs, and crops shown in them.
    seconds : float
        Time taken so far, in all runs.
    """

    network: Network
    average: Network
    optimizer: torch.optim.Optimizer
    step: int = 0
    crops: int = 0
    seconds: float = 0.0
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))

    def __post_init__(self) -> None:
        """List what the average follows, once: to list it takes longer than a step of a GPU."""
        self._ours, self._theirs = (
            [value for value in network.state_dict().values() if value.is_floating_point()]
            for network in (self.average, self.network)
        )

    def follow(self) -> None:
        """Move the average on by one step; early on, when all is in flux, by more."""
        decay = min(_DECAY, (1 + self.step) / (20 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(self._ours, self._theirs, 1 - decay)


def fresh(seed: int, device: str | None = None, widths: Sequence[int] = WIDTHS) -> State:
    """Begin anew, with a network as wide as told; on a GPU if there is one."""
    torch.manual_seed(seed)
    place = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    network = Network(widths).to(place).to(memory_format=torch.channels_last)  # type: ignore[call-overload,unused-ignore]
    average = copy.deepcopy(network).eval().requires_grad_(requires_grad=False)
    return State(network, average, _optimizer(network, place), device=place)


def save(state: State, folder: Path) -> None:
    """Write a checkpoint: the file is always a whole one."""
    partial = folder / f".{FILE}"
    torch.save(
        {
            "widths": list(state.network.widths),
            "network": state.network.state_dict(),
            "average": state.average.state_dict(),
            "optimizer": state.optimizer.state_dict(),
            "step": state.step,
            "crops": state.crops,
            "seconds": state.seconds,
        },
        partial,
    )
    partial.replace(folder / FILE)


def load(folder: Path, device: str | None = None) -> State:
    """Read a checkpoint."""
    kept = torch.load(folder / FILE, map_location="cpu", weights_only=True)
    # Older checkpoints don't tell, and are of the usual width.
    state = fresh(0, device, kept.get("widths", WIDTHS))
    state.network.load_state_dict(kept["network"])
    state.average.load_state_dict(kept["average"])
    state.optimizer.load_state_dict(kept["optimizer"])
    for group in state.optimizer.param_groups:
        # It may have been trained elsewhere.
        group.update(_how(state.device))
    state.step, state.crops = int(kept["step"]), int(kept["crops"])
    state.seconds = float(kept["seconds"])
    return state


def _optimizer(network: nn.Module, device: torch.device) -> torch.optim.Optimizer:
    # Biases and normalization are not drawn to zero.
    wide = [p for p in network.parameters() if p.ndim > 1]
    flat = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": wide, "weight_decay": 0.02}, {"params": flat, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=1e-3, **_how(device))


def _how(device: torch.device) -> dict[str, Any]:
    """Return what lets a GPU make a whole step by itself; a CPU can't."""
    return dict.fromkeys(("fused", "capturable"), device.type == "cuda")
