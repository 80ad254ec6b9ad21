"""Stops and quotation marks that were taken for specks come back; specks do not."""

import numpy as np
import pytest

import foretext
from foretext.choose.missed.punctuation import with_stops
from tests.stages import BLACK, bar, lettering, paint, paper

SHAPE = (80, 360)
LETTERS = lettering(SHAPE, ((12, 10), "Name  City", 44))
BOTH = lettering(SHAPE, ((12, 10), "Name: City.", 44))


def dots(ink=BOTH):
    """Return the dots alone: the small pieces."""
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats((ink > 0.5).astype(np.uint8))
    small = [k for k in range(1, len(stats)) if stats[k, 2] < 9 and stats[k, 3] < 9]
    return np.isin(labels, small)


def test_stops_and_colons_come_back():
    stops = dots()
    assert stops.any()
    without = np.where(stops, np.float32(0.0), BOTH)
    assert with_stops(without, BOTH)[stops].all()


def test_stops_come_back_under_a_headline():
    shape = (380, 900)
    headline = lettering(shape, ((12, 0), "Headline", 190))
    text = np.zeros(shape, np.float32)
    text[270:350, :360] = BOTH
    everything = np.maximum(headline, text)
    stops = np.zeros(shape, bool)
    stops[270:350, :360] = dots()
    without = np.where(stops, np.float32(0.0), everything)
    assert np.array_equal(with_stops(without, everything, everything > 0.5), without)
    assert with_stops(without, everything, everything > 0.5, 24.0)[stops].all()


def test_specks_stay_away():
    stops = dots()
    without = np.where(stops, np.float32(0.0), BOTH)
    specks = BOTH.copy()
    for row, column in [(40, 350), (6, 90), (5, 150), (70, 40), (72, 200), (8, 300), (74, 330)]:
        specks[row - 2 : row + 3, column - 2 : column + 3] = 1.0
    assert np.array_equal(with_stops(without, specks), without)
    found = with_stops(without, specks, specks > 0.5)
    assert found[stops].all()
    assert not found[BOTH == 0.0].any()
    for column in range(20, 340, 20):
        specks[74:79, column - 2 : column + 3] = 1.0
    assert np.array_equal(with_stops(without, specks, specks > 0.5), without)


def test_so_many_dots_are_specks_wherever_they_stand():
    def dotted(rows):
        shape = (58 * rows + 30, 700)
        text = [((12, 6 + 58 * row), "B. D. F. H. K. L. M. N.", 44) for row in range(rows)]
        everything = lettering(shape, *text)
        return np.where(dots(everything), np.float32(0.0), everything), everything

    few, many = dotted(3), dotted(15)
    assert with_stops(*few).sum() > few[0].sum()
    assert np.array_equal(with_stops(*many), many[0])


SAYING = (200, 360)
QUOTED = lettering(
    SAYING, *(((12, 10 + 60 * k), "\u201cName,\u201d he said", 34) for k in range(3))
)


def quotes():
    """Return the quotation marks alone: what is small and high in its line."""
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats((QUOTED > 0.5).astype(np.uint8))
    high = [
        k for k in range(1, len(stats)) if 6 < stats[k, 3] < 14 and (stats[k, 1] - 10) % 60 < 16
    ]
    return np.isin(labels, high)


def test_quotation_marks_come_back():
    marks = quotes()
    assert marks.sum() > 6 * 20
    without = np.where(marks, np.float32(0.0), QUOTED)
    assert with_stops(without, QUOTED, QUOTED > 0.5)[marks].all()


def test_marks_of_another_color_stay_away():
    marks = quotes()
    without = np.where(marks, np.float32(0.0), QUOTED)
    assert not with_stops(without, QUOTED, (QUOTED > 0.5) & ~marks)[marks].any()
    assert not with_stops(without, QUOTED)[marks].any()


def test_specks_of_their_size_stay_away():
    marks = quotes()
    without = np.where(marks, np.float32(0.0), QUOTED)
    specks = QUOTED.copy()
    for k in range(60):
        row, column = 3 + 37 * k % 190, 3 + 71 * k % 350
        if not QUOTED[row - 3 : row + 10, column - 3 : column + 7].any():
            specks[row : row + 7, column : column + 4] = 1.0
    assert np.array_equal(with_stops(without, specks, specks > 0.5), without)


def test_nothing_changes_without_dots_or_letters():
    assert np.array_equal(with_stops(LETTERS, LETTERS), LETTERS)
    blank = np.zeros(SHAPE, np.float32)
    assert np.array_equal(with_stops(blank, BOTH), blank)
    assert np.array_equal(with_stops(blank, blank), blank)


def test_inputs_are_left_as_they_were():
    without = np.where(dots(), np.float32(0.0), BOTH)
    before = without.copy(), BOTH.copy()
    with_stops(without, BOTH)
    assert np.array_equal(without, before[0])
    assert np.array_equal(BOTH, before[1])


@pytest.mark.parametrize("thickness", [1, 2])
def test_labels_of_a_form_keep_their_colons(thickness):
    shape = (260, 640)
    labels = [("Name:", "Alice Jones"), ("Address:", "12 Mill Lane"), ("City:", "Leeds")]
    text = [
        item
        for row, (label, value) in enumerate(labels)
        for item in (((20, 20 + 70 * row), label, 28), ((170, 20 + 70 * row), value, 28))
    ]
    ink = lettering(shape, *text)
    rules = [bar(shape, 56 + 70 * row, thickness) for row in range(len(labels))]
    cleaned = foretext.clean(paint(paper(shape), (np.maximum.reduce([ink, *rules]), BLACK)))
    reading = foretext.read_cleaned(cleaned)
    assert reading.text.count(":") == len(labels)
