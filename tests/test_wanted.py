"""What the network says of layers that are put together by hand: no network has a say here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from foretext.choose.wanted import holds_a_mark, sees_text, unwanted_share, wanted_layers, weighed
from foretext.ink import Scale, measure
from foretext.layer import Layer
from foretext.pieces import pieces_of
from foretext.reading import Box
from foretext.separate.contrast import contrast
from tests.stages import BLACK, RED, frozen, paint, paper

SHAPE = (60, 120)
# Nothing is decided by less than this.
SURE, UNSURE, UNWANTED = 1.0, 0.4, 0.0


def block(top, left, height=20, width=20):
    """Return the coverage of a block with a soft edge of one pixel around it."""
    ink = np.zeros(SHAPE, np.float32)
    ink[top - 1 : top + height + 1, left - 1 : left + width + 1] = 0.4
    ink[top : top + height, left : left + width] = 1.0
    return ink


# As strong everywhere.
EVEN = np.full(SHAPE, 200.0, np.float32)
LEFT, RIGHT, BELOW = block(5, 10), block(5, 70), block(35, 10)


def layer(ink, *, share=0.5, color=BLACK, beside=()):
    """Return a layer of this coverage in a picture that holds other ink beside it."""
    all_ink = np.maximum.reduce([ink, *beside])
    solid = ink > 0.95
    pieces = pieces_of(solid)
    return Layer(
        color=color,
        scale=measure(ink) if ink.any() else Scale(1.0, 1.0),
        angle=0.0,
        share=share,
        box=Box(*pieces.bounds),
        rows=1.0,
        cut=0.0,
        contrast=1.0,
        pieces=pieces,
        solid=solid,
        carve=ink.copy,
        carve_all=all_ink.copy,
    )


def looks(*, wanted=(), unsure=()):
    """Return what a network sees: sure of some inks, unsure of others, nothing else wanted."""
    foreground = np.full(SHAPE, UNWANTED, np.float32)
    for inks, value in ((unsure, UNSURE), (wanted, SURE)):
        for ink in inks:
            foreground[ink > 0.95] = value
    return frozen(foreground)


# --- weighing ----------------------------------------------------------------------------------


def test_layers_are_weighed_by_what_they_cover_wholly():
    foreground = looks(wanted=[LEFT])
    both = np.maximum(LEFT, RIGHT)
    layers = layer(LEFT), layer(RIGHT), layer(both), layer(LEFT, beside=[RIGHT])
    assert [one.wanted for one in weighed(layers, foreground, EVEN)] == pytest.approx(
        [1, 0, 0.5, 1]
    )


def test_soft_edges_count_less_than_strokes():
    one = replace(layer(LEFT), solid=LEFT > 0.0)
    (told,) = weighed([one], looks(wanted=[LEFT]), frozen(200.0 * LEFT))
    (even,) = weighed([one], looks(wanted=[LEFT]), EVEN)
    assert even.wanted == pytest.approx(400 / 484)
    assert told.wanted == pytest.approx(400 / (400 + 0.4 * 84))


def test_weighing_changes_nothing_else():
    one = layer(LEFT, share=0.3, color=RED)
    (told,) = weighed([one], looks(wanted=[LEFT]), EVEN)
    assert one.wanted is None
    assert told.to_dict() == one.to_dict() | {"wanted": 1.0}
    assert np.array_equal(told.ink, one.ink)
    assert weighed([], looks(), EVEN) == ()


def test_layer_is_wanted_from_some_share_on():
    def verdict(share):
        return wanted_layers(weighed([layer(LEFT)], np.full(SHAPE, share, np.float32), EVEN)) != ()

    verdicts = [verdict(share) for share in np.linspace(0.0, 1.0, 11)]
    assert verdicts == sorted(verdicts)
    assert (verdicts[0], verdicts[2], verdicts[5], verdicts[-1]) == (False, False, True, True)


def test_layers_that_were_not_weighed_are_not_wanted():
    assert wanted_layers([layer(LEFT), layer(RIGHT)]) == wanted_layers([]) == ()


def test_wanted_layers_stay_in_their_order():
    layers = weighed([layer(LEFT), layer(BELOW), layer(RIGHT)], looks(wanted=[RIGHT, LEFT]), EVEN)
    assert wanted_layers(layers) == (layers[0], layers[2])


# --- how much is unwanted ----------------------------------------------------------------------


def test_unwanted_are_the_shares_of_the_layers_that_the_network_does_not_want():
    layers = layer(LEFT, share=0.6), layer(RIGHT, share=0.3), layer(BELOW, share=0.1)
    for wanted, unwanted in (
        ([LEFT, RIGHT, BELOW], 0.0),
        ([LEFT, RIGHT], 0.1),
        ([RIGHT], 0.7),
        ([], 1.0),
    ):
        # At least that: a layer may hold more of the dense ink than its share tells.
        share = unwanted_share(layers, looks(wanted=wanted))
        assert unwanted - 1e-6 <= share <= 1.0
        assert (share == 0.0) == (unwanted == 0.0)


def test_half_of_a_layer_counts_half():
    both = layer(np.maximum(LEFT, RIGHT), share=0.8)
    assert unwanted_share([both], looks(wanted=[LEFT])) == pytest.approx(0.5)


def test_ink_of_no_layer_counts():
    alone = layer(LEFT, share=0.5)
    known = replace(alone, carve_all=lambda: np.maximum(LEFT, RIGHT))
    assert unwanted_share([alone], looks(wanted=[LEFT])) == 0.0
    assert unwanted_share([known], looks(wanted=[LEFT])) > 0.3


def test_doubt_is_not_unwanted():
    assert unwanted_share([layer(LEFT, share=1.0)], looks(unsure=[LEFT])) == 0.0


def test_without_layers_nothing_is_unwanted():
    assert unwanted_share((), looks()) == 0.0


# --- whether there is any text -----------------------------------------------------------------


def test_some_ink_of_which_the_network_is_sure_is_text():
    layers = layer(LEFT, beside=[RIGHT]), layer(RIGHT, beside=[LEFT])
    assert sees_text(layers, looks(wanted=[LEFT]))
    assert not sees_text(layers, looks())
    assert not sees_text(layers, looks(unsure=[LEFT, RIGHT]))


def test_what_the_network_sees_on_bare_paper_is_no_text():
    assert not sees_text([layer(LEFT)], looks(wanted=[RIGHT]))


def test_white_letters_in_a_bar_are_text():
    bar = np.ones(SHAPE, np.float32)
    bar[:4] = 0.0
    bar[LEFT > 0.5] = 0.0
    assert LEFT[5:-1, 1:-1].sum() > 0.01 * bar.sum()
    assert sees_text([layer(bar)], looks(wanted=[LEFT]))


def test_little_text_beside_much_that_is_beyond_its_panel_is_text():
    ground = np.maximum(1.0 - block(2, 2, 20, 20), 0.0).astype(np.float32)
    few = block(8, 8, 3, 2)
    layers = [layer(few, beside=[ground])]
    assert not sees_text(layers, looks(wanted=[few]))
    assert sees_text(layers, looks(wanted=[few]), ground < 0.5)


def test_a_speck_is_no_text():
    speck = np.zeros(SHAPE, np.float32)
    speck[10:12, 12:14] = 1.0
    assert not sees_text([layer(LEFT, beside=[RIGHT])], looks(wanted=[speck]))


# --- marks on a page ----------------------------------------------------------------------------

MARK = [block(5, 32, 8, 8), block(18, 31, 8, 3), block(27, 14, 3, 9)]
ASIDE = [block(5, 60, 8, 8), block(18, 61, 8, 3), block(37, 14, 3, 9)]


def marked(color, mark=MARK):
    """Return the contrast of a picture of a text and a mark, and its layers."""
    pixels = paint(paint(paper(SHAPE), (LEFT, BLACK)), *((one, color) for one in mark))
    return contrast(frozen(pixels)), [layer(np.maximum.reduce([LEFT, *mark]))]


@pytest.mark.parametrize("color", [RED, (110, 110, 110)])
def test_a_few_large_pieces_of_another_color_are_a_mark(color):
    seen, layers = marked(color)
    assert holds_a_mark(seen, layers, looks(wanted=[LEFT]), 12.0)
    assert not holds_a_mark(seen, layers, looks(wanted=[LEFT, MARK[0]]), 12.0)
    assert not holds_a_mark(seen, layers, looks(wanted=[LEFT], unsure=MARK), 12.0)
    assert not holds_a_mark(seen, layers, looks(), 12.0)


def test_what_has_the_color_of_the_text_is_none_nor_is_what_stands_aside():
    seen, layers = marked(BLACK)
    assert not holds_a_mark(seen, layers, looks(wanted=[LEFT]), 12.0)
    seen, layers = marked(RED, ASIDE)
    assert not holds_a_mark(seen, layers, looks(wanted=[LEFT]), 12.0)


def test_many_small_bits_are_none():
    bits = [block(5 + 6 * row, 50 + 6 * column, 3, 3) for row in range(8) for column in range(10)]
    pixels = paint(paint(paper(SHAPE), (LEFT, BLACK)), *((one, RED) for one in bits))
    layers = [layer(np.maximum.reduce([LEFT, *bits]))]
    assert not holds_a_mark(contrast(frozen(pixels)), layers, looks(wanted=[LEFT]), 12.0)


def test_bits_of_a_large_character_are_no_text_but_letters_in_a_bar_are():
    character = np.zeros(SHAPE, np.bool_)
    character[10:60, 20:50] = True
    bits = np.zeros(SHAPE, np.bool_)
    bits[12:15, 24:44] = True
    half_seen = np.where(bits, np.float32(0.7), np.float32(0.0))
    assert not sees_text([layer(character)], half_seen)
    assert sees_text([layer(character)], np.where(bits, np.float32(0.9), np.float32(0.0)))
    bar = np.zeros(SHAPE, np.bool_)
    bar[10:30, 5:65] = True
    assert sees_text([layer(bar)], np.where(bits, np.float32(0.7), np.float32(0.0)))
