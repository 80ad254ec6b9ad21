"""One line, or a page: small print beside a few large letters counts, leftovers do not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import foretext
from foretext.recognize.layout import layout_of
from tests.stages import BLACK, frozen, lettering, paint, paper


def test_small_print_under_one_row_of_large_letters_makes_a_page():
    shape = (300, 620)
    large = lettering(shape, ((20, 10), "Fair", 130))
    lines = ("The nurse repaired the cold clock by the library.", "The old traveler carried the")
    small = lettering(shape, *(((20, 190 + 40 * n), line, 18) for n, line in enumerate(lines)))
    few = lettering(shape, ((20, 190), "a few", 18))
    assert layout_of(frozen(np.maximum(large, small))) == "page"
    assert layout_of(frozen(np.maximum(large, few))) == "page"


def test_specks_under_large_letters_make_none():
    shape = (300, 620)
    large = lettering(shape, ((20, 10), "Fair", 130))
    specks = np.zeros(shape, np.float32)
    for left, top in ((30, 190), (120, 230), (260, 205), (410, 270), (560, 215)):
        specks[top : top + 7, left : left + 6] = 1.0
    assert layout_of(frozen(np.maximum(large, specks))) == "line"


TWO_ROWS = (((80, 20), "The clerk forgot the cold", 22), ((80, 56), "lantern by the harbor", 22))


@pytest.mark.parametrize("left", [20, 420])
def test_a_sign_as_tall_as_two_rows_beside_them_joins_none(left):
    shape = (110, 480)
    text = lettering(shape, *TWO_ROWS)
    sign = np.zeros(shape, np.float32)
    sign[20:86, left : left + 40] = 1.0
    assert layout_of(frozen(np.maximum(text, sign))) == "page"


def test_long_lines_close_to_each_other_are_rows_though_hardly_turned():
    shape = (220, 1150)
    words = "Mrs. Selby gladly covered the lantern beyond the harbor, and the clerk sold it by"
    level = lettering(shape, *(((40, 70 + 27 * n), f"{words} {n}", 22) for n in range(3)))
    turn = cv2.getRotationMatrix2D((575.0, 110.0), 1.2, 1.0)
    text = cv2.warpAffine(level, turn, shape[::-1])
    cleaned = foretext.clean(paint(paper(shape), (text, BLACK)))
    assert cleaned.layout == "page"
    assert cleaned.skew == pytest.approx(-1.2, abs=0.25)
    assert foretext.read_cleaned(cleaned).text.split("\n") == [f"{words} {n}" for n in range(3)]


def test_lines_far_from_each_other_are_not_made_level_for_so_little():
    shape = (260, 700)
    level = lettering(shape, *(((40, 50 + 60 * n), f"The clerk sold it {n}", 22) for n in range(3)))
    turn = cv2.getRotationMatrix2D((350.0, 130.0), 0.9, 1.0)
    text = cv2.warpAffine(level, turn, shape[::-1])
    assert foretext.clean(paint(paper(shape), (text, BLACK))).skew == 0.0


def test_a_tall_letter_beside_those_that_go_up_and_down_is_of_their_line():
    shape = (110, 420)
    letters = [
        ((60 + 40 * n, 14 + 34 * (n % 2)), letter, 34) for n, letter in enumerate("aceosnuz")
    ]
    dancing = lettering(shape, *letters, ((10, 0), "J", 90))
    assert layout_of(frozen(dancing)) == "line"
