"""Large pictures are worked smaller; whoever gets the result can't tell."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

import foretext
from foretext import Recipe, pipeline, sharpen, threads
from foretext.ink import Scale, mask_of, measure, small_print
from foretext.pieces import pieces_of
from foretext.reduced import (
    enlarged_labels,
    enlarged_scale,
    reduced,
    working_factor,
)
from foretext.separate import separate
from foretext.separate.contrast import contrast, strength_of
from foretext.separate.paper import estimate_paper
from foretext.sharpen import left_over, sharpened
from tests.stages import (
    BLACK,
    BLUE,
    GRAY,
    GREEN,
    RED,
    WHITE,
    f_measure,
    frozen,
    lettering,
    paint,
    paper,
    rms,
    shaded,
)

SHAPE = (1750, 1750)  # 3.06 megapixels
TEXT = "The quick brown fox jumps over the lazy dog again and again, as it did before; " * 6
LARGE, SMALL = 90, 17


def rows(size, tops, shape=SHAPE):
    """Return rows of text from border to border, for `lettering`."""
    return [((60, y), TEXT[k : k + int((shape[1] - 120) / (0.55 * size))], size) for k, y in tops]


def page(*written):
    return lettering(SHAPE, *(row for row in written))


@cache
def large_text():
    """Return the coverage of a page of large text."""
    return frozen(page(*rows(LARGE, enumerate(range(60, 1600, 150)))))


@cache
def with_small_print(count):
    """Return a page of large text over so many rows of small print, and where that stands."""
    tops = [(k, 1690 - 30 * k) for k in range(count)]
    union = page(*rows(LARGE, enumerate(range(60, 1200, 150))), *rows(SMALL, tops))
    return frozen(union), slice(1685 - 30 * count, SHAPE[0])


def black_on_white(coverage):
    return paint(paper(coverage.shape), (coverage, BLACK))


def blurred_by(ink, factor):
    """Return ink made smaller and large again."""
    small = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, ink.shape[::-1], interpolation=cv2.INTER_LINEAR)


def turned(pixels):
    return np.ascontiguousarray(pixels.transpose(1, 0, 2))


def unreduced(pixels, **wishes):
    """Clean a picture as if it were not large."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "working_factor", lambda pixels: 1.0)
        return foretext.clean(pixels, **wishes)


# --- whether ------------------------------------------------------------------------------------


def test_large_text_is_worked_smaller():
    assert 0.2 <= working_factor(black_on_white(large_text())) < 0.5


def test_negative_is_worked_like_the_picture():
    pixels = black_on_white(large_text())
    assert working_factor(255 - pixels) == pytest.approx(working_factor(pixels), rel=0.02)


def test_however_large_the_text_it_is_not_worked_still_smaller():
    spots = [((100 + 380 * (k % 4), 60 + 230 * (k // 4)), c, 260) for k, c in enumerate(TEXT[:30])]
    assert working_factor(black_on_white(lettering(SHAPE, *spots))) == 0.2


@pytest.mark.parametrize("size", [12, SMALL, 22])
def test_small_print_is_worked_as_it_is(size):
    coverage = page(*rows(size, enumerate(range(60, 1650, 3 * size))))
    assert working_factor(black_on_white(coverage)) == 1.0


def test_the_smaller_the_text_the_less_it_is_reduced():
    found = [
        working_factor(black_on_white(page(*rows(size, enumerate(range(60, 1550, 2 * size))))))
        for size in (110, 80, 55, 40)
    ]
    assert found == sorted(found)
    assert found[0] < 0.6 * found[-1]


def test_pictures_of_up_to_two_megapixels_are_worked_as_they_are():
    coverage = lettering((1250, 1590), *rows(LARGE, enumerate(range(60, 1100, 150)), (1250, 1590)))
    assert coverage.size < 2_000_000
    pixels = black_on_white(coverage)
    assert working_factor(pixels) == 1.0
    assert reduced(pixels, 1.0) is pixels


@pytest.mark.parametrize("level", [0, 255])
def test_bare_paper_is_worked_as_it_is(level):
    assert working_factor(np.full((*SHAPE, 3), level, np.uint8)) == 1.0


def test_few_shapes_are_no_text_to_go_by():
    pixels = np.full((*SHAPE, 3), 255, np.uint8)
    pixels[200:900, 300:600] = pixels[1200:1400, 100:1500] = 0
    assert working_factor(pixels) == 1.0


@pytest.mark.parametrize(
    "count",
    [
        1,
        2,
        5,
        12,
    ],
)
def test_small_print_beside_a_headline_is_not_lost(count):
    coverage, where = with_small_print(count)
    factor = working_factor(black_on_white(coverage))
    # Less than this is too small to tell one letter from another.
    assert factor * measure(coverage[where]).x_height > 5.0


def test_a_footnote_comes_back():
    coverage, where = with_small_print(1)
    cleaned = foretext.clean(black_on_white(coverage))
    assert f_measure(cleaned.mask[where], coverage[where] > 0.5) > 0.9


@pytest.mark.parametrize(
    "shape",
    [
        (1, 2_100_000),
        (1, 4_100_000),
        (4_100_000, 1),
    ],
)
def test_strip_of_one_row_or_column_is_worked_as_it_is(shape):
    pixels = np.full((*shape, 3), 255, np.uint8)
    pixels.reshape(-1, 3)[::9] = 0
    assert working_factor(pixels) == 1.0


# --- what comes back ---------------------------------------------------------------------------

SCENES = {
    "black on white": lambda: black_on_white(large_text()),
    "white on black": lambda: paint(paper(SHAPE, (20, 20, 30)), (large_text(), WHITE)),
    "gray on yellowish": lambda: paint(paper(SHAPE, (250, 235, 200)), (large_text(), GRAY)),
    "in fading light": lambda: shaded(black_on_white(large_text()), 0.6),
    "fading to the foot": lambda: turned(shaded(turned(black_on_white(large_text())), 0.6)),
}


@pytest.fixture(scope="module", params=SCENES)
def scene(request):
    """Return a picture of large text alone, and what it is cleaned to."""
    pixels = frozen(SCENES[request.param]())
    return pixels, foretext.clean(pixels)


def test_result_is_as_large_as_the_input(scene):
    pixels, cleaned = scene
    assert working_factor(pixels) < 0.5
    arrays = cleaned.ink, cleaned.removed, cleaned.verdicts, cleaned.mask, cleaned.picture
    assert {array.shape for array in arrays} == {SHAPE}
    assert cleaned.ink.dtype == cleaned.removed.dtype == np.float32
    assert cleaned.verdicts.dtype == np.uint8
    for ink in (cleaned.ink, cleaned.removed):
        assert 0.0 <= ink.min() <= ink.max() <= 1.0
    for layer in cleaned.layers:
        assert layer.solid.shape == layer.ink.shape == layer.all_ink.shape == SHAPE
        assert layer.ink.dtype == np.float32
        assert layer.solid.dtype == np.bool_


def test_ink_of_clean_text_is_as_sharp_as_it_was(scene):
    _, cleaned = scene
    text = large_text()
    assert f_measure(cleaned.mask, text > 0.5) > 0.995
    assert rms(cleaned.ink, text) < 0.02
    edge = (text > 0.2) & (text < 0.8)
    hard = rms((text > 0.5)[edge], text[edge])
    assert rms(cleaned.ink[edge], text[edge]) < 0.2 * hard


def test_it_matters_that_edges_come_from_the_full_picture():
    # Otherwise the test above would tell nothing.
    text = large_text()
    factor = working_factor(black_on_white(text))
    blurred = blurred_by(text, factor)
    edge = (text > 0.2) & (text < 0.8)
    assert rms(blurred[edge], text[edge]) > 0.4 * rms((text > 0.5)[edge], text[edge])


def test_sizes_are_in_pixels_of_the_input(scene):
    _, cleaned = scene
    true = measure(large_text())
    assert cleaned.scale.x_height == pytest.approx(true.x_height, rel=0.15)
    assert cleaned.layers[0].x_height == pytest.approx(true.x_height, rel=0.15)
    assert cleaned.scale.stroke_width == pytest.approx(true.stroke_width, rel=0.4)


def test_boxes_are_in_pixels_of_the_input(scene):
    _, cleaned = scene
    ys, xs = np.nonzero(large_text() > 0.5)
    true = xs.min(), ys.min(), xs.max() + 1, ys.max() + 1
    layer = cleaned.layers[0]
    assert layer.box == pytest.approx(true, abs=6)
    assert layer.pieces.bounds == pytest.approx(true, abs=6)
    assert (large_text()[layer.solid] > 0.5).mean() > 0.85
    # A layer's own ink is only enlarged; the cleaned ink is sharp.
    assert f_measure(layer.ink > 0.5, large_text() > 0.5) > 0.85


@pytest.fixture(scope="module")
def over_words():
    """Return large gray text, and the picture of it over colored words."""
    text = lettering(SHAPE, ((100, 200), "Kep4wKA", 300), ((100, 900), "Xy7rHTz", 300))
    words = [[], [], []]
    for k, word in enumerate(("apple", "river", "stone", "cloud", "paper", "green", "silver") * 11):
        at = 20 + 250 * (k % 7) - 80 * (k // 7 % 2), 10 + 155 * (k // 7)
        words[k % 3].append((at, word, 60))
    behind = zip((page(*some) for some in words), (RED, GREEN, BLUE), strict=True)
    return text, frozen(paint(paper(SHAPE), *behind, (text, GRAY)))


@pytest.fixture(scope="module")
def cleaned_words(over_words):
    # Which of the two is the wanted text, is color's to say: both are large in number or in size.
    return foretext.clean(over_words[1], recipe=Recipe(network=False))


def test_text_over_words_is_found_as_at_full_size(over_words, cleaned_words):
    text, pixels = over_words
    assert working_factor(pixels) < 0.5
    full = unreduced(pixels, recipe=Recipe(network=False))
    assert f_measure(cleaned_words.mask, text > 0.5) > 0.97
    assert f_measure(cleaned_words.mask, full.mask) > 0.97
    assert rms(cleaned_words.ink, full.ink) < 0.06
    assert [one.color for one in cleaned_words.wanted] == [one.color for one in full.wanted]
    one, other = cleaned_words.removed_by_reason(), full.removed_by_reason()
    assert one["another layer"] == pytest.approx(other["another layer"], abs=0.05)


def test_kept_and_removed_are_all_ink(over_words, cleaned_words):
    _, pixels = over_words
    whole = cleaned_words.ink + cleaned_words.removed
    assert whole.max() <= 1.0 + 1e-5
    away = np.abs(pixels.astype(np.int16) - 255).max(axis=2)
    assert (whole[away > 130] > 0.5).mean() > 0.995
    assert (whole[away == 0] == 0.0).all()


def test_what_was_removed_is_told_when_asked_for(monkeypatch, over_words):
    pixels = over_words[1]
    times = []
    monkeypatch.setattr(pipeline, "left_over", lambda *told: times.append(1) or left_over(*told))
    cleaned = foretext.clean(pixels, recipe=Recipe(network=False))
    assert not times
    assert (cleaned.rest.lost > 0.1) == bool(cleaned.removed.any())
    assert cleaned.removed is cleaned.removed
    assert cleaned.verdicts.shape == cleaned.removed.shape
    assert times == [1]
    # So much as at full size, within what edges change.
    gone = float(cleaned.removed.sum()) / float(cleaned.ink.sum())
    assert cleaned.rest.lost == pytest.approx(gone, rel=0.1)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_workers_side_by_side_clean_as_one_does(monkeypatch, over_words, workers):
    pixels = over_words[1]
    monkeypatch.setattr(threads, "worker_count", lambda: workers)
    told = [foretext.clean(pixels, recipe=Recipe(network=on)) for on in (True, False)]
    arrays = [array for one in told for array in (one.ink, one.removed, one.verdicts)]
    monkeypatch.setattr(threads, "worker_count", lambda: 3)
    again = [foretext.clean(pixels, recipe=Recipe(network=on)) for on in (True, False)]
    others = [array for one in again for array in (one.ink, one.removed, one.verdicts)]
    assert all(np.array_equal(a, b) for a, b in zip(arrays, others, strict=True))


def test_what_was_removed_has_a_verdict(cleaned_words):
    told = np.array([bool(reason) for reason in cleaned_words.reasons])[cleaned_words.verdicts]
    assert cleaned_words.verdicts.max() < len(cleaned_words.reasons)
    # Along an edge, a pixel of the full picture may differ from what the small one tells.
    assert told[cleaned_words.removed > 0.101].mean() > 0.999
    assert not told[cleaned_words.removed < 0.099].any()


def test_nothing_is_removed_from_clean_text(scene):
    _, cleaned = scene
    assert cleaned.removed.max() < 0.1
    assert not cleaned.verdicts.any()


@pytest.mark.parametrize("keep", ["#666", "gray:98-106", 1, "largest"])
def test_what_is_told_is_kept(over_words, keep):
    text, pixels = over_words
    cleaned = foretext.clean(pixels, keep=keep, recipe=Recipe(network=False))
    assert f_measure(cleaned.mask, text > 0.5) > 0.97
    assert cleaned.wanted[0].color == pytest.approx(GRAY, abs=4)


def test_numbers_of_layers_can_be_kept():
    # Specks that fade where the picture is reduced are a layer of their own there.
    speckled = large_text().copy()
    speckled[5::70, 5::70] = 1.0
    pixels = black_on_white(speckled)
    found, cleaned = foretext.layers(pixels), foretext.clean(pixels)
    assert [one.to_dict() for one in found] == [one.to_dict() for one in cleaned.layers]


def test_grain_of_paper_is_no_ink():
    grain = np.random.default_rng(3).normal(0, 9, (*SHAPE, 1))
    noisy = np.clip(black_on_white(large_text()) + grain, 0, 255).round().astype(np.uint8)
    cleaned = foretext.clean(noisy)
    assert f_measure(cleaned.mask, large_text() > 0.5) > 0.99
    assert cleaned.ink[:40].max() < 0.3
    assert cleaned.removed[:40].mean() < 0.01


def test_large_picture_is_left_as_it_is():
    pixels = frozen(SCENES["in fading light"]())
    before = pixels.copy()
    foretext.clean(pixels)
    assert np.array_equal(pixels, before)


# --- the parts ---------------------------------------------------------------------------------


SMALL_SHAPE = (160, 480)
WORD = lettering(SMALL_SHAPE, ((30, 20), "Harbor", 100))


def resharpened(pixels, factor, ink=None):
    """Return the sharpened ink (by default that of the best layer) and what was removed."""
    small = reduced(pixels, factor)
    separation = separate(small)
    ink = separation.layers[0].ink if ink is None else ink
    told = ink, pixels, separation.contrast, measure(ink).x_height
    whole = sharpened(*told)
    return whole, left_over(whole, *told)


@pytest.mark.parametrize("factor", [0.5, 0.33, 0.25])
@pytest.mark.parametrize("color", [BLACK, GRAY, (170, 170, 180)])
def test_sharpened_ink_is_that_of_the_full_picture(factor, color):
    ink, removed = resharpened(paint(paper(SMALL_SHAPE), (WORD, color)), factor)
    assert f_measure(ink > 0.5, WORD > 0.5) > 0.985
    assert rms(ink, WORD) < 0.04
    assert removed.min() >= 0.0
    assert (ink + removed).max() < 1.001
    assert (ink[WORD == 0.0] == 0.0).all()


def test_what_was_not_wanted_does_not_come_back():
    half = cv2.resize(WORD, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    half[:, 60:] = 0.0
    pixels = black_on_white(WORD)
    ink, removed = resharpened(pixels, 0.25, ink=half)
    assert not ink[:, 250:].any()
    assert f_measure(ink + removed > 0.5, WORD > 0.5) > 0.97
    assert f_measure(ink[:, :230] > 0.5, WORD[:, :230] > 0.5) > 0.95


def test_nothing_wanted_gives_no_ink():
    nothing = np.zeros((40, 120), np.float32)
    ink, removed = resharpened(black_on_white(WORD), 0.25, ink=nothing)
    assert not ink.any()
    assert f_measure(ink + removed > 0.5, WORD > 0.5) > 0.95


@pytest.mark.parametrize("strip", [16, 100, 1000])
def test_strips_leave_no_seams(monkeypatch, strip):
    pixels = shaded(black_on_white(WORD), 0.6)
    whole = resharpened(pixels, 0.5)
    monkeypatch.setattr(sharpen, "_STRIP", strip)
    for one, other in zip(whole, resharpened(pixels, 0.5), strict=True):
        assert rms(one, other) < 1e-3


@pytest.mark.parametrize("downward", [False, True])
def test_paper_of_some_rows_is_that_of_the_picture(downward):
    pixels = shaded(np.full((*SHAPE, 3), 240, np.uint8), 0.5)
    pixels = frozen(turned(pixels) if downward else pixels)
    small = estimate_paper(reduced(pixels, 0.25))
    full = cv2.resize(small.surface, SHAPE[::-1], interpolation=cv2.INTER_LINEAR)
    for start, stop in ((0, 1), (0, 256), (700, 701), (1600, 1750)):
        part = small.of_rows(slice(start, stop), SHAPE)
        assert part.surface.shape == (stop - start, SHAPE[1], 3)
        assert np.abs(part.surface - full[start:stop]).max() < 1.0


def test_flat_paper_is_the_same_everywhere():
    flat = estimate_paper(np.full((50, 60, 3), 240, np.uint8))
    assert flat.of_rows(slice(100, 130), (500, 600)) is flat


def test_strength_is_that_of_contrast():
    pixels = shaded(black_on_white(WORD), 0.7)
    seen = contrast(pixels)
    assert np.array_equal(strength_of(pixels, seen.paper), seen.strength)


def test_scale_grows_as_the_picture_does():
    assert enlarged_scale(Scale(2.0, 11.0), 0.25) == Scale(8.0, 44.0)


def test_verdicts_reach_a_pixel_farther_but_not_over_others():
    labels = np.zeros((9, 12), np.uint8)
    labels[3, 3], labels[3, 4] = 2, 1
    large = enlarged_labels(labels, (36, 48))
    assert large.shape == (36, 48)
    assert large.dtype == np.uint8
    assert (large[12:16, 12:16] == 2).all()
    assert (large[12:16, 16:20] == 1).all()
    assert (large[8:20, 8:12] == 2).all()
    assert not large[:8].any()
    assert not large[:, 24:].any()


@pytest.mark.parametrize("dots", [False, True])
def test_small_print_is_known_from_headlines_and_dots(dots):
    shape = (400, 900)
    texts = [((20, 10 + 30 * k), "the visitor often repaired the ticket", 22) for k in range(4)]
    texts += [((20, 160 + 100 * k), "Harbor boats", 90) for k in range(2)]
    if dots:
        texts += [((500 + 14 * n, 40), ".", 40) for n in range(28)]
    found = small_print(pieces_of(mask_of(lettering(shape, *texts))))
    assert 9.0 <= found <= 14.0


def test_too_few_characters_are_no_small_print():
    assert small_print(pieces_of(mask_of(lettering((80, 200), ((10, 10), "few", 40))))) == 0.0


@pytest.mark.parametrize("title", ["8", "Fair"])
def test_a_word_beside_a_headline_is_small_print_if_few_are_enough(title):
    ink = lettering((200, 420), ((20, 4), title, 110), ((20, 150), "salary mirror", 20))
    pieces = pieces_of(mask_of(ink))
    assert small_print(pieces) == 0.0
    assert 8.0 <= small_print(pieces, few=True) <= 14.0
