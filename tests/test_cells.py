"""Cells that an engine tore or doubted are read again alone, and taken where that is better."""

from __future__ import annotations

import numpy as np
import pytest

import foretext
from foretext.reading import Box, Word
from foretext.recognize.engine import line_of
from foretext.recognize.page.cells import with_cells
from foretext.recognize.page.doubtful import doubtful_cells
from foretext.recognize.page.missing import missing_cells
from tests.stages import BLACK, frozen, lettering, paint, paper

WHITE = np.full((100, 600), 255, np.uint8)


def word(text, left, right, sure=0.97, *, bottom=30):
    return Word(text, sure, Box(left, 10, right, bottom))


def row(*cells, label="TEA"):
    return line_of([word(label, 10, 60), *cells])


def places(*lines, picture=WHITE):
    return [(cell.line, cell.start, cell.stop) for cell in doubtful_cells(lines, picture)]


def test_sure_cells_and_running_text_are_left_alone():
    running = line_of([word("a", 10, 30, 0.5), word("few", 38, 70), word("words", 78, 120)])
    assert places(row(word("2.67", 300, 350)), running) == []


@pytest.mark.parametrize(
    "cells",
    [
        [word("-67", 310, 350, 0.7)],
        [word("11.", 300, 330), word("32", 336, 356)],
    ],
)
def test_doubtful_cells_and_torn_numbers_are_read_again(cells):
    assert places(row(*cells)) == [(0, 1, 1 + len(cells))]


def test_a_cell_has_the_ink_beside_it():
    picture = WHITE.copy()
    picture[12:28, 294:304] = 0
    picture[12:28, 200:210] = 0
    (cell,) = doubtful_cells([row(word("-67", 310, 350, 0.7))], frozen(picture))
    assert cell.place.left == 294
    assert cell.place.right >= 350


def test_what_is_surer_takes_its_place():
    lines = [row(word("-67", 310, 350, 0.7)), row(word("2.10", 300, 350))]
    cells = doubtful_cells(lines, WHITE)
    better = line_of([word("2.67", 300, 350)])
    found = with_cells(lines, cells, [better])
    assert [line.text for line in found] == ["TEA 2.67", "TEA 2.10"]
    assert found[1] is lines[1]


@pytest.mark.parametrize("again", [None, line_of([word("257", 300, 350, 0.72)])])
def test_what_is_no_surer_does_not(again):
    lines = [row(word("-67", 310, 350, 0.7))]
    assert with_cells(lines, doubtful_cells(lines, WHITE), [again]) == tuple(lines)


def test_a_torn_number_is_joined_even_if_that_is_no_surer():
    lines = [row(word("11.", 300, 330), word("32", 336, 356))]
    joined = line_of([word("11.32", 300, 356, 0.94)])
    (found,) = with_cells(lines, doubtful_cells(lines, WHITE), [joined])
    assert found.text == "TEA 11.32"


def test_scraps_of_what_was_read_again_go():
    scrap = line_of([word("No", 300, 312, 0.6, bottom=70)])
    lines = [row(word("77", 310, 350, 0.3)), scrap]
    cells = doubtful_cells(lines, WHITE)
    again = [line_of([word("6.77", 298, 350)]) if cell.line == 0 else None for cell in cells]
    assert [line.text for line in with_cells(lines, cells, again)] == ["TEA 6.77"]


def blot(picture, left, top, right, bottom):
    inked = picture.copy()
    inked[top:bottom, left:right] = 0
    return frozen(inked)


def test_a_digit_that_stands_alone_in_a_row_is_missed():
    lines = [row(word("265.72", 400, 460))]
    (cell,) = missing_cells(lines, blot(WHITE, 300, 11, 309, 29))
    assert (cell.line, cell.start, cell.stop) == (0, 1, 1)
    (found,) = with_cells(lines, [cell], [line_of([word("6", 300, 309)])])
    assert found.text == "TEA 6 265.72"


@pytest.mark.parametrize("place", [(300, 22, 304, 26), (300, 50, 309, 70), (300, 5, 309, 60)])
def test_specks_and_what_is_in_no_row_are_not(place):
    assert missing_cells([row(word("265.72", 400, 460))], blot(WHITE, *place)) == []


def test_many_of_them_are_specks():
    picture = WHITE
    for left in range(70, 590, 12):
        picture = blot(picture, left, 11, left + 2, 29)
    lines = [row(word(str(k), 10 + 12 * k, 12 + 12 * k)) for k in range(3)]
    assert len(missing_cells(lines, picture)) <= 40


@pytest.mark.parametrize(("text", "sure"), [("6", 0.8), ("-", 0.97)])
def test_doubtful_finds_and_marks_are_not_believed(text, sure):
    lines = [row(word("265.72", 400, 460))]
    cells = missing_cells(lines, blot(WHITE, 300, 11, 309, 29))
    assert with_cells(lines, cells, [line_of([word(text, 300, 309, sure)])]) == tuple(lines)


def test_a_line_of_another_column_is_no_cell():
    lines = [row(word("265.72", 400, 460))]
    cells = missing_cells(lines, blot(WHITE, 300, 11, 309, 29))
    found = line_of([word(text, 300, 309) for text in ("a", "line", "of", "words")])
    assert with_cells(lines, cells, [found]) == tuple(lines)


def test_lone_digits_of_a_table_are_read():
    shape = (330, 640)
    names, numbers = ["Norfolk", "Kent", "Dorset", "Cumbria", "Essex"], ["33", "22", "4", "53", "6"]
    written = []
    for k, (name, number) in enumerate(zip(names, numbers, strict=True)):
        y = 20 + 60 * k
        written += [((30, y), name, 30), ((280, y), number, 30), ((450, y), f"{k + 3}65.72", 30)]
    pixels = frozen(paint(paper(shape), (lettering(shape, *written), BLACK)))
    text = foretext.read(pixels, engine="tesseract").text
    rows = [f"{names[k]} {numbers[k]} {k + 3}65.72" for k in range(5)]
    assert text.splitlines() == rows


def test_prices_of_a_receipt_are_read_whole():
    shape = (330, 560)
    goods = ["TEA", "MILK", "APPLES", "BREAD", "SUGAR", "COFFEE"]
    prices = ["2.67", "5.89", "11.32", "12.60", "6.77", "10.94"]
    written = []
    for number, (name, price) in enumerate(zip(goods, prices, strict=True)):
        written += [((30, 20 + 50 * number), name, 30), ((420, 20 + 50 * number), price, 30)]
    pixels = frozen(paint(paper(shape), (lettering(shape, *written), BLACK)))
    text = foretext.read(pixels, engine="tesseract").text
    assert text.splitlines() == [f"{n} {p}" for n, p in zip(goods, prices, strict=True)]
