"""unpaper, with the options by which OCRmyPDF calls it: nothing is moved or turned."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from lab.bench.items import Sample
from lab.bench.peers.outcome import Outcome, of_dark_on_white

_OPTIONS: Final = (
    *("--layout", "none"),
    *("--mask-scan-size", "100"),
    "--no-border-align",
    "--no-mask-center",
    "--no-grayfilter",
    "--no-blackfilter",
    "--no-deskew",
)
_PATIENCE: Final = 120


def unpaper(sample: Sample) -> Outcome:
    """Clean by the program; its start and two small files are part of its time."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.pgm"), Path(folder, "after.pgm")
        cv2.imwrite(str(before), cv2.cvtColor(sample.picture, cv2.COLOR_RGB2GRAY))
        command = ["unpaper", *_OPTIONS, str(before), str(after)]
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)  # noqa: S603
        made = cv2.imread(str(after), cv2.IMREAD_GRAYSCALE)
    return of_dark_on_white(np.asarray(made, np.uint8))
