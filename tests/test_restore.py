"""Steps of restoring: what must go goes, and what is part of the text stays whole."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

import foretext
from foretext import Recipe
from foretext.ink import Scale, mask_of, measure
from foretext.rest import Rest
from foretext.restore.bridge import bridge
from foretext.restore.despeckle import despeckle
from foretext.restore.enlarge import enlarge, factor_for, soften
from foretext.restore.lines import remove_lines
from tests.stages import BLACK, WHITE, bar, f_measure, frozen, lettering, paint, paper, rms, stroke

SHAPE = (90, 300)
TEXT = lettering(SHAPE, ((20, 18), "Kep4wKAm", 50))


def pointed(size):
    """Return text full of dots, and letters with accents put together from what the font has."""
    shape = (round(size * 1.8), round(size * 13))
    accented = [
        written
        for k, (letter, accent, lift) in enumerate(
            [
                ("a", "..", 0.62),
                ("e", "\N{ACUTE ACCENT}", 0.05),
                ("o", "^", 0.05),
                ("n", "~", -0.1),
                ("u", "°", 0.1),
            ]
        )
        for written in (
            ((size * (8 + k), size * 0.25), letter, size),
            ((size * (8 + k), size * (0.25 - lift)), accent, size),
        )
    ]
    return lettering(shape, ((size * 0.5, size * 0.25), "Ijij.,:;'\"-!?·i. i:", size), *accented)


def away_from(ink, reach=2):
    return cv2.dilate(ink, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) == 0.0


# --- despeckle ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [10, 12, 18, 24, 36, 60])
def test_dots_periods_and_accents_stay(size):
    ink = pointed(size)
    assert np.array_equal(despeckle(ink, measure(ink)), ink)


@pytest.mark.parametrize("size", [24, 36, 60])
def test_specks_go(size):
    ink = pointed(size)
    speckled = ink.copy()
    speckled[::7, ::9][away_from(ink)[::7, ::9]] = 1.0
    assert (speckled > ink).sum() > 30
    cleaned = despeckle(speckled, measure(speckled))
    assert np.array_equal(cleaned, ink)


@pytest.mark.parametrize(("side", "stays"), [(2, False), (3, True)])
def test_area_is_in_square_stroke_widths(side, stays):
    ink = TEXT.copy()
    ink[4 : 4 + side, 4 : 4 + side] = 1.0
    # 0.4 · 4.2² is 7 pixels, between 2² and 3².
    cleaned = despeckle(ink, Scale(4.2, 34.0), area=0.4)
    assert (cleaned[5, 5] == 1.0) == stays


def test_faint_specks_weigh_less_than_dark_ones():
    ink = TEXT.copy()
    ink[4:7, 4:7] = 1.0
    ink[4:7, 14:17] = 0.3
    cleaned = despeckle(ink, Scale(4.2, 34.0), area=0.4)
    assert cleaned[5, 5] == 1.0
    assert cleaned[5, 15] == 0.0


def test_no_area_removes_nothing():
    ink = TEXT.copy()
    ink[4, 4] = 1.0
    assert np.array_equal(despeckle(ink, measure(ink), area=0.0), ink)


def test_dots_of_small_print_stay_under_a_headline():
    shape = (150, 800)
    headline = lettering(shape, ((10, 4), "HEADLINE", 60))
    small = lettering(
        shape, ((10, 80), "small print: it is here, i.e. two dots. And 'quotes'.", 15)
    )
    both = np.maximum(headline, small)
    cleaned = foretext.clean(paint(paper(shape), (both, BLACK)))
    count, labels = cv2.connectedComponents((small > 0.5).view(np.uint8), connectivity=8)
    lost = [k for k in range(1, count) if not cleaned.mask[labels == k].any()]
    assert lost == []


# --- lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize("thickness", [1, 2])
@pytest.mark.parametrize("top", [30, 45, 60, 75])
def test_ruling_goes_and_strokes_stay_whole(top, thickness):
    ruling = bar(SHAPE, top, thickness)
    both = np.maximum(TEXT, ruling)
    cleaned = remove_lines(both, measure(both))
    assert not cleaned[(ruling > 0) & away_from(TEXT)].any()
    assert cleaned[TEXT > 0.9].mean() > 0.99
    assert f_measure(mask_of(cleaned), mask_of(TEXT)) > 0.985


@pytest.mark.parametrize("left", [8, 292])
def test_upright_line_beside_the_text_goes(left):
    both = TEXT.copy()
    both[:, left : left + 2] = 1.0
    cleaned = remove_lines(both, Scale(4.2, 16.0))
    assert rms(cleaned, TEXT) < 0.001


@pytest.mark.parametrize(
    ("left", "right", "thickness"),
    [
        (40, 50, 1.0),
        (30, 60, 1.0),
        (10, 80, 1.0),
        (40, 50, 2.0),
        (30, 60, 2.0),
        (10, 80, 2.0),
    ],
)
def test_slanted_line_goes_and_strokes_stay_whole(left, right, thickness):
    line = stroke(SHAPE, (0, left), (SHAPE[1] - 1, right), thickness)
    cleaned = remove_lines(np.maximum(TEXT, line), measure(TEXT))
    assert (mask_of(cleaned) & mask_of(line) & away_from(TEXT)).sum() < 0.03 * mask_of(line).sum()
    assert mask_of(cleaned)[TEXT > 0.9].mean() > 0.99


def test_line_shorter_than_told_stays():
    ink = TEXT.copy()
    ink[84:86, 100:190] = 1.0
    scale = Scale(4.2, 20.0)
    assert np.array_equal(remove_lines(ink, scale, length=5.0), ink)
    assert rms(remove_lines(ink, scale, length=2.0), TEXT) < 0.001


def test_every_line_longer_than_told_goes_to_its_ends():
    left = []
    for top in (6, 84):
        for start in range(0, 150, 15):
            ink = TEXT.copy()
            ink[top : top + 2, start : start + 80] = 1.0
            cleaned = remove_lines(ink, Scale(4.2, 20.0), length=3.0)
            left.append(int((cleaned - TEXT > 0.1).sum()))
    assert max(left) == 0


def test_line_thicker_than_told_stays():
    ink = np.maximum(TEXT, bar(SHAPE, 82, 3))
    scale = Scale(6.0, 20.0)
    assert np.array_equal(remove_lines(ink, scale, thickness=0.3), ink)
    assert rms(remove_lines(ink, scale, thickness=0.7), TEXT) < 0.001


@pytest.mark.parametrize("gap", [1, 2, 4, 8])
@pytest.mark.parametrize("scale", [1, 2])
def test_serifs_in_a_row_are_no_line(gap, scale):
    ink = slab_serifs(gap, scale)
    assert np.array_equal(remove_lines(ink, measure(ink)), ink)


def slab_serifs(gap, scale):
    """Return a row of capital I with thin slab serifs that nearly touch one another."""
    ink = np.zeros((80 * scale, 480 * scale), np.float32)
    for left in range(12, 450, 17 + gap):
        stem, feet = (
            slice(scale * (left + 6), scale * (left + 11)),
            slice(scale * left, scale * (left + 17)),
        )
        ink[20 * scale : 60 * scale, stem] = 1.0
        ink[20 * scale : 22 * scale, feet] = 1.0
        ink[58 * scale : 60 * scale, feet] = 1.0
    return ink


@pytest.mark.parametrize("text", ["EFTZ - LHE", "ZEZEFEFT", "-- == --", "Kep4wKAm", "lllIIIlll"])
@pytest.mark.parametrize("size", [30, 50, 90])
def test_straight_strokes_of_letters_are_no_lines(text, size):
    shape = (size * 2, size * 8)
    ink = lettering(shape, ((size * 0.4, size * 0.3), text, size))
    assert np.array_equal(remove_lines(ink, measure(ink)), ink)


def test_text_too_thin_to_tell_is_left_alone():
    shape = (60, 400)
    ink = np.maximum(lettering(shape, ((8, 12), "thin and small", 18)), bar(shape, 40, 1))
    assert measure(ink).stroke_width < 3.0
    assert np.array_equal(remove_lines(ink, measure(ink)), ink)


# --- bridge ------------------------------------------------------------------------------------


def broken(top, thickness):
    """Return the text with the gap that a line over it has left, and the line."""
    line = bar(SHAPE, top, thickness) > 0.0
    return np.where(line, np.float32(0.0), TEXT), line


@pytest.mark.parametrize("thickness", [1, 2, 3])
@pytest.mark.parametrize("top", [36, 45, 55])
def test_gaps_under_a_line_are_bridged(top, thickness):
    ink, line = broken(top, thickness)
    bridged = bridge(ink, measure(TEXT), over=line)
    assert mask_of(bridged)[line & (TEXT > 0.9)].mean() > 0.5
    assert f_measure(mask_of(bridged), mask_of(TEXT)) > f_measure(mask_of(ink), mask_of(TEXT))
    assert np.array_equal(bridged[~line], ink[~line])


def test_nothing_over_the_text_changes_nothing():
    nothing = np.zeros(SHAPE, np.bool_)
    assert np.array_equal(bridge(TEXT, measure(TEXT), over=nothing), TEXT)


@pytest.mark.parametrize("thickness", [1, 2, 3])
def test_what_the_text_interrupts_lay_behind_it(thickness):
    behind = (bar(SHAPE, 45, thickness) > 0.0) & (TEXT < 0.1)
    bridged = bridge(TEXT, measure(TEXT), over=behind)
    assert f_measure(mask_of(bridged), mask_of(TEXT)) > 0.999


def test_what_lay_elsewhere_changes_nothing():
    elsewhere = bar(SHAPE, 84, 2) > 0.0
    assert np.array_equal(bridge(TEXT, measure(TEXT), over=elsewhere), TEXT)


def test_thick_things_are_not_bridged():
    ink, line = broken(36, 9)
    assert np.array_equal(bridge(ink, measure(TEXT), over=line, width=1.5), ink)


def test_no_text_needs_no_bridge():
    empty = np.zeros(SHAPE, np.float32)
    line = bar(SHAPE, 45, 2) > 0.0
    assert not bridge(empty, measure(empty), over=line).any()


# --- enlarge -----------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [0.5, 1.5, 2.0, 3.3, 6.0])
def test_enlarging_keeps_the_share_of_ink(factor):
    large = enlarge(TEXT, factor)
    assert large.shape == (round(90 * factor), round(300 * factor))
    assert large.mean() == pytest.approx(TEXT.mean(), rel=0.02)


def test_enlarged_text_is_the_text_drawn_larger():
    shape = (SHAPE[0] * 8, SHAPE[1] * 8)
    fine = lettering(shape, ((160, 144), "Kep4wKAm", 400))
    once, truth = (
        fine.reshape(SHAPE[0] * k, 8 // k, SHAPE[1] * k, 8 // k).mean(axis=(1, 3)) for k in (1, 4)
    )
    large, blocks = enlarge(once, 4.0), np.kron(once, np.ones((4, 4)))
    assert f_measure(mask_of(large), mask_of(truth)) > 0.985 > f_measure(blocks > 0.5, truth > 0.5)
    assert rms(large, truth) < 0.8 * rms(blocks, truth)


def test_enlarging_by_one_changes_nothing():
    assert np.array_equal(enlarge(TEXT, 1.0), TEXT)


def test_nothing_shrinks_away():
    assert enlarge(np.ones((3, 1), np.float32), 0.1).shape == (1, 1)


@pytest.mark.parametrize(
    ("height", "factor"), [(10.0, 3.0), (5.0, 6.0), (2.0, 6.0), (50.0, 0.6), (600.0, 0.5)]
)
@pytest.mark.parametrize("single_line", [False, True])
def test_factor_brings_text_to_the_height_wanted_within_limits(height, factor, single_line):
    # A page is wanted two fifths smaller.
    wanted = 30.0 if single_line else 50.0
    found = factor_for(Scale(3.0, height), x_height=wanted, single_line=single_line)
    assert found == pytest.approx(factor)


@pytest.mark.parametrize("height", [0.0, 29.0, 30.0])
@pytest.mark.parametrize("single_line", [False, True])
def test_text_about_as_tall_as_wanted_is_left_as_it_is(height, single_line):
    wanted = 30.0 if single_line else 50.0
    assert factor_for(Scale(3.0, height), x_height=wanted, single_line=single_line) == 1.0


def test_a_single_line_is_sooner_enlarged_than_a_page():
    line = factor_for(Scale(3.0, 26.0), x_height=30.0, single_line=True)
    page = factor_for(Scale(3.0, 26.0), x_height=50.0, single_line=False)
    assert (line, page) == (pytest.approx(30.0 / 26.0), 1.0)


def test_small_print_is_not_made_too_small_for_a_headline():
    # As the headline alone would have it, and as its small print must have it.
    for smallest, factor in ((0.0, 0.5), (20.0, 0.75), (13.0, 1.0), (6.0, 2.5)):
        found = factor_for(Scale(6.0, 40.0), x_height=30.0, single_line=False, smallest=smallest)
        assert found == pytest.approx(factor), smallest


# --- soften ------------------------------------------------------------------------------------


def test_softening_spreads_edges_and_keeps_the_ink():
    soft = soften(TEXT, 1.5)
    assert soft.sum() == pytest.approx(TEXT.sum(), rel=0.01)
    partial = [((ink > 0.1) & (ink < 0.9)).sum() for ink in (TEXT, soft, soften(TEXT, 3.0))]
    assert partial == sorted(partial)
    assert partial[1] > 1.5 * partial[0]


def test_softening_by_next_to_nothing_changes_nothing():
    assert np.array_equal(soften(TEXT, 0.2), TEXT)


# --- all together ------------------------------------------------------------------------------


RULED_SHAPE = (140, 380)
RULED_TEXT = lettering(
    RULED_SHAPE, ((14, 8), "Ruled, in ink: 7j", 44), ((14, 74), "second line, fine", 44)
)


RULINGS = np.maximum(bar(RULED_SHAPE, 36, 1), bar(RULED_SHAPE, 104, 1))


def cleaned_of_rulings(recipe):
    """Return two rows of text, a thin ruling through each, and specks; cleaned."""
    both = np.maximum(RULED_TEXT, RULINGS)
    both[3::22, 5::40] = 1.0
    return foretext.clean(paint(paper(RULED_SHAPE), (both, BLACK)), recipe=recipe)


@pytest.fixture(scope="module")
def by_color():
    return cleaned_of_rulings(Recipe(network=False))


@pytest.fixture(scope="module", params=[True, False], ids=["network", "color"])
def ruled(request, by_color):
    return cleaned_of_rulings(Recipe()) if request.param else by_color


def test_rulings_go_from_border_to_border(by_color):
    assert not by_color.mask[away_from(RULED_TEXT)].any()
    assert {"a line", "too small"} <= by_color.removed_by_reason().keys()


def test_rulings_go_but_for_stubs_where_the_network_knows_them():
    # What it leaves of them is too short to be known as a line.
    mask, away = cleaned_of_rulings(Recipe()).mask, away_from(RULED_TEXT)
    assert mask[away].sum() <= 0.13 * ((RULINGS > 0) & away).sum()


def test_text_under_rulings_is_whole(ruled):
    assert ruled.mask[RULED_TEXT > 0.9].mean() > 0.995


def test_size_of_ruled_text_is_that_of_the_text(ruled):
    assert ruled.scale.x_height == pytest.approx(measure(RULED_TEXT).x_height, rel=0.2)


@pytest.mark.parametrize("network", [True, False], ids=["network", "color"])
def test_restoring_clean_text_through_the_pipeline_changes_nothing(network):
    shape = (70, 420)
    text = lettering(shape, ((12, 12), "fjord: is it, i.e. j?", 36))
    for color, ground in ((BLACK, WHITE), (WHITE, BLACK)):
        pixels = paint(paper(shape, ground), (text, color))
        cleaned = foretext.clean(pixels, recipe=Recipe(network=network))
        restoring = cleaned.steps[2:]
        assert len(restoring) == 3
        assert [step.removed for step in restoring] == pytest.approx([0.0] * 3, abs=1e-3)
        assert [step.added for step in restoring] == pytest.approx([0.0] * 3, abs=1e-3)
        assert f_measure(cleaned.mask, mask_of(text)) > 0.995


def edges_of(cleaned):
    """Return how steep the steepest edge of the picture for OCR is, in levels."""
    return int(np.abs(np.diff(cleaned.image.astype(int), axis=1)).max())


def test_a_page_of_which_nothing_was_removed_is_not_softened():
    shape = (220, 420)
    lines = [((20, 20 + 50 * k), "some plain words", 34) for k in range(4)]
    cleaned = foretext.clean(paint(paper(shape), (lettering(shape, *lines), BLACK)))
    assert cleaned.layout == "page"
    assert cleaned.is_whole
    removed = np.where(cleaned.ink > 0.5, np.float32(0.1), np.float32(0.0))
    cut = replace(cleaned, rest=Rest.known(removed, cleaned.verdicts, cleaned.ink))
    assert not cut.is_whole
    assert edges_of(cut) < 0.8 * edges_of(cleaned)


def test_despeckle_keeps_small_print_under_a_few_large_letters():
    shape = (300, 620)
    large = lettering(shape, ((20, 10), "Fair", 130))
    lines = ("The nurse repaired the cold clock by the library.", "The old traveler carried the")
    small = lettering(shape, *(((20, 190 + 40 * n), line, 18) for n, line in enumerate(lines)))
    ink = frozen(np.maximum(large, small))
    assert despeckle(ink, Scale(18.0, 90.0))[small > 0.5].mean() > 0.97 * ink[small > 0.5].mean()


def small_print_under_a_headline():
    """Return the ink of two thick bars, and of a full letter under them beside three thin ones."""
    ink = np.zeros((140, 200), np.float32)
    ink[10:100, 20:36] = ink[10:100, 60:76] = 1.0
    ink[116:129, 20:32] = 1.0
    for left in (37, 46, 55):
        ink[116:129, left : left + 2] = ink[127:129, left : left + 6] = 1.0
    return ink


def test_thin_letters_beside_kept_ones_are_no_specks():
    ink = small_print_under_a_headline()
    assert np.array_equal(despeckle(ink, Scale(15.0, 90.0)), ink)


def test_thin_letters_among_specks_are_kept():
    ink = small_print_under_a_headline()
    speckled = ink.copy()
    speckled[4:108:8, 100:190:8] = 1.0
    assert np.array_equal(despeckle(speckled, Scale(15.0, 90.0)), ink)


def test_a_word_apart_from_letters_that_are_kept_is_none_of_specks():
    ink = np.zeros((160, 400), np.float32)
    ink[10:100, 20:36] = ink[10:100, 60:76] = 1.0
    for left in (20, 30, 40, 50, 60):
        ink[120:133, left : left + 2] = ink[131:133, left : left + 6] = 1.0
    assert np.array_equal(despeckle(ink, Scale(15.0, 90.0)), ink)
    # Two are no word, nor are dots.
    ink[120:133, 38:] = 0.0
    assert despeckle(ink, Scale(15.0, 90.0))[110:].max() == 0.0


def test_a_bracket_beside_low_letters_is_no_speck():
    ink = small_print_under_a_headline()
    ink[110:135, 66:68] = 0.6
    assert np.array_equal(despeckle(ink, Scale(15.0, 90.0)), ink)
