"""One line, or a page: small print beside a few large letters counts, leftovers do not."""

from __future__ import annotations

import numpy as np

from foretext.recognize.layout import layout_of
from tests.stages import frozen, lettering


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
