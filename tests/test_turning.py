"""Pictures on their side or upside down are read upright; all others are left as they are."""

from __future__ import annotations

import io

import numpy as np
import PIL.Image
import pytest

import foretext
from foretext import Recipe
from foretext.reader.turning import turned, turned_back
from foretext.reading import Box, Character, Line, Reading, Word
from foretext.recognize import ENGINES
from foretext.recognize.orientation import quarter_turn
from tests.stages import BLACK, RED, frozen, lettering, paint, paper

PAGE = (
    "The harbor woke before the bell",
    "and counted every boat that came",
    "Nobody asked where they had been",
    "for nobody wanted to be told so",
    "A lamp burned late in one window",
    "and somebody wrote down the names",
)
TURNS = pytest.mark.parametrize("degrees", [90, 180, 270])
every_engine = pytest.mark.parametrize("engine", sorted(ENGINES))


def page():
    shape = (330, 620)
    rows = [((24, 20 + 48 * row), text, 32) for row, text in enumerate(PAGE)]
    return frozen(paint(paper(shape), (lettering(shape, *rows), BLACK)))


def line(text="Harbor 72"):
    shape = (70, 250)
    return frozen(paint(paper(shape), (lettering(shape, ((16, 12), text, 40)), BLACK)))


def lying(pixels, degrees):
    """Return a picture that must be turned clockwise by so many degrees to stand upright."""
    return frozen(np.ascontiguousarray(np.rot90(pixels, degrees // 90)))


def share_in_boxes(reading, pixels):
    """Return how much of a picture's ink the boxes of all characters hold."""
    dark = pixels[..., 0] < 128
    inside = np.zeros_like(dark)
    for character in reading.characters:
        left, top, right, bottom = (round(side) for side in character.box)
        inside[top:bottom, left:right] = True
    return (dark & inside).sum() / dark.sum()


# --- what lies is turned -----------------------------------------------------------------------


@every_engine
@TURNS
def test_pages_are_read_upright(engine, degrees):
    upright = foretext.read(page(), engine=engine)
    pixels = lying(page(), degrees)
    reading = foretext.read(pixels, engine=engine)
    assert reading.text == upright.text
    assert share_in_boxes(reading, pixels) > 0.95
    assert reading.turn == degrees
    assert reading.attempts[0].turn == 0
    assert reading.attempts[-1].turn == degrees
    assert reading.to_dict()["turn"] == degrees


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_line_on_its_side_is_read_upright(degrees):
    pixels = lying(line(), degrees)
    reading = foretext.read(pixels)
    assert (reading.text, reading.turn) == ("Harbor 72", degrees)
    assert share_in_boxes(reading, pixels) > 0.95


@TURNS
def test_boxes_and_inks_are_those_of_the_input(degrees):
    ink = np.rot90(foretext.clean(page()).ink, degrees // 90)
    reading = foretext.read(lying(page(), degrees))
    assert reading.turn == degrees
    height, width = ink.shape
    whole = np.zeros_like(ink)
    for character in reading.characters:
        left, top, right, bottom = (int(side) for side in character.box)
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        assert character.ink.shape == (bottom - top, right - left)
        whole[top:bottom, left:right] += character.ink
    assert np.abs(whole - ink).mean() < 0.05 * ink.mean()


@TURNS
def test_boxes_come_back(degrees):
    shape = (30, 50)
    dot = np.zeros(shape, np.float32)
    dot[3:9, 20:24] = np.arange(24).reshape(6, 4)
    there = np.rot90(dot, -degrees // 90)
    rows, columns = np.nonzero(there > 0)
    top, left, bottom, right = rows.min(), columns.min(), rows.max() + 1, columns.max() + 1
    box = Box(float(left), float(top), float(right), float(bottom))
    character = Character("x", 1.0, box, ink=there[top:bottom, left:right])
    word = Word("x", 1.0, box, (character, Character("y", 1.0, box)))
    source = foretext.clean(np.zeros(shape, np.uint8)).source
    back = turned_back(Reading((Line((word,), 1.0, box),), "framer"), degrees, source)
    (found,) = back.words
    at = np.argwhere(dot > 0)
    (top, left), (bottom, right) = at.min(axis=0), at.max(axis=0) + 1
    assert back.lines[0].box == found.box == found.characters[0].box == (left, top, right, bottom)
    assert np.array_equal(found.characters[0].ink, dot[top:bottom, left:right])
    assert found.characters[1].ink is None


def test_a_named_text_stays_the_one_that_was_named():
    shape = (330, 620)
    rows = [((24, 20 + 48 * row), text, 32) for row, text in enumerate(PAGE)]
    halves = [lettering(shape, *some) for some in (rows[:3], rows[3:])]
    pixels = lying(paint(paper(shape), (halves[0], BLACK), (halves[1], RED)), 180)
    reading = foretext.read(pixels, keep="darkest", engine="tesseract")
    assert reading.turn == 180
    assert reading.text.splitlines() == list(PAGE[:3])


def test_a_turned_picture_is_as_if_it_had_come_upright():
    for recipe in (Recipe(), Recipe(keep="darkest")):
        upright = foretext.clean(page(), recipe=recipe)
        made = turned(foretext.clean(lying(page(), 90), recipe=recipe), 90)
        assert np.array_equal(made.source.pixels, upright.source.pixels)
        assert made.ink.shape == made.removed.shape == made.verdicts.shape == upright.ink.shape
        assert np.abs(made.ink - upright.ink).mean() < 0.01
        assert made.layout == upright.layout


# --- what stands is left alone -----------------------------------------------------------------


@every_engine
def test_upright_pages_are_read_as_they_are(engine, monkeypatch):
    monkeypatch.setattr("foretext.recognize.orientation.quarter_turn", None)  # never asked
    reading = foretext.read(page(), engine=engine)
    assert reading.turn == 0
    assert {attempt.turn for attempt in reading.attempts} == {0}


@pytest.mark.parametrize(
    "words",
    [["No", "On", "no", "if", "it", "as"], [*"HELLO"], [*"728503"], ["11", "17", "71"], "I"],
)
@every_engine
def test_columns_of_short_words_stay_upright(words, engine):
    shape = (60 * len(words) + 20, 90)
    rows = [((12, 8 + 60 * row), word, 44) for row, word in enumerate(words)]
    pixels = paint(paper(shape), (lettering(shape, *rows), BLACK))
    assert foretext.read(pixels, engine=engine).turn == 0


def test_short_lines_are_not_turned_upside_down():
    attempts = foretext.read(lying(line(), 180)).attempts
    assert {attempt.turn for attempt in attempts} == {0}


def test_fast_reads_as_it_comes():
    reading = foretext.read(lying(page(), 180), effort="fast")
    assert (reading.turn, len(reading.attempts)) == (0, 1)


def test_a_blank_picture_has_no_side():
    reading = foretext.read(np.full((900, 300), 255, np.uint8))
    assert (reading.turn, reading.attempts) == (0, ())


# --- the orientation ---------------------------------------------------------------------------


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_letters_tell_which_side_is_up(degrees):
    assert quarter_turn(lying(page(), degrees)[..., 0]) == degrees


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 3), (5, 40_000), (300, 300)])
def test_what_holds_no_letters_tells_nothing(shape):
    assert quarter_turn(np.full(shape, 255, np.uint8)) is None
    rng = np.random.default_rng(5)
    assert quarter_turn(rng.integers(0, 256, shape, np.uint8)) is None


def test_without_its_data_nothing_is_turned(monkeypatch):
    def missing(*_):
        raise foretext.LanguageDataError("no data")

    monkeypatch.setattr("foretext.recognize.orientation.start", missing)
    monkeypatch.setattr("foretext.recognize.orientation._made.detector", None)
    assert foretext.read(lying(page(), 180), engine="tesseract").turn == 0


def test_exif_comes_first():
    # What a camera tells is undone before anything is read.
    file = PIL.Image.fromarray(lying(page(), 90))
    exif = file.getexif()
    exif[0x0112] = 6
    with io.BytesIO() as data:
        file.save(data, "PNG", exif=exif)
        reading = foretext.read(data.getvalue())
    assert reading.turn == 0
    assert len(reading.lines) == len(PAGE)
