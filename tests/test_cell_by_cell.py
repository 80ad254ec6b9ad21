"""Words far apart in a row are read one by one, as one line."""

from __future__ import annotations

import numpy as np
import pytest

import foretext
from foretext.reader.cell_by_cell import cells
from tests.stages import BLACK, frozen, lettering, paint, paper

SHAPE = (90, 900)
NAME, NUMBER, DATE = (
    ((20, 30), "hotel 4", 30),
    ((380, 24), "9/332-17", 40),
    ((760, 40), "50511", 20),
)


def cleaned(*written, shape=SHAPE):
    return foretext.clean(frozen(paint(paper(shape), (lettering(shape, *written), BLACK))))


@pytest.fixture(scope="module")
def row():
    return cleaned(NAME, NUMBER, DATE)


@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
def test_a_row_of_cells_is_one_line(row, engine):
    reading = foretext.read_cleaned(row, engine=engine)
    assert reading.text == "hotel 4 9/332-17 50511"
    (line,) = reading.lines
    lefts = [word.box.left for word in line.words]
    assert lefts == sorted(lefts)
    assert lefts[2] == pytest.approx(380, abs=12)
    assert lefts[3] == pytest.approx(760, abs=12)


def test_cells_hold_all_ink(row):
    found = cells(row)
    assert len(found) == 3
    assert np.array_equal(np.concatenate([cell.cleaned.ink for cell in found], axis=1), row.ink)
    assert [cell.left for cell in found] == [
        0,
        *np.cumsum([c.cleaned.ink.shape[1] for c in found])[:-1],
    ]
    assert {cell.top for cell in found} == {0}


@pytest.mark.parametrize(
    "written",
    [
        pytest.param([NAME], id="two words"),
        pytest.param([((20 + 90 * n, 24), c, 40) for n, c in enumerate("YabVzu")], id="spaced"),
        pytest.param([NUMBER, ((860, 50), ".", 30)], id="a speck beside"),
        pytest.param([((20, 60), ".", 30), NUMBER], id="a speck before"),
    ],
)
def test_other_rows_have_none(written):
    assert cells(cleaned(*written)) == []


def test_rows_below_each_other_are_no_cells():
    assert cells(cleaned(NAME, DATE, ((20, 140), "below", 30), shape=(200, 900))) == []
