"""Watermarks beside running text, on layers put together by hand."""

from dataclasses import replace

import numpy as np

from foretext.choose.strays.marks import without_marks
from foretext.ink import measure
from foretext.pieces import pieces_of
from foretext.reading import Box
from tests.test_wanted import SHAPE, layer

PAGE_SHAPE = (200, 400)


def letters(count, left=0, top=0):
    """Return the coverage of so many letters in rows of forty."""
    ink = np.zeros(PAGE_SHAPE, np.float32)
    for k in range(count):
        y, x = top + 12 + 16 * (k // 40), left + 4 + 9 * (k % 40)
        ink[y : y + 8, x : x + 5] = 1.0
    return ink


def as_layer(ink, all_ink, **looks_like):
    """Return a layer as `layer` does, of any size, that stands in rows if it is letters."""
    made = layer(np.zeros(SHAPE, np.float32))
    solid = ink > 0.95
    pieces = pieces_of(solid)
    return replace(
        made,
        scale=measure(ink),
        box=Box(*pieces.bounds),
        pieces=pieces,
        solid=solid,
        carve=ink.copy,
        carve_all=all_ink.copy,
        **looks_like,
    )


TEXT = letters(400)
MARK = np.zeros(TEXT.shape, np.float32)
MARK[176:192, 10:40] = MARK[176:192, 60:90] = 1.0
MARK[179:189, 13:37] = MARK[179:189, 63:87] = 0.0
EVERYTHING = np.maximum(TEXT, 0.4 * MARK)
PAGE = replace(as_layer(TEXT, EVERYTHING, share=0.7), wanted=0.95)
BEHIND = replace(as_layer(MARK, EVERYTHING, share=0.3, contrast=0.4, rows=0.2), wanted=0.3)


def test_pieces_in_the_color_of_a_watermark_go():
    ink = without_marks(np.maximum(TEXT, MARK), [PAGE, BEHIND])
    assert np.array_equal(ink, TEXT)


def test_pale_text_that_is_wanted_stays():
    whole = np.maximum(TEXT, MARK)
    assert np.array_equal(without_marks(whole, [PAGE, replace(BEHIND, wanted=0.9)]), whole)


def test_ink_as_dark_as_the_text_stays():
    whole = np.maximum(TEXT, MARK)
    assert np.array_equal(without_marks(whole, [PAGE, replace(BEHIND, contrast=1.0)]), whole)


def test_behind_a_few_words_a_mark_is_much_fainter():
    few = letters(4)
    main = replace(as_layer(few, few, share=0.5), wanted=0.9)
    whole = np.maximum(few, MARK)
    assert np.array_equal(without_marks(whole, [main, BEHIND]), few)
    paler = replace(BEHIND, contrast=0.6)
    assert np.array_equal(without_marks(whole, [main, paler]), whole)


def test_darker_text_whose_edges_have_the_color_of_a_mark_stays():
    whole = np.maximum(TEXT, MARK)
    page = replace(PAGE, carve_all=whole.copy)
    assert np.array_equal(without_marks(whole, [page, BEHIND]), whole)


def test_letters_in_a_panel_stay():
    panel = np.zeros(TEXT.shape, np.float32)
    panel[172:196, 10:200] = 1.0
    everything = np.maximum(TEXT, 0.4 * panel)
    behind = replace(as_layer(panel, everything, share=0.3, contrast=0.4, rows=0.2), wanted=0.1)
    ink = np.maximum(TEXT, letters(8, left=20, top=166))
    assert np.array_equal(without_marks(ink, [PAGE, behind]), ink)
