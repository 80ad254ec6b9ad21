"""The network in 8 bits: two fifths of the time, half of the bytes, all but the same answers.

Weights and what flows between layers become whole numbers of 8 bits. The first layer, whose input
has long tails in which pale ink is told from paper, and the last ones, which give the edges their
softness, keep to floating point: that costs no time that could be measured. What range each layer
needs is measured on scenes of training. Weights use 7 of their bits, so that processors which add
pairs of products in 16 bits do not overflow: all give the same sums.
"""

# onnx is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from lab.train.patch import Float

#: Where the resolution becomes that of the picture; from here on nothing is rounded.
_FINE: Final = "DepthToSpace"


def quantized(content: bytes, shown: Iterable[Float], name: str) -> bytes:
    """Return an ONNX file in 8 bits.

    Parameters
    ----------
    content : bytes
        The file of `lab.train.export`, in 16 bits.
    shown : iterable of (3, H, W) ndarray of float32
        What the network is shown of some pictures of training; H and W are multiples of 32.
    name : str
        Of its input.

    Returns
    -------
    bytes
        The same for the same arguments.
    """
    import onnx

    model = _widened(onnx.load_from_string(content))
    return rounded(model, shown, name, _exact)


def rounded(
    model: Any,
    shown: Iterable[Float],
    name: str,
    exact: Callable[[Any], list[str]],
    *,
    operators: Sequence[str] | None = None,
) -> bytes:
    """Return a model as an ONNX file in 8 bits.

    Parameters
    ----------
    model : onnx.ModelProto
        In 32 bits.
    shown : iterable of ndarray of float32
        What the network is usually shown, without the first axis.
    name : str
        Of its input.
    exact : callable
        Returns of the prepared model the names of the nodes that keep to floating point.
    operators : sequence of str, optional
        What is rounded, matrix products only if one factor is of the weights; by default all that
        can be.

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
        onnx.save(model, plain)
        quant_pre_process(plain, ready, skip_symbolic_shape=True)
        quantize_static(
            ready,
            done,
            _Shown(shown, name),
            quant_format=QuantFormat.QDQ,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=exact(onnx.load(ready)),
            op_types_to_quantize=operators,
            # The usual range rather than the widest: one odd picture must not coarsen all.
            extra_options={"CalibMovingAverage": True, "MatMulConstBOnly": True},
        )
        return Path(done).read_bytes()


class _Shown:
    """Pictures as the library asks for them."""

    def __init__(self, shown: Iterable[Float], name: str) -> None:
        self._left: Iterator[Float] = iter(shown)
        self._name = name

    def get_next(self) -> dict[str, Float] | None:
        picture = next(self._left, None)
        return None if picture is None else {self._name: picture[None]}


def _widened(model: Any) -> Any:
    """Return a model whose weights are in 32 bits, as the library wants them."""
    import onnx
    from onnx import numpy_helper

    graph = model.graph
    halves = {tensor.name: tensor for tensor in graph.initializer}
    nodes = []
    for node in graph.node:
        half = halves.get(node.input[0]) if node.op_type == "Cast" else None
        if half is None:
            nodes.append(node)
            continue
        weights = numpy_helper.to_array(half).astype(np.float32)
        half.CopyFrom(numpy_helper.from_array(weights, node.output[0]))
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def _exact(model: Any) -> list[str]:
    """Return the names of the first layer, and of those that work on single pixels."""
    nodes = [(node.op_type, node.name) for node in model.graph.node]
    operators = [operator for operator, _ in nodes]
    names = [name for _, name in nodes]
    return [names[operators.index("Conv")], *names[operators.index(_FINE) :]]
