"""A word goes if the same kind of word is unwanted elsewhere; what is of another kind stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foretext.choose.strays.likes import without_likes
from foretext.separate import separate
from tests.stages import BLACK, frozen, lettering, paint, paper

SHAPE = (400, 640)
GREEN = (110, 175, 150)
BODY = lettering(
    SHAPE, *(((150, 20 + 40 * n), "Words of the text of a page", 26) for n in range(8))
)
MARKS = lettering(SHAPE, *(((150, 30 + 120 * n), "SAMPLE SAM", 70) for n in range(3)))
ALONE = lettering(SHAPE, ((10, 150), "SA", 70))


def left_of(alone, color=GREEN, *, known=0.05):
    """Return what is left of words beside the text, of which a network wants all."""
    pixels = frozen(paint(paper(SHAPE), (MARKS, GREEN), (BODY, BLACK), (alone, color)))
    separation = separate(pixels)
    foreground = np.where(MARKS > 0.05, np.float32(known), np.float32(0.0))
    foreground = frozen(np.maximum(np.maximum(foreground, BODY), alone))
    layers = [
        replace(layer, wanted=float(foreground[layer.solid].mean())) for layer in separation.layers
    ]
    ink = frozen(np.maximum(BODY, alone))
    return ink, without_likes(ink, separation.contrast, layers, foreground, 19.0)


def test_a_word_goes_with_its_likes():
    _, found = left_of(ALONE)
    assert found[ALONE > 0.05].max() < 0.05
    assert np.array_equal(found[BODY > 0.5], BODY[BODY > 0.5])


def test_a_word_of_another_color_stays():
    ink, found = left_of(ALONE, (200, 60, 60))
    assert np.array_equal(found, ink)


def test_a_word_of_another_size_stays():
    small = lettering(SHAPE, ((10, 150), "SAMPLE", 26))
    ink, found = left_of(small)
    assert np.array_equal(found, ink)


def test_where_likes_are_wanted_all_stay():
    ink, found = left_of(ALONE, known=0.9)
    assert found is ink
