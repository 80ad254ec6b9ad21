"""Characters set wide are moved together for engines, and their boxes lead back."""

from __future__ import annotations

import numpy as np
import pytest

import foretext
from foretext.reader.attempts import as_it_stands, of_ink, of_input
from foretext.reader.set_wide import moved_together
from foretext.reading import Box
from tests.stages import BLACK, BLUE, GREEN, RED, frozen, lettering, paint, paper

SHAPE = (90, 560)
APART = 64
WORD = "Kf7Rnb8"


def placed(text, apart=APART, size=40):
    return [((20 + apart * n, 24), c, size) for n, c in enumerate(text) if c != " "]


def cleaned(*written):
    return foretext.clean(frozen(paint(paper(SHAPE), (lettering(SHAPE, *written), BLACK))))


@pytest.fixture(scope="module")
def wide():
    return cleaned(*placed(WORD))


@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
def test_characters_far_apart_are_one_word(wide, engine):
    reading = foretext.read_cleaned(wide, engine=engine)
    assert reading.text == WORD
    lefts = [c.box.left for c in reading.characters]
    assert lefts == pytest.approx([20 + APART * n for n in range(len(WORD))], abs=9)


@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
def test_words_set_wide_stay_two(engine):
    reading = foretext.read_cleaned(cleaned(*placed("Kf8 Rnb", 70)), engine=engine)
    assert reading.text == "Kf8 Rnb"


@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
def test_each_may_have_its_own_color(engine):
    each = zip(placed("R8kFn"), [RED, GREEN, BLUE, BLACK, RED], strict=True)
    picture = paint(paper(SHAPE), *((lettering(SHAPE, one), color) for one, color in each))
    assert foretext.read(frozen(picture), engine=engine).text == "R8kFn"


@pytest.mark.parametrize("make", [of_ink, as_it_stands, of_input])
def test_only_paper_is_left_out(wide, make):
    view = make(wide)
    before = view.pixels.copy()
    moved = moved_together(view)
    assert moved.pixels.shape[1] < 0.8 * view.pixels.shape[1]
    assert moved.mask.shape == moved.pixels.shape[:2]
    assert np.array_equal(view.pixels, before)
    assert np.count_nonzero(moved.mask) == np.count_nonzero(view.mask)
    assert np.count_nonzero(moved.pixels < 128) == np.count_nonzero(view.pixels < 128)


def test_boxes_lead_back(wide):
    moved = moved_together(as_it_stands(wide))
    inked = np.flatnonzero(moved.mask.any(axis=0))
    edges = inked[np.flatnonzero(np.diff(inked) > 1)] + 1
    first = Box(float(inked[0]), 0.0, float(edges[0]), 90.0)
    columns = np.flatnonzero(wide.mask[:, :APART].any(axis=0))
    back = moved.back(first)
    assert (back.left, back.right) == pytest.approx((columns[0], columns[-1] + 1), abs=1)
    whole = moved.back(Box(0.0, 0.0, float(moved.mask.shape[1]), 90.0))
    assert (whole.left, whole.right) == pytest.approx((0.0, SHAPE[1]), abs=1)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param([((20, 20), "YabVzu", 44)], id="as usual"),
        pytest.param([((20, 20), "one two six", 40)], id="words"),
        pytest.param(placed("4825", 150), id="a row of a table"),
        pytest.param([((20, 20), "7", 44), ((120, 20), "3", 44)], id="two"),
        pytest.param(
            [((20, 20), "—", 40), ((120, 20), "22", 40), ((230, 20), "—", 40)], id="dashes"
        ),
        pytest.param(
            [((20, 20), "12", 40), ((90, 20), "5", 40), ((130, 20), "79", 40)], id="numbers"
        ),
    ],
)
def test_other_text_stays_as_it_is(written):
    view = of_ink(cleaned(*written))
    assert moved_together(view) is view


def test_pale_parts_of_hollow_letters_are_no_paper():
    filled = lettering(SHAPE, ((20, 20), "eEWhVep", 48))
    edges = np.abs(np.diff(filled, axis=1, append=0.0)) * np.float32(0.7)
    view = as_it_stands(foretext.clean(frozen(paint(paper(SHAPE), (edges, BLACK)))))
    assert moved_together(view) is view


def test_pages_stay_as_they_are(wide):
    view = of_input(wide, "page")
    assert moved_together(view) is view
