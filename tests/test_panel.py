"""Panels: what letters stand on is the paper, also if most of the picture is something else."""

from __future__ import annotations

import numpy as np
import pytest

import foretext
from foretext.separate.panel import find_panel
from foretext.separate.paper import estimate_paper
from tests.stages import BLACK, WHITE, cloud, f_measure, lettering, paint, paper

SHAPE = (220, 520)
LILAC, GREEN = (229, 183, 255), (95, 164, 9)
TEXT = lettering(SHAPE, ((90, 60), "The careful clerk", 36), ((90, 110), "sold 52 lanterns", 36))


def area(top, bottom, left, right):
    """Return the coverage of a rectangle."""
    coverage = np.zeros(SHAPE, np.float32)
    coverage[top:bottom, left:right] = 1.0
    return coverage


LABEL = area(45, 165, 70, 420)


@pytest.mark.parametrize("ground", [LILAC, WHITE, (53, 53, 53)])
@pytest.mark.parametrize(
    ("panel", "ink"), [(GREEN, WHITE), (GREEN, BLACK), ((240, 240, 90), BLACK)]
)
def test_text_on_a_label_is_kept_and_the_rest_is_not(ground, panel, ink):
    picture = paint(paper(SHAPE, ground), (LABEL, panel), (TEXT, ink))
    found = foretext.clean(picture)
    assert f_measure(found.ink > 0.5, TEXT > 0.5) > 0.9
    assert np.abs(estimate_paper(picture).color - panel).max() < 4.0


def test_light_that_falls_off_on_a_label_is_followed():
    light = np.linspace(1.0, 0.6, SHAPE[1], dtype=np.float32)[None, :, None]
    picture = paint(paper(SHAPE, LILAC), (LABEL, (240, 240, 240)), (TEXT, BLACK))
    dimmed = np.where(LABEL[..., None] > 0.5, np.rint(picture * light), picture).astype(np.uint8)
    assert f_measure(foretext.clean(dimmed).ink > 0.5, TEXT > 0.5) > 0.85


@pytest.mark.parametrize(
    "coverage",
    [
        pytest.param(cloud(SHAPE, 16), id="words"),
        pytest.param(area(30, 190, 40, 480), id="bar"),
        pytest.param(np.maximum(area(0, 220, 0, 140), TEXT), id="margin"),
    ],
)
def test_what_holds_no_letters_is_no_panel(coverage):
    picture = paint(paper(SHAPE), (coverage, (120, 120, 140)))
    assert find_panel(picture, np.float32(WHITE)) is None


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (200, 3)])
def test_smallest_pictures_have_none(shape):
    rng = np.random.default_rng(2)
    assert find_panel(rng.integers(0, 256, (*shape, 3), np.uint8), np.float32(WHITE)) is None


OUTSIDE = lettering(SHAPE, ((90, 4), "ask inside", 28))


@pytest.mark.parametrize("beyond", [LILAC, WHITE])
def test_words_beside_a_label_stay(beyond):
    picture = paint(paper(SHAPE, beyond), (LABEL, GREEN), (TEXT, WHITE), (OUTSIDE, BLACK))
    ink = foretext.clean(picture).ink
    for text in (TEXT, OUTSIDE):
        assert (ink[text > 0.9] > 0.25).mean() > 0.9


def test_all_text_is_on_a_panel_only_if_nothing_else_lies_beside_it():
    labeled = paint(paper(SHAPE, LILAC), (LABEL, GREEN), (TEXT, WHITE))
    alone = estimate_paper(labeled)
    assert alone.area is not None
    assert not alone.area[:40].any()
    assert alone.area[TEXT > 0].all()
    other = paint(labeled.astype(np.float32), (area(180, 215, 100, 400), (60, 60, 160)))
    beside = estimate_paper(other)
    assert beside.area is None
    assert np.abs(beside.color - GREEN).max() < 4.0
