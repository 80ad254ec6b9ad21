"""A page on which there is nothing to clean is read as it came."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

import foretext
from foretext.reader.plain import is_plain, without_rest
from foretext.recipe import Recipe
from foretext.rest import Rest
from tests.stages import BLACK, WHITE, frozen, lettering, paint, paper

SHAPE = 760, 900
LINES = (
    "The keeper of the harbor",
    "sold a silver kettle at noon",
    "to seven travelers from afar.",
)
PLACES = [((50, 60 + 70 * n), LINES[n % 3], 34) for n in range(9)]
TEXT = lettering(SHAPE, *PLACES)
WATERMARK = lettering(SHAPE, ((120, 260), "DRAFT", 220))


def tilted(pixels, degrees):
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(pixels, turn, (width, height), borderValue=WHITE)


def shaded(pixels):
    light = np.linspace(1.0, 0.6, SHAPE[1])[None, :, None]
    return np.rint(pixels * light).astype(np.uint8)


PAGE = paint(paper(SHAPE), (TEXT, BLACK))
PAGES = {
    "black on white": (PAGE, True),
    "brown on cream": (paint(paper(SHAPE, (250, 240, 215)), (TEXT, (80, 40, 20))), True),
    "white on black": (255 - PAGE, False),
    "pale": (paint(paper(SHAPE), (TEXT, (190, 190, 190))), False),
    "a watermark": (paint(paper(SHAPE), (WATERMARK, (205, 205, 205)), (TEXT, BLACK)), False),
    "a shadow": (shaded(PAGE), False),
    "askew": (tilted(PAGE, 3.0), False),
    "small": (cv2.resize(PAGE, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA), False),
    "empty": (np.full_like(PAGE, 255), False),
}


@pytest.mark.parametrize(("page", "is_so"), PAGES.values(), ids=PAGES)
def test_only_dark_level_print_on_flat_light_paper_is_plain(page, is_so):
    assert is_plain(foretext.clean(frozen(page))) == is_so


@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
def test_plain_page_is_read_as_it_came(engine):
    reading = foretext.read(frozen(PAGE), engine=engine)
    assert [attempt.shown for attempt in reading.attempts] == ["input"]
    assert [line.text for line in reading.lines] == [LINES[n % 3] for n in range(9)]
    for line, ((left, top), _, size) in zip(reading.lines, PLACES, strict=True):
        assert abs(line.box.left - left) < size
        assert abs(line.box.top - top) < size


@pytest.mark.parametrize("name", ["white on black", "a watermark"])
def test_other_page_is_read_as_cleaned(name):
    reading = foretext.read(frozen(PAGES[name][0]), engine="tesseract")
    assert [attempt.shown for attempt in reading.attempts] == ["cleaned"]
    assert reading.lines[-1].text == LINES[2]


def taken_away(where):
    """Return the page cleaned, as if its ink in some rows and columns had been unwanted."""
    cleaned = foretext.clean(frozen(PAGE))
    ink, removed = cleaned.ink.copy(), np.zeros_like(cleaned.ink)
    removed[where], ink[where] = ink[where], 0.0
    return replace(cleaned, ink=ink, rest=Rest.known(removed, cleaned.verdicts, ink))


def test_what_little_was_removed_is_painted_over():
    stop = np.s_[645:660, 464:476]
    assert (PAGE[stop] < 128).any()
    cleaned = taken_away(stop)
    assert is_plain(cleaned)
    painted = PAGE.copy()
    painted[stop] = 255
    assert np.array_equal(without_rest(cleaned), painted)


def test_page_of_which_a_line_was_removed_is_not_plain():
    assert not is_plain(taken_away(np.s_[400:450]))


def test_page_with_tiny_print_is_not_plain():
    fine = [((50, 690 + 20 * n), " ".join(LINES), 9) for n in range(3)]
    page = paint(paper(SHAPE), (lettering(SHAPE, *PLACES[:8], *fine), BLACK))
    assert not is_plain(foretext.clean(frozen(page)))


def test_page_that_a_recipe_renders_otherwise_is_rendered():
    recipe = Recipe(render={**Recipe().render, "x_height": 40.0})
    assert not is_plain(foretext.clean(frozen(PAGE), recipe=recipe))


def test_layout_that_the_user_names_is_that_of_the_ink():
    reading = foretext.read(frozen(PAGE), engine="tesseract", layout="block")
    assert reading.attempts[0].shown == "cleaned"
