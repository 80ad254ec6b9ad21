"""A picture that reads as well as it came, and says the same, is read so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import foretext
from foretext.reader.as_it_came import reads_as_well, with_missed_lines
from foretext.reading import Box, Character, Word
from foretext.recognize.engine import line_of
from foretext.rest import Rest
from tests.stages import BLACK, frozen, lettering, paint, paper


def line(text, sure=0.99):
    words = [
        Word(word, sure, Box(0, 0, 9, 9), tuple(Character(c, sure, Box(0, 0, 9, 9)) for c in word))
        for word in text.split()
    ]
    return line_of(words)


def lines(*written):
    return tuple(line(*one) if isinstance(one, tuple) else line(one) for one in written)


TEXT = "The traveler often sold", "DRAFT coast"


@pytest.mark.parametrize(
    ("as_it_came", "cleaned", "is_believed"),
    [
        pytest.param(TEXT, ("Thetravelerotensold", "DRAFT coast"), True, id="better read"),
        pytest.param(TEXT, ("Thetraveler often sold", TEXT[1]), True, id="a gap more"),
        pytest.param(TEXT, (("13", 0.6), *TEXT), True, id="an icon was taken for letters"),
        pytest.param(("tiled", *TEXT, "tiled", "tiled"), TEXT, False, id="unwanted text"),
        pytest.param(TEXT[:1], TEXT, False, id="a line less"),
        pytest.param(("Thetraveler often sold", TEXT[1]), TEXT, False, id="a gap less"),
        pytest.param(((TEXT[0], 0.8), TEXT[1]), TEXT, False, id="less sure"),
        pytest.param((), TEXT, False, id="nothing"),
        pytest.param(TEXT, (), False, id="nothing left"),
    ],
)
def test_it_is_believed_if_it_says_the_same_as_surely(two_rows, as_it_came, cleaned, is_believed):
    assert reads_as_well(lines(*as_it_came), lines(*cleaned), two_rows) == is_believed


ROW = "The visitor watched"


def placed(text, left=16.0, step=17.0):
    """Return a line of the first row whose characters are so far from each other."""
    each = [(c, Box(left + step * k, 10, left + step * (k + 1), 50)) for k, c in enumerate(text)]
    words, start = [], 0
    for word in text.split(" "):
        own = each[start : start + len(word)]
        around = Box.around(box for _, box in own)
        words.append(Word(word, 0.99, around, tuple(Character(c, 0.99, box) for c, box in own)))
        start += len(word) + 1
    return line_of(words)


@pytest.mark.parametrize(
    ("as_it_came", "is_believed"),
    [
        pytest.param(ROW, True, id="the same"),
        pytest.param(f"{ROW}-", False, id="a sign that was removed"),
        pytest.param(f"{ROW}.", True, id="a stop that was lost"),
        pytest.param(ROW.replace("w", "v"), True, id="another letter"),
    ],
)
def test_what_is_removed_is_not_read_as_it_came(two_rows, as_it_came, is_believed):
    removed = np.zeros_like(two_rows.ink)
    removed[10:50, 16 + 17 * len(ROW) : 16 + 17 * (len(ROW) + 1)] = 1.0
    rest = Rest.known(removed, np.zeros(removed.shape, np.uint8), two_rows.ink)
    some = (placed(as_it_came),), (placed(ROW),), replace(two_rows, rest=rest)
    assert reads_as_well(*some) == is_believed


def test_words_that_the_cleaned_picture_shows_are_not_lost(two_rows):
    long = "The visitor watched the empty sail and the heavy notebook"
    assert not reads_as_well((placed(long[4:]),), (placed(long),), two_rows)
    assert reads_as_well((placed(long[2:]),), (placed(long),), two_rows)


def test_words_on_a_patterned_picture_are_read_as_it_came():
    shape = (120, 460)
    ink = lettering(shape, ((16, 14), "The visitor watched", 34), ((16, 64), "the empty sail", 34))
    cleaned = foretext.clean(frozen(paint(paper(shape), (ink, BLACK))))
    # As if cleaning had cut letters.
    cut = cleaned.ink.copy()
    cut[26:34, 40:300] = 0.0
    reading = foretext.read_cleaned(replace(cleaned, ink=cut), engine="rapidocr")
    assert reading.text == "The visitor watched\nthe empty sail"
    assert [attempt.shown for attempt in reading.attempts][-1] == "input"
    assert reading.lines[1].box.top > 60


@pytest.fixture(scope="module")
def two_rows():
    shape = (120, 460)
    ink = lettering(shape, ((16, 14), "The visitor watched", 34), ((16, 64), "the empty sail", 34))
    return foretext.clean(frozen(paint(paper(shape), (ink, BLACK))))


def at(top, text="the empty sail", sure=0.99):
    return replace(line(text, sure), box=Box(10, top, 300, top + 40))


def test_a_line_that_only_the_picture_as_it_came_showed_is_added(two_rows):
    upper, lower = at(10), at(64)
    assert with_missed_lines((upper,), (upper, lower), two_rows) == (upper, lower)
    assert with_missed_lines((lower,), (upper, lower), two_rows) == (upper, lower)
    assert with_missed_lines((upper, at(66)), (upper, lower), two_rows) == (upper, at(66))


def test_lines_that_were_read_keep_their_order(two_rows):
    read = at(64), at(10)
    assert with_missed_lines(read, read[::-1], two_rows) == read


def test_what_is_unsure_was_not_missed(two_rows):
    assert with_missed_lines((at(10),), (at(64, sure=0.9),), two_rows) == (at(10),)


def test_what_was_removed_was_not_missed(two_rows):
    ink = two_rows.ink.copy()
    ink[56:] = 0.0
    removed = np.where(ink < two_rows.ink, two_rows.ink, np.float32(0.0))
    cut = replace(two_rows, ink=ink, rest=Rest.known(removed, two_rows.verdicts, ink))
    assert with_missed_lines((at(10),), (at(64), at(102)), cut) == (at(10),)
