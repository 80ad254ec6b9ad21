"""What becomes of a page that an engine has read: missed lines, torn lines, rows of tables."""

import numpy as np

import foretext
from foretext.reading import Box, Line, Word
from foretext.recognize.page.missed import better, merged, torn, unread
from foretext.recognize.page.tables import by_rows
from foretext.recognize.page.torn import mended
from tests.stages import BLACK, lettering, paint, paper

SHAPE = (200, 600)
TEXTS = ((20, 20, "First words"), (20, 120, "Other words"))


def line_at(left, top, text, *, height=20.0, sure=0.95):
    """Return a line whose letters are half as wide as high."""
    words, at = [], left
    for word in text.split():
        right = at + len(word) * height / 2
        words.append(Word(word, sure, Box(at, top, right, top + height)))
        at = right + height / 2
    return Line(tuple(words), sure, Box(left, top, words[-1].box.right, top + height))


def column_at(left, *texts, top=0.0):
    return [line_at(left, top + 30.0 * k, text) for k, text in enumerate(texts)]


def texts_of(lines):
    return [line.text for line in lines]


def page():
    ink = lettering(SHAPE, *(((x, y), text, 40) for x, y, text in TEXTS))
    return np.rint(255 * (1 - ink)).astype(np.uint8)


def line_of_ink(picture, top, bottom):
    rows, columns = np.nonzero(picture[top:bottom] < 128)
    box = Box(columns.min(), top + rows.min(), columns.max() + 1, top + rows.max() + 1)
    box = Box(*map(float, box))
    return Line((Word("words", 0.95, box),), 0.95, box)


def test_a_table_read_by_columns_is_put_in_rows():
    cells = [*column_at(0, "Hinge", "pale kettle", "11:49"), *column_at(300, "fern", "hall", "7")]
    assert texts_of(by_rows(cells)) == ["Hinge fern", "pale kettle hall", "11:49 7"]


def test_an_index_stays_in_columns():
    left = ["again, 24, 191", "along, 22", "anyway, 302", "apple, 343, 375"]
    right = ["gave, 106", "glad, 7, 58", "going, 150, 314", "green, 9"]
    columns = [*column_at(0, *left), *column_at(300, *right)]
    assert by_rows(columns) == tuple(columns)


def test_addresses_stay_in_columns():
    left = ["Dr Anne Collins", "8 Church Walk", "York"]
    right = ["Mrs James Holt", "62 Station Road", "Leeds"]
    columns = [*column_at(0, *left), *column_at(300, *right)]
    assert by_rows(columns) == tuple(columns)


def test_names_and_what_they_stand_for_are_rows():
    cells = [*column_at(0, "From:", "Sent:"), *column_at(200, "Anne Collins", "6 June at nine")]
    assert texts_of(by_rows(cells)) == ["From: Anne Collins", "Sent: 6 June at nine"]


def test_columns_of_running_text_stay():
    text = ["the visitor often repaired", "the empty ticket in his", "library of old machines"]
    columns = [*column_at(0, *text), *column_at(400, *text)]
    assert by_rows(columns) == tuple(columns)


def test_a_torn_line_is_put_together():
    torn = [line_at(300, 2, "collected the"), line_at(0, 0, "The clerk lifted the hammer")]
    below = line_at(0, 30, "and put it down")
    assert texts_of(mended([*torn, below])) == [
        "The clerk lifted the hammer collected the",
        "and put it down",
    ]
    # What stands farther apart are two columns.
    apart = [line_at(500, 2, "collected the old hammer"), torn[1]]
    assert mended(apart) == tuple(apart)


def test_a_line_with_an_initial_comes_before_what_stands_beside_the_initial():
    first = line_at(40, 0, "he early miller slowly")
    initial = Word("T", 0.95, Box(0.0, 0.0, 36.0, 80.0))
    box = Box(0.0, 0.0, first.box.right, 80.0)
    tall = Line((initial, *first.words), 0.95, box)
    below = [line_at(40, 30, "beyond the mill"), line_at(40, 60, "and the river")]
    assert texts_of(mended([*below, tall])) == texts_of([tall, *below])
    # In another column it would be in its place.
    texts = ["beyond the mill and the", "old river in the valley"]
    column = column_at(600, *texts, top=30.0)
    assert texts_of(mended([*column, tall])) == texts_of([*column, tall])


def test_what_stands_around_a_table_stays_around_it():
    above, below = line_at(0, -60, "Some text above it"), line_at(0, 100, "and some below it")
    cells = [*column_at(0, "a", "b"), *column_at(300, "c", "d")]
    ordered = texts_of(by_rows([above, *cells, below]))
    assert ordered == ["Some text above it", "a c", "b d", "and some below it"]


def test_a_cell_without_neighbors_keeps_its_row():
    cells = [*column_at(0, "a", "b", "c"), line_at(300, 0, "d"), line_at(300, 60, "e")]
    assert texts_of(by_rows(cells)) == ["a d", "b", "c e"]


def test_lines_below_one_another_stay():
    lines = column_at(0, "one", "two", "three")
    assert by_rows(lines) == tuple(lines)
    assert by_rows([]) == ()


def test_what_was_read_is_not_shown_again():
    picture = page()
    first, second = (line_of_ink(picture, *rows) for rows in ((0, 100), (100, 200)))
    assert unread(picture, [first, second]) is None
    rest = unread(picture, [first])
    assert (rest[:100] == 255).all()
    assert (rest[100:] == picture[100:]).all()


def test_a_letter_that_reaches_out_of_its_word_was_read():
    picture = page()
    lines = [line_of_ink(picture, 0, 100), line_of_ink(picture, 100, 200)]
    narrow = [line.moved(lambda box: box._replace(right=box.right - 8)) for line in lines]
    assert unread(picture, narrow) is None


def test_specks_were_not_missed():
    picture = page()
    lines = [line_of_ink(picture, 0, 100), line_of_ink(picture, 100, 200)]
    picture[90:94, 20:580:8] = 0
    picture[91:95, 24:580:8] = 0
    assert unread(picture, lines) is None


def test_what_was_missed_comes_where_it_stands():
    first, last = line_at(0, 0, "first"), line_at(0, 90, "last")
    between, beside = line_at(0, 45, "between"), line_at(200, 90, "beside")
    above, unsure = line_at(0, -40, "above"), line_at(0, 130, "unsure", sure=0.7)
    found = [unsure, beside, between, above]
    wanted = ["above", "first", "between", "last", "beside"]
    assert texts_of(merged([first, last], found)) == wanted


def test_a_line_whose_parts_were_missed_is_read_again_where_it_stands():
    lines = [line_at(0, y, text) for y, text in ((0, "the line above"), (30, "hid"), (60, "below"))]
    lines[1] = line_at(20, 30, "hid some ink")
    part, unsure = line_at(65, 31, "den"), line_at(90, 31, "of", sure=0.6)
    beside = line_at(400, 30, "another column")
    assert torn(lines, [unsure, beside]) == {}
    assert torn(lines, [part]) == {1: (slice(30, 51), slice(0, 140))}


def test_a_torn_line_ends_where_another_column_begins():
    above = line_at(0, 0, "a headline over both of the columns of this page")
    left, right = line_at(0, 30, "hid some ink"), line_at(260, 32, "the other column")
    part = line_at(65, 31, "den")
    assert torn([above, left, right], [part]) == {1: (slice(30, 51), slice(0, 260))}


def test_what_is_read_again_must_tell_more_and_be_sure():
    line, more = line_at(0, 0, "hid some"), line_at(0, 0, "hidden some")
    assert better(line, more) is more
    for worse in (None, line_at(0, 0, "hi"), line_at(0, 0, "hidden some", sure=0.7)):
        assert better(line, worse) is line


def test_what_stands_in_a_word_was_read_with_it():
    line, part = line_at(0, 0, "hidden"), line_at(20, 0, "dd")
    assert texts_of(merged([line], [part])) == ["hidden"]


class Misser:
    """An engine that reads of a page only the first line, and words here and there only then."""

    name = "misser"
    reads_tones = misjudges_case = False
    misses_lines = knows_words = True

    def __init__(self):
        self.shown = []

    def read(self, pixels, *, layout, alphabet):
        self.shown.append((layout, alphabet))
        height = pixels.shape[0]
        rows = (0, height // 2) if layout == "page" else (height // 2, height)
        line = line_of_ink(pixels, *rows)
        return (Line((Word(layout, 0.95, line.box),), 0.95, line.box),)


def test_what_stands_in_several_words_was_read_with_them():
    # Its middle is between two of them.
    line = line_at(0, 20, "the letter by the orchard after lunch")
    rest = line_at(40, 20, "letter by the")
    middle = (rest.box.left + rest.box.right) / 2
    assert not any(word.box.left < middle < word.box.right for word in line.words)
    assert texts_of(merged([line], [rest])) == ["the letter by the orchard after lunch"]


def test_missed_lines_of_a_page_are_read(monkeypatch):
    engine = Misser()
    monkeypatch.setattr("foretext.recognize.get_engine", lambda name, *, lang: engine)
    ink = lettering(SHAPE, *(((x, y), text, 40) for x, y, text in TEXTS))
    picture = paint(paper(SHAPE), (ink, BLACK))
    reading = foretext.read(picture, effort="fast", alphabet="abc")
    assert reading.text == "page\nsparse"
    assert engine.shown == [("page", frozenset("abc")), ("sparse", frozenset("abc"))]
