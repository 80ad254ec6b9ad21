"""Fragments of small print go if they are doubtful, many, and far from the text."""

from __future__ import annotations

import numpy as np
import pytest

from foretext.choose.strays.fragments import without_fragments
from foretext.ink import measure
from tests.stages import frozen, lettering

SHAPE = (300, 640)
TEXT = lettering(SHAPE, *(((20, 20 + 40 * k), "The main text of the page", 34) for k in range(3)))
SMALL = lettering(SHAPE, *(((30, 190 + 18 * k), "words that are very small", 9) for k in range(4)))
SCALE = measure(TEXT)


def foreground(sure_of_small):
    return frozen(np.maximum(TEXT, SMALL * np.float32(sure_of_small)))


def both():
    return frozen(np.maximum(TEXT, SMALL))


def test_doubtful_small_print_far_away_goes():
    found = without_fragments(both(), foreground(0.6), SCALE.x_height)
    assert np.array_equal(found * (TEXT > 0), TEXT)
    assert found[170:].sum() < 0.1 * SMALL.sum()


def test_small_print_that_is_surely_wanted_stays():
    ink = both()
    assert without_fragments(ink, foreground(1.0), SCALE.x_height) is ink


def test_what_is_near_the_text_stays():
    near = lettering(SHAPE, *(((40 + 90 * k, 140), "tiny words", 11) for k in range(6)))
    ink = frozen(np.maximum(TEXT, near))
    assert without_fragments(ink, frozen(TEXT), SCALE.x_height) is ink


@pytest.mark.parametrize("number", [1, 40])
def test_few_things_stay_and_so_do_dots_and_dashes(number):
    ink = TEXT.copy()
    for k in range(number):
        ink[260:263, 20 + 14 * k : 23 + 14 * k] = 1.0
        ink[230:232, 20 + 14 * k : 27 + 14 * k] = 1.0
    ink[200:206, 300:306] = 0.5
    ink = frozen(ink)
    assert without_fragments(ink, frozen(TEXT), SCALE.x_height) is ink
