"""What a user knows of the text: its characters, its length, its form."""

import numpy as np
import pytest

import foretext
from foretext import UsageError
from foretext.recognize.ctc import decode, usual_in
from foretext.recognize.languages import is_english, is_latin
from foretext.recognize.pattern import as_pattern, likeliest
from tests.stages import EXAMPLES

NAMES = ["", "5", "S", "0", "O", "「", " "]


def columns(*rows):
    """Return likelihoods of some columns, each given as {name: likelihood}; the rest is blank."""
    likely = np.zeros((len(rows), len(NAMES)), np.float32)
    for row, given in zip(likely, rows, strict=True):
        for name, value in given.items():
            row[NAMES.index(name)] = value
        row[0] = 1.0 - row[1:].sum()
    return likely


def test_repeated_columns_are_one_character_unless_a_blank_parts_them():
    found = decode(columns({"5": 0.9}, {"5": 0.7}, {}, {"5": 0.8}), NAMES)
    assert [c.text for c in found] == ["5", "5"]
    assert [c.confidence for c in found] == pytest.approx([0.9, 0.8])
    assert [c.place for c in found] == pytest.approx([0.25, 0.875])


def test_what_else_it_might_be_is_told():
    (found,) = decode(columns({"5": 0.6, "S": 0.3, "O": 0.001}), NAMES)
    assert found.alternatives == (("S", pytest.approx(0.3)),)


def test_characters_that_are_not_allowed_become_others():
    likely = columns({"「": 0.8, "S": 0.1, "5": 0.05})
    latin = usual_in(NAMES, is_latin)
    (found,) = decode(likely, NAMES, latin)
    assert (found.text, found.confidence) == ("S", pytest.approx(0.95 * 2 / 3, abs=1e-3))
    digits = usual_in(NAMES, set("0123456789").__contains__)
    assert [c.text for c in decode(likely, NAMES, digits)] == ["5"]
    assert digits[NAMES.index(" ")]


@pytest.mark.parametrize(("accented", "text"), [(0.95, "\u00e9"), (0.7, "e")])
def test_what_is_seldom_is_read_if_it_shows_clearly(accented, text):
    names = ["", "e", "\u00e9", " "]
    likely = np.array([[0.0, 0.99 - accented, accented, 0.01]], np.float32)
    usual = usual_in(names, lambda name: 1.0 if is_english(name) else 0.2)
    (found,) = decode(likely, names, usual)
    assert found.text == text


@pytest.mark.parametrize("character", ["\u00e9", "\u00c5", "\u0107", "\u00d7", "\u00b7"])
def test_what_is_seldom_in_english(character):
    assert is_latin(character)
    assert not is_english(character)


@pytest.mark.parametrize("character", ["a", "&", "\u2019", "\u20ac"])
def test_what_is_usual_in_english(character):
    assert is_english(character)


@pytest.mark.parametrize("character", ["a", "Z", "7", "é", "ß", "Ł", "€", "\u2019", "&"])
def test_latin_letters_and_their_signs(character):
    assert is_latin(character)


@pytest.mark.parametrize("character", ["「", "\u30ce", "中", "←", "я", "", "ab"])
def test_what_is_not_latin(character):
    assert not is_latin(character)


PLACES = [[("S", 0.6), ("5", 0.4)], [("O", 0.9), ("0", 0.1)], [("1", 0.8), ("", 0.3)]]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\w+", "SO1"),
        (r"\d+", "501"),
        (r"\d\w\d", "5O1"),
        (r"..", "SO"),
        (r"\d{2}", "50"),
        (np.int64(2), "SO"),
    ],
)
def test_the_likeliest_text_that_fits_is_taken(pattern, text):
    chosen = likeliest(PLACES, as_pattern(pattern))
    assert "".join(options[k][0] for options, k in zip(PLACES, chosen, strict=True)) == text


def test_there_may_be_none_that_fits():
    assert likeliest(PLACES, as_pattern("[xyz]+")) is None
    assert (
        likeliest([[(c, 0.5), (c.upper(), 0.4)] for c in "abcdefghijklmnop"], as_pattern("Z"))
        is None
    )


@pytest.mark.parametrize(
    "pattern", ["[", "", 0, -3, True, 4.5, b"x", 10**10, "(" * 3000 + ")" * 3000]
)
def test_patterns_that_can_not_be_used_are_refused(pattern):
    with pytest.raises(UsageError, match="pattern"):
        as_pattern(pattern)


@pytest.mark.parametrize("engine", ["rapidocr", "tesseract", "auto"])
@pytest.mark.parametrize("pattern", [6, r"[A-Za-z]{6}", r"\w+"])
def test_a_text_that_fits_is_left_as_it_is(engine, pattern):
    reading = foretext.read(EXAMPLES / "YabVzu.png", engine=engine, pattern=pattern)
    assert reading.text == "YabVzu"


@pytest.mark.parametrize("effort", ["fast", "normal"])
def test_if_nothing_that_was_read_fits_the_likeliest_text_stands_and_that_is_told(effort):
    said = r"YabVzu\.png: nothing that was read matches the pattern"
    with pytest.warns(foretext.ForetextWarning, match=said):
        reading = foretext.read(EXAMPLES / "YabVzu.png", effort=effort, pattern=r"\d")
    assert reading.text == "YabVzu"


def test_a_pattern_settles_what_is_in_doubt():
    plain = foretext.read(EXAMPLES / "YabVzu.png", effort="thorough")
    told = foretext.read(EXAMPLES / "YabVzu.png", effort="thorough", pattern="[A-Z][a-z]{2}.*")
    assert plain.text == told.text == "YabVzu"
    assert told.words[0].characters[0].box == plain.words[0].characters[0].box


@pytest.mark.parametrize("alphabet", ["", [], "01\x00", "a\ud800", 5, [1, 2], b"AB", ["ab"]])
@pytest.mark.parametrize("engine", ["rapidocr", "tesseract"])
def test_alphabets_that_can_not_be_used_are_refused(engine, alphabet):
    with pytest.raises(UsageError, match="alphabet"):
        foretext.read(EXAMPLES / "YabVzu.png", engine=engine, alphabet=alphabet)


def test_a_line_of_far_too_many_places_has_no_form():
    assert likeliest([[("a", 0.5), ("b", 0.4)]] * 300, as_pattern("a+")) is None


def test_a_pattern_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr("foretext.recognize.pattern._PATIENCE", 0.05)
    with pytest.raises(UsageError, match="takes too long") as caught:
        as_pattern("(a|a)*$").fits("a" * 60 + "b")
    assert "a+" in caught.value.hint
    with pytest.raises(UsageError, match="takes too long"):
        likeliest([[("a", 0.5), ("b", 0.4)]] * 60, as_pattern("(a|a|b|b)*(?<=c)"))


def test_repeats_in_repeats_end():
    assert not as_pattern("(a+)+$").fits("a" * 60 + "b")


def test_patterns_know_all_letters():
    assert as_pattern(r"(\w+\s?)+\d").fits("größer als 5")
    assert as_pattern(r"(?=.*\d)\w(?i:E)2").fits("xe2")
