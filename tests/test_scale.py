"""The same picture, drawn once, twice and four times as large, is cleaned alike."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import foretext
from foretext import Recipe
from tests.stages import (
    BLACK,
    BLUE,
    GRAY,
    GREEN,
    RED,
    WHITE,
    bar,
    f_measure,
    lettering,
    paint,
    paper,
    scattered_words,
    shaded,
)

SCALES = (1, 2, 4)
LARGEST = 8  # all sizes are averaged down from one drawing, as a font's hints change its shapes
SHAPE = (80, 240)


@cache
def master(what):
    """Return coverage drawn at the largest size."""
    shape = (SHAPE[0] * LARGEST, SHAPE[1] * LARGEST)
    if what == "text":
        return lettering(shape, ((14 * LARGEST, 14 * LARGEST), "Kep4wKA", 44 * LARGEST))
    if what == "line":
        return bar(shape, 62 * LARGEST, LARGEST)
    return np.maximum.reduce(words_behind(shape)[int(what) :: 3])


@cache
def words_behind(shape):
    return scattered_words(shape, ("apple", "river", "stone", "cloud", "green"), 12 * LARGEST)


def coverage(what, scale):
    block = LARGEST // scale
    height, width = SHAPE[0] * scale, SHAPE[1] * scale
    return master(what).reshape(height, block, width, block).mean(axis=(1, 3))


def shrunk(ink, scale):
    return ink.reshape(SHAPE[0], scale, SHAPE[1], scale).mean(axis=(1, 3))


def text_alone(scale):
    return paint(ground(scale), (coverage("text", scale), BLACK))


def gray_over_colored_words(scale):
    behind = zip((coverage(str(k), scale) for k in range(3)), (RED, GREEN, BLUE), strict=True)
    return paint(ground(scale), *behind, (coverage("text", scale), GRAY))


def white_over_words(scale):
    behind = ((coverage(str(k), scale), (90, 115, 95)) for k in range(3))
    return paint(ground(scale, (25, 30, 40)), *behind, (coverage("text", scale), WHITE))


def ruled(scale):
    both = np.maximum(coverage("text", scale), coverage("line", scale))
    return paint(ground(scale), (both, BLACK))


def unevenly_lit(scale):
    behind = ((coverage(str(k), scale), (160, 160, 170)) for k in range(3))
    return shaded(paint(ground(scale), *behind, (coverage("text", scale), BLACK)), 0.75)


def ground(scale, color=WHITE):
    return paper((SHAPE[0] * scale, SHAPE[1] * scale), color)


@pytest.fixture(scope="module", params=[True, False], ids=["network", "color"])
def recipe(request):
    return Recipe(network=request.param)


@pytest.fixture(
    scope="module",
    params=[text_alone, gray_over_colored_words, white_over_words, ruled, unevenly_lit],
    ids=lambda scene: scene.__name__,
)
def cleaned(request, recipe):
    """Return one scene cleaned at each scale."""
    return {scale: foretext.clean(request.param(scale), recipe=recipe) for scale in SCALES}


def test_masks_agree_over_scales(cleaned):
    small = {scale: shrunk(cleaned[scale].ink, scale) > 0.5 for scale in SCALES}
    for scale in SCALES[1:]:
        assert f_measure(small[scale], small[1]) >= 0.95


@pytest.mark.parametrize("scale", SCALES)
def test_mask_is_right_at_every_scale(cleaned, scale):
    assert f_measure(cleaned[scale].mask, coverage("text", scale) > 0.5) >= 0.95


def test_choice_is_the_same_over_scales(cleaned):
    first = cleaned[1]
    for scale in SCALES[1:]:
        other = cleaned[scale]
        assert len(other.wanted) == len(first.wanted)
        assert other.wanted[0].color == pytest.approx(first.wanted[0].color, abs=8)
        assert (len(other.wanted) < len(other.layers)) == (len(first.wanted) < len(first.layers))


def test_removed_ink_has_the_same_main_reason_over_scales(cleaned):
    mains, removed = set(), []
    for result in cleaned.values():
        shares = result.removed_by_reason()
        removed.append(sum(shares.values()))
        mains.add(max(shares, key=shares.__getitem__) if removed[-1] > 0.02 else "")
    # All ink is measured by the darkest, the wanted text by its own.
    assert removed == pytest.approx([removed[0]] * 3, abs=0.09)
    # A line of the text's own ink is known by the network or as a line.
    assert len(mains) == 1 or mains == {"a line", "another layer"}


def test_sizes_are_measured_in_pixels_of_the_picture(cleaned):
    for scale in SCALES[1:]:
        sizes = cleaned[scale].scale
        assert sizes.x_height / scale == pytest.approx(cleaned[1].scale.x_height, rel=0.1)
        assert sizes.stroke_width / scale == pytest.approx(cleaned[1].scale.stroke_width, rel=0.2)


def test_pictures_for_ocr_have_text_of_the_same_height(cleaned):
    # Four times as large is past the limit of making smaller.
    results = [cleaned[scale] for scale in (1, 2)]
    heights = [result.scale.x_height * result.rendering.factor for result in results]
    assert heights == pytest.approx([30.0, 30.0], rel=0.25)
    assert cleaned[4].rendering.factor == 0.5
