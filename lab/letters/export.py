"""From trained weights to the file that is shipped: ONNX, in 8 bits."""

# torch and onnx are not installed where the types are checked.
# mypy: disable-error-code="import-not-found"
# mypy: allow-subclassing-any

from __future__ import annotations

import io
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from foretext.recognize.letters import HEIGHT
from lab.letters.model import Network

#: Names of the one input and the one output.
INPUT: Final = "strip"
OUTPUT: Final = "likely"
_OPSET: Final = 17

Float = npt.NDArray[np.float32]


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
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory() as folder:
        plain, ready, done = (str(Path(folder) / f"{step}.onnx") for step in ("a", "b", "c"))
        Path(plain).write_bytes(content)
        quant_pre_process(plain, ready, skip_symbolic_shape=True)
        quantize_static(
            ready,
            done,
            _Shown(strips),
            quant_format=QuantFormat.QDQ,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=_exact(onnx.load(ready)),
            op_types_to_quantize=["Conv", "MatMul"],
            extra_options={"CalibMovingAverage": True, "MatMulConstBOnly": True},
        )
        return Path(done).read_bytes()


class _Shown:
    """Strips as the library asks for them."""

    def __init__(self, strips: Iterable[Float]) -> None:
        self._left: Iterator[Float] = iter(strips)

    def get_next(self) -> dict[str, Float] | None:
        strip = next(self._left, None)
        return None if strip is None else {INPUT: strip[None, None]}


def _exact(model: Any) -> list[str]:
    """Return the names of the first layer and of the last."""
    work = [node.name for node in model.graph.node if node.op_type in {"Conv", "MatMul"}]
    return [work[0], work[-1]]
