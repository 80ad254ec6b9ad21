"""PP-OCR's recognizer of lines, run by onnxruntime: what is likely in each column of a strip."""

from __future__ import annotations

import functools
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from foretext.threads import thread_count

_HEIGHT = 48  # what it works at
# What is beyond the strip is gray. In training it was wider, which reads no better.
_NARROWEST = 240
_LONGEST = 100 * _HEIGHT  # longer strips are squeezed, for memory's sake


class Recognizer:
    """A network that reads one line.

    Parameters
    ----------
    path : Path
        The ONNX file, which also holds the list of characters.

    Attributes
    ----------
    names : tuple of str
        The characters that it tells apart, after the blank, which is the first.
    """

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = thread_count()
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        listed = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self.names = ("", *listed, " ")

    def likely(self, strip: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Tell how likely each character is in each column.

        Parameters
        ----------
        strip : ndarray of uint8, shape (H, W, 3)
            One upright line of text, BGR.

        Returns
        -------
        ndarray of float32, shape (T, K)
            Each row a column of the strip, adding up to 1.
        """
        scaled, width = _scaled(strip)
        answer: Any = self._session.run(None, {self._input: scaled})[0][0]
        # Columns beyond the strip show nothing.
        return np.asarray(answer[: max(1, math.ceil(len(answer) * width / scaled.shape[3]))])

    @functools.cached_property
    def _input(self) -> str:
        return str(self._session.get_inputs()[0].name)


def _scaled(strip: NDArray[np.uint8]) -> tuple[NDArray[np.float32], int]:
    """Return a strip as the network takes it, (1, 3, 48, W) in [-1, 1], and its own width."""
    height, width = strip.shape[:2]
    fitting = min(max(1, math.ceil(width * _HEIGHT / height)), _LONGEST)
    method = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_LINEAR
    resized = cv2.resize(strip, (fitting, _HEIGHT), interpolation=method)
    shown = np.zeros((1, 3, _HEIGHT, max(fitting, _NARROWEST)), np.float32)
    shown[0, :, :, :fitting] = resized.transpose(2, 0, 1) / np.float32(127.5) - np.float32(1)
    return shown, fitting
