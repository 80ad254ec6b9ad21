"""Cleaned pictures as they were when somebody last looked at them.

After a change on purpose: ``pytest tests/test_golden.py --update-golden``, then look at what git
shows as different. The drawn inputs are stored, too, as fonts are drawn anew with every Pillow.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import foretext
from tests.stages import EXAMPLES, rms

GOLDEN = Path(__file__).parent / "golden"
# Less than anybody sees; a change of an algorithm is seldom so small, another processor's
# rounding never as large.
MOST_RMS = 0.02
# Rounding may turn over a whole pixel, but not many.
MOST_TURNED = 0.002

INPUTS = {
    "YabVzu": EXAMPLES / "YabVzu.png",
    "K6PwKA": EXAMPLES / "K6PwKA.png",
    "crossed": GOLDEN / "crossed_input.png",
    "ruled": GOLDEN / "ruled_input.png",
}


def compare(found, golden):
    """Return why two inks differ too much, or nothing."""
    if found.shape != golden.shape:
        return f"{found.shape} is not {golden.shape}"
    turned = float((np.abs(found - golden) > 0.25).mean())
    error = rms(found, golden)
    if error > MOST_RMS or turned > MOST_TURNED:
        return f"RMS {error:.4f}, {turned:.2%} of the pixels turned over"
    return ""


@pytest.mark.parametrize("name", INPUTS)
def test_ink_is_as_it_was(name, request):
    path = GOLDEN / f"{name}.png"
    cleaned = foretext.clean(INPUTS[name])
    if request.config.getoption("--update-golden"):
        cleaned.save(path)
        pytest.skip(f"wrote {path.name}")
    with Image.open(path) as opened:
        golden = 1.0 - np.asarray(opened, np.float32) / 255
    assert compare(cleaned.ink, golden) == ""


def test_differences_are_seen():
    rng = np.random.default_rng(0)
    golden = (rng.random((60, 90)) > 0.8).astype(np.float32)
    assert compare(golden, golden) == ""
    assert compare(golden + 0.01, golden) == ""
    assert "RMS" in compare(golden * 0.9, golden)
    assert "is not" in compare(golden[1:], golden)
    one_dot = golden.copy()
    one_dot[10:14, 20:24] = 1 - one_dot[10:14, 20:24]
    assert "turned" in compare(one_dot, golden)
