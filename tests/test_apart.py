"""Small print beside a headline is kept; words behind or around the text are not."""

from __future__ import annotations

import numpy as np
import pytest

import foretext
from foretext.choose.apart import stands_apart
from tests.stages import BLACK, lettering, paint, paper

SHAPE = (120, 300)
HEAD = lettering(SHAPE, ((20, 10), "Notice", 44))
BELOW = lettering(SHAPE, ((20, 80), "open from nine to five", 18))


def apart(*doubtful):
    """Tell of a headline that the network wants, and of other ink that it does not."""
    return stands_apart(np.maximum.reduce([HEAD, *doubtful]), HEAD)


def test_small_print_in_a_row_of_its_own_stands_apart():
    assert apart(BELOW)


def test_nothing_doubtful_does_not():
    assert not apart()
    assert not stands_apart(np.zeros(SHAPE, np.float32), np.zeros(SHAPE, np.float32))
    assert not stands_apart(HEAD, np.zeros(SHAPE, np.float32))


@pytest.mark.parametrize(
    "words",
    [
        lettering(SHAPE, ((30, 25), "words behind the text", 18)),
        lettering(SHAPE, ((190, 25), "at its side", 16)),
        lettering(SHAPE, ((20, 107), "cut off at the border", 18)),
    ],
    ids=["behind", "beside", "cut"],
)
def test_other_words_do_not(words):
    assert not apart(words)


def test_specks_and_lines_are_no_text():
    specks = np.zeros(SHAPE, np.float32)
    for x, y in ((30, 85), (90, 105), (170, 95), (250, 110)):
        specks[y : y + 8, x : x + 7] = 1.0
    assert not apart(specks)
    line = np.zeros(SHAPE, np.float32)
    line[30:34] = 1.0
    assert not apart(line)
    assert not apart(line, BELOW)


def test_words_of_a_pale_stamp_that_crosses_the_text_do_not():
    rim = np.zeros(SHAPE, np.float32)
    rim[30:116, 100:290] = 0.4
    rim[34:112, 104:286] = 0.0
    assert apart(BELOW)
    assert not apart(BELOW, rim)


@pytest.mark.parametrize("color", [(120, 150, 200), (90, 90, 90)])
@pytest.mark.parametrize("size", [15, 18, 22])
def test_a_sign_of_two_sizes_is_kept_whole(size, color):
    small = lettering(SHAPE, ((20, 80), "please ring twice", size))
    cleaned = foretext.clean(paint(paper(SHAPE), (HEAD, color), (small, BLACK)))
    for text in (HEAD, small):
        assert (cleaned.ink[text > 0.9] > 0.25).mean() > 0.98
