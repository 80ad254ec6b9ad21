"""Pale words behind the text of a page are taken away wherever they are; pale text stays."""

from __future__ import annotations

import cv2
import pytest

import foretext
from foretext.choose.strays.backdrop import find_backdrop, without_backdrop
from foretext.separate import separate
from tests.stages import BLACK, frozen, lettering, paint, paper

SHAPE = (640, 700)
LINES = ("To whom it may concern", "His report describes how the bridge was widened at last.")
BODY = lettering(SHAPE, *(((60, 90 + 40 * n), line, 20) for n, line in enumerate(LINES)))
TILES = lettering(
    SHAPE,
    *(((10 + 60 * (n % 2), 60 + 110 * n), "COPY  COPY", 84) for n in range(5)),
)
PALE = (225, 225, 225)
INK = (41, 41, 41)


def page(*layers):
    return frozen(paint(paper(SHAPE), *layers))


def taken_away(pixels, of):
    separation = separate(pixels)
    bare = without_backdrop(separation.contrast, find_backdrop(separation.layers))
    return 1.0 - float(bare.strength[of].mean()) / float(separation.contrast.strength[of].mean())


@pytest.mark.parametrize("color", [PALE, (205, 205, 205), (240, 205, 205)])
def test_tiled_words_go_and_the_text_over_them_stays(color):
    pixels = page((TILES, color), (BODY, BLACK))
    assert taken_away(pixels, (TILES > 0.9) & (BODY < 0.05)) > 0.98
    assert taken_away(pixels, BODY > 0.9) < 0.01


def test_a_page_of_few_lines_is_cleaned_of_them():
    ink = foretext.clean(page((TILES, PALE), (BODY, BLACK))).ink
    assert ink[(TILES > 0.9) & (BODY < 0.05)].mean() < 0.02
    assert ink[BODY > 0.9].mean() > 0.9


def test_they_are_told_of_as_removed():
    cleaned = foretext.clean(page((TILES, PALE), (BODY, BLACK)))
    assert cleaned.removed[TILES > 0.9].mean() > 0.05
    pale = [layer for layer in cleaned.layers if min(layer.color) > 200]
    assert pale
    assert all(layer not in cleaned.wanted for layer in pale)


def test_pale_words_beside_the_text_stay():
    words = ("A summer", "by the sea", "and other", "stories")
    beside = lettering(SHAPE, *(((10, 220 + 100 * n), word, 84) for n, word in enumerate(words)))
    assert taken_away(page((beside, PALE), (BODY, BLACK)), beside > 0.9) < 0.01


def test_words_as_dark_as_the_text_stay():
    assert taken_away(page((TILES, (30, 30, 30)), (BODY, BLACK)), TILES > 0.9) < 0.01


def test_one_word_on_every_line_is_no_tile():
    column = lettering(SHAPE, *(((10, 220 + 50 * n), "Yes", 40) for n in range(8)))
    assert taken_away(page((column, (110, 110, 110)), (BODY, BLACK)), column > 0.9) < 0.01


def test_without_text_nothing_is_behind():
    separation = separate(page((TILES, PALE)))
    assert (
        without_backdrop(separation.contrast, find_backdrop(separation.layers))
        is separation.contrast
    )


def test_one_line_tells_what_is_tiled_behind_it():
    line = lettering(SHAPE, ((60, 300), LINES[1], 20))
    pixels = page((TILES, (190, 190, 190)), (line, BLACK))
    assert taken_away(pixels, (TILES > 0.9) & (line < 0.05)) > 0.9
    assert taken_away(pixels, line > 0.9) < 0.01


def test_far_paler_tiles_may_hold_more_words_than_the_line_before_them():
    line = lettering(SHAPE, ((60, 300), "The judge found the bicycle.", 20))
    rows = [((20 + 90 * (n % 3), 30 + 52 * n), "Yardley August 25, 1999", 21) for n in range(12)]
    right = [((360 + 90 * (n % 3), y), text, size) for n, ((_, y), text, size) in enumerate(rows)]
    tiles = lettering(SHAPE, *rows, *right)
    pixels = page((tiles, (233, 233, 233)), (line, BLACK))
    assert taken_away(pixels, (tiles > 0.9) & (line < 0.05)) > 0.9
    assert taken_away(pixels, line > 0.9) < 0.01


def test_small_print_is_looked_at_as_such_before_a_huge_word():
    shape = (800, 1100)
    words = "The teacher found the curtain near the station, and the"
    rows = lettering(shape, *(((40, 400 + 30 * n), words, 13) for n in range(2)))
    void = lettering(shape, ((40, 120), "VOID", 560))
    turn = cv2.getRotationMatrix2D((550.0, 400.0), 32.0, 1.0)
    across = cv2.warpAffine(void, turn, shape[::-1])
    ink = foretext.clean(frozen(paint(paper(shape), (across, (197, 169, 247)), (rows, INK)))).ink
    assert ink[rows > 0.9].mean() > 0.8
    assert ink[(across > 0.9) & (rows < 0.05)].mean() < 0.1


def test_a_line_of_print_on_a_large_pale_word_is_kept_and_the_word_goes():
    shape = (800, 1100)
    line = lettering(shape, ((60, 420), LINES[1], 18))
    word = lettering(shape, ((20, 260), "DRAFT", 380))
    pixels = frozen(paint(paper(shape), (word, (198, 222, 184)), (line, (22, 31, 52))))
    ink = foretext.clean(pixels).ink
    assert ink[line > 0.9].mean() > 0.8
    assert ink[(word > 0.9) & (line < 0.05)].mean() < 0.1


def turned(degrees, text="DRAFT", size=150):
    written = lettering(SHAPE, ((90, 240), text, size))
    turn = cv2.getRotationMatrix2D((350.0, 320.0), degrees, 1.0)
    return cv2.warpAffine(written, turn, SHAPE[::-1])


FEW = lettering(SHAPE, ((60, 180), "Mr. Prescott lifted the book.", 20))


@pytest.mark.parametrize("degrees", [30.0, -40.0])
@pytest.mark.parametrize("color", [PALE, (150, 190, 140)])
def test_large_pale_words_across_a_line_go(degrees, color):
    across = turned(degrees)
    pixels = page((across, color), (FEW, BLACK))
    assert taken_away(pixels, (across > 0.9) & (FEW < 0.05)) > 0.95
    ink = foretext.clean(pixels).ink
    assert ink[(across > 0.9) & (FEW < 0.05)].mean() < 0.02
    assert ink[FEW > 0.9].mean() > 0.9


@pytest.mark.parametrize(
    ("across", "color"),
    [
        pytest.param(turned(0.0), PALE, id="level"),
        pytest.param(turned(30.0), (60, 60, 60), id="dark"),
        pytest.param(turned(30.0, "DRAFT of it", 30), PALE, id="small"),
    ],
)
def test_other_words_beside_a_line_stay(across, color):
    assert taken_away(page((across, color), (FEW, BLACK)), (across > 0.9) & (FEW < 0.05)) < 0.02
