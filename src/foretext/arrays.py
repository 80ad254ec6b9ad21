"""Names for the arrays that flow through the house."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

#: (H, W, 3) RGB, or (H, W) gray, in 0..255.
Pixels: TypeAlias = npt.NDArray[np.uint8]
#: (H, W), how much of each pixel the text covers, in [0, 1].
Ink: TypeAlias = npt.NDArray[np.float32]
#: (H, W), a hard choice.
Mask: TypeAlias = npt.NDArray[np.bool_]
#: Any other real array.
Float: TypeAlias = npt.NDArray[np.float32]
#: Any array of counts or labels.
Int: TypeAlias = npt.NDArray[np.int32]
#: (H, W), a number for each of a few kinds.
Labels: TypeAlias = npt.NDArray[np.uint8]
