"""Headlines far larger than the text of a page stay; what only resembles one does not come back."""

from __future__ import annotations

import numpy as np
import pytest

import foretext
from foretext.choose.missed.headlines import with_headlines
from foretext.separate.contrast import contrast
from tests.stages import BLACK, BODY, frozen, lettering, paint, paper

SHAPE = BODY.shape
HEADLINE = lettering(SHAPE, ((30, 20), "HARVEST FAIR", 96))


def put_back(large, color=BLACK, *, kept=0.0, over=None):
    """Return what comes back of large words of which a network wants hardly anything."""
    layers = [(large, color), (BODY, BLACK), *([over] if over else [])]
    pixels = paint(paper(SHAPE), *layers)
    foreground = frozen(np.maximum(BODY, np.float32(kept) * large))
    everything = frozen(np.maximum(BODY, large))
    paperless = contrast(frozen(pixels))
    return with_headlines(frozen(BODY.copy()), everything, paperless, foreground)


@pytest.mark.parametrize("color", [BLACK, (180, 60, 20), (20, 40, 150)])
def test_a_headline_comes_back_whole(color):
    found = put_back(HEADLINE, color)
    assert found[HEADLINE > 0.9].mean() > 0.98
    assert np.array_equal(found[BODY > 0.5], BODY[BODY > 0.5])


def test_a_headline_that_was_kept_is_left_alone():
    assert put_back(HEADLINE, kept=0.9).max() <= 1.0
    assert put_back(HEADLINE, kept=0.9)[HEADLINE > 0.9].mean() < 0.1


@pytest.mark.parametrize("color", [(190, 190, 190), (240, 200, 200)])
def test_what_is_paler_than_the_text_stays_away(color):
    assert put_back(HEADLINE, color)[HEADLINE > 0.9].max() < 0.1


def test_bars_stay_away():
    bars = np.zeros(SHAPE, np.float32)
    for left in range(30, 640, 24):
        bars[30:120, left : left + 9] = 1.0
    assert put_back(bars)[bars > 0.9].max() < 0.1


def test_words_that_rise_stay_away():
    steps = [((30 + 60 * n, 90 - 12 * n), letter, 60) for n, letter in enumerate("PAIDPAID")]
    risen = lettering(SHAPE, *steps)
    assert put_back(risen)[risen > 0.9].max() < 0.1


def test_words_with_text_in_their_place_stay_away():
    behind = lettering(SHAPE, ((30, 160), "CANCEL", 150))
    found = put_back(behind)
    assert found[(behind > 0.9) & (BODY < 0.05)].mean() < 0.1


def test_a_page_keeps_its_headline():
    pixels = frozen(paint(paper(SHAPE), (HEADLINE, (180, 60, 20)), (BODY, BLACK)))
    ink = foretext.clean(pixels).ink
    assert ink[HEADLINE > 0.9].mean() > 0.9
    assert ink[BODY > 0.9].mean() > 0.9
