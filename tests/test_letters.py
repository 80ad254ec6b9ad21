"""The network of letters: what it reads, when it is asked, and that it keeps silent otherwise."""

from __future__ import annotations

import hashlib
import sys
from importlib import resources

import numpy as np
import pytest

import foretext
from foretext import ForetextError, networks
from foretext.cli import main
from foretext.recognize import letters
from foretext.recognize.letters import HEIGHT, NAMES, LettersEngine, likely, strip_of
from foretext.recognize.opinions import is_known, own_opinion
from tests.stages import BLACK, EXAMPLES, frozen, lettering, paint, paper

SHAPE = (70, 300)
PICTURE = "examples/YabVzu.png"


def line(text, shape=SHAPE, size=40):
    """Return the ink of a line."""
    return lettering(shape, ((20, 10), text, size))


def dark(ink):
    return np.rint(255 * (1 - ink)).astype(np.uint8)


# --- what it reads ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Harbor72", "kQg8x", "WwSsCc"])
def test_it_reads_a_line(text):
    (read,) = LettersEngine().read(dark(line(text)))
    assert read.text == text
    assert all(c.confidence > 0.5 for word in read.words for c in word.characters)


def test_boxes_are_where_the_characters_stand():
    ink = line("Kite 5")
    (read,) = LettersEngine().read(dark(ink))
    columns, rows = np.flatnonzero((ink > 0.5).any(axis=0)), np.flatnonzero((ink > 0.5).any(axis=1))
    box = read.box
    assert (box.left, box.right) == pytest.approx((columns[0], columns[-1] + 1), abs=2)
    assert (box.top, box.bottom) == pytest.approx((rows[0], rows[-1] + 1), abs=2)
    middles = [(c.box.left + c.box.right) / 2 for word in read.words for c in word.characters]
    assert middles == sorted(middles)
    (word,) = read.words
    assert word.text == "Kite5"


def test_gray_and_color_are_read_alike():
    pixels = dark(line("Kite 5"))
    assert LettersEngine().read(np.dstack([pixels] * 3)) == LettersEngine().read(pixels)


def test_it_keeps_to_the_alphabet():
    pixels = dark(line("80808"))
    (read,) = LettersEngine().read(pixels, alphabet="BOD")
    assert set(read.text.replace(" ", "")) <= set("BOD")


@pytest.mark.parametrize(
    ("pixels", "layout"),
    [
        (np.full((50, 90), 255, np.uint8), "line"),
        (np.full((3, 90), 0, np.uint8), "line"),
        (dark(line("Harbor")), "page"),
        (dark(line("Harbor")), "block"),
        (dark(line("much longer than a line that it has learnt", (60, 2000), 48)), "line"),
    ],
    ids=["blank", "low", "page", "block", "long"],
)
def test_of_what_it_does_not_know_it_says_nothing(pixels, layout):
    assert LettersEngine().read(pixels, layout=layout) == ()


def test_what_it_is_shown_is_of_one_height():
    for ink in (line("Harbor"), line("Harbor", (300, 900), 160), np.zeros((20, 30), np.float32)):
        strip = strip_of(frozen(ink))
        assert strip.shape[0] == HEIGHT
        assert strip.dtype == np.float32
        assert 0 <= strip.min() <= strip.max() <= 1


def test_size_of_text_tells_little():
    small, large = (
        strip_of(line("Kite", shape, size))
        for shape, size in [
            ((70, 200), 40),
            ((280, 800), 160),
        ]
    )
    assert abs(small.shape[1] - large.shape[1]) <= 8


def test_columns_add_up_to_one():
    said = likely(strip_of(line("Kite")))
    assert said.shape[1] == 1 + len(NAMES)
    assert np.allclose(said.sum(axis=1), 1, atol=1e-4)


# --- when it is asked ---------------------------------------------------------------------------


def voices(reading):
    return [(attempt.engine, attempt.shown) for attempt in reading.attempts]


@pytest.mark.parametrize("engine", ["rapidocr", "tesseract"])
def test_a_small_line_is_read_by_it_twice(engine):
    own = [
        shown for name, shown in voices(foretext.read(PICTURE, engine=engine)) if name == "letters"
    ]
    assert own == ["cleaned", "ink"]


@pytest.mark.parametrize(
    "told", [{"effort": "fast"}, {"lang": "deu"}, {"layout": "block"}], ids=str
)
def test_it_is_not_asked(told):
    assert "letters" not in dict(voices(foretext.read(PICTURE, engine="tesseract", **told)))


def test_it_knows_english_alone():
    assert own_opinion("eng").name == "letters"
    assert own_opinion("deu") is own_opinion("eng+deu") is None
    assert is_known("Kite 5!")
    assert not is_known("Zoë")


@pytest.mark.parametrize("text", ["I am in", "it is on", "one way"])
def test_of_several_words_it_is_not_asked(text):
    reading = foretext.read(paint(paper(SHAPE), (line(text), BLACK)))
    assert "letters" not in dict(voices(reading))


@pytest.mark.parametrize("text", ["it's", "K9-x2", "7:45", "ok.", "$4.50"])
def test_marks_are_left_to_the_engine(text):
    pixels = paint(paper(SHAPE), (line(text), BLACK))
    assert foretext.read(pixels).text == foretext.read(pixels, effort="fast").text == text


def test_accents_are_left_to_those_who_know_them():
    reading = foretext.read(paint(paper(SHAPE), (line("Zoë über"), BLACK)), lang="eng")
    if not reading.text.isascii():
        assert "letters" not in dict(voices(reading))


def test_its_silence_is_no_reading(monkeypatch):
    monkeypatch.setattr(LettersEngine, "read", lambda *_, **__: ())
    reading = foretext.read(PICTURE)
    assert "letters" not in dict(voices(reading))
    assert reading.text == "YabVzu"


def test_what_it_reads_has_a_say(monkeypatch):
    monkeypatch.setattr("foretext.reader.order._SETTLES", 2.0)
    before = foretext.read(PICTURE, effort="thorough")
    monkeypatch.setattr("foretext.recognize.opinions.own_opinion", lambda lang: None)
    without = foretext.read(PICTURE, effort="thorough")
    assert len(without.attempts) == len(before.attempts) - 2
    assert without.confidence != before.confidence


# --- the file -----------------------------------------------------------------------------------


@pytest.fixture
def unloaded():
    """Let networks be loaded anew within a test, and after it."""
    networks._loaded.cache_clear()
    yield
    networks._loaded.cache_clear()


def test_file_is_small_and_the_one_the_code_means():
    data = resources.files("foretext.recognize").joinpath("letters.onnx").read_bytes()
    assert hashlib.sha256(data).hexdigest() == letters._SHA256
    assert len(data) <= 2_500_000


def test_damaged_file_is_told_with_a_way_out(monkeypatch, unloaded):
    monkeypatch.setattr(letters, "_SHA256", "0" * 64)
    with pytest.raises(ForetextError, match=r"letters\.onnx is damaged") as caught:
        foretext.read(PICTURE)
    assert "pip install" in caught.value.hint


def test_damaged_file_is_one_line_on_the_command_line(monkeypatch, unloaded, capsys):
    monkeypatch.setattr(letters, "_SHA256", "0" * 64)
    monkeypatch.setattr(sys, "argv", ["foretext", "read", str(EXAMPLES / "YabVzu.png")])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    (told,) = capsys.readouterr().err.splitlines()
    assert "letters.onnx is damaged" in told
