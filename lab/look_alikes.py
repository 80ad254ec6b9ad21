"""Measure how a 5 differs from an S, and print the weights that `foretext` tells them apart by.

Run ``python -m lab.look_alikes``. The fonts of the train split give the weights; those of the dev
split show what they are worth.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from foretext.recognize.settle.halves import asymmetry
from lab.fonts import load
from lab.scenes.lettering import Pose, letter
from lab.scenes.seeds import generator

_EACH = 4
_Array = npt.NDArray[Any]


def _samples(split: str) -> tuple[_Array, _Array]:
    """Return what is unlike its own half turn in drawings of 5, S and s, and which are 5."""
    rng = generator("look-alikes", split)
    found, five = [], []
    for face in load().of(split):
        for text in "5Ss" * _EACH:
            if face.has(text):
                cap = rng.uniform(24, 44)
                pose = Pose(rng.uniform(-6, 6), rng.uniform(-0.08, 0.1), rng.uniform(0.85, 1.2))
                fat = rng.uniform(0, 0.02) * cap
                patch = letter(face, text, face.em_for_cap(cap), (0, 0), pose, outline=fat)
                found.append(asymmetry(patch.coverage > 0.5))
                five.append(text == "5")
    return np.array(found), np.array(five)


def main() -> None:
    """Print Fisher's linear discriminant, and how often it errs at some limits."""
    train, is_five = _samples("train")
    spread = sum(np.cov(train[which].T) for which in (is_five, ~is_five))
    apart = train[is_five].mean(axis=0) - train[~is_five].mean(axis=0)
    weights = np.rint(np.linalg.solve(spread + 1e-3 * np.eye(len(apart)), apart))
    print("weights:", ", ".join(f"{weight:.0f}" for weight in weights))
    for split in ("train", "dev"):
        found, is_five = _samples(split)
        for limit in (-1.0, 0.0, 1.0, 2.0, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0):
            over = found @ weights > limit
            print(split, limit, f"5: {over[is_five].mean():.3f}, S: {over[~is_five].mean():.4f}")


if __name__ == "__main__":
    main()
