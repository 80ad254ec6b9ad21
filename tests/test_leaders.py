"""Leaders: rows of dots from a word to its number."""

from __future__ import annotations

import numpy as np
import pytest

import foretext
from foretext.choose.missed.punctuation import with_whole_leaders
from foretext.leaders import find_leaders
from foretext.reading import Box, Line, Word
from foretext.recognize.page.leaders import missed_ends, with_leaders, without_leaders
from tests.stages import BLACK, lettering, paint, paper

SHAPE = (220, 900)
DOTS = 31
ROWS = (("Quill", "72"), ("Harbor nine", "108"), ("Boats", "9"))


def contents(dots=DOTS, step=13.0):
    """Return the coverage of three rows, each with a leader of so many dots."""
    texts = []
    for k, (left, right) in enumerate(ROWS):
        top = 12 + 66 * k
        texts += [((16, top), left, 40), ((820, top), right, 40)]
        texts += [((int(300 + step * n), top), ".", 40) for n in range(dots)]
    return lettering(SHAPE, *texts)


def shown(ink):
    return np.rint(255 * (1 - ink)).astype(np.uint8)


@pytest.mark.parametrize(("dots", "step"), [(31, 13.0), (5, 20.0), (44, 11.0)])
def test_dots_are_counted(dots, step):
    leaders = find_leaders(shown(contents(dots, step)))
    assert [len(leader.dots) for leader in leaders] == [dots] * 3
    tops = [leader.box.top for leader in leaders]
    assert tops == sorted(tops)
    assert np.allclose(np.diff(leaders[0].dots), step, atol=1.5)


@pytest.mark.parametrize("strength", [0.6, 0.8])
def test_faint_dots_are_counted_as_well(strength):
    assert [len(one.dots) for one in find_leaders(shown(strength * contents()))] == [DOTS] * 3


def test_missing_dots_are_counted():
    ink = contents()
    ink[:, 300 + 13 * 9 : 300 + 13 * 12] = 0.0
    assert [len(leader.dots) for leader in find_leaders(shown(ink))] == [DOTS] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Wait... and see",
        "a. b. c. d. e. f. g.",
        "initiation is ill in it",
        "- - - - - - -",
        "What do you mean??????? Really",
        "Watch out now!!!!!! It is real",
        "minimizi inimicissimi visions",
        "A;;;;;;; B::::::: C",
        "ää öööö üüüüüü",
        "ooooooo",
        "",
    ],
)
def test_other_dots_are_no_leader(text):
    assert find_leaders(shown(lettering(SHAPE, ((16, 40), text, 44)))) == ()


def test_scattered_dots_are_no_leader():
    rng = np.random.default_rng(3)
    ink = np.zeros((300, 900), np.float32)
    for y, x in zip(rng.integers(0, 296, 500), rng.integers(0, 896, 500), strict=True):
        ink[y : y + 3, x : x + 3] = 1.0
    assert find_leaders(shown(np.maximum(ink, 0))) == ()


def test_they_are_taken_out_and_nothing_else():
    ink = contents()
    rest, leaders = without_leaders(shown(ink))
    words = ink.copy()
    words[:, 290:710] = 0.0
    assert np.array_equal(rest, shown(words))
    assert len(leaders) == 3


@pytest.mark.parametrize("strength", [1.0, 0.3])
def test_dots_that_text_crosses_stay(strength):
    ink = contents()
    text = strength * lettering(SHAPE, ((340, 14), "on the dots", 40))
    columns = np.flatnonzero((text > 0.05).any(axis=0))
    first, *others = find_leaders(shown(np.maximum(ink, text)))[-3:]
    if first.box.top < 60:
        assert first.box.left > columns[-1]
    else:
        others = [first, *others]
    assert [len(leader.dots) for leader in others] == [DOTS] * 2


def test_a_picture_without_any_is_given_back():
    picture = shown(lettering(SHAPE, ((16, 40), "No leader here.", 44)))
    rest, leaders = without_leaders(picture)
    assert rest is picture
    assert leaders == ()


def line_at(text, left, right, top):
    box = Box(float(left), float(top), float(right), top + 30.0)
    return Line((Word(text, 0.9, box),), 0.9, box)


def test_they_stand_between_the_words_they_join():
    _, leaders = without_leaders(shown(contents()))
    far = [line_at("Quill", 20, 120, leaders[0].box.top - 28)]
    assert [line.text for line in with_leaders(far, leaders[:1])] == ["Quill", "." * DOTS]
    close = [line_at("Quill", 100, 285, leaders[0].box.top - 28)]
    (line,) = with_leaders(close, leaders[:1])
    assert line.text == f"Quill {'.' * DOTS}"
    assert len(line.words[1].characters) == DOTS


def test_contents_are_read():
    shape = (220, 760)
    texts = []
    for k, (left, right) in enumerate(ROWS):
        top = 12 + 66 * k
        texts += [((16, top), left, 40), ((660, top), right, 40)]
        texts += [((270 + 13 * n, top), ".", 40) for n in range(29)]
    picture = paint(paper(shape), (lettering(shape, *texts), BLACK))
    reading = foretext.read(picture, engine="tesseract")
    assert reading.text.splitlines() == [f"{left} {'.' * 29} {right}" for left, right in ROWS]
    for character in reading.characters:
        if character.text == ".":
            assert character.box.right - character.box.left < 16


def test_a_torn_leader_is_made_whole():
    everything = contents()
    torn = everything.copy()
    torn[:, 400:560] = 0.0
    assert np.array_equal(with_whole_leaders(torn, everything), everything)
    # Those of one page are all wanted or none of them.
    one = everything.copy()
    one[:130, 290:710] = 0.0
    assert np.array_equal(with_whole_leaders(one, everything), everything)
    none = everything.copy()
    none[:, 290:710] = 0.0
    assert with_whole_leaders(none, everything) is none


CHAPTERS = {"Intro": "1", "Methods": "2", "Results": "5", "Quill": "6", "Index": "7", "Notes": "9"}


def chapters():
    """Return the coverage of short names, each with a leader of 33 dots and its one digit."""
    texts = []
    for k, (name, number) in enumerate(CHAPTERS.items()):
        top = 12 + 100 * k
        texts += [((16, top), name, 40), ((644, top), number, 40)]
        texts += [((200 + 13 * n, top), ".", 40) for n in range(33)]
    return lettering((640, 760), *texts)


def test_lone_digits_at_their_ends_are_read():
    picture = paint(paper((640, 760)), (chapters(), BLACK))
    read = foretext.read(picture, engine="tesseract").text.splitlines()
    assert read == [f"{name} {'.' * 33} {number}" for name, number in CHAPTERS.items()]


def test_what_was_read_at_their_ends_is_not_read_again():
    rest, leaders = without_leaders(shown(chapters()))
    ends = list(missed_ends(rest, leaders, []))
    assert len(ends) == len(CHAPTERS)
    for rows, columns in ends:
        assert 640 < columns.start < columns.stop < 680
        assert (rest[rows, columns] < 128).any()
    found = [
        line_at("7", columns.start, columns.stop, rows.start + 20.0) for rows, columns in ends[1:]
    ]
    assert list(missed_ends(rest, leaders, found)) == ends[:1]
