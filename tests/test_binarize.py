"""Hard black and white is true to what was written, in drawn pictures and in scans."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import foretext
from foretext.binarize import binarize
from foretext.ink import Scale, mask_of, measure
from tests.stages import BLACK, lettering, paint, paper

SHAPE = (90, 420)
TEXT = lettering(SHAPE, ((16, 14), "Hamburg, 1917", 48))


def f_measure(found, truth):
    return 2.0 * np.count_nonzero(found & truth) / (np.count_nonzero(found) + truth.sum())


def scanned(text, ground=(205, 190, 160), ink=(50, 40, 45), grain=2.0):
    """Mix light as a scanner does: before it is encoded, with the grain of paper."""
    light = [(np.asarray(color) / 255.0) ** 2.2 for color in (ground, ink)]
    mixed = light[0] + text[..., None] * (light[1] - light[0])
    noise = np.random.default_rng(3).normal(0.0, grain, (*text.shape, 1))
    return np.clip(255.0 * mixed ** (1 / 2.2) + noise, 0, 255).round().astype(np.uint8)


def test_a_drawn_picture_is_cut_at_half_coverage():
    cleaned = foretext.clean(paint(paper(SHAPE), (TEXT, BLACK)))
    assert f_measure(cleaned.binarized, cleaned.mask) > 0.99
    assert f_measure(cleaned.binarized, mask_of(TEXT)) > 0.98


@pytest.mark.parametrize("ink", [(30, 25, 28), (90, 80, 85), (140, 130, 125)])
def test_a_scan_is_cut_where_its_edges_are_seen(ink):
    blurred = cv2.GaussianBlur(TEXT, (0, 0), 1.0)
    pixels = scanned(blurred, ink=ink)
    found = foretext.clean(pixels).binarized
    assert f_measure(found, mask_of(TEXT)) > 0.9
    # As contests make their truth: strokes grow until they cover half of their edges.
    edges = cv2.Canny(cv2.GaussianBlur(pixels, (0, 0), 0.7), 40, 80) > 0
    assert 0.5 < np.count_nonzero(edges & found) / np.count_nonzero(edges) < 0.98


@pytest.mark.parametrize("swapped", [False, True], ids=["dark on light", "light on dark"])
def test_a_sharp_scan_is_cut_within_its_edges(swapped):
    colors = ((50, 40, 45), (205, 190, 160)) if swapped else ((205, 190, 160), (50, 40, 45))
    found = foretext.clean(scanned(TEXT, *colors)).binarized
    assert not np.any(mask_of(TEXT) & ~cv2.dilate(found.view(np.uint8), np.ones((3, 3))))
    assert not np.any(found & (cv2.dilate(TEXT, np.ones((3, 3))) == 0.0))
    assert f_measure(found, mask_of(TEXT)) > 0.93


def test_a_pale_stroke_is_as_broad_as_a_dark_one():
    ink = np.zeros((60, 200), np.float32)
    ink[20:28, 10:190] = np.linspace(1.0, 0.4, 180, dtype=np.float32)
    pixels = np.rint(255 - 255 * ink[..., None] * np.ones(3)).astype(np.uint8)
    assert not mask_of(ink)[24, 185]
    found = binarize(ink, pixels, Scale(8.0, 30.0))
    assert np.array_equal(found[:, 12:188], (ink > 0)[:, 12:188])


def test_a_hairline_is_not_made_whole():
    ink = np.zeros((60, 200), np.float32)
    ink[20, 10:190] = 0.4
    pixels = np.rint(255 - 255 * ink[..., None] * np.ones(3)).astype(np.uint8)
    assert not binarize(ink, pixels, Scale(1.0, 20.0)).any()


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_nothing_and_nothing_but_ink(level):
    ink = np.full((20, 30), level, np.float32)
    pixels = np.full((20, 30, 3), 128, np.uint8)
    assert binarize(ink, pixels, measure(ink)).all() == bool(level)


def test_the_view_is_black_where_ink_is():
    cleaned = foretext.clean(scanned(TEXT))
    assert np.array_equal(cleaned.view("mask"), ~cleaned.binarized)
