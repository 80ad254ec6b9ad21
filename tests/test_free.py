"""A number before a headline stays, if nothing else was taken away from its page."""

from __future__ import annotations

import numpy as np
import pytest

from foretext.choose.missed.free import with_free_characters
from tests.stages import BODY, frozen, lettering

SHAPE = BODY.shape
NUMBER = lettering(SHAPE, ((30, 20), "4.", 96))
X_HEIGHT = 11.0


def put_back(gone, kept=BODY, strength=None):
    """Return what comes back of what was taken away."""
    everything = frozen(np.maximum(gone, np.maximum(BODY, kept)))
    strength = frozen(255.0 * everything if strength is None else strength)
    return with_free_characters(frozen(kept.copy()), everything, strength, X_HEIGHT)


def test_a_number_comes_back_with_its_stop():
    assert NUMBER.any()
    found = put_back(NUMBER)
    assert np.array_equal(found > 0.5, np.maximum(BODY, NUMBER) > 0.5)


def test_a_torn_number_becomes_whole():
    half = NUMBER.copy()
    half[70:] = 0.0
    assert 0.2 < half.sum() / NUMBER.sum() < 0.9
    found = put_back(NUMBER, kept=np.maximum(BODY, half))
    assert np.array_equal(found > 0.5, np.maximum(BODY, NUMBER) > 0.5)


def test_where_nothing_is_gone_nothing_changes():
    ink = frozen(BODY.copy())
    assert with_free_characters(ink, ink, 255.0 * ink, X_HEIGHT) is ink


@pytest.mark.parametrize(
    "other",
    [
        ((300, 60), "a stray word", 20),  # no dot of the number
        ((34, 200), "Q", 90),  # over lines
    ],
)
def test_beside_other_things_that_were_taken_away_it_does_not(other):
    found = put_back(np.maximum(NUMBER, lettering(SHAPE, other)))
    assert np.array_equal(found, BODY)


def test_a_stop_comes_back_from_as_far_as_typewriters_set_it():
    apart = lettering(SHAPE, ((30, 20), "4", 96), ((125, 20), ".", 96))
    found = put_back(apart)
    assert np.array_equal(found > 0.5, np.maximum(BODY, apart) > 0.5)


def test_what_is_paler_than_the_text_stays_away():
    pale = 255.0 * np.maximum(BODY, np.float32(0.7) * NUMBER)
    assert np.array_equal(put_back(NUMBER, strength=pale), BODY)


def test_what_is_unevenly_dark_stays_away():
    shades = np.linspace(255.0, 120.0, SHAPE[1] // 7, dtype=np.float32)
    shaded = np.maximum(BODY * 255.0, NUMBER * np.resize(shades, SHAPE[1]))
    assert np.array_equal(put_back(NUMBER, strength=shaded), BODY)


def test_bars_stay_away():
    bar = np.zeros(SHAPE, np.float32)
    bar[30:110, 30:90] = 1.0
    assert np.array_equal(put_back(bar), BODY)


def test_a_page_of_large_characters_stays_away():
    large = lettering(SHAPE, ((30, 10), "88888888", 110))
    assert large.sum() > 0.5 * BODY.sum()
    assert np.array_equal(put_back(large), BODY)
