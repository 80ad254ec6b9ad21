"""Subtitles are their letters, not the outlines around them; hollow letters stay as they are."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

import foretext
from foretext.choose.outlines import takes_outlines, within_outlines
from foretext.choose.rank import rank
from foretext.pieces import pieces_of
from foretext.separate import separate
from tests.stages import BLACK, bar, f_measure, frozen, lettering, paint, paper

SHAPE = (110, 460)
TEXT = lettering(SHAPE, ((30, 30), "I never said that.", 44))
RING = np.clip(cv2.dilate(TEXT, np.ones((5, 5), np.uint8)) - TEXT, 0, 1)
BRIGHT, DARK = (253, 253, 252), (8, 8, 8)


def photograph(low=60, high=130):
    rng = np.random.default_rng(3)
    coarse = rng.uniform(low, high, (9, 30, 3)).astype(np.float32)
    smooth = cv2.resize(coarse, SHAPE[::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(smooth + rng.normal(0, 4, smooth.shape), 0, 255).astype(np.uint8)


SUBTITLE = frozen(paint(photograph(), (RING, DARK), (TEXT, BRIGHT)))


def best_of(pixels):
    separation = separate(pixels)
    return separation.contrast, rank(separation.layers)[0]


def test_outlines_taken_for_text_are_noticed():
    paperless, text = best_of(SUBTITLE)
    assert takes_outlines(paperless, text, frozen(RING))
    assert takes_outlines(paperless, text, frozen(np.where(np.arange(460) < 300, RING, TEXT)))


@pytest.mark.parametrize("known", [TEXT, np.maximum(TEXT, 0.3 * RING)])
def test_where_letters_are_known_nothing_is_wrong(known):
    assert not takes_outlines(*best_of(SUBTITLE), frozen(known.astype(np.float32)))


def test_two_panels_are_no_letters():
    panels = np.zeros(SHAPE, np.float32)
    panels[20:90, 20:200] = panels[20:90, 240:420] = 1.0
    pixels = frozen(paint(paper(SHAPE, 200), (panels, DARK), (TEXT, BRIGHT)))
    paperless, text = best_of(pixels)
    solid = (panels > 0.9) & (TEXT < 0.05)
    two, three = (
        replace(text, solid=solid, rows=1.0, pieces=pieces_of(m))
        for m in (panels > 0.9, np.maximum(panels, bar(SHAPE, 100, 3)) > 0.9)
    )
    assert not takes_outlines(paperless, two, frozen(TEXT))
    assert takes_outlines(paperless, three, frozen(TEXT))


def test_light_letters_in_a_panel_beside_a_text_are_no_outline():
    shape = (260, 460)
    lines = lettering(shape, ((30, 140), "The driver followed it", 34), ((30, 200), "across", 34))
    light, panel = lettering(shape, ((30, 30), "by the sea", 44)), np.zeros(shape, np.float32)
    panel[10:110, 10:300] = 1.0
    pixels = paint(paper(shape, 225), (panel, DARK), (light, (255, 255, 255)), (lines, BLACK))
    paperless, text = best_of(frozen(pixels))
    half = np.where(np.arange(460) < 240, lines, np.float32(0.0))
    seen = frozen(np.maximum(half, light))
    text = replace(text, solid=(lines > 0.9), rows=1.0, pieces=pieces_of(lines > 0.9))
    assert not takes_outlines(paperless, text, seen)


def test_hollow_letters_on_paper_are_none():
    pixels = frozen(paint(paper(SHAPE), (RING, BLACK)))
    assert not takes_outlines(*best_of(pixels), frozen(RING))


def test_letters_within_outlines_are_found_whole():
    ink = within_outlines(*best_of(SUBTITLE))
    assert f_measure(ink > 0.5, TEXT > 0.5) > 0.93
    assert ink[RING > 0.9].max() < 0.3


def test_bright_spots_without_an_outline_are_no_letters():
    spots = np.zeros(SHAPE, np.float32)
    spots[8:20, 380:440] = 1.0
    pixels = frozen(paint(photograph(), (spots, BRIGHT), (RING, DARK), (TEXT, BRIGHT)))
    ink = within_outlines(*best_of(pixels))
    assert ink[spots > 0.9].max() < 0.1
    assert f_measure(ink > 0.5, TEXT > 0.5) > 0.93


def test_a_subtitle_is_cleaned_and_read():
    cleaned = foretext.clean(SUBTITLE)
    assert f_measure(cleaned.ink > 0.5, TEXT > 0.5) > 0.9
    assert foretext.read_cleaned(cleaned).text == "I never said that."
