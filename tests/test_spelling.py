"""Words are spelled as the language does, where the engine nearly read them so."""

import numpy as np
import pytest

import foretext
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.engine import line_of
from foretext.recognize.settle.lexicon import Lexicon, lexicons
from foretext.recognize.settle.spelling import settle_spelling

BOX = Box(0.0, 0.0, 9.0, 9.0)
NUMBERS = {name: number for number, name in enumerate("abcdefghijklmnopqrstuvwxyz")}
LISTED = frozenset({"harbor", "hall", "receipt", "oak", "harbour"})


def knows(word):
    return word.lower() in LISTED


def word_of(*options):
    """Return a word whose characters each are given as text, or as {text: confidence}."""
    characters = []
    for option in options:
        (text, sure), *others = (option if isinstance(option, dict) else {option: 0.97}).items()
        characters.append(Character(text, sure, BOX, tuple(others)))
    text = "".join(c.text for c in characters)
    return Word(text, float(np.prod([c.confidence for c in characters])), BOX, tuple(characters))


def line_with(*options):
    return line_of([word_of(*options)])


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["h", {"o": 0.7, "a": 0.25}, *"rbor"], "harbor"),
        ([*"HAL", {"1": 0.6, "L": 0.3}], "HALL"),
        (["(", *"Hal", {"1": 0.6, "l": 0.3}, ")", "."], "(Hall)."),
        # Two letters at once, and the likelier of two words.
        ([{"n": 0.6, "h": 0.3}, "a", {"i": 0.5, "l": 0.4}, {"i": 0.5, "l": 0.4}], "hall"),
    ],
)
def test_a_word_that_was_nearly_read_is_spelled_right(options, text):
    line = settle_spelling(line_with(*options), knows)
    assert line.text == text
    assert line.confidence == pytest.approx(line.words[0].confidence)
    assert 0.1 < line.confidence < 0.55
    assert "".join(c.text for c in line.words[0].characters) == text


@pytest.mark.parametrize(
    "options",
    [
        ["h", {"a": 0.6, "u": 0.3}, *"ll"],  # known as it is
        ["h", {"o": 0.9, "a": 0.09}, *"rbor"],  # hardly seen
        [*"HAL", {"1": 0.8, "L": 0.2}],  # may be a code
        ["h", {"\u00e4": 0.7, "a": 0.3}, *"rbor"],  # an accent that was seen
        ["h", "o", *"rbor"],  # not seen
        [{"0": 0.6, "o": 0.3}, *"ak"],  # too short to prove anything
        ["h", {"A": 0.5, "o": 0.3}, *"rB", {"Q": 0.6, "o": 0.3}, "r"],  # no word is written so
        ["h", {"4": 0.6, "A": 0.3}, *"rbor"],  # nor would this one be
    ],
)
def test_what_is_no_such_word_stays(options):
    line = line_with(*options)
    assert settle_spelling(line, knows) is line


def test_only_the_word_in_question_changes():
    first, second = word_of(*"harbor"), word_of(*"hal", {"1": 0.6, "l": 0.3})
    line = settle_spelling(line_of([first, second]), knows)
    assert line.text == "harbor hall"
    assert line.words[0] is first


def test_a_word_without_its_characters_stays():
    line = Line((Word("hal1", 0.9, BOX),), 0.9, BOX)
    assert settle_spelling(line, knows) is line


def test_long_words_of_many_doubts_take_no_time():
    options = [{"x": 0.3, **dict.fromkeys("abcde", 0.1)}] * 30
    line = line_with(*options)
    assert settle_spelling(line, knows) is line


def graph(*edges):
    """Return edges given as (character, where to, last of its node, ends a word)."""
    bits = len(NUMBERS).bit_length()
    packed = [NUMBERS[c] | ((last | ends << 2) | to << 3) << bits for c, to, last, ends in edges]
    return Lexicon(np.array(packed, np.uint64), NUMBERS)


def test_a_graph_of_words_is_walked():
    # do, dog, dot, at
    lexicon = graph(
        ("d", 2, False, False),
        ("a", 5, True, False),
        ("o", 3, True, True),
        ("g", 0, False, True),
        ("t", 0, True, True),
        ("t", 0, True, True),
    )
    assert all(map(lexicon.knows, ("do", "dog", "dot", "at", "Dog", "AT")))
    assert not any(map(lexicon.knows, ("", "d", "a", "dogs", "to", "dig", "d\u00f6t")))


def test_english_words_are_listed():
    (lexicon,) = lexicons("eng")
    assert all(map(lexicon.knows, ("harbor", "Harbor", "RECEIPT", "London", "the")))
    assert not any(map(lexicon.knows, ("horbor", "RECBIPT", "xqzzy", "YabVzu")))


def test_languages_without_data_have_no_words(tmp_path, monkeypatch):
    assert lexicons("nor") == lexicons("eng+nor") == ()
    assert len(lexicons("eng+deu")) == 2
    for name, data in (("short", b"\x18"), ("none", bytes(4)), ("other", b"\xff" * 400)):
        (tmp_path / f"{name}.traineddata").write_bytes(data)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    for name in ("short", "none", "other"):
        assert lexicons(name) == ()


class Misspeller:
    """An engine that is not sure of one letter."""

    name = "misspeller"
    reads_tones = misjudges_case = misses_lines = knows_words = False

    def read(self, pixels, *, layout, alphabet):
        return (line_with("h", {"o": 0.7, "a": 0.25}, *"rbor"),)


@pytest.mark.parametrize(("pattern", "text"), [(None, "harbor"), (r"h\w+", "horbor")])
def test_what_the_user_knows_counts_more(monkeypatch, pattern, text):
    for place in ("recognize.opinions", "recognize"):
        monkeypatch.setattr(f"foretext.{place}.get_engine", lambda name, *, lang: Misspeller())
    picture = np.full((40, 120, 3), 255, np.uint8)
    picture[12:28, 10:110:8] = 0
    reading = foretext.read(picture, engine="misspeller", effort="fast", pattern=pattern)
    assert reading.text == text
