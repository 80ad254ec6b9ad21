"""Words that repeat in two directions are tiled; lines, and columns of one word, are not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from foretext.choose.strays.tiling import is_tiled
from foretext.separate import separate
from tests.stages import BLACK, frozen, lettering, paint, paper

SHAPE = (640, 700)


def layer(*written, hidden=None):
    ink = lettering(SHAPE, *written)
    if hidden is not None:
        ink[hidden] = 0.0
    (found,) = separate(frozen(paint(paper(SHAPE), (ink, BLACK)))).layers
    return found


@pytest.mark.parametrize("shift", [0, 37])
def test_words_laid_again_and_again_are_tiled(shift):
    tiles = [
        ((10 + 180 * k + shift * (n % 2), 20 + 90 * n), "DRAFT", 44)
        for n in range(6)
        for k in range(3)
    ]
    assert is_tiled(layer(*tiles))


def test_some_letters_may_be_hidden():
    tiles = [((10 + 180 * k, 20 + 90 * n), "DRAFT", 44) for n in range(6) for k in range(3)]
    assert is_tiled(layer(*tiles, hidden=np.s_[:100]))
    assert is_tiled(layer(*tiles, hidden=np.s_[200:300, 150:400]))


def test_letters_may_be_torn():
    tiles = [((10 + 180 * k, 20 + 90 * n), "DRAFT", 44) for n in range(6) for k in range(3)]
    assert is_tiled(layer(*tiles, hidden=np.random.default_rng(0).random(SHAPE) < 0.05))


def test_so_are_dense_rows_of_them():
    rows = [
        ((-60 + 118 * k + 50 * (n % 2), 8 + 54 * n), "SECRET", 24)
        for n in range(11)
        for k in range(6)
    ]
    assert is_tiled(layer(*rows))


def test_the_second_one_of_a_row_may_be_cut():
    row = "Barlow August 21", 50
    assert is_tiled(
        layer(*(((20 + 540 * k, 20 + 104 * n), *row) for n in range(6) for k in (0, 1)))
    )


def test_thin_letters_meet_though_they_lie_between_pixels():
    thin = lettering(
        SHAPE, *(((10 + 171 * k, 20 + 93 * n), "DRAFT", 60) for n in range(6) for k in range(4))
    )
    ink = (thin > 0.9) & ~(cv2.erode(thin, np.ones((3, 3), np.uint8)) > 0.9)
    (found,) = separate(frozen(paint(paper(SHAPE), (ink.astype(np.float32), BLACK)))).layers
    assert is_tiled(found)


def test_lines_of_text_are_not():
    text = (
        "The careful doctor covered the notebook",
        "behind the tower and the nurse forgot it",
        "because the old clerk carried the basket",
        "to the valley where the miller waited for",
        "the letter that nobody had written to him",
    )
    for size in (24, 34):
        assert not is_tiled(
            layer(*(((10, 20 + 50 * n), line, size) for n, line in enumerate(text)))
        )


def test_a_column_of_one_word_is_not():
    assert not is_tiled(layer(*(((10, 20 + 60 * n), "Total", 44) for n in range(9))))


def test_small_and_few_pieces_are_not():
    tiles = [((10 + 60 * k, 20 + 30 * n), "DRAFT", 12) for n in range(12) for k in range(9)]
    assert not is_tiled(layer(*tiles))
    assert not is_tiled(layer(((10, 20), "DRAFT", 44), ((300, 20), "DRAFT", 44)))


def test_numbers_of_lines_are_not():
    numbers = (((10, 20 + 26 * n), str(n + 10), 26) for n in range(23))
    assert not is_tiled(layer(*numbers))
