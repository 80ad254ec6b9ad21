"""Characters are looked for when they are asked for, and not before."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import threading

import pytest

import foretext
from foretext.reading import Reading
from foretext.recognize.boxes import characters
from tests.stages import BLACK, lettering, paint, paper

SHAPE = (90, 300)


@pytest.fixture
def cleaned():
    return foretext.clean(
        paint(paper(SHAPE), (lettering(SHAPE, ((20, 18), "Garden42", 50)), BLACK))
    )


@pytest.fixture
def reading(cleaned):
    return foretext.read_cleaned(cleaned)


@pytest.fixture
def searches(monkeypatch):
    """Return a list that grows with each search for characters."""
    found = []
    search = characters.place_characters

    def count(lines, ink):
        found.append(len(lines))
        return search(lines, ink)

    monkeypatch.setattr(characters, "place_characters", count)
    return found


def test_text_alone_needs_no_search(reading, searches):
    assert reading.text == "Garden42"
    assert reading.confidence > 0.5
    assert {attempt.text for attempt in reading.attempts} == {"Garden42"}
    assert not searches


@pytest.mark.parametrize("part", ["lines", "words", "characters"])
def test_who_asks_for_boxes_gets_them_and_searches_once(reading, searches, part):
    assert getattr(reading, part)
    assert reading.lines is reading.lines
    assert all(character.ink is not None for character in reading.characters)
    assert searches == [1]


def test_text_and_confidence_are_the_same_before_and_after(reading):
    before = reading.text, reading.confidence
    assert reading.as_read != reading.lines  # the engine's boxes, and those of the ink
    assert (reading.text, reading.confidence) == before
    assert reading.as_read is reading.lines


def test_the_ink_is_that_of_the_cleaned_picture(cleaned, reading):
    for character in reading.characters:
        left, top, right, bottom = map(int, character.box)
        inked = character.ink > 0
        assert (character.ink[inked] == cleaned.ink[top:bottom, left:right][inked]).all()
        assert inked.any()


def test_readings_are_equal_by_what_they_say(cleaned, reading):
    other = foretext.read_cleaned(cleaned)
    plain = Reading(other.lines, other.engine, other.attempts)
    assert reading == other == plain
    assert hash(reading) == hash(plain)
    assert repr(reading) == repr(plain)
    assert reading != dataclasses.replace(plain, engine="another")


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize(
    "through", [copy.copy, copy.deepcopy, lambda r: pickle.loads(pickle.dumps(r))]
)
def test_a_copy_has_the_same_characters(reading, through, asked):
    if asked:
        assert reading.lines
    other = through(reading)
    assert other == reading
    for one, same in zip(other.characters, reading.characters, strict=True):
        assert (one.ink == same.ink).all()


def test_nothing_can_be_changed(reading):
    for name in ("lines", "engine", "anything"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(reading, name, ())
    with pytest.raises(AttributeError, match="anything"):
        reading.anything  # noqa: B018


def test_threads_that_ask_at_once_get_the_same(reading):
    together, found = threading.Barrier(4), []

    def ask():
        together.wait()
        found.append(reading.lines)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(lines is found[0] for lines in found)


def test_little_is_held_until_then():
    # Pages in a list must not hold all of their paper.
    shape = (900, 1200)
    ink = lettering(shape, ((20, 18), "Garden42", 50))
    reading = foretext.read_cleaned(foretext.clean(paint(paper(shape), (ink, BLACK))))
    assert len(pickle.dumps(reading)) < 0.1 * ink.nbytes
