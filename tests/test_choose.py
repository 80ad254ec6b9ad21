"""Which layer is the wanted one: by itself, and as told."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from foretext import KeepError
from foretext.choose import choose
from foretext.choose.by_color import with_peers
from foretext.choose.rank import rank, text_height
from foretext.ink import Scale
from foretext.separate import Separation, separate
from tests.stages import (
    BLACK,
    BLUE,
    GRAY,
    GREEN,
    RED,
    WHITE,
    cloud,
    colored_cloud,
    f_measure,
    lettering,
    paint,
    paper,
    picture,
    rms,
)

SHAPE = (90, 300)
MAIN = lettering(SHAPE, ((20, 18), "Kep4wKAm", 50))
PALE_BLUE = (140, 150, 210)


either_way = pytest.mark.parametrize("network", [True, False], ids=["network", "color"])


def chosen(pixels, keep="auto", *, network=True):
    return choose(separate(pixels), pixels, keep, network=network)


@pytest.fixture
def seen(monkeypatch):
    """Return a function that lets the network see what is given to it as wanted."""

    def see(foreground):
        monkeypatch.setattr(Separation, "foreground", lambda _, x_height, is_running: foreground)

    return see


@pytest.fixture(scope="module")
def over_words():
    """Return gray text over colored words."""
    return paint(paper(SHAPE), *colored_cloud(SHAPE, 12), (MAIN, GRAY))


@pytest.fixture(scope="module")
def two_sizes():
    """Return large pale text and small dark text, apart from each other."""
    large = lettering(SHAPE, ((10, 2), "Large", 52))
    small = lettering(SHAPE, ((10, 66), "small print below in a row", 18))
    return large, small, paint(paper(SHAPE), (large, PALE_BLUE), (small, BLACK))


# --- ranking -----------------------------------------------------------------------------------


def test_ranked_layers_have_numbers_scores_and_reasons(over_words):
    ranked = rank(separate(over_words).layers)
    assert len(ranked) >= 4
    assert [layer.number for layer in ranked] == list(range(1, len(ranked) + 1))
    scores = [layer.score for layer in ranked]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert scores[-1] > 0.0
    assert "thickest" in ranked[0].reason
    assert "tallest" in ranked[0].reason
    assert len({layer.reason for layer in ranked}) == len(ranked)


def test_ranking_nothing_gives_nothing():
    assert rank(()) == ()


def test_ranking_does_not_depend_on_the_order(over_words):
    layers = separate(over_words).layers
    first, second = rank(layers), rank(layers[::-1])
    assert [layer.hex for layer in first] == [layer.hex for layer in second]
    assert [layer.score for layer in first] == pytest.approx([layer.score for layer in second])


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"share": 0.5}, {"share": 0.2}),
        ({"contrast": 0.9}, {"contrast": 0.4}),
        ({"rows": 1.0}, {"rows": 0.2}),
        ({"cut": 0.0}, {"cut": 0.7}),
        ({"scale": Scale(6.0, 30.0)}, {"scale": Scale(2.0, 30.0)}),
        ({"scale": Scale(4.0, 40.0)}, {"scale": Scale(4.0, 10.0)}),
        ({"wanted": 0.8}, {"wanted": 0.3}),
    ],
    ids=lambda change: "-".join(f"{key}={value}" for key, value in change.items()),
)
def test_each_sign_of_the_wanted_text_counts(over_words, better, worse):
    layer = separate(over_words).layers[0]
    ranked = rank([replace(layer, color=RED, **worse), replace(layer, color=BLUE, **better)])
    assert [layer.color for layer in ranked] == [BLUE, RED]
    assert ranked[1].score < 0.95


def test_reason_tells_of_the_network_only_if_it_was_asked(over_words):
    layer = separate(over_words).layers[0]
    asked, unasked = rank([replace(layer, wanted=0.42)]), rank([layer])
    assert "42% wanted by its looks" in asked[0].reason
    assert "looks" not in unasked[0].reason


def test_what_the_network_takes_for_unwanted_is_still_ranked(over_words):
    ranked = rank([replace(layer, wanted=0.0) for layer in separate(over_words).layers])
    assert ranked[0].color == pytest.approx(GRAY, abs=3)
    assert 0.0 < ranked[-1].score < ranked[0].score == 1.0


# --- by itself ---------------------------------------------------------------------------------


@either_way
def test_text_over_words_is_kept_alone(over_words, network):
    choice = chosen(over_words, network=network)
    (layer,) = choice.wanted
    assert layer.color == pytest.approx(GRAY, abs=3)
    assert layer == choice.layers[0]
    assert ("looks unwanted" if network else "close surroundings") in choice.reason
    assert f_measure(choice.ink > 0.5, MAIN > 0.5) > 0.95


@either_way
def test_without_anything_close_all_ink_is_kept(two_sizes, network):
    large, small, pixels = two_sizes
    choice = chosen(pixels, network=network)
    assert choice.wanted == choice.layers
    for text in (large, small):
        assert (choice.ink[text > 0.9] > 0.25).mean() > 0.99
    if not network:
        assert "all ink is kept" in choice.reason
        assert min(choice.ink[large > 0.9].min(), choice.ink[small > 0.9].min()) > 0.25


@either_way
def test_one_kind_of_text_is_kept_as_it_is(network):
    choice = chosen(paint(paper(SHAPE), (MAIN, BLACK)), network=network)
    assert choice.wanted == choice.layers
    assert rms(choice.ink, MAIN) < 0.01
    kept = "hardly any ink looks unwanted, so all of it is kept"
    assert choice.reason == (kept if network else "there is one kind of text")


@either_way
def test_characters_of_several_colors_over_words_are_one_text(network):
    colors = (BLACK, (150, 20, 20), (20, 20, 150), (20, 100, 20))
    spots = [
        (lettering(SHAPE, ((14 + 70 * k, 14), c, 60)), colors[k]) for k, c in enumerate("KMRW")
    ]
    pixels = paint(paper(SHAPE), (cloud(SHAPE, 11), (190, 190, 190)), *spots)
    choice = chosen(pixels, network=network)
    assert len(choice.wanted) == len(colors)
    union = np.maximum.reduce([coverage for coverage, _ in spots])
    assert f_measure(choice.ink > 0.5, union > 0.5) > 0.95


@pytest.mark.parametrize("keep", ["auto", "largest", "darkest"])
def test_empty_paper_gives_an_empty_choice(keep):
    choice = chosen(picture("white"), keep)
    assert choice.wanted == choice.layers == ()
    assert choice.reason == "the picture holds no ink"
    assert choice.ink.shape == picture("white").shape[:2]
    assert not choice.ink.any()


# --- by the network's word, whatever the network -------------------------------------------------


def test_what_looks_wanted_is_kept_though_it_is_small(two_sizes, seen):
    large, small, pixels = two_sizes
    assert chosen(pixels, network=False).layers[0].color == pytest.approx(PALE_BLUE, abs=4)
    seen(small)
    choice = chosen(pixels)
    (layer,) = choice.wanted
    assert (layer.number, layer.color) == (1, pytest.approx(BLACK, abs=4))
    assert layer.wanted > 0.9
    assert choice.layers[1].wanted < 0.1
    assert "looks unwanted" in choice.reason
    assert layer.reason in choice.reason
    assert f_measure(choice.ink > 0.5, small > 0.5) > 0.95
    assert choice.ink[large > 0.9].max() < 0.1


def test_edges_are_those_of_the_color_not_of_the_network(over_words, seen):
    # A network that has no more than a blurred idea of the letters tells enough.
    seen(cv2.GaussianBlur((MAIN > 0.5).astype(np.float32), (0, 0), 1.0))
    layer = chosen(over_words, "#666").wanted[0]
    ink = chosen(over_words).ink
    edge = (MAIN > 0.2) & (MAIN < 0.8) & (layer.ink > 0.2)
    assert edge.sum() > 500
    assert rms(ink[edge], MAIN[edge]) < 0.6 * rms((MAIN > 0.5)[edge], MAIN[edge])


def test_if_hardly_anything_looks_unwanted_all_is_kept(over_words, seen):
    everything = chosen(over_words, 1).layers[0].all_ink
    looks = (everything > 0.3).astype(np.float32)
    looks[:, :5] = 0.0
    seen(looks)
    choice = chosen(over_words)
    assert choice.wanted == choice.layers
    assert "all of it is kept" in choice.reason
    assert (choice.ink >= everything).all()
    looks[:, 30:60] = 0.0
    choice = chosen(over_words)
    assert "of the ink looks unwanted" in choice.reason
    assert choice.ink[:, 33:57].max() < 0.1


def test_if_nothing_looks_wanted_color_decides(over_words, seen):
    seen(np.zeros(SHAPE, np.float32))
    choice, by_color = chosen(over_words), chosen(over_words, network=False)
    assert "close surroundings" in choice.reason
    assert [layer.color for layer in choice.wanted] == [layer.color for layer in by_color.wanted]
    assert np.array_equal(choice.ink, by_color.ink)
    assert all(layer.wanted == 0.0 for layer in choice.layers)


@pytest.mark.parametrize("keep", ["#666", "largest", "darkest", "gray:98-106"])
def test_what_is_told_overrules_the_network(over_words, seen, keep):
    seen(np.float32(1) - MAIN)
    assert np.array_equal(chosen(over_words, keep).ink, chosen(over_words, keep, network=False).ink)


def test_numbers_are_those_of_the_ranking_with_the_network(two_sizes, seen):
    _, small, pixels = two_sizes
    first = {chosen(pixels, 1, network=False).wanted[0].hex}
    seen(small)
    (layer,) = chosen(pixels, 1).wanted
    assert first != {layer.hex}
    assert layer.color == pytest.approx(BLACK, abs=4)


def test_network_is_told_how_tall_the_text_is(two_sizes, monkeypatch):
    _, _, pixels = two_sizes
    told = []
    foreground = Separation.foreground

    def tell(own, tall, *, is_running):
        told.append((tall, is_running))
        return foreground(own, tall, is_running=is_running)

    monkeypatch.setattr(Separation, "foreground", tell)
    chosen(pixels)
    assert told == [(text_height(rank(separate(pixels).layers)), False)]


def test_network_is_not_asked_against_the_users_will(over_words, two_sizes, monkeypatch):
    def refuse(*_):
        pytest.fail("the network was asked")

    monkeypatch.setattr(Separation, "foreground", refuse)
    for pixels in (over_words, two_sizes[2], picture("white")):
        for keep in ("auto", "largest"):
            choice = chosen(pixels, keep, network=False)
            assert all(layer.wanted is None for layer in choice.layers)
    chosen(picture("white"))  # there is nothing to ask of


# --- as told -----------------------------------------------------------------------------------


def test_largest_and_darkest(two_sizes):
    large, small, pixels = two_sizes
    for keep, truth, color in (("largest", large, PALE_BLUE), ("darkest", small, BLACK)):
        choice = chosen(pixels, keep)
        assert [layer.color for layer in choice.wanted] == [pytest.approx(color, abs=4)]
        assert keep in choice.reason
        assert f_measure(choice.ink > 0.5, truth > 0.5) > 0.9


def test_number_takes_that_layer(over_words):
    everything = chosen(over_words).layers
    for number, layer in enumerate(everything, start=1):
        choice = chosen(over_words, number)
        assert [one.number for one in choice.wanted] == [number]
        assert choice.wanted[0].hex == layer.hex
        assert np.array_equal(choice.ink, layer.ink)
    assert np.array_equal(chosen(over_words, "layer 1").ink, everything[0].ink)


def test_several_numbers_take_all_of_them(over_words):
    both = chosen(over_words, "1,2")
    assert [layer.number for layer in both.wanted] == [1, 2]
    one, two = (chosen(over_words, number).ink for number in (1, 2))
    assert np.array_equal(both.ink, np.maximum(one, two))
    assert np.array_equal(chosen(over_words, "2+1").ink, both.ink)


@pytest.mark.parametrize("color", [GRAY, RED, GREEN, BLUE])
def test_color_takes_the_layer_nearest_to_it(over_words, color):
    aside = tuple(part + 12 for part in color)
    for wish in (color, aside):
        (layer,) = chosen(over_words, "rgb({},{},{})".format(*wish)).wanted
        assert np.linalg.norm(np.subtract(layer.color, color)) < 30


def test_range_takes_the_pixels_in_it(over_words):
    choice = chosen(over_words, "gray:98-106")
    assert f_measure(choice.ink > 0.5, MAIN > 0.5) > 0.95
    (layer,) = choice.wanted
    assert layer.color == pytest.approx(GRAY, abs=3)
    assert "gray:98-106" in choice.reason
    assert layer.number == 0
    assert layer.reason


def test_range_keeps_edges_soft(over_words):
    ink = chosen(over_words, "#666±4").ink
    assert ((ink > 0.1) & (ink < 0.9)).sum() > 0.1 * (ink > 0.5).sum()


def test_range_works_on_dark_paper():
    pixels = paint(paper(SHAPE, (30, 40, 30)), (cloud(SHAPE, 12), (90, 110, 150)), (MAIN, WHITE))
    choice = chosen(pixels, "gray:250-255")
    assert f_measure(choice.ink > 0.5, MAIN > 0.5) > 0.95


def test_number_without_layer_is_refused(over_words):
    count = len(chosen(over_words).layers)
    for keep in (count + 1, f"1,{count + 1}"):
        with pytest.raises(KeepError, match=f"no layer {count + 1}.*has {count}") as caught:
            chosen(over_words, keep)
        assert "foretext layers" in caught.value.hint


def test_color_far_from_all_is_refused_with_those_found(over_words):
    with pytest.raises(KeepError, match="#ffff00") as caught:
        chosen(over_words, "#ffff00")
    assert chosen(over_words).layers[0].hex in str(caught.value)


@pytest.mark.parametrize("keep", ["rgb(255,255,0)±5", "gray:1-9", "gray:255-255"])
def test_range_without_ink_is_refused(over_words, keep):
    # The last is the paper itself.
    with pytest.raises(KeepError, match="no ink of such a color"):
        chosen(over_words, keep)


@pytest.mark.parametrize("keep", [1, "1,2", "#666", "gray:100-105"])
def test_naming_something_on_empty_paper_is_refused(keep):
    with pytest.raises(KeepError, match="the picture holds no ink"):
        chosen(picture("white"), keep)


def test_what_is_not_understood_is_refused_even_on_empty_paper():
    with pytest.raises(KeepError, match="not understood"):
        chosen(picture("white"), "biggest")


def test_a_text_that_is_named_keeps_its_thin_letters_and_tones():
    # An l is thinner than an o, and of small print each letter has a tone of its own.
    lines = [((10, 6 + 22 * n), "while all wizards judge it still", 15) for n in range(6)]
    ink = lettering((140, 420), *lines)
    for keep in ("darkest", 1):
        found = chosen(paint(paper((140, 420)), (ink, (20, 20, 30))), keep).ink
        assert f_measure(found > 0.5, ink > 0.5) > 0.9


@pytest.mark.parametrize(("color", "is_peer"), [(BLUE, True), ((236, 236, 240), False)])
def test_what_is_far_paler_is_no_peer(color, is_peer):
    one, other = (lettering(SHAPE, ((left, 18), "Kep4", 50)) for left in (20, 160))
    layers = rank(separate(paint(paper(SHAPE, WHITE), (one, BLACK), (other, color))).layers)
    chosen = with_peers(layers, "so it is").wanted
    assert (len(chosen) > 1) is is_peer
