"""The edges of the wanted text, from colors, on a foreground that is made by hand."""

import cv2
import numpy as np
import pytest

from foretext.separate.contrast import contrast
from foretext.separate.refine import refine
from tests.stages import BLACK, RED, WHITE, f_measure, lettering, paint, paper, rms

SHAPE = (90, 300)
TEXT = lettering(SHAPE, ((20, 14), "Words", 60))
LOOSE = cv2.GaussianBlur((TEXT > 0.5).astype(np.float32), (0, 0), 1.2)
GRAY, GREEN = (102, 102, 102), (20, 140, 60)


@pytest.mark.parametrize("is_clean", [False, True])
@pytest.mark.parametrize(("color", "ground"), [(BLACK, WHITE), (GRAY, WHITE), (WHITE, BLACK)])
def test_blurred_idea_becomes_sharp_letters(color, ground, is_clean):
    pixels = paint(paper(SHAPE, ground), (TEXT, color))
    ink = refine(contrast(pixels), LOOSE, 30.0, is_clean=is_clean)
    assert rms(ink, TEXT) < 0.5 * rms(LOOSE, TEXT)
    assert f_measure(ink > 0.5, TEXT > 0.5) > 0.99


def test_each_letter_has_its_own_color():
    left, right = TEXT.copy(), TEXT.copy()
    left[:, 120:], right[:, :120] = 0.0, 0.0
    pixels = paint(paper(SHAPE), (left, RED), (right, GREEN))
    assert f_measure(refine(contrast(pixels), LOOSE, 30.0) > 0.5, TEXT > 0.5) > 0.985


def test_ink_of_another_color_beside_a_letter_is_none():
    block = np.zeros(SHAPE, np.float32)
    block[:, 150:] = 1.0
    pixels = paint(paper(SHAPE), (block, RED), (TEXT, GRAY))
    ink = refine(contrast(pixels), LOOSE, 30.0)
    assert ink[(block > 0) & (LOOSE < 0.02)].max() < 0.1
    assert f_measure(ink > 0.5, TEXT > 0.5) > 0.95


def test_white_letters_in_a_bar_are_ink():
    bar = np.ones(SHAPE, np.float32)
    bar[:8] = bar[-8:] = 0.0
    pixels = paint(paper(SHAPE), (bar, GREEN), (TEXT, WHITE))
    assert f_measure(refine(contrast(pixels), LOOSE, 30.0) > 0.5, TEXT > 0.5) > 0.95


def test_doubt_leaves_no_ghost():
    pixels = paint(paper(SHAPE), (TEXT, GRAY))
    doubt = np.full(SHAPE, 0.2, np.float32)
    assert not refine(contrast(pixels), doubt, 30.0).any()
    assert not refine(contrast(pixels), np.maximum(LOOSE, doubt), 30.0)[LOOSE < 0.01].any()


def test_no_idea_gives_no_ink():
    nothing = np.zeros(SHAPE, np.float32)
    pixels = paint(paper(SHAPE), (TEXT, GRAY))
    assert not refine(contrast(pixels), nothing, 0.0).any()
    assert not refine(contrast(paint(paper(SHAPE))), nothing, 0.0).any()


@pytest.mark.parametrize("x_height", [0.0, 30.0, 90.0])
def test_strips_of_a_large_picture_are_one(monkeypatch, x_height):
    shape = (400, 300)
    rows = [(20, y, "Words", 60) for y in range(10, 340, 70)]
    text = lettering(shape, *(((x, y), word, size) for x, y, word, size in rows))
    colors = np.linspace(0.0, 150.0, shape[0])[:, None, None] * np.ones(3)
    pixels = np.rint(255.0 + text[..., None] * (colors - 255.0)).astype(np.uint8)
    seen, loose = contrast(pixels), cv2.GaussianBlur(text, (0, 0), 1.2)
    whole = refine(seen, loose, x_height)
    monkeypatch.setattr("foretext.separate.refine._STRIP", 90)
    assert np.allclose(refine(seen, loose, x_height), whole, atol=1e-5)
