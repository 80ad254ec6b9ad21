"""Cleaning and reading together, by real engines."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

import foretext
from foretext import KeepError, LanguageDataError, Recipe, UsageError
from foretext.reader.attempts import views
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
    reads_tones = False
    misjudges_case = misses_lines = False
    knows_words = True

    def read(self, pixels, *, layout, alphabet):
        whole = Box(0.0, 0.0, float(pixels.shape[1]), float(pixels.shape[0]))
        return (Line((Word(layout, 0.5, whole, (Character("x", 0.5, whole),)),), 0.5, whole),)


def test_boxes_stay_inside_the_input(monkeypatch):
    # The picture for OCR has a margin that the input has not.
    monkeypatch.setattr("foretext.recognize.get_engine", lambda name, *, lang: Framer())
    pixels = paint(paper((44, 210)), (lettering((44, 210), ((-8, -20), "Border", 60)), BLACK))
    # Boxes of straightened text end where its ink does.
    recipe = foretext.Recipe(render=dict(foretext.Recipe().render) | {"straighten": False})
    (line,) = foretext.read(pixels, layout="block", recipe=recipe).lines
    (word,) = line.words
    assert word.text == "block"
    assert line.box == word.box
    assert word.box[:2] == (0.0, 0.0)
    for part in (line, word, *word.characters):
        assert 0 <= part.box.left < part.box.right <= 210
        assert 0 <= part.box.top < part.box.bottom <= 44


@every_engine
@pytest.mark.parametrize("name", FIRST)
def test_characters_stand_side_by_side(name, engine):
    reading = foretext.read(EXAMPLES / f"{name}.png", engine=engine)
    assert "".join(character.text for character in reading.characters) == name
    middles = [(c.box.left + c.box.right) / 2 for c in reading.characters]
    assert all(14 < b - a < 36 for a, b in itertools.pairwise(middles))


@every_engine
def test_characters_share_all_ink(engine):
    cleaned = foretext.clean(EXAMPLES / "YabVzu.png")
    whole = np.zeros_like(cleaned.ink)
    for character in foretext.read_cleaned(cleaned, engine=engine).characters:
        left, top, right, bottom = (int(side) for side in character.box)
        assert character.ink.shape == (bottom - top, right - left)
        whole[top:bottom, left:right] += character.ink
    assert (whole <= cleaned.ink).all()
    assert whole.sum() == pytest.approx(cleaned.ink.sum(), rel=0.01)


def test_the_engine_is_chosen_by_the_kind_of_picture():
    small = foretext.clean(EXAMPLES / "YabVzu.png")
    assert foretext.read_cleaned(small).engine == "rapidocr"
    assert foretext.read_cleaned(small, engine="auto").engine == "rapidocr"
    large = lettering((900, 900), ((40, 40), "A large page", 60))
    assert foretext.read(paint(paper((900, 900)), (large, BLACK))).engine == "tesseract"


def test_a_language_that_rapidocr_does_not_know_goes_to_tesseract():
    with pytest.raises(LanguageDataError, match="folder"):
        foretext.read(EXAMPLES / "YabVzu.png", lang="ell")


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


# --- several views -----------------------------------------------------------------------------


class Teller:
    """An engine that reads what it is told, one word after the other."""

    name = "teller"

    def __init__(self, *words, reads_tones):
        self.words = words
        self.reads_tones = reads_tones
        self.misjudges_case = self.misses_lines = False
        self.knows_words = True
        self.shown = []
        self.layouts = []

    def read(self, pixels, *, layout, alphabet):
        # The last word is read in all further views.
        text, sure = self.words[min(len(self.shown), len(self.words) - 1)]
        self.shown.append(pixels)
        self.layouts.append(layout)
        whole = Box(0.0, 0.0, float(pixels.shape[1]), float(pixels.shape[0]))
        characters = tuple(Character(c, sure, whole) for c in text)
        return (Line((Word(text, sure, whole, characters),), sure, whole),)


@pytest.fixture
def teller(monkeypatch):
    """Return a function that makes a `Teller` the engine."""

    def install(*words, reads_tones=False):
        engine = Teller(*words, reads_tones=reads_tones)
        for module in ("recognize", "recognize.opinions"):
            monkeypatch.setattr(f"foretext.{module}.get_engine", lambda name, *, lang: engine)
        # What it tells is not what is in the pictures.
        monkeypatch.setattr("foretext.recognize.opinions.own_opinion", lambda lang: None)
        return engine

    return install


PALE_RED = (225, 110, 110)


@pytest.fixture
def disputed(monkeypatch):
    """Return large pale words above small black ones, of which the network wants the small."""
    shape = (130, 420)
    large = lettering(shape, ((10, 4), "Large words", 60))
    small = lettering(shape, ((10, 96), "and small ones below", 22))
    monkeypatch.setattr(Separation, "foreground", lambda _, x_height, is_running: small)
    return paint(paper(shape), (large, PALE_RED), (small, BLACK))


def shown(reading):
    return [attempt.shown for attempt in reading.attempts]


def test_two_minds_about_a_line_are_shown_it_larger(teller):
    text = lettering((70, 260), ((20, 14), "Two minds", 40))
    pixels = paint(paper((70, 260)), (text, BLACK))
    teller(("one", 0.99))
    assert shown(foretext.read(pixels, engine="tesseract")) == ["cleaned", "cleaned"]
    engine = teller(("one", 0.99), ("two", 0.985))
    reading = foretext.read(pixels, engine="tesseract")
    assert shown(reading) == ["cleaned", "cleaned", "larger", "larger"]
    assert reading.text == "two"
    first, _, larger, _ = (picture.shape[0] for picture in engine.shown)
    assert larger == pytest.approx(1.4 * first, rel=0.05)
    assert shown(foretext.read(pixels, engine="tesseract", effort="fast")) == ["cleaned"]


@pytest.mark.parametrize("surer", ["cleaned", "color"])
def test_of_two_inks_the_one_that_reads_surer_is_believed(teller, disputed, surer):
    teller(("one", 0.8 if surer == "cleaned" else 0.5), ("two", 0.7))
    reading = foretext.read(disputed)
    assert shown(reading) == ["cleaned", "color"]
    assert reading.text == ("one" if surer == "cleaned" else "two")
    told = reading.to_dict()["attempts"]
    assert [(attempt["shown"], attempt["text"]) for attempt in told] == [
        ("cleaned", "one"),
        ("color", "two"),
    ]


def test_boxes_are_those_of_the_ink_that_was_read(teller, disputed):
    # The small words stand below, and the large ones are of color alone.
    teller(("one", 0.8), ("two", 0.1))
    (below,) = foretext.read(disputed).words
    teller(("one", 0.1), ("two", 0.9))
    (whole,) = foretext.read(disputed).words
    assert below.box.top > 80
    assert whole.box.top < 30
    assert whole.box.bottom <= disputed.shape[0]


def test_an_engine_that_reads_tones_is_shown_them(teller, disputed):
    engine = teller(*[(word, 0.7) for word in ("a", "b", "c", "d", "e")], reads_tones=True)
    reading = foretext.read(disputed)
    assert shown(reading) == ["cleaned", "input", "color", "toned", "dimmed", "input"]
    toned, dimmed = engine.shown[3:5]
    # Looked through for text, the input is read with all that is unwanted: only if nothing is sure.
    assert engine.layouts == ["line", "line", "page", "line", "line", "page"]
    assert np.array_equal(engine.shown[1], disputed)
    # The black words are as they were, and the red ones gone.
    assert toned.shape == disputed.shape
    assert tuple(toned.reshape(-1, 3).min(axis=0)) == BLACK
    assert (toned[:80] == 255).all()
    # In the dimmed picture they are pink.
    pink = 255 - 0.3 * (255 - np.array(PALE_RED))
    assert np.allclose(dimmed[:80].reshape(-1, 3).min(axis=0), pink, atol=1)


def test_light_text_on_dark_is_shown_dark_on_light(teller):
    engine = teller(*[("word", 0.5), ("other", 0.5), ("third", 0.5)], reads_tones=True)
    light = 255 - picture("text")
    foretext.read(light)
    assert np.array_equal(engine.shown[1], 255 - light)
    assert engine.shown[2].mean() > 128


@pytest.fixture(scope="module")
def every():
    """Return all views of a picture of plain text, in their order."""
    return [view.shown for view in views(foretext.clean(picture("text")), in_tones=True)]


@pytest.mark.parametrize(
    ("sureness", "number"),
    [([0.99], 1), ([0.9, 0.985], 2), ([0.975, 0.3, 0.99], 3)],
)
def test_it_is_read_until_a_reading_is_sure(teller, every, sureness, number):
    teller(*[("word", sure) for sure in sureness], reads_tones=True)
    assert shown(foretext.read(picture("text"))) == every[:number]


def test_if_none_is_sure_all_are_read(teller, every):
    teller(("word", 0.7), reads_tones=True)
    assert shown(foretext.read(picture("text"))) == [*every, "input"]
    assert every[:2] == ["cleaned", "input"]
    assert "dimmed" in every


def test_thorough_reads_all_that_there_is(teller, every):
    teller(("word", 0.99), reads_tones=True)
    assert shown(foretext.read(picture("text"), effort="thorough")) == every


def test_the_input_is_believed_where_it_reads_surer(teller):
    teller(("ward", 0.7), ("word", 0.98), reads_tones=True)
    reading = foretext.read(picture("text"))
    assert (reading.text, reading.confidence) == ("word", 0.98)


def test_three_that_are_unsure_vote(teller):
    teller(("word", 0.8), ("ward", 0.8), ("word", 0.8), reads_tones=True)
    assert foretext.read(picture("text")).text == "word"


def test_fast_reads_once(teller, disputed):
    teller(("word", 0.1), reads_tones=True)
    assert shown(foretext.read(disputed, effort="fast")) == ["cleaned"]


@pytest.mark.parametrize(
    "wishes",
    [
        {"keep": "darkest"},
        {"keep": 1},
        {"recipe": Recipe(keep="#000")},
    ],
    ids=lambda wishes: str(next(iter(wishes))),
)
def test_what_the_user_decides_is_not_put_in_doubt(teller, disputed, wishes):
    teller(("word", 0.5), ("other", 0.5), reads_tones=True)
    assert shown(foretext.read(disputed, **wishes)) == ["cleaned", "toned"]


def test_without_the_network_there_is_one_ink(teller, disputed):
    teller(("word", 0.5))
    assert set(shown(foretext.read(disputed, recipe=Recipe(network=False)))) == {"cleaned"}


def test_inks_that_agree_are_read_once(teller, monkeypatch):
    pixels = picture("text")
    by_color = foretext.clean(pixels, recipe=Recipe(network=False)).ink
    monkeypatch.setattr(Separation, "foreground", lambda _, x_height, is_running: by_color)
    teller(("word", 0.5))
    assert shown(foretext.read(pixels)) == ["cleaned"]


def test_large_picture_is_read_once(teller, disputed, monkeypatch):
    height, width = disputed.shape[:2]
    monkeypatch.setattr("foretext.reader.attempts._SMALL", height * width - 1)
    teller(("word", 0.5), reads_tones=True)
    assert shown(foretext.read(disputed)) == ["cleaned"]


@every_engine
def test_only_the_alphabet_is_read(engine):
    shape = (90, 330)
    pixels = paint(paper(shape), (lettering(shape, ((20, 12), "SO1O8", 64)), BLACK))
    text = foretext.read(pixels, engine=engine, alphabet="0123456789").text
    assert "0108" in text
    assert set(text) <= set("0123456789")


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
    with pytest.raises(UsageError, match="'abbyy'") as caught:
        foretext.read(picture("text"), engine="abbyy")
    assert "rapidocr, tesseract" in caught.value.hint


@every_engine
def test_reading_is_told_in_plain_json(engine):
    told = foretext.read(EXAMPLES / "YabVzu.png", engine=engine).to_dict()
    assert told["text"] == "YabVzu"
    (line,) = told["lines"]
    (word,) = line["words"]
    assert word["text"] == "YabVzu"
    assert "characters" not in word
    assert len(line["box"]) == 4


@every_engine
def test_characters_are_told_if_asked(engine):
    reading = foretext.read(EXAMPLES / "YabVzu.png", engine=engine)
    told = json.loads(json.dumps(reading.to_dict(characters=True)))
    (word,) = told["lines"][0]["words"]
    assert "".join(character["text"] for character in word["characters"]) == "YabVzu"
    assert [tuple(c["box"]) for c in word["characters"]] == [c.box for c in reading.characters]
    assert all(0 <= character["confidence"] <= 1 for character in word["characters"])


@every_engine
def test_reading_twice_gives_the_same(engine):
    cleaned = foretext.clean(EXAMPLES / "K6PwKA.png")
    first = foretext.read_cleaned(cleaned, engine=engine)
    assert foretext.read_cleaned(cleaned, engine=engine) == first
    assert foretext.read(EXAMPLES / "K6PwKA.png", engine=engine) == first


@pytest.mark.parametrize("title", ["8", "52"])
def test_small_print_beside_one_or_two_large_characters_is_read(title):
    shape = (170, 220)
    ink = lettering(shape, ((70, 8), title, 80), ((20, 120), "salary mirror", 22))
    pixels = paint(paper(shape), (ink, BLACK))
    for engine in sorted(ENGINES):
        assert foretext.read(pixels, engine=engine).text == f"{title}\nsalary mirror"


def test_words_run_together_by_one_model_are_parted_as_the_ink_is():
    shape = (110, 460)
    pixels = paint(paper(shape), (lettering(shape, ((30, 20), "76 + 30 = 1881", 56)), BLACK))
    assert foretext.read(pixels, engine="tesseract").text == "76 + 30 = 1881"
