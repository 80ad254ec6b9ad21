"""Measure how high and how low characters reach.

`foretext.recognize.settle.typeface` goes by it.

Run ``python -m lab.typefaces``. It prints medians and deviations over the fonts of a split, in
x-heights.
"""

from __future__ import annotations

import argparse
import string

import numpy as np

from lab.fonts import SPLITS, Face, load

_SIZE = 200.0
_KINDS = {
    "low": "acemnorsuvwxz",
    "deep": "gpqy",
    "t": "t",
    "tall letters": "bdhklij",
    "capitals": "ABCDEFGHIKLMNOPRSTUVWXYZ",
    "figures": string.digits,
    "Q": "Q",
    "f and J": "fJ",
}


def _ends(face: Face, text: str) -> tuple[float, float]:
    """Return how high and how low a character reaches, in x-heights above the baseline."""
    font = face.at(_SIZE)
    unit = -font.getbbox("x", anchor="ls")[1]
    _, top, _, bottom = font.getbbox(text, anchor="ls")
    return -top / unit, -bottom / unit


def main() -> None:
    """Print one row for each kind of character."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, default="train")
    faces = load().of(parser.parse_args().split)
    print(f"{len(faces)} fonts; in x-heights: median, and deviation between fonts and within one")
    for kind, texts in _KINDS.items():
        each = [np.array([_ends(face, text) for text in texts if face.has(text)]) for face in faces]
        each = [ends for ends in each if len(ends)]
        middles = np.array([np.median(ends, axis=0) for ends in each])
        rests = np.concatenate([e - m for e, m in zip(each, middles, strict=True)])
        told = (
            f"{name} {np.median(middles[:, k]):5.2f}, {middles[:, k].std():.2f} and "
            f"{rests[:, k].std():.2f}"
            for k, name in enumerate(("above", "below"))
        )
        print(f"{kind:14}", "; ".join(told))


if __name__ == "__main__":
    main()
