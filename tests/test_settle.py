"""What Tesseract misreads is corrected where the ink tells better, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from foretext.ink import mask_of
from foretext.pieces import pieces_of
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.settle.case import settle_case
from foretext.recognize.settle.doubles import drop_doubles
from foretext.recognize.settle.gaps import close_gaps, open_gaps
from foretext.recognize.settle.halves import settle_halves
from foretext.recognize.settle.heights import settle_heights
from foretext.recognize.settle.words import is_usual
from tests.stages import lettering


def drawn(text, size=44.0):
    """Return the ink of separate characters, and the box of each."""
    ink = np.zeros((90, 30 + 50 * len(text)), np.float32)
    boxes = []
    for k, character in enumerate(text):
        one = lettering(ink.shape, ((20 + 50 * k, 14), character, size))
        left, top, right, bottom = pieces_of(mask_of(one)).bounds
        boxes.append(Box(left, top, right, bottom))
        ink = np.maximum(ink, one)
    return mask_of(ink), boxes


def read_as(text, boxes, confidence=0.9):
    characters = tuple(Character(c, confidence, box) for c, box in zip(text, boxes, strict=True))
    whole = Box(0.0, 0.0, 900.0, 90.0)
    return Line((Word(text, confidence, whole, characters),), confidence, whole)


@pytest.mark.parametrize(
    ("truth", "misread"),
    [("w4Kd", "W4Kd"), ("W4KD", "w4KD"), ("Kd3v", "Kd3y"), ("4Zcb", "4zCb"), ("a7nX", "a7nx")],
)
def test_case_is_settled_by_height(truth, misread):
    mask, boxes = drawn(truth)
    assert settle_case(read_as(misread, boxes), mask).text == truth
    assert settle_case(read_as(truth, boxes), mask).text == truth


@pytest.mark.parametrize(
    ("truth", "misread"), [("w4Kd", "W4Kd"), ("cdVF3", "CdVF3"), ("zA5", "ZA5")]
)
def test_a_trusted_engine_is_told_that_a_letter_is_small(truth, misread):
    mask, boxes = drawn(truth)
    assert settle_case(read_as(misread, boxes), mask, is_trusted=True).text == truth


@pytest.mark.parametrize(("truth", "misread"), [("W4KD", "w4KD"), ("a7nX", "a7nx")])
def test_a_trusted_engine_is_not_told_that_a_letter_is_a_capital(truth, misread):
    # What touches it may have made it taller.
    mask, boxes = drawn(truth)
    assert settle_case(read_as(misread, boxes), mask, is_trusted=True).text == misread


@pytest.mark.parametrize("word", ["a@best", "2town's"])
def test_no_word_on_a_page_gets_a_capital_within(word):
    # As where an s touches what stands above it.
    mask, boxes = drawn(word.replace("s", "S"))
    line = read_as(word, boxes)
    assert settle_case(line, mask, is_alone=False).text == word
    assert settle_case(line, mask).text == word.replace("s", "S")


def test_a_whole_word_of_smaller_capitals_stays():
    ink, boxes = np.zeros((90, 460), np.float32), []
    for k, (character, size) in enumerate(zip("HEAT COX", (44,) * 5 + (31,) * 3, strict=True)):
        if character != " ":
            top = 14 if size == 44 else 23
            one = lettering(ink.shape, ((20 + 50 * k, top), character, size))
            boxes.append(Box(*pieces_of(mask_of(one)).bounds))
            ink = np.maximum(ink, one)
    first, second = read_as("HEAT", boxes[:4]), read_as("COX", boxes[4:])
    line = Line((*first.words, *second.words), 0.9, first.box)
    assert settle_case(line, mask_of(ink), is_trusted=True).text == "HEAT COX"


def test_letters_that_rise_above_capitals_tell_a_trusted_engine_nothing():
    ink, boxes = np.zeros((90, 320), np.float32), []
    for k, (character, size) in enumerate(zip("Skill", (32, 44, 44, 44, 44), strict=True)):
        one = lettering(ink.shape, ((20 + 50 * k, 14 if size == 44 else 23), character, size))
        boxes.append(Box(*pieces_of(mask_of(one)).bounds))
        ink = np.maximum(ink, one)
    assert settle_case(read_as("Skill", boxes), mask_of(ink), is_trusted=True).text == "Skill"


def test_letters_of_many_sizes_tell_a_trusted_engine_nothing():
    ink, boxes = np.zeros((90, 280), np.float32), []
    for k, (character, size) in enumerate(zip("K4EW", (44, 34, 26, 22), strict=True)):
        one = lettering(ink.shape, ((20 + 60 * k, 14), character, size))
        boxes.append(Box(*pieces_of(mask_of(one)).bounds))
        ink = np.maximum(ink, one)
    assert settle_case(read_as("K4EW", boxes), mask_of(ink), is_trusted=True).text == "K4EW"


def test_usual_words_stay_usual():
    mask, boxes = drawn("SCHOOL")
    boxes[0] = Box(boxes[0].left, boxes[0].top + 12, boxes[0].right, boxes[0].bottom)
    assert settle_case(read_as("SCHOOL", boxes), mask).text == "SCHOOL"


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("word", True),
        ("Word,", True),
        ("(WORD)", True),
        ("x-ray,", True),
        ("Don't", True),
        ("O'Neill", True),
        ("K2-b", False),
        ("x--y", False),
        ("x-rAy", False),
        ("wOrd", False),
        ("w0rd", False),
        ("", False),
    ],
)
def test_usual_words_are_known(text, usual):
    assert is_usual(text) is usual


@pytest.mark.parametrize(
    ("truth", "misread"), [("k5Ab", "kSAb"), ("5k9b", "sk9b"), ("k2Ab", "kzAb"), ("B2X7", "BZX7")]
)
def test_five_and_two_are_told_from_s_and_z(truth, misread):
    mask, boxes = drawn(truth)
    assert settle_halves(read_as(misread, boxes), mask).text == truth


@pytest.mark.parametrize("text", ["kSAb", "sk9b", "kzAb", "BZX7", "Sizes", "ZEUS"])
def test_s_and_z_stay(text):
    mask, boxes = drawn(text)
    line = read_as(text, boxes)
    assert settle_halves(line, mask).text == text


def test_a_character_without_ink_of_its_own_is_dropped():
    mask, boxes = drawn("kxAb")
    _, x, a, _ = boxes
    phantom = Box(x.right - 5, x.top, a.left, x.bottom)
    line = read_as("kxXAb", [*boxes[:2], phantom, *boxes[2:]])
    assert drop_doubles(line, mask).text == "kxAb"


def test_characters_with_ink_of_their_own_stay():
    mask, boxes = drawn("kxXv")
    line = read_as("kxXv", boxes)
    assert drop_doubles(line, mask) is line


def test_what_is_read_surely_or_like_no_neighbor_stays():
    mask, boxes = drawn("kxAb")
    phantom = Box(boxes[1].right - 5, 10.0, boxes[2].left, 60.0)
    sure = read_as("kxXAb", [*boxes[:2], phantom, *boxes[2:]], confidence=0.99)
    assert drop_doubles(sure, mask).text == "kxXAb"
    other = read_as("kxmAb", [*boxes[:2], phantom, *boxes[2:]])
    assert drop_doubles(other, mask).text == "kxmAb"


def test_a_word_of_a_page_is_believed():
    # Tall enough for a capital, but a word as it is.
    mask, boxes = drawn("Wren")
    line = read_as("wren", boxes)
    assert settle_case(line, mask).text == "Wren"
    assert settle_case(line, mask, is_alone=False).text == "wren"


@pytest.mark.parametrize(
    ("truth", "read", "expected"),
    [
        *(("nobt", "n0bt", "nobt"), ("n0bt", "n0bt", "n0bt"), ("o8nt", "08nt", "08nt")),
        # Small capitals, or figures of old style.
        *(("oHBT", "0HBT", "0HBT"), ("no.b", "n0.b", "n0.b")),
    ],
)
def test_a_zero_as_low_as_small_letters_is_an_o_but_in_numbers(truth, read, expected):
    # As figures of old style may be.
    mask, boxes = drawn(truth)
    assert settle_case(read_as(read, boxes), mask, is_alone=False).text == expected


def test_a_low_zero_stays_beside_other_low_figures():
    mask, boxes = drawn("nobtz")
    assert settle_case(read_as("n0bt2", boxes), mask, is_alone=False).text == "n0bt2"


def test_in_a_line_alone_a_low_zero_stays():
    mask, boxes = drawn("nobt")
    assert settle_case(read_as("n0bt", boxes), mask).text == "n0bt"


def test_what_the_engine_saw_in_the_place_of_another_is_dropped():
    # Each has some ink of its own, but the one might be the other.
    mask, boxes = drawn("ktAb")
    t = boxes[1]
    halves = [Box(t.left, t.top, t.right - 1, t.bottom), Box(t.left + 1, t.top, t.right, t.bottom)]
    line = read_as("ktrAb", [boxes[0], *halves, *boxes[2:]])
    assert drop_doubles(line, mask).text == "ktrAb"
    assert drop_doubles(doubted(line, 2, ("t", 0.4), 0.5), mask).text == "ktAb"


def doubted(line, k, other, confidence):
    """Return a line of whose character the engine said less surely that it is not another."""
    (word,) = line.words
    characters = list(word.characters)
    box = characters[k].box
    characters[k] = Character(characters[k].text, confidence, box, (other,))
    return Line((Word(word.text, word.confidence, word.box, tuple(characters)),), 0.9, line.box)


def as_gray(mask):
    return np.where(mask, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("truth", "misread"),
    [("w4Kd", "W4Kd"), ("W4KD", "w4KD"), ("Kd3v", "Kd3y"), ("4Zcb", "4zcb"), ("kXnb", "kxnb")],
)
def test_what_is_in_doubt_is_settled_by_height(truth, misread):
    mask, boxes = drawn(truth)
    (k,) = [k for k, (a, b) in enumerate(zip(truth, misread, strict=True)) if a != b]
    line = doubted(read_as(misread, boxes), k, (truth[k], 0.4), 0.6)
    better = settle_heights(line, boxes, as_gray(mask))
    assert better.text == truth
    other, settled = line.words[0].characters[k], better.words[0].characters[k]
    assert settled.confidence > 0.6
    assert dict(settled.alternatives)[other.text] < 0.4
    assert sum((settled.confidence, *dict(settled.alternatives).values())) == pytest.approx(1.0)


def test_heights_make_what_was_right_surer():
    mask, boxes = drawn("w4Kd")
    line = doubted(read_as("w4Kd", boxes), 0, ("W", 0.4), 0.6)
    better = settle_heights(line, boxes, as_gray(mask))
    assert better.text == "w4Kd"
    assert better.words[0].characters[0].confidence > 0.8
    assert better.words[0].confidence > line.words[0].confidence
    assert better.words[0].characters[1:] == line.words[0].characters[1:]


def test_heights_do_not_overrule_what_is_sure():
    mask, boxes = drawn("w4Kd")
    line = doubted(read_as("W4Kd", boxes), 0, ("w", 0.0005), 0.9995)
    assert settle_heights(line, boxes, as_gray(mask)).text == "W4Kd"


def test_where_characters_dance_heights_tell_less():
    sizes = {"K": (44, 14), "v": (44, 5), "4": (30, 34), "d": (44, 22), "B": (34, 2)}
    ink, boxes = np.zeros((100, 320), np.float32), []
    for k, (character, (size, top)) in enumerate(sizes.items()):
        one = lettering(ink.shape, ((20 + 60 * k, top), character, size))
        boxes.append(Box(*pieces_of(mask_of(one)).bounds))
        ink = np.maximum(ink, one)
    dancing = settle_heights(
        doubted(read_as("Kv4dB", boxes), 1, ("V", 0.4), 0.6), boxes, as_gray(mask_of(ink))
    )
    mask, level = drawn("Kv4dB")
    even = settle_heights(
        doubted(read_as("Kv4dB", level), 1, ("V", 0.4), 0.6), level, as_gray(mask)
    )
    sure, surer = (line.words[0].characters[1].confidence for line in (dancing, even))
    assert sure < surer


def test_what_looks_like_a_v_and_is_as_tall_as_a_capital_is_one():
    mask, boxes = drawn("KdV4R")
    line = doubted(read_as("Kdv4R", boxes), 2, ("Y", 0.15), 0.7)
    assert settle_heights(line, boxes, as_gray(mask)).text == "KdV4R"
    mask, boxes = drawn("Kdv4R")
    line = doubted(read_as("Kdv4R", boxes), 2, ("Y", 0.15), 0.7)
    assert settle_heights(line, boxes, as_gray(mask)).text == "Kdv4R"


@pytest.mark.parametrize("text", ["w4Kd", "W4"])
def test_heights_leave_alone_what_is_not_in_doubt_or_can_not_be_measured(text):
    mask, boxes = drawn(text)
    line = read_as(text, boxes)
    if len(text) < 3:
        line = doubted(line, 0, ("w", 0.45), 0.5)
    assert settle_heights(line, boxes, as_gray(mask)) is line
    assert settle_heights(line, boxes[1:], as_gray(mask)) is line


# --- gaps -----------------------------------------------------------------------------------------


def set_out(parts, gaps, size=44.0):
    """Return the line of words, and a picture in which characters stand so far apart."""
    shape = (90, 700)
    ink, left, boxes = np.zeros(shape, np.float32), 20.0, []
    for character, gap in zip("".join(parts), [*gaps, 0], strict=True):
        one = lettering(shape, ((0, 14), character, size))
        x0, top, x1, bottom = pieces_of(mask_of(one)).bounds
        moved = np.roll(one, round(left - x0), axis=1)
        ink = np.maximum(ink, moved)
        boxes.append(Box(left, top, left + x1 - x0, bottom))
        left += x1 - x0 + gap
    standing = iter(boxes)
    words = []
    for part in parts:
        characters = tuple(Character(c, 0.9, next(standing)) for c in part)
        words.append(Word(part, 0.9, Box.around(c.box for c in characters), characters))
    picture = np.rint(255 * (1 - ink)).astype(np.uint8)
    return Line(tuple(words), 0.9, Box.around(boxes)), boxes, picture


@pytest.mark.parametrize(
    ("parts", "gaps", "result"),
    [
        (["KD", "E"], [30, 33], "KDE"),
        (["K", "DE", "R"], [40, 30, 38], "KDER"),
        (["KD", "E"], [5, 30], "KD E"),
        (["KD", "ER"], [6, 14, 5], "KD ER"),
        (["K", "D", "E"], [30, 30], "K D E"),
        (["KDE"], [30, 30], "KDE"),
    ],
)
def test_words_are_parted_by_wider_gaps_than_their_characters(parts, gaps, result):
    line, boxes, picture = set_out(parts, gaps)
    closed = close_gaps(line, boxes, picture)
    assert closed.text == result
    assert [c.text for word in closed.words for c in word.characters] == list("".join(parts))
    if result == line.text:
        assert closed == line


def test_gaps_that_cannot_be_measured_stay():
    line, boxes, picture = set_out(["KD", "E"], [30, 33])
    assert close_gaps(line, boxes[:-1], picture) == line


def run_together(line):
    whole = Word(line.text.replace(" ", ""), 0.9, line.box, of(line))
    return Line((whole,), 0.9, line.box)


def of(line):
    return tuple(c for word in line.words for c in word.characters)


def test_a_gap_that_another_reading_and_the_ink_have_is_opened():
    other, boxes, picture = set_out(["KD", "+", "ER"], [5, 30, 32, 6])
    opened = open_gaps(run_together(other), other, boxes, picture)
    assert opened.text == "KD + ER"
    assert of(opened) == of(other)


@pytest.mark.parametrize(
    ("parts", "gaps", "letters"),
    [
        (["KD", "ER"], [30, 33, 30], "KDER"),  # the ink has none
        (["K", "D"], [30], "KD"),  # nothing to compare it with
        (["KD", "ER"], [5, 30, 6], "KDXY"),  # another text
        (["KD", "ER"], [5, 30, 6], "KDE"),
    ],
)
def test_other_gaps_stay_closed(parts, gaps, letters):
    other, boxes, picture = set_out(parts, gaps)
    characters = tuple(replace(c, text=t) for c, t in zip(of(other), letters, strict=False))
    line = Line((Word(letters, 0.9, other.box, characters),), 0.9, other.box)
    assert open_gaps(line, other, boxes, picture) is line
    assert open_gaps(other, line, boxes, picture) is other
