"""Waved, slanted and turned text is made straight; straight text is left alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

import foretext
from foretext.ink import mask_of, measure
from foretext.pieces import pieces_of
from foretext.reading import Box
from foretext.recognize import get_engine
from foretext.recognize.layout import layout_of
from foretext.render import render
from foretext.restore.baseline import baseline
from foretext.restore.skew import skew
from foretext.restore.slant import slant
from foretext.restore.straighten import straighten
from tests.stages import frozen, lettering
from tests.test_golden import GOLDEN, compare

LINE = "Hidden Paper 7042"


def line(size=48.0, text=LINE):
    shape = (round(3.2 * size), round(0.75 * size * len(text)))
    return lettering(shape, ((0.6 * size, 0.9 * size), text, size))


def waved(ink, height, period):
    """Return ink of which each column is lowered by a sine."""
    y, x = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]].astype(np.float32)
    return cv2.remap(ink, x, y - wave_at(x, height, period), cv2.INTER_LINEAR)


def wave_at(x, height, period):
    return np.asarray(height * np.sin(2 * np.pi * x / period), np.float32)


def leaning(ink, lean):
    upright = np.array([[1.0, lean, -lean * ink.shape[0] / 2], [0.0, 1.0, 0.0]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(ink, upright, ink.shape[::-1], flags=flags)


def turned(ink, degrees):
    """Return ink of which the lines fall to the right, on a sheet that has room for it."""
    ink = np.pad(ink, 60)
    middle = ink.shape[1] / 2, ink.shape[0] / 2
    return cv2.warpAffine(ink, cv2.getRotationMatrix2D(middle, -degrees, 1.0), ink.shape[::-1])


def page():
    rows = [((40, 30 + 44 * k), "Some words of a page to be read", 26) for k in range(9)]
    return lettering((460, 620), *rows)


def text_in(ink, **wishes):
    wishes = dict(foretext.Recipe().render) | wishes
    turn = skew(pieces_of(mask_of(ink))) if wishes["straighten"] else 0.0
    layout = layout_of(ink, skew=turn)
    made = render(ink, measure(ink), single_line=layout == "line", skew=turn, **wishes)
    lines = get_engine("tesseract").read(made.pixels, layout=layout)
    return "\n".join(line.text for line in lines)


# --- what is straight stays as it is -----------------------------------------------------------


@pytest.mark.parametrize("size", [14, 24, 48, 90])
@pytest.mark.parametrize("text", [LINE, "good", "Xylophone gypsy", "a", "iiiii", "jpgqy", "5 - 3"])
def test_straight_line_is_not_touched(text, size):
    ink = frozen(line(size, text))
    assert straighten(ink, measure(ink)).ink is ink


def test_straight_page_is_not_touched():
    ink = frozen(page())
    assert skew(pieces_of(mask_of(ink))) == 0.0
    plain, straight = (
        render(
            ink,
            measure(ink),
            single_line=False,
            **dict(foretext.Recipe().render) | {"straighten": s},
        )
        for s in (False, True)
    )
    assert straight.straightened is None
    assert np.array_equal(plain.pixels, straight.pixels)


def test_no_text_is_not_touched():
    for ink in (np.zeros((40, 90), np.float32), np.ones((3, 3), np.float32)):
        assert straighten(ink, measure(ink)).ink is ink


def test_a_line_too_long_to_be_moved_is_not_touched():
    ink = np.zeros((12, 33_000), np.float32)
    ink[2:11, 5:-5:9] = 1.0
    assert straighten(ink, measure(ink), skew=3.0).ink is ink


# --- what is not is measured and undone --------------------------------------------------------


@pytest.mark.parametrize("size", [24, 48, 90])
def test_course_of_the_baseline_is_found_at_every_size(size):
    straight = line(size)
    height, period = 0.2 * size, 5.0 * size
    ink = waved(straight, height, period)
    columns = np.flatnonzero(mask_of(ink).any(axis=0))
    truth = wave_at(np.arange(ink.shape[1]), height, period)
    found = baseline(ink, measure(straight).x_height)
    off = (found - truth)[columns[0] : columns[-1]]
    assert np.sqrt(np.mean(np.square(off - off.mean()))) < 0.05 * size
    assert height > 3 * 0.05 * size


@pytest.mark.parametrize("lean", [-0.25, 0.15, 0.3, 0.45])
@pytest.mark.parametrize("size", [24, 60])
def test_lean_is_found(lean, size):
    ink = leaning(line(size), lean)
    assert slant(ink, measure(ink).x_height) == pytest.approx(lean, abs=0.05)


@pytest.mark.parametrize("degrees", [-12, -5, -2, 2, 4, 9])
def test_skew_of_a_page_is_found(degrees):
    ink = turned(page(), degrees)
    assert skew(pieces_of(mask_of(ink))) == pytest.approx(degrees, abs=0.25)


def test_few_characters_show_no_skew():
    assert skew(pieces_of(mask_of(turned(line(40, "Steps"), 9)))) == 0.0


def test_waved_line_becomes_as_the_straight_one():
    straight = line()
    ink = frozen(waved(straight, 12, 240))
    made = straighten(ink, measure(ink)).ink
    assert made.dtype == np.float32
    assert 0.0 <= made.min() <= made.max() <= 1.0
    rows = np.flatnonzero(mask_of(straight).any(axis=1))
    unwaved = np.flatnonzero(mask_of(made).any(axis=1))
    waves = np.flatnonzero(mask_of(ink).any(axis=1))
    assert len(unwaved) <= len(rows) + 3 < len(waves) - 8


def test_waved_line_is_read():
    ink = leaning(waved(line(), 11, 200), 0.3)
    assert text_in(ink, straighten=False) != LINE
    assert text_in(ink) == LINE


@pytest.mark.parametrize("degrees", [-8, 6])
def test_turned_page_is_read(degrees):
    assert text_in(turned(page(), degrees)) == text_in(page())
    assert text_in(turned(page(), degrees), straighten=False) != text_in(page())


# --- boxes -------------------------------------------------------------------------------------


def distort(ink):
    return leaning(waved(ink, 10, 220), 0.25)


@pytest.mark.parametrize(
    ("make", "single_line", "angle"),
    [(distort, True, 0.0), (lambda ink: turned(ink, 7), True, 7.0)],
    ids=["waved and slanted", "turned"],
)
def test_boxes_lead_back_to_the_ink_of_the_input(make, single_line, angle):
    letters = [lettering((150, 640), ((30 + 66 * k, 42), c, 56)) for k, c in enumerate("KepAwHn2")]
    each = [make(letter) for letter in letters]
    ink = frozen(np.maximum.reduce(each))
    made = straighten(ink, measure(ink), single_line=single_line, skew=angle)
    assert made.ink is not ink
    found = pieces_of(mask_of(made.ink))
    order = np.argsort(found.left)
    assert len(order) == len(each)
    for k, letter in zip(order, each, strict=True):
        left, top = float(found.left[k]), float(found.top[k])
        box = Box(left, top, left + float(found.width[k]), top + float(found.height[k]))
        rows, columns = (np.flatnonzero(mask_of(letter).any(axis=axis)) for axis in (1, 0))
        truth = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
        assert np.abs(np.array(made.back(box)) - truth).max() <= 2.0


def test_empty_box_leads_back_as_well():
    ink = distort(line())
    made = straighten(ink, measure(ink))
    box = made.back(Box(0.0, 0.0, 4.0, 3.0))
    assert box.left < box.right
    assert box.top < box.bottom


def test_boxes_of_a_reading_lie_on_the_ink_of_the_input():
    ink = distort(line())
    picture = np.rint(255 * (1 - ink)).astype(np.uint8)
    cleaned = foretext.clean(picture)
    assert cleaned.rendering.straightened is not None
    reading = foretext.read(picture)
    assert reading.text == LINE
    mask = ink > 0.5
    inside = np.zeros_like(mask)
    for word in reading.words:
        left, top, right, bottom = (round(side) for side in word.box)
        inside[top:bottom, left:right] = True
    assert (mask & ~inside).sum() < 0.02 * mask.sum()


def test_nothing_is_straightened_unless_wished():
    recipe = foretext.Recipe(render=dict(foretext.Recipe().render) | {"straighten": False})
    for ink in (distort(line()), turned(page(), 7)):
        picture = np.rint(255 * (1 - ink)).astype(np.uint8)
        cleaned = foretext.clean(picture, recipe=recipe)
        assert cleaned.skew == 0.0
        assert cleaned.rendering.straightened is None


# --- as it was when somebody last looked at it -------------------------------------------------


def test_straightened_ink_is_as_it_was(request):
    with Image.open(GOLDEN / "waved_input.png") as opened:
        ink = 1.0 - np.asarray(opened, np.float32) / 255
    made = straighten(ink, measure(ink)).ink
    path = GOLDEN / "waved.png"
    if request.config.getoption("--update-golden"):
        Image.fromarray(np.rint(255 * (1 - made)).astype(np.uint8)).save(path)
        pytest.skip(f"wrote {path.name}")
    with Image.open(path) as opened:
        golden = 1.0 - np.asarray(opened, np.float32) / 255
    assert compare(made, golden) == ""
