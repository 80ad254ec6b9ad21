"""Rows of characters alone lose nothing, whatever they are; what crosses something is not alone."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

import foretext
from foretext.choose.looks import by_looks
from foretext.choose.plain import plain_text
from foretext.choose.rank import rank
from foretext.choose.wanted import weighed
from foretext.pieces import pieces_of
from foretext.rows import is_row, rows_apart, rows_of
from foretext.separate import separate
from tests.stages import BLACK, bar, frozen, lettering, paint, paper

SHAPE = (120, 420)


def rows(*written):
    return lettering(SHAPE, *written)


@pytest.mark.parametrize(
    "text",
    ["-5.3%", "- item one", "= 12", "- 3 -", '"yes"', "Loading...", "#1", "7", "A1", "(x+y);"],
)
@pytest.mark.parametrize("size", [28, 60])
def test_no_sign_is_lost(text, size):
    ink = rows(((20, 20), text, size))
    kept = foretext.clean(frozen(paint(paper(SHAPE), (ink, (30, 40, 90))))).ink
    assert kept[ink > 0.9].min() > 0.5
    assert kept[ink == 0].max() < 0.5


def test_small_print_under_a_title_is_as_much_ink():
    title, small = rows(((20, 10), "NOVA", 56)), rows(((24, 84), "research institute", 20))
    ink = foretext.clean(frozen(paint(paper(SHAPE), (title, BLACK), (small, (140, 140, 140))))).ink
    assert ink[small > 0.9].mean() > 0.9
    assert ink[title > 0.9].mean() > 0.95


def alone(ink):
    return plain_text(ink.astype(np.float32), (), ink.astype(np.float32)) is not None


WORD = rows(((20, 30), "Garden 25", 50))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(0.5 * rows(((60, 36), "behind it", 44)), id="paler words behind"),
        pytest.param(rows(((2, 60), "mmmmmmmmmmmmmmmmmmmmm", 24)), id="words across"),
        pytest.param(bar(SHAPE, 58, 3), id="a line across"),
        pytest.param(
            (np.random.default_rng(0).random(SHAPE) < 0.004).astype(np.float32), id="specks"
        ),
    ],
)
def test_what_crosses_or_surrounds_a_text_is_not_alone(other):
    assert alone(WORD)
    assert not alone(np.maximum(WORD, other))


def test_a_watermark_that_is_hardly_seen_is_something_else():
    mark = np.maximum(rows(((4, 20), "DRAFT", 80)), WORD)
    pixels = frozen(paint(paper(SHAPE), (mark, (205, 210, 220)), (WORD, BLACK)))
    separation = separate(pixels)
    pale = max(separation.layers, key=lambda layer: min(layer.color))
    everything = np.where(pale.solid, np.float32(0.15), WORD)
    assert plain_text(everything, separation.layers, WORD) is None
    # But if it does not look wanted, it is no reason to put the text in doubt.
    unwanted = [replace(layer, wanted=0.0) for layer in separation.layers]
    kept = plain_text(everything, unwanted, WORD)
    assert kept is not None
    assert kept[WORD > 0.9].min() > 0.9
    far = cv2.dilate(WORD, np.ones((7, 7), np.uint8)) == 0
    assert kept[far].max() == 0.0


@pytest.mark.parametrize("size", [60, 150])
def test_a_large_character_alone_is_kept_whole(size):
    ink = lettering((300, 220), ((60, 40), "6", size))
    kept = foretext.clean(frozen(paint(paper(ink.shape, 230), (ink, (16, 16, 16))))).ink
    assert kept[ink > 0.9].min() > 0.9


def test_small_print_of_a_paler_gray_is_not_taken_for_edges():
    title, small = rows(((14, 50), "12:25", 44)), rows(((14, 12), "Faculty CONTRACT 15", 22))
    pixels = paint(paper(SHAPE, 218), (small, (52, 52, 52)), (title, (2, 1, 0)))
    kept = foretext.clean(frozen(pixels)).ink
    assert kept[small > 0.9].mean() > 0.9


def test_a_word_close_above_a_title_is_a_row_of_its_own():
    title, small = rows(((20, 40), "[APPLE]", 60)), rows(((20, 26), "SEMINAR", 18))
    pieces = pieces_of(np.maximum(title, small) > 0.5)
    assert len(rows_of(pieces)) == 2
    assert [is_row(row) for row in rows_apart(pieces)] == [True, True]


def test_accents_and_specks_are_no_rows_of_their_own():
    assert len(rows_of(pieces_of(rows(((20, 30), "\u00c4\u00d6\u00dc \u00e9i", 60)) > 0.5))) == 1
    assert len(rows_apart(pieces_of(WORD > 0.5))) == 1
    speck = WORD.copy()
    speck[4:6, 40:42] = 1.0
    assert rows_apart(pieces_of(speck > 0.5)) == []
    assert rows_apart(pieces_of(np.zeros(SHAPE, np.bool_))) == []


def test_nothing_is_no_text():
    assert not alone(np.zeros(SHAPE))


def test_an_underline_crosses_nothing_but_a_bar_through_the_picture_does():
    word, rule = rows(((20, 20), "108", 50)), bar(SHAPE, 90, 3)
    assert not alone(np.maximum(word, rule))
    rule[:, :10] = rule[:, 200:] = 0.0
    assert alone(np.maximum(word, rule))


@pytest.mark.parametrize(("high", "is_rule"), [(4, True), (34, False)])
def test_a_bar_as_high_as_text_is_no_rule(high, is_rule):
    ruled = np.zeros(SHAPE, np.float32)
    ruled[8 : 8 + high, 20:400] = 1.0
    below = rows(((20, 64), "9:26 document", 34))
    assert alone(np.maximum(below, ruled)) is is_rule


def test_a_large_word_above_lines_of_small_print_is_kept_on_a_roomy_page():
    shape = (300, 620)
    word = lettering(shape, ((220, 20), "41", 90))
    text = lettering(
        shape, ((20, 170), "The crowded farmer measured it", 24), ((160, 220), "slowly", 24)
    )
    pixels = frozen(paint(paper(shape, 240), (word, (108, 108, 108)), (text, (40, 40, 40))))
    kept = foretext.clean(pixels).ink
    assert kept[word > 0.9].mean() > 0.9
    assert kept[text > 0.9].mean() > 0.9


def test_one_pale_letter_of_which_a_network_sees_bits_is_kept_whole():
    shape = (674, 552)
    letter = lettering(shape, ((220, 280), "V", 118))
    separation = separate(frozen(paint(paper(shape, 255), (letter, (150, 150, 150)))))
    seen = np.zeros(shape, np.float32)
    seen[300:320] = letter[300:320]
    strength = separation.contrast.strength
    found = by_looks(separation, rank(weighed(separation.layers, frozen(seen), strength)), seen)
    assert np.array_equal(found.ink > 0.5, letter > 0.5)


def test_thin_letters_that_are_pale_here_and_there_are_a_row():
    word = rows(((20, 20), "23:34", 60))
    for left in (100, 110, 120, 130):
        word[94:108, left : left + 3] = 1.0
    assert alone(word)
    word[95:108:2, 100:133] *= np.float32(0.4)
    assert alone(word)
    # Broken through, they are but dots.
    word[95:108:2, 100:133] = 0.0
    assert not alone(word)
