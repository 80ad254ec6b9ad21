"""Bars and brackets of a formula come back; rules, and what belongs to something larger, do not."""

from __future__ import annotations

import numpy as np
import pytest

from foretext.choose.missed.formulas import with_formulas
from tests.stages import lettering

SHAPE = (240, 520)
HEIGHT = 16.0
LINES = (
    "The answer is found by adding",
    "both sides, as was shown before.",
    "It is the same for all of them.",
)
TEXT = lettering(SHAPE, *(((20, 10 + 34 * n), line, 28) for n, line in enumerate(LINES)))
TEXT = np.maximum(TEXT, lettering(SHAPE, ((206, 120), "a + b", 28), ((206, 160), "c - d", 28)))


def box(left, top, width, height):
    ink = np.zeros(SHAPE, np.float32)
    ink[top : top + height, left : left + width] = 1.0
    return ink


BAR, BRACE = box(200, 152, 80, 2), box(186, 118, 4, 70)


def put_back(gone, *, own=None):
    everything = np.maximum(TEXT, gone)
    own = everything > 0.5 if own is None else own
    return with_formulas(TEXT, everything, own, HEIGHT)


@pytest.mark.parametrize("part", [BAR, BRACE], ids=["bar", "brace"])
def test_parts_of_a_formula_come_back(part):
    assert put_back(part)[part > 0].min() == 1.0


@pytest.mark.parametrize(
    "gone",
    [
        pytest.param(box(10, 112, 500, 2), id="a rule across the page"),
        pytest.param(box(300, 190, 200, 48), id="a panel far from the text"),
        pytest.param(np.maximum(BAR, box(300, 130, 200, 100)), id="a bar beside a panel"),
    ],
)
def test_what_is_no_part_stays_away(gone):
    assert put_back(gone) is TEXT


def test_another_color_stays_away():
    assert put_back(BAR, own=TEXT > 0.5) is TEXT
