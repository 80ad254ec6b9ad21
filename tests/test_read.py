"""Cleaning and reading together, by real engines."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import foretext
from foretext import KeepError, Recipe, UsageError
from foretext.reading import Box, Character, Line, Word
from foretext.recognize import ENGINES, get_engine
from foretext.separate import Separation
from tests.stages import (
    BLACK,
    EXAMPLES,
    GRAY,
    RED,
    WHITE,
    cloud,
    colored_cloud,
    lettering,
    paint,
    paper,
    picture,
)

SHAPE = (90, 300)
FIRST = ("YabVzu", "K6PwKA")

every_engine = pytest.mark.parametrize("engine", sorted(ENGINES))


def around(coverage):
    """Return the smallest box around the ink of a coverage."""
    rows, columns = np.nonzero(coverage > 0.5)
    return Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


def agreement(a, b):
    """Return the intersection over the union of two boxes."""
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    shared = max(width, 0.0) * max(height, 0.0)
    areas = [(box.right - box.left) * (box.bottom - box.top) for box in (a, b)]
    return shared / (sum(areas) - shared)


# --- the first pictures ------------------------------------------------------------------------


@every_engine
@pytest.mark.parametrize("name", FIRST)
def test_first_pictures_are_read(name, engine):
    reading = foretext.read(EXAMPLES / f"{name}.png", engine=engine)
    assert reading.text == name
    assert reading.engine == engine
    assert 0.5 < reading.confidence <= 1.0


@every_engine
@pytest.mark.parametrize("name", FIRST)
def test_boxes_lie_on_the_ink_of_the_input(name, engine):
    cleaned = foretext.clean(EXAMPLES / f"{name}.png")
    reading = foretext.read_cleaned(cleaned, engine=engine)
    (word,) = reading.words
    assert agreement(word.box, around(cleaned.ink)) > 0.7
    for one in (word, *word.characters):
        left, top, right, bottom = (round(side) for side in one.box)
        assert cleaned.mask[top:bottom, left:right].any()


class Framer:
    """An engine that reads one word as large as the picture that it is given."""

    name = "framer"

    def read(self, pixels, *, layout):
        whole = Box(0.0, 0.0, float(pixels.shape[1]), float(pixels.shape[0]))
        return (Line((Word(layout, 0.5, whole, (Character("x", 0.5, whole),)),), 0.5, whole),)


def test_boxes_stay_inside_the_input(monkeypatch):
    # The picture for OCR has a margin that the input has not.
    monkeypatch.setattr("foretext.recognize.get_engine", lambda name, *, lang: Framer())
    pixels = paint(paper((44, 210)), (lettering((44, 210), ((-2, -4), "Border", 60)), BLACK))
    (line,) = foretext.read(pixels, layout="block").lines
    (word,) = line.words
    assert word.text == "block"
    for part in (line, word, *word.characters):
        assert part.box.left == part.box.top == 0.0
        assert 190 < part.box.right <= 210
        assert part.box.bottom == 44


@pytest.mark.parametrize("name", FIRST)
def test_characters_stand_side_by_side(name):
    (word,) = foretext.read(EXAMPLES / f"{name}.png", engine="tesseract").words
    assert "".join(character.text for character in word.characters) == name
    middles = [(c.box.left + c.box.right) / 2 for c in word.characters]
    assert all(b - a > 5 for a, b in itertools.pairwise(middles))


def test_tesseract_is_the_default():
    assert foretext.read(EXAMPLES / "YabVzu.png").engine == "tesseract"


# --- text over words ---------------------------------------------------------------------------


@every_engine
@pytest.mark.parametrize("text", ["Garden42", "River 2024", "Hamster"])
@pytest.mark.parametrize("dark", [False, True])
def test_text_over_words_is_read_without_them(engine, text, dark):
    main = lettering(SHAPE, ((20, 18), text, 50))
    if dark:
        ground = paper(SHAPE, (25, 30, 40))
        pixels = paint(ground, (cloud(SHAPE, 12), (90, 110, 90)), (main, WHITE))
    else:
        pixels = paint(paper(SHAPE), *colored_cloud(SHAPE, 12), (main, GRAY))
    assert foretext.read(pixels, engine=engine).text == text


def test_tesseract_needs_the_cleaning():
    # Otherwise the test above would tell nothing.
    main = lettering(SHAPE, ((20, 18), "Garden42", 50))
    pixels = paint(paper(SHAPE), *colored_cloud(SHAPE, 12), (main, GRAY))
    raw = get_engine("tesseract").read(pixels, layout="line")
    assert "Garden42" not in " ".join(line.text for line in raw)


@every_engine
def test_boxes_of_words_are_those_drawn(engine):
    shape = (140, 420)
    spots = {"upper": (30, 12), "words": (220, 12), "lower": (30, 78), "ones": (220, 78)}
    drawn = {word: lettering(shape, (at, word, 46)) for word, at in spots.items()}
    hidden = cloud(shape, 11), (200, 190, 230)
    pixels = paint(paper(shape), hidden, *((ink, BLACK) for ink in drawn.values()))
    reading = foretext.read(pixels, engine=engine)
    assert reading.text == "upper words\nlower ones"
    for word in reading.words:
        assert agreement(word.box, around(drawn[word.text])) > 0.75
    for line in reading.lines:
        parts = [around(drawn[word.text]) for word in line.words]
        lefts, tops, rights, bottoms = zip(*parts, strict=True)
        assert agreement(line.box, Box(min(lefts), min(tops), max(rights), max(bottoms))) > 0.75


# --- two inks ----------------------------------------------------------------------------------


class Doubter:
    """An engine that reads its number of words so far, as sure of each as it is told."""

    name = "doubter"

    def __init__(self, *sureness):
        self.sureness = sureness
        self.count = 0

    def read(self, pixels, *, layout):
        sure = self.sureness[self.count]
        self.count += 1
        whole = Box(0.0, 0.0, float(pixels.shape[1]), float(pixels.shape[0]))
        word = Word(f"{self.count}", sure, whole, (Character("x", sure, whole),))
        return (Line((word,), sure, whole),)


@pytest.fixture
def doubter(monkeypatch):
    """Return a function that makes a `Doubter` the engine."""

    def install(*sureness):
        engine = Doubter(*sureness)
        monkeypatch.setattr("foretext.recognize.get_engine", lambda name, *, lang: engine)
        return engine

    return install


@pytest.fixture
def disputed(monkeypatch):
    """Return large red words above small black ones, of which the network wants the small."""
    shape = (130, 420)
    large = lettering(shape, ((10, 4), "Large words", 60))
    small = lettering(shape, ((10, 96), "and small ones below", 22))
    monkeypatch.setattr(Separation, "foreground", lambda _, x_height: small)
    # The large words stand apart, so they would be kept for that.
    monkeypatch.setattr("foretext.choose.lies_apart", lambda *_: False)
    return paint(paper(shape), (large, RED), (small, BLACK))


def test_the_ink_that_reads_surer_is_believed(doubter, disputed):
    doubter(0.5, 0.9)
    reading = foretext.read(disputed)
    assert (reading.ink, reading.text) == ("color", "2")
    assert reading.to_dict()["ink"] == "color"


@pytest.mark.parametrize("second", [0.2, 0.9, 0.905])
def test_the_cleaned_ink_is_believed_unless_the_other_is_clearly_surer(doubter, disputed, second):
    engine = doubter(0.9, second)
    reading = foretext.read(disputed)
    assert (reading.ink, reading.text) == ("cleaned", "1")
    assert reading.to_dict()["ink"] == "cleaned"
    assert engine.count == 2


def test_boxes_are_those_of_the_ink_that_was_read(doubter, disputed):
    # The small words stand below, and the large ones are of color alone.
    doubter(0.9, 0.1)
    (below,) = foretext.read(disputed).words
    doubter(0.1, 0.9)
    (whole,) = foretext.read(disputed).words
    assert below.box.top > 80
    assert whole.box.top < 30
    assert whole.box.bottom <= disputed.shape[0]


@pytest.mark.parametrize(
    "wishes",
    [
        {"keep": "darkest"},
        {"keep": 1},
        {"recipe": Recipe(network=False)},
        {"recipe": Recipe(keep="#000")},
    ],
    ids=lambda wishes: str(next(iter(wishes))),
)
def test_what_the_user_decides_is_read_once(doubter, disputed, wishes):
    engine = doubter(0.5)
    reading = foretext.read(disputed, **wishes)
    assert (engine.count, reading.ink) == (1, "cleaned")


def test_inks_that_agree_are_read_once(doubter):
    engine = doubter(0.5)
    assert foretext.read(picture("text")).ink == "cleaned"
    assert engine.count == 1


def test_large_picture_is_read_once(doubter, disputed, monkeypatch):
    shape = disputed.shape[:2]
    monkeypatch.setattr("foretext.pipeline._SMALL", shape[0] * shape[1] - 1)
    engine = doubter(0.5)
    assert foretext.read(disputed).ink == "cleaned"
    assert engine.count == 1


# --- told what to keep -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two_colors():
    """Return a picture of black words above red ones."""
    shape = (130, 420)
    upper = lettering(shape, ((10, 8), "upper words here", 44))
    lower = lettering(shape, ((10, 70), "lower ones too", 44))
    return paint(paper(shape), (upper, BLACK), (lower, RED))


@every_engine
@pytest.mark.parametrize(
    ("keep", "text"),
    [
        ("auto", "upper words here\nlower ones too"),
        ("#000", "upper words here"),
        ("darkest", "upper words here"),
        ("red", "lower ones too"),
        ("rgb(200,40,40)±5", "lower ones too"),
        ("1,2", "upper words here\nlower ones too"),
    ],
)
def test_only_what_is_kept_is_read(two_colors, engine, keep, text):
    assert foretext.read(two_colors, engine=engine, keep=keep).text == text


def test_numbers_are_those_of_the_layers(two_colors):
    texts = {
        layer.color: foretext.read(two_colors, keep=layer.number).text
        for layer in foretext.layers(two_colors)
    }
    assert texts == {BLACK: "upper words here", RED: "lower ones too"}


def test_keep_that_names_nothing_is_refused_before_reading(two_colors):
    with pytest.raises(KeepError):
        foretext.read(two_colors, keep=9)


# --- nothing to read, and ways to ask ----------------------------------------------------------


@every_engine
@pytest.mark.parametrize("name", ["white", "black", "one white pixel", "one red pixel"])
def test_blank_picture_reads_as_nothing(name, engine):
    reading = foretext.read(picture(name), engine=engine)
    assert (reading.lines, reading.words, reading.text) == ((), (), "")
    assert reading.confidence == 0.0
    assert reading.engine == engine


def test_unknown_engine_is_refused_with_those_known():
    with pytest.raises(UsageError, match="rapidocr, tesseract"):
        foretext.read(picture("text"), engine="abbyy")


@every_engine
def test_reading_is_told_in_plain_json(engine):
    told = foretext.read(EXAMPLES / "YabVzu.png", engine=engine).to_dict()
    assert told["text"] == "YabVzu"
    (line,) = told["lines"]
    assert [word["text"] for word in line["words"]] == ["YabVzu"]
    assert len(line["box"]) == 4


@every_engine
def test_reading_twice_gives_the_same(engine):
    cleaned = foretext.clean(EXAMPLES / "K6PwKA.png")
    first = foretext.read_cleaned(cleaned, engine=engine)
    assert foretext.read_cleaned(cleaned, engine=engine) == first
    assert foretext.read(EXAMPLES / "K6PwKA.png", engine=engine) == first
