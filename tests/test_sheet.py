"""The sheet that explains a result shows what is in the result, for pictures of any shape."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foretext
from foretext.export import drawing, views
from foretext.export.panels import panels
from foretext.export.ranking import ranking
from foretext.export.sheet import draw_sheet
from foretext.export.to_json import to_dict, to_json
from foretext.reading import Box, Line, Reading, Word
from foretext.rest import Rest

EXAMPLE = Path(__file__).parents[1] / "examples" / "YabVzu.png"
WIDEST = 2400


def written(text: str, size: tuple[int, int], ink: str = "#203060") -> np.ndarray:
    picture = PIL.Image.new("RGB", size, "#fdfaf0")
    font = PIL.ImageFont.load_default(20)
    PIL.ImageDraw.Draw(picture).text((6, 4), text, ink, font)
    return np.asarray(picture)


def reading_of(*words: Word) -> Reading:
    return Reading(tuple(Line((word,), word.confidence, word.box) for word in words), "tesseract")


def has(picture: np.ndarray, color: tuple[int, int, int]) -> bool:
    return bool(np.all(picture == color, axis=2).any())


@pytest.fixture(scope="module")
def cleaned() -> foretext.Cleaned:
    return foretext.clean(EXAMPLE)


@pytest.fixture(scope="module")
def reading(cleaned: foretext.Cleaned) -> Reading:
    return foretext.read_cleaned(cleaned)


# The whole sheet.


def test_same_result_gives_the_same_sheet(cleaned: foretext.Cleaned, reading: Reading) -> None:
    ink = cleaned.ink.copy()
    first = draw_sheet(cleaned, reading)
    assert first.dtype == np.uint8
    assert first.shape[2] == 3
    np.testing.assert_array_equal(first, draw_sheet(cleaned, reading))
    np.testing.assert_array_equal(cleaned.ink, ink)


def test_sheet_shows_layers_verdicts_and_boxes_in_their_colors(
    cleaned: foretext.Cleaned, reading: Reading
) -> None:
    sheet = draw_sheet(cleaned, reading)
    for layer in cleaned.layers[:6]:
        assert has(sheet, layer.color)
    assert has(sheet, views.VERDICTS[0])
    assert has(sheet, views.SURE[0][2])
    assert not has(draw_sheet(cleaned), views.SURE[0][2])  # without a reading, no boxes


@pytest.mark.parametrize(
    "size",
    [(1, 1), (20, 24), (160, 75), (900, 30), (300, 80), (40, 700), (3000, 2000), (5000, 3)],
)
def test_pictures_of_any_shape_fit(size: tuple[int, int]) -> None:
    cleaned = foretext.clean(written("Text", size))
    word = Word("Text", 0.6, Box(0.0, 0.0, *map(float, size)))
    sheet = draw_sheet(cleaned, reading_of(word))
    assert sheet.shape[1] <= WIDEST
    margin = 40
    assert has(sheet, views.SURE[1][2])
    framed = sheet.copy()
    framed[margin:-margin, margin:-margin] = sheet[0, 0]
    assert (framed == sheet[0, 0]).all()  # nothing sticks out


def test_blank_picture_has_a_sheet() -> None:
    cleaned = foretext.clean(np.full((60, 90), 255, np.uint8))
    sheet = draw_sheet(cleaned, foretext.read_cleaned(cleaned))
    assert not any(has(sheet, color) for color in views.VERDICTS)


def test_kept_layers_are_shown_however_low_their_rank(cleaned: foretext.Cleaned) -> None:
    first = cleaned.layers[0]
    ranks = [replace(first, number=number) for number in range(1, 9)]
    last = replace(first, number=9, color=(12, 34, 56))
    crowd = replace(cleaned, layers=(*ranks, last), wanted=(ranks[0],))
    assert not has(draw_sheet(crowd), last.color)
    assert has(draw_sheet(replace(crowd, wanted=(last,))), last.color)


def test_text_that_the_font_lacks_and_text_without_end(cleaned: foretext.Cleaned) -> None:
    box = Box(0.0, 0.0, 9.0, 9.0)
    words = [Word("größe—日本語" * 40, 0.9, box), *(Word("x", 0.9, box) for _ in range(900))]
    short = draw_sheet(cleaned, reading_of(Word("x", 0.9, box)))
    assert draw_sheet(cleaned, reading_of(*words)).shape == short.shape


def test_read_is_as_tall_as_its_neighbor(cleaned: foretext.Cleaned, reading: Reading) -> None:
    *_, boxes, text = panels(cleaned, reading, 600)
    assert text.height <= boxes.height


# Its pictures.


def test_removed_ink_has_the_color_of_its_verdict(cleaned: foretext.Cleaned) -> None:
    height, width = cleaned.ink.shape
    removed = np.zeros_like(cleaned.ink)
    verdicts = np.zeros((height, width), np.uint8)
    removed[10:20, 10:20] = removed[40:50, 10:20] = 1.0
    verdicts[10:20, 10:20], verdicts[40:50, 10:20] = 2, 1
    ink = np.zeros_like(removed)
    ink[10:20, 60:70] = 1.0
    rest = Rest.known(removed, verdicts, ink)
    made = replace(cleaned, ink=ink, rest=rest, reasons=("", "a line", "too small"))
    colors = views.verdict_colors(made)
    assert len(set(colors.values())) == 2
    for size, factor in (((width, height), 1), ((4 * width, 4 * height), 4)):
        view = views.verdict_view(made, size)
        assert tuple(view[15 * factor, 15 * factor]) == colors["too small"]
        assert tuple(view[45 * factor, 15 * factor]) == colors["a line"]
        assert tuple(view[15 * factor, 65 * factor]) == views.KEPT
        assert tuple(view[0, 0]) == (255, 255, 255)


def test_layer_is_shown_on_the_paper_of_the_picture() -> None:
    dark = foretext.clean(255 - written("Light", (90, 30)))
    paper = views.paper_of(dark)
    assert max(paper) < 20
    layer = dark.layers[0]
    view = views.layer_view(layer, paper, (90, 30))
    assert tuple(view[-1, -1]) == paper
    assert tuple(view[layer.ink == 1.0][0]) == layer.color


def test_paper_that_is_nowhere_seen_is_white(cleaned: foretext.Cleaned) -> None:
    full = replace(cleaned, ink=np.ones_like(cleaned.ink))
    assert views.paper_of(full) == (255, 255, 255)


@pytest.mark.parametrize("factor", [1, 3, 0.5])
def test_boxes_stand_around_the_words(cleaned: foretext.Cleaned, factor: float) -> None:
    height, width = cleaned.ink.shape
    size = (round(width * factor), round(height * factor))
    for confidence, (_, _, color) in zip((0.9, 0.6, 0.1), views.SURE, strict=True):
        word = Word("x", confidence, Box(20.0, 10.0, 100.0, 50.0))
        view = views.boxes_view(cleaned, [word], size)
        assert tuple(view[-1, -1]) == tuple(cleaned.source.pixels[-1, -1])  # paper does not fade
        drawn = np.all(view == color, axis=2)
        rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
        found = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
        np.testing.assert_allclose(found, np.multiply(word.box, factor), atol=2)


@given(st.integers(1, 6000), st.integers(1, 6000), st.integers(1, 2400), st.integers(1, 1300))
def test_fitting_pictures_fit_and_keep_their_shape(
    height: int, width: int, room: int, tallest: int
) -> None:
    shown = views.fitting((height, width, 3), room, tallest)
    assert 1 <= shown[0] <= room
    assert 1 <= shown[1] <= tallest
    if min(shown) > 1:  # one factor explains both sides, but for rounding
        sides = list(zip(shown, (width, height), strict=True))
        assert max((s - 0.5) / of for s, of in sides) <= min((s + 0.5) / of for s, of in sides)


# Its text.


@given(st.text(max_size=200), st.integers(20, 60), st.integers(60, 400))
@settings(max_examples=60, deadline=None)
def test_wrapped_lines_fit_and_lose_nothing(text: str, size: int, width: int) -> None:
    lines = drawing.wrap(text, size, width)
    assert all(drawing.length(line, size) <= width or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == drawing.printable(text).replace(" ", "")


@given(st.text(max_size=50))
def test_printable_text_is_in_the_font(text: str) -> None:
    font = PIL.ImageFont.load_default(20)
    missing = bytes(font.getmask("\uffff"))
    shown = drawing.printable(text)
    assert drawing.printable(shown) == shown
    for character in set(shown) - {" "}:
        assert bytes(font.getmask(character)) != missing, unicodedata.name(character, "?")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe, Øre", "Grosse, Ore"),
        ("a—b \N{MULTIPLICATION SIGN} c", "a-b x c"),
        ("naïve “x”…", "naive “x”..."),
        ("日\n", "??"),
    ],
)
def test_printable_text_stays_readable(text: str, shown: str) -> None:
    assert drawing.printable(text) == shown


# JSON.


def test_json_is_the_dict(cleaned: foretext.Cleaned, reading: Reading) -> None:
    found = to_dict(cleaned, reading)
    assert json.loads(to_json(cleaned, reading)) == found
    assert "\n" not in to_json(cleaned, reading)
    assert json.loads(to_json(cleaned, indent=2, output="x.png"))["output"] == "x.png"
    assert found["text"] == reading.text
    assert sum(found["removed_by_reason"].values()) <= 1.0


def test_ranking_tells_what_was_kept() -> None:
    by_range = foretext.clean(EXAMPLE, keep="gray:100-105")
    first, *others = ranking(by_range)
    assert (first.layer.number, first.kept) == (0, True)
    assert [ranked.layer for ranked in others] == list(by_range.layers)
    assert not any(ranked.kept for ranked in others)
