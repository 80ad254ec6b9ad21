"""From trained weights to the file that is shipped: ONNX, in 8 bits."""

# torch and onnx are not installed where the types are checked.
# mypy: disable-error-code="import-not-found"
# mypy: allow-subclassing-any

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import Any, Final, cast

import torch
from torch import Tensor, nn

from foretext.recognize.letters import HEIGHT
from lab.letters.model import Network
from lab.train.patch import Float
from lab.train.quantize import rounded

#: Names of the one input and the one output.
INPUT: Final = "strip"
OUTPUT: Final = "likely"
_OPSET: Final = 17


class _Likely(nn.Module):
    """The network and the softmax after it."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        return torch.softmax(self.network(x), dim=2)


def exported(network: Network) -> bytes:
    """Return an ONNX file of a network, in 32 bits; strips may be of any even width."""
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Likely(network).eval(),
            (torch.zeros(1, 1, HEIGHT, 160),),
            cast("str", stream),
            input_names=[INPUT],
            output_names=[OUTPUT],
            dynamic_axes={INPUT: {3: "width"}, OUTPUT: {1: "columns"}},
            opset_version=_OPSET,
            dynamo=False,
        )
    return stream.getvalue()


def quantized(content: bytes, strips: Iterable[Float]) -> bytes:
    """Return an ONNX file in 8 bits.

    Parameters
    ----------
    content : bytes
        The file in 32 bits.
    strips : iterable of (48, W) ndarray of float32
        Strips of training; W is even.

    Returns
    -------
    bytes
        The same for the same arguments.
    """
    import onnx

    model = onnx.load_from_string(content)
    shown = (strip[None] for strip in strips)
    return rounded(model, shown, INPUT, _exact, operators=["Conv", "MatMul"])


def _exact(model: Any) -> list[str]:
    """Return the names of the first layer and of the last."""
    work = [node.name for node in model.graph.node if node.op_type in {"Conv", "MatMul"}]
    return [work[0], work[-1]]
