"""Rows of different sizes are read one by one, and rows that were missed again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import foretext
from foretext.reader.row_by_row import missed_rows, row_by_row
from foretext.rest import Rest
from tests.stages import BLACK, frozen, lettering, paint, paper

SHAPE = (160, 620)
LARGE, SMALL = ((20, 56), "Norwood, $20", 72), ((24, 14), "The driver followed the mirror", 18)


def cleaned(*written):
    ink = lettering(SHAPE, *written)
    return foretext.clean(frozen(paint(paper(SHAPE), (ink, BLACK))))


@pytest.fixture(scope="module")
def title():
    return cleaned(LARGE, SMALL)


@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
@pytest.mark.parametrize("effort", ["fast", "normal"])
def test_a_title_and_its_small_print_are_read(title, engine, effort):
    reading = foretext.read_cleaned(title, engine=engine, effort=effort)
    assert reading.text == f"{SMALL[1]}\n{LARGE[1]}"
    upper, lower = (line.box for line in reading.lines)
    assert 10 < upper.top < upper.bottom < 40 < lower.top < lower.bottom < 160
    assert all(upper.top - 1 <= c.box.top for c in reading.lines[0].words[0].characters)


def test_each_row_holds_its_own_ink_only(title):
    rows = row_by_row(title)
    assert [row.top for row in rows] == [0, rows[1].top]
    assert np.array_equal(np.concatenate([row.cleaned.ink for row in rows]), title.ink)
    assert np.array_equal(rows[1].cleaned.source.pixels, title.source.pixels[rows[1].top :])
    assert rows[0].cleaned.scale.x_height < 0.5 * rows[1].cleaned.scale.x_height


@pytest.mark.parametrize(
    "written",
    [
        pytest.param([LARGE], id="one row"),
        pytest.param([((20, 10), "first line", 40), ((20, 90), "second line", 40)], id="one size"),
        pytest.param([((20, 10), "Norwood", 90), ((20, 50), "across", 18)], id="no paper between"),
    ],
)
def test_others_are_read_as_they_stand(written):
    assert row_by_row(cleaned(*written)) == []


def test_only_rows_without_a_reading_were_missed(title):
    lines = foretext.read_cleaned(title, engine="rapidocr").lines
    assert missed_rows(title, lines) == []
    assert [row.top for row in missed_rows(title, lines[1:])] == [0]
    assert [row.top for row in missed_rows(title, lines[:1])] == [row_by_row(title)[1].top]


def test_a_speck_is_no_row_that_was_missed():
    picture = cleaned(((20, 70), "Norwood", 60), ((300, 20), ".", 40))
    lines = foretext.read_cleaned(picture, engine="rapidocr").lines
    assert missed_rows(picture, lines) == []


def test_a_pattern_is_of_all_that_is_read(title):
    pattern = r"The driver.*"
    with pytest.warns(foretext.ForetextWarning, match="matches the pattern"):
        reading = foretext.read_cleaned(title, engine="tesseract", pattern=pattern)
    assert len(reading.lines) == 2


def test_scraps_of_what_was_removed_are_no_rows(title):
    removed = np.where(title.ink > 0.0, np.float32(0.0), np.float32(0.9))
    strong, grain = (
        replace(title, rest=Rest.known(each, title.verdicts, title.ink))
        for each in (removed, np.float32(0.3) * removed)
    )
    assert not row_by_row(strong)
    assert not missed_rows(strong, ())
    # Grain of paper leaves none.
    assert len(row_by_row(grain)) == 2
