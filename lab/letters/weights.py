"""The weights of the network as a file, in 16 bits, which changes no answer that is seen."""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import torch

from lab.letters.model import Network

FILE: Final = "letters.pt"
#: Where those are kept that the shipped file was made of.
KEPT: Final = Path(__file__).with_name(FILE)


def save(network: Network, folder: Path) -> Path:
    """Write the weights of a network into a folder, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    partial = folder / f".{FILE}.{os.getpid()}"
    torch.save({name: part.half() for name, part in network.state_dict().items()}, partial)
    partial.replace(path)
    return path


def load(path: Path) -> Network:
    """Return the network of a file."""
    network = Network()
    network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    network.eval()
    return network


def mean(one: Network, other: Network, part: float) -> Network:
    """Return a network whose weights are a mean of two, so much of the other."""
    made = Network()
    pairs = zip(one.state_dict().items(), other.state_dict().values(), strict=True)
    made.load_state_dict(
        {name: torch.lerp(a, b, part) if a.dtype.is_floating_point else b for (name, a), b in pairs}
    )
    made.eval()
    return made
