"""Large pages are cut in bands between their rows of text, and read side by side."""

from itertools import pairwise

import numpy as np
import pytest

from foretext.recognize import bands as module
from foretext.recognize import get_engine
from foretext.recognize.bands import bands
from tests.stages import lettering

WIDTH = 700
WORDS = ("harbor", "kettle", "garden", "letter", "winter", "bridge", "silver", "market")


@pytest.fixture(autouse=True)
def _pages_are_small(monkeypatch):
    monkeypatch.setattr(module, "_USUAL", 200_000)


def drawn(shape, *texts, size=24):
    """Return a page with texts (x, y, text), dark on white."""
    ink = lettering(shape, *(((x, y), text, size) for x, y, text in texts))
    return np.rint(255 * (1 - ink)).astype(np.uint8)


def sentence(k, count=6):
    # Words of other lengths, so that their spaces are not above one another.
    return " ".join(WORDS[(5 * k + 3 * j) % 8][: 2 + (k + j) % 5] for j in range(count))


def column(rows, x=10, count=9):
    return [(x, 10 + 40 * k, sentence(k, count)) for k in range(rows)]


def page_of(rows, texts):
    return drawn((40 * rows + 20, WIDTH), *texts)


@pytest.mark.parametrize(("rows", "number"), [(24, 2), (34, 4)])
def test_a_column_is_cut_between_its_rows(rows, number):
    page = page_of(rows, column(rows))
    found = bands(page)
    assert len(found) == number
    assert (found[0].start, found[-1].stop) == (0, len(page))
    for one, other in pairwise(found):
        assert one.stop == other.start
        assert not (page[one.stop - 2 : one.stop + 2] < 128).any()


def test_a_broader_space_is_taken():
    texts = [(x, y + 60 * (y > 470), text) for x, y, text in column(22)]
    assert 495 < bands(page_of(24, texts))[1].start < 535


@pytest.mark.parametrize("rows", [3, 12])
def test_few_rows_are_not_cut(rows):
    page = drawn((1000, WIDTH), *column(rows))
    assert bands(page) == [slice(0, 1000)]


def test_columns_side_by_side_are_not_cut():
    texts = [*column(24, count=4), *column(24, x=360, count=4)]
    page = page_of(24, texts)
    assert bands(page) == [slice(0, len(page))]


def test_beside_a_column_that_has_ended_nothing_is_cut():
    left, right = column(30, count=4), column(9, x=360, count=4)
    assert bands(page_of(30, [*left, *right])) == [slice(0, 40 * 30 + 20)]
    # A line across both of them is the end of the columns.
    across = (10, 10 + 40 * 9, sentence(1, 9) + " " + sentence(2, 2))
    texts = [*left[:9], *right, across, *((x, y + 40, text) for x, y, text in column(29)[9:])]
    cuts = [one.start for one in bands(page_of(30, texts))[1:]]
    assert cuts
    assert min(cuts) > 40 * 10


def test_notes_in_the_margin_stay_with_their_lines():
    notes = [(10, 10 + 40 * k, "note") for k in (3, 11, 20)]
    texts = [*notes, *column(24, x=250, count=6)]
    assert all(one.stop < 10 + 40 * 3 for one in bands(page_of(24, texts))[:-1])


def test_an_empty_page_is_not_cut():
    page = np.full((1000, WIDTH), 255, np.uint8)
    assert bands(page) == [slice(0, 1000)]


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_bands_are_read_as_the_whole(monkeypatch, workers):
    page = page_of(24, column(24))
    engine = get_engine("tesseract")
    monkeypatch.setattr("foretext.recognize.tesseract.worker_count", lambda: workers)
    assert len(bands(page)) > 1
    in_bands = engine.read(page, layout="page")
    monkeypatch.setattr(module, "_USUAL", 10**9)
    whole = engine.read(page, layout="page")
    assert [line.text for line in in_bands] == [line.text for line in whole]
    boxes = [np.array([line.box for line in lines]) for lines in (in_bands, whole)]
    assert np.abs(boxes[0] - boxes[1]).max() <= 1


def test_only_the_alphabet_is_read_in_all_bands():
    page = page_of(24, column(24))
    lines = get_engine("tesseract").read(page, layout="page", alphabet="abc")
    assert lines
    assert {c for line in lines for c in line.text} <= set("abc ")
