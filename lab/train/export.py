"""From a checkpoint to the file that is shipped: ONNX, normalization folded in, in 8 bits."""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"
# mypy: allow-subclassing-any

from __future__ import annotations

import copy
import hashlib
import io
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from lab.train import evaluate, state
from lab.train.evaluate import Item
from lab.train.journal import append_row
from lab.train.loop import predictor
from lab.train.model import Layer, Network
from lab.train.package import FILE, WEIGHTS
from lab.train.patch import Float
from lab.train.quantize import quantized

#: Names of the one input and the one output.
INPUT: Final = "contrast"
OUTPUT: Final = "ink"
_OPSET: Final = 17
_TOLERANCE: Final = 1e-4
#: The size of a common small picture, padded.
_COMMON: Final = (96, 160)


class Exported(NamedTuple):
    """What can be said of a file.

    Attributes
    ----------
    path : Path
        Where it is.
    size : int
        In bytes.
    deviation : float
        Largest difference between its answers and those of the network with rounded weights.
    """

    path: Path
    size: int
    deviation: float


class _Ink(nn.Module):
    """The network and the sigmoid after it."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        return torch.sigmoid(self.network(x))


def folded(network: Network) -> Network:
    """Return a copy whose convolutions do the normalization as well, its weights rounded to half.

    They are kept in 16 bits, which halves the file and changes no answer by as much as is seen.
    """
    plain: Network = copy.deepcopy(network).cpu().eval()
    for module in plain.modules():
        if isinstance(module, Layer):
            _fold(module)
    with torch.no_grad():
        for weights in plain.parameters():
            weights.copy_(weights.half().float())
    return plain


def _fold(layer: Layer) -> None:
    convolution, normalization = layer[0], layer[1]
    if isinstance(convolution, nn.Conv2d) and isinstance(normalization, nn.BatchNorm2d):
        layer[0] = fuse_conv_bn_eval(convolution, normalization)
        layer[1] = nn.Identity()


def onnx_of(network: Network) -> bytes:
    """Return the network as the content of an ONNX file, its weights in 16 bits.

    Its input ``contrast`` is (N, 3, H, W) float32, as `lab.train.inputs.network_input` gives, with
    H and W any multiples of 32; its output ``ink`` (N, 1, H, W) float32 coverage in [0, 1].
    """
    buffer = io.BytesIO()
    axes = {0: "batch", 2: "height", 3: "width"}
    with warnings.catch_warnings():
        # The older of the two exporters needs nothing but torch and onnx.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Ink(folded(network)).eval(),
            (torch.zeros(1, 3, *_COMMON),),
            cast("Any", buffer),
            dynamo=False,
            opset_version=_OPSET,
            input_names=[INPUT],
            output_names=[OUTPUT],
            dynamic_axes={INPUT: axes, OUTPUT: axes},
        )
    return _halved(buffer.getvalue())


def _halved(content: bytes) -> bytes:
    """Return an ONNX file whose weights take 16 bits each; they are widened when it is loaded."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load_from_string(content)
    graph = model.graph
    widened = []
    for tensor in graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.ndim == 0:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(weights.astype(np.float16), f"{name}.half"))
        widened.append(
            onnx.helper.make_node("Cast", [f"{name}.half"], [name], to=onnx.TensorProto.FLOAT)
        )
    nodes = [*widened, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def export(network: Network, path: Path) -> Exported:
    """Write a network to an ONNX file and check that it answers alike.

    Parameters
    ----------
    network : Network
        What to write.
    path : Path
        Where.

    Returns
    -------
    Exported
        What can be said of the file.

    Raises
    ------
    RuntimeError
        If the answers differ by more than 1e-4.
    """
    content = onnx_of(network)
    session = _session(content)
    rounded = folded(network)
    deviation = max(_deviation(rounded, session, shape) for shape in (_COMMON, (256, 384)))
    if not deviation < _TOLERANCE:
        message = f"the exported network answers differently, by up to {deviation:.2g}"
        raise RuntimeError(message)
    path.write_bytes(content)
    return Exported(path, len(content), deviation)


def export_checkpoint(folder: Path, usual: Sequence[Item], dev: Sequence[Item]) -> Path:
    """Export the average network of a checkpoint, and print what can be said of the file.

    Parameters
    ----------
    folder : Path
        Where the checkpoint is and the files go: the weights in 16 bits, and the network in 8.
    usual : sequence of Item
        Of training, to measure the ranges of the layers by.
    dev : sequence of Item
        What the network in 8 bits is scored on; the scores are added to ``curves.csv``.

    Returns
    -------
    Path
        The network in 8 bits.

    Raises
    ------
    RuntimeError
        If what is exported does not answer as the checkpoint does.
    """
    kept = state.load(folder, "cpu")
    exported = export(kept.average, folder / WEIGHTS)
    print(f"{exported.path}, of step {kept.step:,}: {exported.size} bytes")
    print(f"differs from torch by up to {exported.deviation:.1e}")
    content = quantized(exported.path.read_bytes(), [item.shown for item in usual], INPUT)
    path = folder / FILE
    path.write_bytes(content)
    session = _session(content)
    scored = _scores(session, dev)
    head = {"seconds": kept.seconds, "step": kept.step, "crops": kept.crops}
    append_row(folder / "curves.csv", {**head, **scored})
    before = _scores(_session(exported.path.read_bytes()), dev)["mean"]
    print(f"{path}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    print(f"F {100 * before:.2f} in 16 bits, {100 * scored['mean']:.2f} in 8")
    print(f"{_milliseconds(session):.1f} ms for a picture of 160 by 75 pixels on one core")
    return path


def _scores(session: Any, items: Sequence[Item]) -> dict[str, float]:
    def predict(shown: Float) -> Float:
        ink: Float = session.run([OUTPUT], {INPUT: shown})[0]
        return ink

    scores = evaluate.scores(evaluate.answers(items, predict))
    return {"mean": evaluate.mean_of(scores), **scores}


def _session(content: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _deviation(network: Network, session: Any, shape: tuple[int, int]) -> float:
    shown = np.random.default_rng(0).uniform(-0.5, 1.2, (1, 3, *shape)).astype(np.float32)
    there: Float = session.run([OUTPUT], {INPUT: shown})[0]
    here = predictor(network)(shown)
    return float(np.abs(there - here).max())


def _milliseconds(session: Any) -> float:
    shown = np.zeros((1, 3, *_COMMON), np.float32)
    taken = []
    for _ in range(30):
        begun = time.perf_counter()
        session.run([OUTPUT], {INPUT: shown})
        taken.append(time.perf_counter() - begun)
    return 1000 * float(np.median(taken))
