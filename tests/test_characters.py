"""Which ink is of which character."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest
from PIL import Image

import foretext
from foretext import OutputError
from foretext.export.glyphs import character_pictures, save_characters
from foretext.reading import Box, Character, Line, Reading, Word
from foretext.recognize.boxes.assign import laid_out
from foretext.recognize.boxes.atoms import slant_of
from foretext.recognize.boxes.characters import place_characters
from tests.stages import EXAMPLES, frozen, lettering

SHAPE = (80, 400)
SIZE = 44


def around(coverage, least=0.1):
    rows, columns = np.nonzero(coverage > least)
    return Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


def agreement(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(width, 0.0) * max(height, 0.0)
    return shared / (sum((x[2] - x[0]) * (x[3] - x[1]) for x in (a, b)) - shared)


def letters(text, *, closer=0.0, matrix=None, y=14):
    """Return the coverage of each character of a text, spaces left out."""
    found, x = [], 14.0
    for character in text:
        ink = lettering(SHAPE, ((x, y), character, SIZE))
        if character == " ":
            x += 0.3 * SIZE
            continue
        x = around(ink).right + 3.0 - closer
        if matrix is not None:
            ink = cv2.warpAffine(ink, np.float32(matrix), SHAPE[::-1])
        found.append(ink)
    return found


def together(inks):
    return frozen(1 - np.prod([1 - ink for ink in inks], axis=0, dtype=np.float32))


def read_as(text, inks, *, off=0.0):
    """Return a line as an engine might have read it, each character some pixels off."""
    boxes = iter([around(ink) for ink in inks])
    shifts = itertools.cycle((off, -off))
    words = []
    for part in text.split():
        mine = [next(boxes) for _ in part]
        characters = tuple(
            Character(c, 0.9, Box(b.left + s, b.top, b.right + s, b.bottom))
            for c, b, s in zip(part, mine, shifts, strict=False)
        )
        lefts, tops, rights, bottoms = zip(*mine, strict=True)
        box = Box(min(lefts), min(tops), max(rights), max(bottoms))
        words.append(Word(part, 0.9, box, characters))
    return Line(tuple(words), 0.9, words[0].box)


def placed(text, inks, **options):
    (line,) = place_characters((read_as(text, inks, **options),), together(inks))
    assert line.text == text
    return [character for word in line.words for character in word.characters]


def worst(characters, inks):
    return min(agreement(c.box, around(ink)) for c, ink in zip(characters, inks, strict=True))


# --- whose ink ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Garden", "W1lm", "fiji Öä", '10:30; "5%"', "a=b", "Hk.b,d!"])
def test_separate_characters_get_their_very_boxes(text):
    inks = letters(text)
    assert worst(placed(text, inks, off=4.0), inks) > 0.95


@pytest.mark.parametrize("text", ["nomad", "HxKEM", "Storm", "mnwuv"])
def test_touching_characters_are_cut_where_they_touch(text):
    inks = letters(text, closer=4.0)
    count, _ = cv2.connectedComponents((together(inks) > 0.5).astype(np.uint8))
    assert count - 1 < len(text)
    assert worst(placed(text, inks, off=3.0), inks) > 0.8


@pytest.mark.parametrize(
    "matrix",
    [[[1, -0.3, 14], [0, 1, 0]], [[1, 0.2, 0], [0, 1, 0]], [[1, 0, 0], [0.08, 1, -10]]],
    ids=["leaning right", "leaning left", "climbing"],
)
@pytest.mark.parametrize("closer", [0.0, 4.5])
def test_lines_may_lean_and_climb(matrix, closer):
    inks = letters("KWbdR7i", closer=closer, matrix=matrix)
    assert worst(placed("KWbdR7i", inks, off=3.0), inks) > 0.72


def test_characters_may_go_up_and_down():
    inks = [
        np.roll(ink, round(9 * np.sin(k)), axis=0) for k, ink in enumerate(letters("Wandering"))
    ]
    assert worst(placed("Wandering", inks, off=4.0), inks) > 0.95


def test_a_word_without_characters_is_spelled():
    inks = letters("Wilma")
    whole = around(together(inks))
    line = Line((Word("Wilma", 0.7, whole),), 0.7, whole)
    (line,) = place_characters((line,), together(inks))
    (word,) = line.words
    assert "".join(c.text for c in word.characters) == "Wilma"
    assert {c.confidence for c in word.characters} == {0.7}
    assert worst(word.characters, inks) > 0.95


def test_a_character_may_be_of_several_code_points():
    inks = letters("abc")
    characters = tuple(
        Character(text, 0.9, around(ink)) for text, ink in zip(["a", "ffi", "c"], inks, strict=True)
    )
    line = Line(
        (Word("afficc"[:4] + "c", 0.9, around(together(inks)), characters),), 0.9, Box(*SHAPE, 0, 0)
    )
    (line,) = place_characters((line,), together(inks))
    assert [c.text for c in line.words[0].characters] == ["a", "ffi", "c"]
    assert worst(line.words[0].characters, inks) > 0.95


def test_ink_is_shared_out_once():
    inks = letters("KWbR7", closer=4.5)
    whole = np.zeros(SHAPE, np.float32)
    for character in placed("KWbR7", inks):
        left, top, right, bottom = (int(side) for side in character.box)
        assert character.ink.dtype == np.float32
        assert around(character.ink, 0.0) == (0, 0, right - left, bottom - top)
        whole[top:bottom, left:right] += character.ink
    assert np.abs(whole - together(inks)).max() < 0.1


def test_a_speck_is_of_no_character():
    inks = letters("HE")
    speck = np.zeros(SHAPE, np.float32)
    speck[40:43, 200:203] = 1.0
    (line,) = place_characters((read_as("HE", inks),), together([*inks, speck]))
    assert worst(line.words[0].characters, inks) > 0.95


def test_a_character_without_ink_keeps_its_box():
    inks = letters("HEM")
    (line,) = place_characters((read_as("HEM", inks),), together(inks[:2]))
    *there, missing = line.words[0].characters
    assert worst(there, inks[:2]) > 0.95
    assert missing.ink is None
    assert missing.box == around(inks[2])


def test_without_ink_everything_stays():
    line = read_as("HEM", letters("HEM"))
    assert place_characters((line,), np.zeros(SHAPE, np.float32)) == (line,)
    assert place_characters((), np.zeros(SHAPE, np.float32)) == ()


def test_each_line_gets_its_own_ink():
    # The lower line begins where the upper one hangs down.
    upper, lower = letters("jagged", y=-4), letters("Higgle", y=38)
    lines = (read_as("jagged", upper, off=2.0), read_as("Higgle", lower, off=2.0))
    first, second = place_characters(lines, together([*upper, *lower]))
    assert worst(first.words[0].characters, upper) > 0.95
    assert worst(second.words[0].characters, lower) > 0.95


def test_words_and_lines_are_as_large_as_their_characters():
    inks = letters("two words")
    (line,) = place_characters((read_as("two words", inks),), together(inks))
    assert agreement(line.box, around(together(inks))) > 0.99
    assert agreement(line.words[0].box, around(together(inks[:3]))) > 0.99
    assert agreement(line.words[1].box, around(together(inks[3:]))) > 0.99


@pytest.mark.parametrize("slant", [-0.2, 0.0, 0.25])
def test_slant_is_measured(slant):
    inks = letters("HIKELF", matrix=[[1, -slant, 40 * slant], [0, 1, 0]])
    assert slant_of((together(inks) > 0.5).astype(np.int32)) == pytest.approx(slant, abs=0.06)


def test_nothing_has_no_slant():
    assert slant_of(np.zeros((4, 5), np.int32)) == 0.0


def test_wide_characters_are_given_more_room():
    i, w = laid_out(["i", "W"], 10.0, 30.0)
    assert 10 < i < 15
    assert 19 < w < 24
    (middle,) = laid_out(["x"], 10.0, 30.0)
    assert middle == pytest.approx(20)


# --- pictures of them --------------------------------------------------------------------------


def reading_of(*texts):
    ink = np.linspace(0, 1, 60, dtype=np.float32).reshape(10, 6)
    characters = tuple(Character(text, 0.9, Box(3, 2, 9, 12), ink=ink) for text in texts)
    word = Word("".join(texts), 0.9, Box(3, 2, 9, 12), characters)
    return Reading((Line((word,), 0.9, word.box),), "tesseract")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Y", "001_Y.png"),
        ("7", "001_7.png"),
        ("é", "001_U+00E9.png"),
        ("/", "001_U+002F.png"),
        (".", "001_U+002E.png"),
        ("e\u0301", "001_U+0065_U+0301.png"),
        ("ab", "001_U+0061_U+0062.png"),
    ],
)
def test_names_are_safe(text, name):
    ((found, _),) = character_pictures(reading_of(text))
    assert found == name


def test_names_sort_in_reading_order():
    names = [name for name, _ in character_pictures(reading_of(*"aB" * 600))]
    assert len(names) == 1200
    assert sorted(names) == names
    assert len({name.casefold() for name in names}) == 1200


def test_pictures_are_soft_and_dark_on_white_with_a_margin():
    ((_, pixels),) = character_pictures(reading_of("Y"))
    assert pixels.shape == (14, 10)
    assert (pixels[[0, 1, -1, -2]] == 255).all()
    assert (pixels[:, [0, 1, -1, -2]] == 255).all()
    assert len(np.unique(pixels)) > 50
    assert pixels[11, 7] == 0


def test_a_character_without_ink_has_no_picture_and_keeps_its_number():
    word = reading_of(*"abc").words[0]
    first, _, last = word.characters
    gap = Character("b", 0.9, word.box)
    word = Word("abc", 0.9, word.box, (first, gap, last))
    reading = Reading((Line((word,), 0.9, word.box),), "tesseract")
    assert [name for name, _ in character_pictures(reading)] == ["001_a.png", "003_c.png"]


def test_pictures_are_saved(tmp_path):
    folder = tmp_path / "new" / "letters"
    reading = foretext.read(EXAMPLES / "YabVzu.png")
    paths = save_characters(reading, folder)
    assert [path.name for path in paths] == [
        f"{k:03}_{c}.png" for k, c in enumerate("YabVzu", start=1)
    ]
    assert sorted(folder.iterdir()) == list(paths)
    for path, (_, pixels) in zip(paths, character_pictures(reading), strict=True):
        with Image.open(path) as saved:
            assert np.array_equal(np.asarray(saved), pixels)


def test_a_file_in_the_way_is_told(tmp_path):
    (tmp_path / "letters").write_text("mine")
    with pytest.raises(OutputError, match="letters"):
        save_characters(reading_of("a"), tmp_path / "letters")
