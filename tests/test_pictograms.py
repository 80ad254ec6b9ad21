"""Pictograms beside a text go; no character does."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import foretext
from foretext.ink import Scale
from foretext.pictograms import without_pictograms
from tests.stages import BLACK, WHITE, frozen, lettering, paint, paper

SHAPE = (110, 460)
SCALE = Scale(2.6, 18.0)
TEXT = lettering(SHAPE, ((90, 20), "The clerk forgot the cold", 24), ((90, 58), "lantern 52", 24))


def disc(x, y, radius):
    """Return the coverage of a disc with a soft edge."""
    down, right = np.ogrid[: SHAPE[0], : SHAPE[1]]
    far = np.hypot(down - y, right - x)
    return np.clip(radius + 0.5 - far, 0.0, 1.0).astype(np.float32)


def star(x, y, radius):
    points = [
        (x + length * np.sin(k * np.pi / 5), y - length * np.cos(k * np.pi / 5))
        for k, length in enumerate([radius, 0.45 * radius] * 5)
    ]
    found = np.zeros(SHAPE, np.uint8)
    cv2.fillPoly(found, [np.int32(np.rint(points))], 1)
    return found.astype(np.float32)


@pytest.mark.parametrize("thing", [disc(50, 50, 14), star(50, 50, 18), disc(410, 40, 12)])
def test_a_solid_thing_apart_from_the_text_goes_with_its_edges(thing):
    ink = frozen(np.maximum(TEXT, thing))
    assert np.array_equal(without_pictograms(ink, SCALE), TEXT)


def test_a_hole_beyond_it_goes_as_well():
    hole = disc(10, 50, 3)
    alone = frozen(np.maximum(TEXT, hole))
    assert without_pictograms(alone, SCALE) is alone
    assert np.array_equal(without_pictograms(np.maximum(alone, disc(50, 50, 14)), SCALE), TEXT)


@pytest.mark.parametrize(
    "thing",
    [
        lettering(SHAPE, ((30, 14), "4", 60)),
        lettering(SHAPE, ((34, 30), "@", 36)),
        disc(76, 50, 10),  # as near as a character
        disc(50, 50, 4),  # no larger than a bullet
        disc(50, 50, 14) - disc(50, 50, 11),  # a ring may be a letter
        np.maximum(disc(20, 50, 10), lettering(SHAPE, ((40, 35), "by", 24))),
    ],
    ids=["number", "sign", "near", "dot", "ring", "word"],
)
def test_what_may_be_a_character_stays(thing):
    ink = frozen(np.maximum(TEXT, thing))
    found = without_pictograms(ink, SCALE)
    assert np.array_equal(found[:, 40:], ink[:, 40:])


def test_a_narrow_letter_beyond_a_disc_is_no_hole():
    ink = frozen(np.maximum.reduce([TEXT, disc(50, 32, 12), lettering(SHAPE, ((8, 20), "I", 24))]))
    assert without_pictograms(ink, SCALE) is ink


@pytest.mark.parametrize("few", ["", "I", "No"])
def test_beside_few_characters_anything_may_be_one(few):
    ink = frozen(np.maximum(disc(50, 50, 14), lettering(SHAPE, ((90, 20), few, 24))))
    assert without_pictograms(ink, SCALE) is ink


def test_on_a_page_there_are_bullets():
    rows = [((90, 20 + 30 * k), "The clerk forgot the cold lantern", 24) for k in range(20)]
    page = np.zeros((640, 460), np.float32)
    page[: SHAPE[0]] = disc(50, 32, 12)
    page = frozen(np.maximum(page, lettering(page.shape, *rows)))
    assert without_pictograms(page, SCALE) is page


@pytest.mark.parametrize("color", [BLACK, (200, 60, 40)])
def test_it_is_told_that_it_was_removed_and_why(color):
    picture = paint(paper(SHAPE, WHITE), (TEXT, BLACK), (disc(50, 50, 14), color))
    # The network may know better.
    cleaned = foretext.clean(picture, recipe=foretext.Recipe(network=False))
    assert not cleaned.ink[:, :80].any()
    assert cleaned.removed[disc(50, 50, 12) > 0.9].min() > 0.4
    assert (cleaned.ink[TEXT > 0.9] > 0.5).mean() > 0.98
    assert "a pictogram" in cleaned.removed_by_reason()
    assert [step.name for step in cleaned.steps].count("pictograms") == 1


def test_what_the_user_names_stays():
    picture = paint(paper(SHAPE, WHITE), (np.maximum(TEXT, disc(50, 50, 14)), BLACK))
    assert foretext.clean(picture, keep="darkest").ink[:, :80].any()
