"""Photographs on a page of text: found, kept or removed as asked, and never shown to OCR."""

from __future__ import annotations

import numpy as np
import pikepdf
import pytest

import foretext
from foretext import Recipe
from foretext.image import load, save
from foretext.pictures import dithered, find_areas, with_pictures
from foretext.reading import Box
from foretext.scraps import without_scraps, without_scraps_of_masses
from foretext.separate.contrast import contrast
from tests.pdfs import add_scan, pictures_of, saved
from tests.stages import BLACK, as_ink, frozen, lettering, paint, paper, picture
from tests.test_cli import process

SHAPE = (430, 560)
TEXT = [f"Number {n}: the quick brown fox jumps over it." for n in range(1, 11)]
TOP, LEFT, BOTTOM, RIGHT = 170, 40, 330, 300


def photograph(*, color):
    """Return something round before a wall, with grain; nowhere as light as paper."""
    y, x = np.mgrid[0 : BOTTOM - TOP, 0 : RIGHT - LEFT].astype(np.float32)
    tone = 120 + 50 * np.sin(x / 40) + 40 * (np.hypot(x - 130, y - 80) < 60)
    grain = np.random.default_rng(5).normal(0, 6, tone.shape)
    pixels = np.repeat((tone + grain)[..., None], 3, axis=2)
    if color:
        pixels += np.array([30, 0, -40])
    return np.clip(pixels, 0, 225).astype(np.uint8)


def page(*, color=True):
    """Return lines of text above and below a photograph, RGB."""
    rows = [12 + 26 * n for n in range(6)] + [340 + 26 * n for n in range(3)]
    spots = [((20, y), words, 19) for y, words in zip(rows, TEXT, strict=False)]
    pixels = paint(paper(SHAPE), (lettering(SHAPE, *spots), BLACK))
    pixels[TOP:BOTTOM, LEFT:RIGHT] = photograph(color=color)
    return frozen(pixels)


@pytest.fixture(scope="module")
def cleaned():
    return foretext.clean(page())


def test_photograph_is_found_to_a_few_pixels(cleaned):
    (box,) = cleaned.pictures
    assert np.allclose(box, (LEFT, TOP, RIGHT, BOTTOM), atol=5)


def test_it_stays_as_it_was(cleaned):
    shown = cleaned.picture
    assert shown.shape == (*SHAPE, 3)
    inside = np.s_[TOP + 6 : BOTTOM - 6, LEFT + 6 : RIGHT - 6]
    assert np.array_equal(shown[inside], page()[inside])
    beside = np.s_[: TOP - 6]
    assert np.array_equal(shown[beside][..., 1], np.rint(255 * (1 - cleaned.ink[beside])))


def test_a_gray_one_leaves_the_page_gray():
    assert foretext.clean(page(color=False)).picture.shape == SHAPE


def test_it_is_no_ink(cleaned):
    assert cleaned.ink[TOP + 2 : BOTTOM - 2, LEFT + 2 : RIGHT - 2].mean() < 0.01


def test_what_became_of_it_is_told(cleaned):
    step = cleaned.steps[-1]
    assert (step.name, step.note) == ("pictures", "1 picture kept")
    verdicts = cleaned.verdicts[TOP + 6 : BOTTOM - 6, LEFT + 6 : RIGHT - 6]
    assert {cleaned.reasons[number] for number in np.unique(verdicts)} == {"", "of a picture"}
    assert cleaned.removed_by_reason()["of a picture"] > 0.5


def test_it_is_removed_if_that_is_asked_for():
    cleaned = foretext.clean(page(), recipe=Recipe(pictures="remove"))
    assert cleaned.pictures
    assert cleaned.steps[-1].note == "1 picture removed"
    assert cleaned.picture.shape == SHAPE
    assert cleaned.picture[TOP + 2 : BOTTOM - 2, LEFT + 2 : RIGHT - 2].mean() > 250


def test_ocr_does_not_see_it(cleaned):
    words = foretext.read_cleaned(cleaned).text.split()
    assert words[:3] == ["Number", "1:", "the"]
    assert len(words) == 81


def test_a_large_page_has_it_in_its_own_pixels():
    large = np.repeat(np.repeat(page(), 4, axis=0), 4, axis=1)
    cleaned = foretext.clean(large)
    (box,) = cleaned.pictures
    assert np.allclose(box, np.multiply((LEFT, TOP, RIGHT, BOTTOM), 4), atol=20)
    assert np.array_equal(cleaned.picture[900:1200, 300:1000], large[900:1200, 300:1000])


@pytest.mark.parametrize("name", ["text", "color gradient", "noise", "half black", "YabVzu"])
def test_small_pictures_hold_none(name):
    assert foretext.clean(picture(name)).pictures == ()


def test_what_is_over_text_is_none():
    pixels = page().copy()
    spots = [((50, y), "Words over it, more words", 19) for y in range(175, 310, 26)]
    over = lettering(SHAPE, *spots)
    pixels = paint(pixels, (over, BLACK))
    ink = np.maximum(as_ink(page()) * 0, over).astype(np.float32)
    assert find_areas(contrast(pixels), ink, 10.0).pictures == ()


def test_scraps_in_it_are_no_text_but_words_are():
    box = Box(LEFT, TOP, RIGHT, BOTTOM)
    words = lettering(SHAPE, ((60, 200), "Palace Hotel, 1912", 19), ((400, 300), "beside", 19))
    words = frozen(words)
    assert without_scraps(words, [box], 10.0) is words
    scraps = words.copy()
    scraps[TOP:BOTTOM, LEFT:RIGHT] = 0.0
    beside = scraps.copy()
    for k in range(12):
        scraps[180 + 11 * k : 182 + 11 * k, 50 + 7 * k : 53 + 7 * k] = 1.0
    scraps[190:204, 200:209] = 1.0
    assert np.array_equal(without_scraps(frozen(scraps), [box], 10.0), beside)


def test_a_line_that_reaches_into_it_stays_whole():
    # The rectangle of a photograph may be a few pixels too large.
    line = lettering(SHAPE, ((50, TOP - 14), "Right above it stands a line", 19))
    crumbs = line.copy()
    for k in range(40):
        crumbs[200 + 3 * k : 202 + 3 * k, 50 + 6 * k : 53 + 6 * k] = 1.0
    found = without_scraps(frozen(crumbs), [Box(LEFT, TOP, RIGHT, BOTTOM)], 10.0)
    assert np.abs(found - line).sum() < 0.02 * line.sum()


@pytest.mark.parametrize("sign", ["EU", "A", "No. 5"])
def test_a_short_sign_in_it_is_text(sign):
    ink = frozen(lettering(SHAPE, ((120, 220), sign, 40)))
    assert without_scraps(ink, [Box(LEFT, TOP, RIGHT, BOTTOM)], 10.0) is ink


def masses():
    """Return a dark figure, (H, W) bool: a triangle that stands on one side."""
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    return (y < BOTTOM) & (np.abs(x - 170) < y - TOP)


def test_scraps_in_a_dark_figure_are_no_text():
    beside = lettering(SHAPE, ((60, 60), "A line above it", 19), ((310, 250), "and beside", 19))
    scraps = beside.copy()
    for k in range(12):
        scraps[220 + 8 * k : 223 + 8 * k, 150 + 4 * k : 157 + 4 * k] = 1.0
    found = without_scraps_of_masses(frozen(scraps), masses(), 10.0)
    assert np.array_equal(found, beside)


def test_words_on_a_dark_figure_are_text():
    words = frozen(lettering(SHAPE, ((100, 230), "Words on it, and", 19), ((120, 260), "more", 19)))
    assert without_scraps_of_masses(words, masses(), 10.0) is words
    scraps = words.copy()
    for k in range(12):
        scraps[300 + 2 * k : 301 + 2 * k, 100 + 9 * k : 104 + 9 * k] = 1.0
    assert without_scraps_of_masses(frozen(scraps), masses(), 10.0)[words > 0.5].all()


def test_what_crosses_its_edge_stays():
    line = frozen(lettering(SHAPE, ((250, 240), "from the dark into the light", 19)))
    assert without_scraps_of_masses(line, masses(), 10.0) is line
    assert without_scraps_of_masses(line, np.zeros((0, 0), np.bool_), 10.0) is line


@pytest.mark.parametrize(("crumbs", "stays"), [(18, False), (0, True)])
def test_marks_in_no_row_are_scraps_if_there_are_crumbs(crumbs, stays):
    # Without crumbs they may be labels, one below the other.
    ink = np.zeros(SHAPE, np.float32)
    for k in range(24):
        row, column = TOP + 8 + 37 * k % 140, LEFT + 8 + 10 * k
        ink[row : row + 9, column : column + 3] = 1.0
    for k in range(crumbs):
        row, column = TOP + 5 + 53 * k % 150, LEFT + 4 + 14 * k
        ink[row : row + 2, column : column + 2] = 1.0
    found = without_scraps(frozen(ink), [Box(LEFT, TOP, RIGHT, BOTTOM)], 10.0)
    assert found.any() == stays


def test_a_figure_is_found_that_is_no_picture():
    pixels = paint(paper(SHAPE), (as_ink(page()) * 0 + masses(), BLACK))
    ink = frozen(lettering(SHAPE, *(((20, 12 + 26 * n), TEXT[n], 19) for n in range(5))))
    found = find_areas(contrast(paint(pixels, (ink, BLACK))), ink, 10.0)
    assert found.pictures == ()
    assert found.masses.any()


def test_scraps_are_told_of(monkeypatch):
    scraps = np.zeros(SHAPE, np.bool_)
    scraps[180:320:14, 60:280:22] = scraps[181:320:14, 60:280:22] = True
    scraps[180:320:14, 61:280:22] = scraps[181:320:14, 61:280:22] = True
    refine = foretext.choose.looks.refine

    def with_scraps(*given, **how):
        return np.where(scraps, np.float32(1.0), refine(*given, **how))

    monkeypatch.setattr("foretext.choose.looks.refine", with_scraps)
    cleaned = foretext.clean(page())
    assert len(cleaned.pictures) == 1
    assert not cleaned.ink[scraps].any()
    told = {
        cleaned.reasons[verdict]
        for verdict in np.unique(cleaned.verdicts[scraps & (cleaned.removed > 0.2)])
    }
    assert told == {"of a picture"}


def test_nothing_is_found_without_text():
    assert find_areas(contrast(page()), np.zeros(SHAPE, np.float32), 0.0).pictures == ()


@pytest.mark.parametrize("box", [Box(0, 0, 5, 5), Box(3.2, 4.7, 9.1, 20), Box(30, 0, 40, 20)])
def test_pictures_are_laid_over_whole_pixels(box):
    source = np.random.default_rng(1).integers(0, 255, (20, 40, 3), np.uint8)
    shown = with_pictures(np.full((20, 40), 255, np.uint8), source, [box])
    changed = (shown != 255).any(axis=2)
    assert changed.sum() <= (int(box.right + 1) - int(box.left)) * 20
    inside = np.s_[int(box.top + 1) : int(box.bottom), int(box.left + 1) : int(box.right)]
    assert np.array_equal(shown[inside], source[inside])


def test_dots_are_as_dark_as_the_picture_and_nowhere_else():
    source = np.full((40, 40, 3), 100, np.uint8)
    mask = np.zeros((40, 40), np.bool_)
    mask[30:] = True
    black = dithered(mask, source, [Box(0, 0, 40, 20)])
    assert black[:20].mean() == pytest.approx(155 / 255, abs=0.05)
    assert np.array_equal(black[20:], mask[20:])
    assert dithered(mask, source, []) is mask


# --- files -------------------------------------------------------------------------------------


@pytest.fixture
def scan(tmp_path):
    with pikepdf.new() as pdf:
        add_scan(pdf, page(), jpeg=True)
        return saved(pdf, tmp_path / "in.pdf")


def test_pdf_keeps_it_in_color_over_gray_text(scan, tmp_path):
    import pypdfium2

    report = foretext.clean_pdf(scan, tmp_path / "out.pdf")
    assert report.cleaned[0].size_after <= scan.stat().st_size
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        shown = np.array(pdf[0].render(scale=100 / 72).to_pil())[: SHAPE[0], : SHAPE[1]]
    inside = np.s_[TOP + 8 : BOTTOM - 8, LEFT + 8 : RIGHT - 8]
    apart = shown[inside].astype(int) - page()[inside]
    assert np.abs(apart).mean() < 8
    assert np.ptp(shown[: TOP - 6].astype(int), axis=2).max() == 0


@pytest.mark.parametrize("view", ["ink", "mask"])
def test_pdf_has_as_many_pictures_as_it_takes(scan, tmp_path, view):
    foretext.clean_pdf(scan, tmp_path / "out.pdf", view=view)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        bits = sorted(int(image.BitsPerComponent) for image in pictures_of(pdf.pages[0]))
    assert bits == ([1] if view == "mask" else [4, 8])


def test_pdf_without_it_if_that_is_asked_for(scan, tmp_path):
    foretext.clean_pdf(scan, tmp_path / "out.pdf", recipe=Recipe(pictures="remove"))
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert len(pictures_of(pdf.pages[0])) == 1


@pytest.mark.parametrize(("fate", "mean"), [("keep", 130), ("remove", 255)])
def test_command_line_decides(tmp_path, fate, mean):
    save(tmp_path / "in.png", page())
    done = process("clean", tmp_path / "in.png", "-o", tmp_path / "out.png", "--pictures", fate)
    assert (done.code, done.stderr) == (0, "")
    shown = load(tmp_path / "out.png").pixels
    assert shown[TOP + 6 : BOTTOM - 6, LEFT + 6 : RIGHT - 6].mean() == pytest.approx(mean, abs=15)


def test_there_is_no_other_fate():
    done = process("clean", "in.png", "-o", "out.png", "--pictures", "frame")
    assert done.code == foretext.UsageError.exit_code
    assert "choose from keep, remove" in done.stderr
