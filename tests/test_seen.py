"""A reading of a part of the ink says less than one of all of it."""

from __future__ import annotations

import numpy as np
import pytest

import foretext
from foretext.reader.attempts import of_ink
from foretext.reader.readers import Read
from foretext.reader.seen import as_far_as_seen
from foretext.reading import Attempt, Box, Character, Line, Word
from foretext.recognize.engine import line_of
from tests.stages import BLACK, frozen, lettering, paint, paper

SHAPE = (80, 400)
TEXT = "YabVzuKR"


@pytest.fixture(scope="module")
def cleaned():
    return foretext.clean(
        frozen(paint(paper(SHAPE), (lettering(SHAPE, ((30, 16), TEXT, 44)), BLACK)))
    )


def line(cleaned, start, stop):
    """Return a line of some characters, their boxes as wide as each other."""
    left, _, right, _ = cleaned.pieces.bounds
    step = (right - left) / len(TEXT)
    boxes = [Box(left + step * k, 0.0, left + step * (k + 1), 80.0) for k in range(start, stop)]
    each = [Character(TEXT[k], 0.9, box) for k, box in zip(range(start, stop), boxes, strict=True)]
    return line_of([Word(TEXT[start:stop], 0.9, Box.around(boxes), tuple(each))])


def sureness(cleaned, *lines: Line, ink=None):
    view = of_ink(cleaned)
    attempt = Attempt("cleaned", "rapidocr", "", 0.9)
    read = as_far_as_seen(Read(attempt, lines, lines, view), view.ink if ink is None else ink)
    assert read.lines == lines
    return read.attempt.sureness


def test_all_of_the_ink_is_as_sure_as_it_was(cleaned):
    assert sureness(cleaned, line(cleaned, 0, 8)) == pytest.approx(0.9)


@pytest.mark.parametrize(("start", "stop"), [(0, 6), (2, 8), (3, 5)])
def test_what_passes_over_ink_is_less_sure(cleaned, start, stop):
    part = (stop - start) / 8
    assert sureness(cleaned, line(cleaned, start, stop)) == pytest.approx(0.9 * part**0.5, abs=0.08)


def test_a_box_drawn_around_all_hides_nothing(cleaned):
    own = line(cleaned, 0, 4)
    last = own.words[0].characters[-1]
    wide = Character(last.text, last.confidence, Box(last.box.left, 0.0, 400.0, 80.0))
    each = (*own.words[0].characters[:-1], wide)
    stretched = line_of([Word("Yabv", 0.9, Box(own.box.left, 0.0, 400.0, 80.0), each)])
    assert sureness(cleaned, stretched) < 0.8


def test_other_ink_may_be_less(cleaned):
    other = cleaned.ink.copy()
    assert sureness(cleaned, line(cleaned, 0, 6), ink=other) == pytest.approx(0.9, abs=0.01)
    assert sureness(cleaned, line(cleaned, 0, 1), ink=other) < 0.6


def test_several_lines_or_none_stay_as_they_are(cleaned):
    assert sureness(cleaned) == 0.9
    assert sureness(cleaned, line(cleaned, 0, 2), line(cleaned, 4, 5)) == 0.9


def test_of_ink_that_is_dense_nowhere_nothing_is_told(cleaned):
    pale = cleaned.ink * np.float32(0.4)
    assert sureness(cleaned, line(cleaned, 0, 2), ink=pale) == pytest.approx(0.9)


def test_ink_is_not_touched(cleaned):
    before = cleaned.ink.copy()
    sureness(cleaned, line(cleaned, 0, 6))
    assert np.array_equal(cleaned.ink, before)
