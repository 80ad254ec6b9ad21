"""Letters that overlap: told apart by their colors, set side by side, read."""

from __future__ import annotations

import numpy as np
import pytest

import foretext
from foretext.ink import Scale
from foretext.reader.attempts import letters_apart, of_ink
from foretext.reader.side_by_side import side_by_side
from foretext.reading import Box
from foretext.separate.letters import Letter, overlapping_letters
from tests.stages import BLACK, BLUE, GREEN, RED, WHITE, f_measure, lettering, paint, paper

SHAPE = (110, 330)
PURPLE = (120, 20, 140)
# The a stands under the p, and a little before it.
HAPPY = (
    (lettering(SHAPE, ((20, 20), "H", 56)), RED),
    (lettering(SHAPE, ((92, 40), "a", 56)), BLUE),
    (lettering(SHAPE, ((104, 14), "p", 56)), GREEN),
    (lettering(SHAPE, ((158, 20), "p", 56)), PURPLE),
    (lettering(SHAPE, ((210, 20), "y", 56)), RED),
)
SCALE = Scale(5.0, 34.0)


def all_of(layers):
    return np.maximum.reduce([coverage for coverage, _ in layers])


@pytest.fixture(scope="module")
def happy():
    return paint(paper(SHAPE), *HAPPY)


@pytest.fixture(scope="module")
def letters(happy):
    return overlapping_letters(happy, all_of(HAPPY), SCALE)


def test_letters_are_told_apart(letters):
    assert len(letters) == len(HAPPY)
    for letter, (coverage, _) in zip(letters, HAPPY, strict=True):
        found = np.zeros(SHAPE, bool)
        found[letter.top : letter.bottom, letter.left : letter.right] = letter.ink > 0.5
        assert f_measure(found, coverage > 0.5) > 0.9


def test_nothing_of_the_ink_is_lost(letters):
    laid = np.zeros(SHAPE, np.float32)
    for letter in letters:
        part = laid[letter.top : letter.bottom, letter.left : letter.right]
        np.maximum(part, letter.ink, out=part)
    assert np.abs(laid - all_of(HAPPY)).max() < 0.06


def test_what_is_covered_is_filled_in():
    # The blue stroke goes on at both sides of the red one.
    ink = np.zeros((60, 80), np.float32)
    ink[5:45, 26:32] = 1.0
    under = np.zeros_like(ink)
    under[26:32, 6:50] = 1.0
    under[26:56, 44:50] = 1.0
    other = np.zeros_like(ink)
    other[12:50, 64:72] = 1.0
    picture = paint(paper((60, 80)), (under, BLUE), (ink, RED), (other, GREEN))
    found = overlapping_letters(picture, np.maximum.reduce([ink, under, other]), Scale(6.0, 30.0))
    assert len(found) == 3
    (blue,) = [letter for letter in found if letter.left == 6]
    assert blue.ink[2:4].min() == 1.0


@pytest.mark.parametrize(
    "layers",
    [
        [(all_of(HAPPY), BLACK)],
        [(lettering(SHAPE, ((20 + 60 * k, 20), c, 56)), color) for k, (c, color) in enumerate(
            zip("Hapy", (RED, BLUE, GREEN, PURPLE), strict=True)
        )],
        [(lettering(SHAPE, ((10, 10), "one line", 36)), RED),
         (lettering(SHAPE, ((10, 56), "and another", 36)), BLUE)],
        [],
    ],
    ids=["of one color", "side by side already", "of two lines", "without ink"],
)  # fmt: skip
def test_other_text_is_left_alone(layers):
    ink = all_of(layers) if layers else np.zeros(SHAPE, np.float32)
    assert overlapping_letters(paint(paper(SHAPE), *layers), ink, SCALE) == ()


@pytest.mark.parametrize("levels", [0.3, 0.6])
def test_shaded_letters_are_left_alone(levels):
    text = lettering(SHAPE, ((20, 20), "Happy 47", 56))
    sheet = paint(paper(SHAPE), (text, BLUE)).astype(np.float32)
    toned = sheet + levels * text[..., None] * np.linspace(0, 200, SHAPE[1])[None, :, None]
    picture = np.clip(toned, 0, 255).astype(np.uint8)
    assert overlapping_letters(picture, text, SCALE) == ()


@pytest.mark.parametrize("word", ["Gradient", "Fjord", "jumping", "Rainbow"])
@pytest.mark.parametrize("steps", [2, 100])
def test_letters_shaded_from_top_to_bottom_are_left_alone(word, steps):
    text = lettering(SHAPE, ((20, 20), word, 56))
    way = np.floor(np.linspace(-0.2, 1.2, SHAPE[0]).clip(0, 0.999) * steps) / (steps - 1)
    color = np.array(RED) * (1 - way[:, None]) + np.array(BLUE) * way[:, None]
    picture = paper(SHAPE) * (1 - text[..., None]) + color[:, None] * text[..., None]
    assert overlapping_letters(np.rint(picture).astype(np.uint8), text, SCALE) == ()


def test_a_page_of_colored_words_is_left_alone_soon():
    words = [((10 + 90 * (k % 8), 6 + 16 * (k // 8)), "colored word", 12) for k in range(320)]
    layers = [
        (lettering((660, 760), *words[k::4]), color)
        for k, color in enumerate((RED, BLUE, GREEN, PURPLE))
    ]
    ink = all_of(layers)
    assert overlapping_letters(paint(paper((660, 760)), *layers), ink, Scale(1.5, 8.0)) == ()


def test_a_line_of_another_color_is_no_letter():
    text = lettering(SHAPE, ((20, 20), "Happy 47", 56))
    line = np.zeros(SHAPE, np.float32)
    for k in range(4):
        line[np.arange(20, 80), np.arange(40, 100) + k] = 1.0
    picture = paint(paper(SHAPE), (text, BLUE), (line, RED))
    assert overlapping_letters(picture, text, SCALE) == ()


def test_they_are_set_side_by_side(letters):
    made = side_by_side(letters, SCALE, x_height=30.0, margin=0.5, softness=0.0)
    ink = made.pixels < 128
    columns = np.flatnonzero(ink.any(axis=0))
    assert np.count_nonzero(np.diff(columns) > 1) == len(letters) - 1
    # The a is back in the line.
    (tops, bottoms) = zip(
        *((y, y + made.factor * letter.ink.shape[0]) for letter, (_, y) in
          zip(letters, made.places, strict=True)), strict=True
    )  # fmt: skip
    assert bottoms[1] - bottoms[0] < made.factor * (letters[1].bottom - letters[0].bottom)
    assert min(tops) > 0


def test_boxes_come_back(letters):
    made = side_by_side(letters, SCALE, x_height=50.0, margin=0.5, softness=0.1)
    for letter, (x, y) in zip(letters, made.places, strict=True):
        height, width = letter.ink.shape
        box = Box(x, y, x + made.factor * width, y + made.factor * height)
        there = Box(letter.left, letter.top, letter.right, letter.bottom)
        assert np.allclose(made.back(box), there, atol=1e-6)
    height, width = made.pixels.shape
    whole = made.back(Box(0.0, 0.0, float(width), float(height)))
    assert whole.left <= letters[0].left
    assert whole.right >= letters[-1].right
    assert made.back(Box(0.0, 0.0, 1.0, 1.0)).left == letters[0].left


def test_one_letter_can_be_set():
    made = side_by_side(
        [Letter(3, 4, np.ones((20, 10), np.float32))], Scale(3.0, 20.0),
        x_height=30.0, margin=0.5, softness=0.0,
    )  # fmt: skip
    assert (made.pixels < 128).any()


def test_they_are_read(happy):
    reading = foretext.read(happy, engine="rapidocr")
    assert reading.text == "Happy"
    assert [attempt.shown for attempt in reading.attempts] == ["apart"]
    for character, (coverage, _) in zip(reading.characters, HAPPY, strict=True):
        columns = np.flatnonzero((coverage > 0.5).any(axis=0))
        assert abs(character.box.left - columns[0]) < 8
        assert abs(character.box.right - columns[-1]) < 12


def test_light_letters_on_dark_are_told_apart_as_well():
    bright = ((255, 80, 80), (110, 160, 255), (90, 230, 110), (240, 130, 250), (255, 80, 80))
    layers = [(coverage, color) for (coverage, _), color in zip(HAPPY, bright, strict=True)]
    cleaned = foretext.clean(paint(paper(SHAPE, (15, 20, 30)), *layers))
    view = letters_apart(cleaned)
    assert view is not None
    assert view.shown == "apart"
    assert view.pixels.mean() > 128


def test_plain_text_has_no_such_view():
    cleaned = foretext.clean(paint(paper(SHAPE, WHITE), (HAPPY[0][0], BLACK)))
    assert letters_apart(cleaned) is None
    assert of_ink(cleaned).shown == "cleaned"
