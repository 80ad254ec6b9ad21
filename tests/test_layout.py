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
    assert layout_of(frozen(np.maximum(large, few))) == "line"
