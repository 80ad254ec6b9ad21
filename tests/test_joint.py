"""Layers and network together, on layers put together by hand: no network has a say here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from foretext.ink import Scale, mask_of, measure
from foretext.joint import joint_ink, sees_text, unwanted_share, wanted_layers, weighed
from foretext.layer import Layer
from foretext.pieces import pieces_of
from foretext.reading import Box
from tests.stages import BLACK, RED, frozen

SHAPE = (60, 120)
# Nothing is decided by less than this.
SURE, UNSURE, UNWANTED = 1.0, 0.4, 0.0


def block(top, left, height=20, width=20):
    """Return the coverage of a block with a soft edge of one pixel around it."""
    ink = np.zeros(SHAPE, np.float32)
    ink[top - 1 : top + height + 1, left - 1 : left + width + 1] = 0.4
    ink[top : top + height, left : left + width] = 1.0
    return ink


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


def joined(layers, foreground):
    """Return the joint ink, checked for what always holds."""
    before = [one.ink.copy() for one in layers]
    ink = joint_ink(weighed(layers, foreground), foreground)
    assert ink.dtype == np.float32
    assert ink.shape == SHAPE
    assert 0.0 <= ink.min() <= ink.max() <= 1.0
    possible = np.maximum.reduce([layers[0].all_ink, *(one.ink for one in layers)])
    assert (ink <= possible).all()
    assert all(np.array_equal(one.ink, was) for one, was in zip(layers, before, strict=True))
    return ink


# --- weighing ----------------------------------------------------------------------------------


def test_layers_are_weighed_by_what_they_cover_wholly():
    foreground = looks(wanted=[LEFT])
    both = np.maximum(LEFT, RIGHT)
    layers = layer(LEFT), layer(RIGHT), layer(both), layer(LEFT, beside=[RIGHT])
    assert [one.wanted for one in weighed(layers, foreground)] == pytest.approx([1, 0, 0.5, 1])


def test_weighing_changes_nothing_else():
    one = layer(LEFT, share=0.3, color=RED)
    (told,) = weighed([one], looks(wanted=[LEFT]))
    assert one.wanted is None
    assert told.to_dict() == one.to_dict() | {"wanted": 1.0}
    assert np.array_equal(told.ink, one.ink)
    assert weighed([], looks()) == ()


def test_layer_is_wanted_from_some_share_on():
    def verdict(share):
        return wanted_layers(weighed([layer(LEFT)], np.full(SHAPE, share, np.float32))) != ()

    verdicts = [verdict(share) for share in np.linspace(0.0, 1.0, 11)]
    assert verdicts == sorted(verdicts)
    assert (verdicts[0], verdicts[2], verdicts[5], verdicts[-1]) == (False, False, True, True)


def test_layers_that_were_not_weighed_are_not_wanted():
    assert wanted_layers([layer(LEFT), layer(RIGHT)]) == wanted_layers([]) == ()


def test_wanted_layers_stay_in_their_order():
    layers = weighed([layer(LEFT), layer(BELOW), layer(RIGHT)], looks(wanted=[RIGHT, LEFT]))
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


def test_a_speck_is_no_text():
    speck = np.zeros(SHAPE, np.float32)
    speck[10:12, 12:14] = 1.0
    assert not sees_text([layer(LEFT, beside=[RIGHT])], looks(wanted=[speck]))


# --- together ----------------------------------------------------------------------------------


def test_wanted_layer_is_taken_whole_with_its_own_edges():
    foreground = np.maximum(looks(wanted=[LEFT]), np.float32(0.95) * (LEFT > 0))
    ink = joined([layer(LEFT, beside=[RIGHT]), layer(RIGHT, beside=[LEFT])], foreground)
    assert np.array_equal(ink, LEFT)


def test_unwanted_layer_is_left_out_whole():
    ink = joined([layer(LEFT, beside=[RIGHT]), layer(RIGHT, beside=[LEFT])], looks(wanted=[LEFT]))
    assert not ink[RIGHT > 0].any()
    assert (ink[LEFT > 0.95] == 1.0).all()


def test_doubt_in_an_unwanted_layer_brings_nothing_back():
    # A fifth of the right block looks like text, but not surely.
    part = RIGHT.copy()
    part[:, 74:] = 0.0
    ink = joined([layer(LEFT, beside=[RIGHT]), layer(RIGHT)], looks(wanted=[LEFT], unsure=[part]))
    assert not ink[RIGHT > 0].any()


def test_what_the_network_is_sure_of_is_wanted_whatever_its_layer():
    # A letter in the color of the words behind.
    letter = RIGHT.copy()
    letter[:, 74:] = 0.0
    layers = layer(LEFT, beside=[RIGHT]), layer(RIGHT, beside=[LEFT])
    ink = joined(layers, looks(wanted=[LEFT, letter]))
    assert (ink[letter > 0.95] == 1.0).all()
    assert not ink[:, 76:].any()
    assert len(wanted_layers(weighed(layers, looks(wanted=[LEFT, letter])))) == 1


def test_what_the_network_is_sure_of_must_be_ink():
    ink = joined([layer(LEFT)], looks(wanted=[LEFT, BELOW]))
    assert not ink[BELOW > 0].any()
    assert (ink[LEFT > 0.95] == 1.0).all()


@pytest.mark.parametrize("others", [1, 3], ids=["half", "a quarter"])
def test_of_a_shared_layer_each_piece_is_taken_or_left(others):
    # Of one color: text that is wanted, and other text.
    rest = [RIGHT, BELOW, block(35, 70)][:others]
    union = np.maximum.reduce([LEFT, *rest])
    foreground = np.maximum(looks(wanted=[LEFT]), np.float32(0.9) * (LEFT > 0))
    ink = joined([layer(union, share=1.0)], foreground)
    assert (ink[LEFT > 0.95] == 1.0).all()
    for piece in rest:
        assert not ink[piece > 0].any()
    if others == 1:
        # The edge is the color's, not the network's.
        assert np.array_equal(ink, LEFT)


def test_specks_of_doubt_do_not_make_a_hole_in_a_wanted_piece():
    both = np.maximum(LEFT, RIGHT)
    foreground = np.maximum(looks(wanted=[LEFT]), np.float32(0.95) * (LEFT > 0))
    foreground[10:12, 15:17] = UNWANTED
    assert (joined([layer(both, share=1.0)], foreground)[10:12, 15:17] == 1.0).all()


def test_of_a_shared_piece_each_pixel_is_taken_or_left():
    # A line of the same ink runs through a letter.
    line = np.zeros(SHAPE, np.float32)
    line[12:16] = 1.0
    letter = block(5, 50)
    union = np.maximum(line, letter)
    foreground = looks(wanted=[letter])
    ink = joined([layer(union, share=1.0)], foreground)
    assert (ink[letter > 0.95] == 1.0).all()
    assert not ink[(line > 0) & (letter == 0)].any()


def test_pixels_in_doubt_fade():
    # From unwanted on the left of a line to wanted on its right.
    line = np.zeros(SHAPE, np.float32)
    line[20:26] = 1.0
    fade = np.broadcast_to(np.linspace(0.0, 1.0, SHAPE[1], dtype=np.float32), SHAPE)
    row = joined([layer(line, share=1.0)], frozen(fade))[22]
    assert (np.diff(row) >= 0.0).all()
    assert row[0] == 0.0
    assert row[-1] == 1.0
    assert ((row > 0.05) & (row < 0.95)).sum() > 5


def test_of_a_wanted_layer_what_is_unwanted_for_sure_is_left_out():
    # Four letters of five are wanted, and the fifth is a stain in the same color.
    blocks = [block(5, 4), block(5, 34), block(5, 64), block(5, 94), block(35, 50, 6)]
    union = np.maximum.reduce(blocks)
    foreground = looks(wanted=blocks[:4])
    (told,) = weighed([layer(union, share=1.0)], foreground)
    assert told.wanted > 0.9
    ink = joined([layer(union, share=1.0)], foreground)
    assert not ink[blocks[4] > 0].any()
    assert mask_of(ink).sum() == 4 * 20 * 20


def test_layers_are_joined_in_any_order():
    layers = [layer(ink, beside=[LEFT, RIGHT, BELOW]) for ink in (LEFT, RIGHT, BELOW)]
    foreground = looks(wanted=[LEFT, BELOW], unsure=[RIGHT])
    assert np.array_equal(joined(layers, foreground), joined(layers[::-1], foreground))


# --- the running text of a page ----------------------------------------------------------------

PAGE_SHAPE = (200, 400)


def letters(count, left=0, top=0):
    """Return the coverage of so many letters in rows of forty."""
    ink = np.zeros(PAGE_SHAPE, np.float32)
    for k in range(count):
        y, x = top + 12 + 16 * (k // 40), left + 4 + 9 * (k % 40)
        ink[y : y + 8, x : x + 5] = 1.0
    return ink


def watermark():
    """Return the coverage of three letters as tall as the page."""
    ink = np.zeros(PAGE_SHAPE, np.float32)
    for left in (20, 150, 280):
        ink[5:195, left : left + 90] = 1.0
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


def test_running_text_is_not_given_up_for_a_larger_text_behind_it():
    # Where both meet, the network sees only the larger one.
    text, behind = letters(400), watermark()
    everything = np.maximum(text, 0.4 * behind)
    layers = (
        as_layer(text, everything, share=0.5),
        as_layer(np.where(text > 0, 0.0, behind), everything, share=0.5, contrast=0.4, rows=0.2),
    )
    foreground = np.float32(0.7) * text
    foreground[(behind > 0) & (text > 0)] = 0.4
    foreground[(behind > 0) & (text == 0)] = 0.3
    told = weighed(layers, foreground)
    assert wanted_layers(told) == told[:1]
    ink = joint_ink(told, foreground)
    assert (ink[text > 0.5] > 0.9).mean() > 0.99
    assert not ink[text == 0].any()


def test_many_words_that_the_network_does_not_want_are_no_running_text():
    words, text = letters(320), np.zeros(PAGE_SHAPE, np.float32)
    for k in range(5):
        text[150:190, 20 + 70 * k : 60 + 70 * k] = 1.0
    everything = np.maximum(0.5 * words, text)
    layers = (
        as_layer(text, everything, share=0.6),
        as_layer(words, np.minimum(2 * everything, 1.0), share=0.4, contrast=0.5),
    )
    foreground = text.copy()
    told = weighed(layers, foreground)
    assert wanted_layers(told) == told[:1]
    assert np.array_equal(joint_ink(told, foreground), text)
