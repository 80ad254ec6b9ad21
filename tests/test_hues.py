"""Ink of another hue goes where it hangs together with the text; text of any color stays."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

import foretext
from foretext.choose.strays.hues import without_other_hues
from foretext.separate import separate
from tests.stages import BLACK, bar, frozen, lettering, paint, paper

SHAPE = (120, 420)
BLUE = (60, 120, 230)
WORDS = lettering(SHAPE, ((20, 10), "Words with lines", 40), ((20, 65), "behind all of it", 40))
LINES = np.maximum.reduce([bar(SHAPE, row, 3) for row in (15, 37, 59, 81, 103)])
PIXELS = frozen(paint(paint(paper(SHAPE), (LINES, BLUE)), (WORDS, BLACK)))
# What is left of the lines between letters.
STUBS = LINES * cv2.dilate(WORDS, np.ones((1, 9), np.uint8)) * (WORDS < 0.05)


def judged(pixels, *, lines=None):
    """Return the contrast of a picture and its layers, weighed as a network would."""
    separation = separate(pixels)
    layers = []
    for layer in separation.layers:
        is_text = np.abs(np.subtract(layer.color, BLACK)).max() < 60
        solid = layer.solid if lines is None or is_text else layer.solid & lines
        layers.append(replace(layer, wanted=0.9 if is_text else 0.02, solid=solid))
    return separation.contrast, layers


def test_lines_of_another_hue_go_and_letters_stay():
    ink = frozen(np.maximum(WORDS, STUBS))
    found = without_other_hues(ink, *judged(PIXELS))
    assert found[STUBS > 0.5].mean() < 0.1
    assert found[WORDS > 0.5].mean() > 0.98 * WORDS[WORDS > 0.5].mean()


def test_text_of_another_color_stays_where_it_stands_alone():
    colored = lettering(SHAPE, ((330, 65), "blue", 40))
    pixels = paint(PIXELS, (colored, BLUE))
    contrast, layers = judged(pixels)
    found = without_other_hues(frozen(np.maximum(WORDS, colored)), contrast, layers)
    assert np.array_equal(found[colored > 0.5], colored[colored > 0.5])


@pytest.mark.parametrize("line", [(120, 120, 120), (200, 200, 200)])
def test_the_same_hue_tells_nothing(line):
    pixels = paint(paint(paper(SHAPE), (LINES, line)), (WORDS, BLACK))
    ink = frozen(np.maximum(WORDS, STUBS))
    assert without_other_hues(ink, *judged(frozen(pixels))) is ink


def test_a_third_hue_stays():
    red = lettering(SHAPE, ((300, 10), "red", 40))
    pixels = paint(PIXELS, (red, (200, 40, 40)))
    contrast, layers = judged(pixels)
    layers = [one for one in layers if one.color[0] < 150]
    found = without_other_hues(frozen(np.maximum(WORDS, red)), contrast, layers)
    assert found[red > 0.5].mean() > 0.95 * red[red > 0.5].mean()


def test_colored_fringes_of_letters_stay():
    # As where text was drawn for the stripes of a screen.
    fringe = np.roll(WORDS, 1, axis=1) * (WORDS < 0.05)
    pixels = paint(paint(paper(SHAPE), (LINES, BLUE)), (fringe, BLUE), (WORDS, BLACK))
    far = (cv2.dilate(LINES, np.ones((7, 7), np.uint8)) == 0) & (fringe > 0.5)
    assert far.sum() > 100
    ink = frozen(np.maximum(WORDS, fringe))
    found = without_other_hues(ink, *judged(frozen(pixels), lines=LINES > 0.9))
    assert np.array_equal(found[far], ink[far])


def test_letters_in_the_color_of_the_paper_stay():
    # A bar of color around white letters is another hue, and so are their edges.
    panel = np.zeros(SHAPE, np.float32)
    panel[55:, :] = 1.0
    white = lettering(SHAPE, ((20, 65), "White in a bar", 40))
    dark = lettering(SHAPE, ((20, 10), "Black above it", 40))
    pixels = paint(paint(paper(SHAPE), (panel * (1 - white), BLUE)), (dark, BLACK))
    ink = frozen(np.maximum(white, dark))
    found = without_other_hues(ink, *judged(frozen(pixels)))
    assert np.array_equal(found[60:], ink[60:])


def test_letters_on_a_blue_grid_are_cleaned_without_it():
    cleaned = foretext.clean(PIXELS)
    assert cleaned.ink[STUBS > 0.5].mean() < 0.1
    assert foretext.read_cleaned(cleaned).text.split("\n") == [
        "Words with lines",
        "behind all of it",
    ]
