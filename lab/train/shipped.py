"""To go on from the weights of the shipped file, where its checkpoint is gone.

In these the normalizations are folded into the convolutions. They are taken out again so that
the network answers as before, and each normalization finds its input as training would have left
it: with mean and variance of what the network is shown.

A wider network than that of the file answers as the file does at first, too: what is new sees all,
and what was there does not hear it yet (Chen, Goodfellow and Shlens, Net2Net, 2016, widen by
copies; here by zeros).
"""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from lab.train import state
from lab.train.model import WIDTHS, Layer, Network
from lab.train.state import State

_OF_NETWORK: Final = "network."
_HALF: Final = ".half"


def begun(
    path: Path, shown: Tensor, device: str | None = None, widths: Sequence[int] = WIDTHS
) -> State:
    """Begin at the weights of a file.

    Parameters
    ----------
    path : Path
        An ONNX file that `lab.train.export` wrote.
    shown : (N, 3, H, W) Tensor
        Some of what training shows; tells the normalizations what is usual.
    device : str, optional
        Where to train; by default on a GPU if there is one.
    widths : sequence of int, optional
        Channels at each level; none less than the file has.

    Returns
    -------
    State
        At step 0, its network and its average alike.
    """
    begun = state.fresh(0, device, widths)
    network = begun.network.eval()
    known = _put(network, _weights(path))
    _settle(network, shown.to(begun.device), known)
    begun.average.load_state_dict(network.state_dict())
    return begun


def _weights(path: Path) -> dict[str, Tensor]:
    import onnx
    from onnx import numpy_helper

    kept = onnx.load(str(path)).graph.initializer
    return {
        tensor.name.removeprefix(_OF_NETWORK).removesuffix(_HALF): torch.from_numpy(
            numpy_helper.to_array(tensor).astype(np.float32)
        )
        for tensor in kept
        if tensor.name.startswith(_OF_NETWORK)
    }


def _put(network: Network, weights: dict[str, Tensor]) -> dict[str, int]:
    """Give each layer its weights, and a normalization that only adds what was the bias.

    Returns
    -------
    dict
        How many channels of each layer are known.
    """
    own = network.state_dict()
    for name in list(weights):
        if name in own:
            _embed(own[name], weights.pop(name))
    known = {}
    for name, _, normalization in _layers(network):
        bias = weights.pop(f"{name}.0.bias")
        known[name] = len(bias)
        normalization.running_var.fill_(1.0 - normalization.eps)
        with torch.no_grad():
            normalization.bias[: len(bias)].copy_(bias)
    if weights:
        message = f"the file has weights that the network has not: {', '.join(weights)}"
        raise ValueError(message)
    return known


def _embed(whole: Tensor, part: Tensor) -> None:
    """Put weights where there is room for more: what was there does not hear what is new."""
    if part.ndim > 1:
        whole[: len(part)] = 0
        whole[: len(part), : part.shape[1]] = part
    else:
        whole[: len(part)] = part


def _settle(network: Network, shown: Tensor, known: Mapping[str, int]) -> None:
    """Measure what each normalization is given, and let it undo just that where it is known."""
    seen: dict[str, tuple[Tensor, Tensor]] = {}

    def note(name: str) -> Any:
        def hook(_module: nn.Module, _inputs: Any, output: Tensor) -> None:
            seen[name] = output.mean((0, 2, 3)), output.var((0, 2, 3))

        return hook

    hooks = [
        convolution.register_forward_hook(note(name)) for name, convolution, _ in _layers(network)
    ]
    with torch.no_grad():
        network(shown)
        for name, _, normalization in _layers(network):
            mean, variance = seen[name]
            old = slice(known[name])
            normalization.running_mean.copy_(mean)
            normalization.running_var.copy_(variance)
            normalization.weight[old] = (variance + normalization.eps).sqrt()[old]
            normalization.bias[old] += mean[old]
    for hook in hooks:
        hook.remove()


def _layers(network: Network) -> list[tuple[str, Any, Any]]:
    """Return name, convolution and normalization of each layer."""
    return [
        (name, part[0], part[1])
        for name, part in network.named_modules()
        if isinstance(part, Layer)
    ]
