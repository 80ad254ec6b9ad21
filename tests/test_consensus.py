"""Readings that vote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foretext.reading import Box, Character, Word
from foretext.recognize.consensus import agree, sureness_of
from foretext.recognize.engine import line_of


def line(text, sure=0.9, left=0.0):
    """Return a line whose characters are ten pixels wide; `sure` is a number or one for each."""
    words = []
    x = left
    each = iter(sure if isinstance(sure, list) else [sure] * len(text.replace(" ", "")))
    for word in text.split(" "):
        characters = []
        for character in word:
            characters.append(Character(character, next(each), Box(x, 0.0, x + 10.0, 20.0)))
            x += 10.0
        confidence = sum(c.confidence for c in characters) / len(characters)
        box = Box(characters[0].box.left, 0.0, x, 20.0)
        words.append(Word(word, confidence, box, tuple(characters)))
        x += 10.0
    return line_of(words)


def text(*readings):
    return "\n".join(line.text for line in agree([(reading,) for reading in readings]))


@pytest.mark.parametrize(
    ("readings", "result"),
    [
        (["abc"], "abc"),
        (["abc", "abd", "abc"], "abc"),
        (["abx", "xbc", "abc"], "abc"),
        (["abbc", "abc", "abc"], "abc"),
        (["ac", "abc", "abc"], "abc"),
        (["Abc", "abc", "abc"], "abc"),
        (["one two", "onetwo", "one two"], "one two"),
        (["one t wo", "one two", "onetwo"], "one two"),
    ],
)
def test_the_most_say_wins_at_each_place(readings, result):
    assert text(*map(line, readings)) == result


def test_what_half_have_not_read_stays_unless_the_engine_doubles():
    readings = [(line("sSM"),), (line("SM"),), (line("SM"),), (line("sSM"),)]
    assert [one.text for one in agree(readings)] == ["sSM"]
    readings = [(line("sSM", 0.89),), (line("SM"),), (line("SM"),), (line("sSM", 0.89),)]
    assert [one.text for one in agree(readings, doubles=True)] == ["SM"]


def test_who_calls_may_tell_how_sure_readings_are():
    readings = [(line("ab", 0.99),), (line("abcd", 0.9),)]
    assert [one.text for one in agree(readings)] == ["ab"]
    assert [one.text for one in agree(readings, sureness=[0.7, 0.9])] == ["abcd"]
    three = [*readings, (line("abcd", 0.6),)]
    assert [one.text for one in agree(three, sureness=[0.3, 0.9, 0.9])] == ["abcd"]


def test_a_sure_reading_outweighs_two_unsure_ones():
    assert text(line("word", 0.95), line("ward", 0.6), line("ward", 0.6)) == "word"


def test_a_character_that_all_saw_is_surer_than_one_in_question():
    (found,) = agree([(line("abc"),), (line("abd"),), (line("abc"),)])
    a, b, c = (character.confidence for character in found.words[0].characters)
    assert a == b == pytest.approx(0.9)
    assert c == pytest.approx(0.6)
    assert found.confidence == pytest.approx(a * b * c)


def test_boxes_are_those_of_the_surest_that_read_the_character():
    sure, unsure = line("abx", [0.9, 0.9, 0.5]), line("abc", 0.7, left=100.0)
    (found,) = agree([(unsure,), (sure,), (line("abc", 0.7, left=200.0),)])
    lefts = [character.box.left for character in found.words[0].characters]
    assert found.text == "abc"
    assert lefts[:2] == [0.0, 10.0]
    assert lefts[2] >= 100.0


def test_of_two_readings_the_surer_is_taken():
    first, second = line("abx", 0.7), line("xbc", 0.8)
    assert agree([(first,), (second,)]) == (second,)


def test_a_word_torn_apart_yields_to_a_whole_one():
    whole, torn = line("S9KQS", 0.7), line("S9 K 05", 0.8)
    assert agree([(torn,), (whole,)]) == (whole,)
    assert sureness_of((torn,)) == pytest.approx(0.8 * 0.8**2)


def test_words_of_common_length_are_not_held_to_be_torn():
    assert sureness_of((line("four words", 0.8),)) == pytest.approx(0.8)
    assert sureness_of((line("a b", 0.8), line("c d", 0.8))) == pytest.approx(0.8)


def test_of_several_lines_the_surest_reading_is_taken_whole():
    first, second = (line("one", 0.8), line("two", 0.8)), (line("uno", 0.9), line("due", 0.9))
    assert agree([first, second, first]) == second


def test_what_was_not_read_at_all_has_no_say():
    assert text(line("word")) == "word"
    assert agree([(), ()]) == ()
    assert agree([(), (line("word"),)]) == (line("word"),)


words = st.text("abcXYZ", min_size=1, max_size=6)
readings = st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=4)


@settings(deadline=None, derandomize=True)
@given(readings)
def test_any_readings_give_one_in_which_all_fits_together(given_words):
    found = agree([(line(" ".join(one)),) for one in given_words])
    assert 0.0 < sureness_of(found) <= 1.0
    for word in found[0].words:
        assert word.text == "".join(character.text for character in word.characters)


@settings(deadline=None, derandomize=True)
@given(st.lists(words, min_size=1, max_size=3), st.integers(1, 4))
def test_readings_that_agree_stay_as_they_are(one, times):
    same = (line(" ".join(one)),)
    assert agree([same] * times)[0].text == same[0].text


def test_readings_of_which_nobody_is_sure_at_all_give_one():
    unsure = line("abc", 0.0)
    assert text(unsure, unsure, unsure) == "abc"


def test_of_several_lines_a_part_that_is_as_sure_does_not_win():
    whole = (line("first", 0.97), line("second", 0.95))
    part = (line("fi", 0.99), line("st", 0.97))
    assert agree([part, whole]) == whole
    assert agree([part[:1], whole]) == whole
    # If it is much less sure, what is longer is no better.
    junk = (line("first", 0.9), line("second", 0.8))
    assert agree([part, junk]) == part


def test_of_several_lines_what_reads_otherwise_is_not_the_whole():
    sure, junk = (line("Rgk", 0.94),), (line("ees", 0.92), line("~sv", 0.92))
    assert agree([sure, junk]) == sure


# --- one who knows characters alone ---------------------------------------------------------------


def with_own(*readings, own, worth=1.0):
    one, other = ([(reading,) for reading in some] for some in (readings, own))
    return "\n".join(line.text for line in agree(one, unmarked=other, worth=worth))


def test_who_knows_letters_alone_votes_on_them():
    own = [line("abc", 0.99), line("abc", 0.98)]
    assert with_own(line("abd", 0.95), own=own) == "abc"
    assert with_own(line("abd", 0.95), own=own[:1]) == "abd"


def test_but_not_on_spaces():
    own = [line("onetwo", 1.0)] * 3
    assert with_own(line("one two", 0.7), own=own) == "one two"
    assert with_own(line("one twa", 0.6), own=own) == "one two"
    assert with_own(line("one two", 0.7), line("onetwo", 0.9), own=own) == "onetwo"


def test_nor_alone():
    own = [line("abc", 1.0)] * 3
    assert agree([()], unmarked=[(one,) for one in own]) == ()
    both = (line("one", 0.5), line("two", 0.5))
    assert agree([both], unmarked=[(one,) for one in own]) == both


def test_its_readings_are_worth_as_many_as_is_said():
    own, engine = [line("abc", 0.9)] * 2, [line("abd", 0.95)] * 3
    assert with_own(*engine, own=own) == "abd"
    assert with_own(*engine, own=own, worth=8.0) == "abc"


def test_where_it_is_unsure_it_has_less_say_than_an_engine():
    assert with_own(line("abd", 0.8), own=[line("abc", 0.8)] * 2) == "abd"
