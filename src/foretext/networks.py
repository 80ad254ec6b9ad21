"""Loading the networks that are part of the package."""

from __future__ import annotations

import hashlib
import threading
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from foretext.errors import ForetextError
from foretext.threads import thread_count

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_loading = threading.Lock()


def session(package: str, file: str, sha256: str, threads: int | None = None) -> InferenceSession:
    """Return a network, loaded at the first call and reused ever after; any thread may use it.

    Parameters
    ----------
    package : str
        Where its file is.
    file : str
        The name of its file, in ONNX.
    sha256 : str
        What the file's digest must be.
    threads : int, optional
        How many it may use; by default so many as a small task may. What it says is the same.

    Raises
    ------
    ForetextError
        If the file is damaged.
    """
    # Two threads that come at once must not both load it.
    with _loading:
        return _loaded(package, file, sha256, threads or thread_count())


@cache
def _loaded(package: str, file: str, sha256: str, threads: int) -> Any:
    import onnxruntime

    data = resources.files(package).joinpath(file).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ForetextError(
            f"the network's file {file} is damaged",
            hint="install foretext again: pip install --force-reinstall foretext",
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads that spin while they wait gain nothing on idle cores, and take them from others.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Plans for each size of tile took a third more memory, and no less time.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
