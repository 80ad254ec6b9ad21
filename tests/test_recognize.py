"""Reading with real engines what Pillow has drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from foretext.errors import EngineError, LanguageDataError, UsageError
from foretext.reading import Box, Word
from foretext.recognize import ENGINES, get_engine
from foretext.recognize.engine import holds_no_text, line_of
from foretext.recognize.rows import in_columns, in_rows
from foretext.recognize.strips import gap_between, in_picture, ink_of, tight, trimmed
from foretext.recognize.tessdata import find_tessdata, split_languages

WORDS = ("Hello", "brave", "World")
LAYOUTS = ("line", "block", "page", "sparse")


@pytest.fixture(params=sorted(ENGINES))
def engine(request):
    return get_engine(request.param)


def drawn(*lines, size=40, height=80, margin=30, gray=True):
    """Draw lines of words; return the picture and the box of each word's ink."""
    font = ImageFont.load_default(size=size)
    width = int(max(font.getlength(" ".join(line)) for line in lines)) + 2 * margin
    image = Image.new("L", (width, height * len(lines)), 255)
    draw = ImageDraw.Draw(image)
    boxes = []
    for i, line in enumerate(lines):
        x = margin
        for word in line:
            at = (x, height * i + height // 4)
            draw.text(at, word, font=font, fill=0)
            alone = Image.new("L", image.size, 0)
            ImageDraw.Draw(alone).text(at, word, font=font, fill=255)
            boxes.append(Box(*map(float, alone.point(lambda v: 255 * (v > 127)).getbbox())))
            x += round(font.getlength(word + " "))
    return np.asarray(image if gray else image.convert("RGB")), boxes


def text_of(lines):
    return "\n".join(line.text for line in lines)


def overlap(a, b):
    """Return the intersection over the union of two boxes."""
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    both = max(width, 0.0) * max(height, 0.0)
    areas = [(box.right - box.left) * (box.bottom - box.top) for box in (a, b)]
    return both / (sum(areas) - both)


# --- reading ---------------------------------------------------------------------------


@pytest.mark.parametrize("gray", [True, False])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_line_is_read_with_its_boxes(engine, layout, gray):
    picture, boxes = drawn(WORDS, gray=gray)
    (line,) = engine.read(picture, layout=layout)
    assert line.text == " ".join(WORDS)
    assert all(overlap(word.box, box) > 0.8 for word, box in zip(line.words, boxes, strict=True))
    assert all(0.5 < word.confidence <= 1.0 for word in line.words)
    assert line == line_of(line.words)


@pytest.mark.parametrize("layout", ["block", "page", "sparse"])
def test_lines_come_from_top_to_bottom(engine, layout):
    rows = (("First", "line"), ("Second", "row", "here"), ("Third", "and", "last"))
    picture, boxes = drawn(*rows)
    lines = engine.read(picture, layout=layout)
    assert text_of(lines) == "\n".join(" ".join(row) for row in rows)
    words = [word for line in lines for word in line.words]
    assert all(overlap(word.box, box) > 0.7 for word, box in zip(words, boxes, strict=True))


def test_a_line_in_wide_margins_is_read(engine):
    picture, (box,) = drawn(("Margins",), margin=200, height=300)
    (line,) = engine.read(picture, layout="line")
    assert line.text == "Margins"
    assert overlap(line.box, box) > 0.8


def test_an_engine_tells_what_else_it_saw_in_a_line(engine):
    # An a over an o is neither, so there must be doubt.
    picture, _ = drawn(("Noon",))
    other, _ = drawn(("Naan",))
    wide = max(picture.shape[1], other.shape[1])
    both = [
        np.pad(p, ((0, 0), (0, wide - p.shape[1])), constant_values=255) for p in (picture, other)
    ]
    (line,) = engine.read(np.minimum(*both), layout="line")
    told = [c.alternatives for word in line.words for c in word.characters]
    assert any(told)
    for others in told:
        shares = [share for _, share in others]
        assert shares == sorted(shares, reverse=True)
        assert all(0.0 < share <= 1.0 for share in shares)
    for word in line.words:
        assert all(c.text not in dict(c.alternatives) for c in word.characters)


def test_tesseract_tells_of_a_line_alone_what_else_it_saw():
    # Of a page nobody asks, and it would take time.
    picture, _ = drawn(("Noon", "naan"), ("more", "text"))
    lines = get_engine("tesseract").read(picture, layout="page")
    assert not any(c.alternatives for line in lines for word in line.words for c in word.characters)


def test_words_far_apart_on_a_row_are_one_line():
    left, _ = drawn(("Total",))
    right, _ = drawn(("42",))
    gap = np.full((len(left), 500), 255, np.uint8)
    (line,) = get_engine("rapidocr").read(np.hstack([left, gap, right]))
    assert [word.text for word in line.words] == ["Total", "42"]


@pytest.mark.parametrize("layout", ["line", "page"])
def test_a_line_of_any_length_is_read(engine, layout):
    words = ("Hello", "brave", "World") * 120
    picture, boxes = drawn(words, size=22, height=34)
    assert picture.shape[1] > 15_000
    lines = engine.read(picture, layout=layout)
    read = [word for line in lines for word in line.words]
    right = [word for word, true in zip(read, words, strict=False) if word.text == true]
    assert len(right) > 0.95 * len(words)
    assert overlap(read[-1].box, boxes[-1]) > 0.7


def test_a_picture_does_not_affect_the_next(engine):
    first, _ = drawn(("Apple", "17"), ("tree",))
    second, _ = drawn(("Zebra",), size=60, height=120)
    before = engine.read(first)
    engine.read(second)
    assert engine.read(first) == before


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_picture_is_left_as_it_was(engine, layout):
    picture, _ = drawn(WORDS, gray=False)
    frozen = picture.copy()
    frozen.setflags(write=False)
    engine.read(frozen, layout=layout)
    assert np.array_equal(frozen, picture)


def test_views_are_read_like_arrays(engine):
    picture, _ = drawn(WORDS)
    padded = np.pad(picture, 7, constant_values=255)
    assert text_of(engine.read(padded[7:-7, 7:-7])) == " ".join(WORDS)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (60, 200), (60, 200, 3), (500, 2)])
def test_plain_paper_holds_nothing(engine, shape, layout):
    assert engine.read(np.full(shape, 255, np.uint8), layout=layout) == ()
    assert engine.read(np.full(shape, 90, np.uint8), layout=layout) == ()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", [(4, 4), (5, 150), (150, 5), (12, 9)])
def test_odd_shapes_do_not_crash(engine, shape, layout):
    picture = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    for line in engine.read(picture, layout=layout):
        assert line.box == line.box.clipped(*shape)


def test_a_very_wide_picture_is_read(engine):
    picture, (box,) = drawn(("wide",))
    paper = np.full((len(picture), 40_000 - picture.shape[1]), 255, np.uint8)
    (line,) = engine.read(np.hstack([picture, paper]), layout="line")
    assert line.text == "wide"
    assert overlap(line.box, box) > 0.7


def test_ink_along_a_very_wide_line_does_not_crash():
    picture, _ = drawn(("ends",))
    paper = np.full((len(picture), 30_000), 255, np.uint8)
    get_engine("rapidocr").read(np.hstack([picture, paper, picture]), layout="line")


# --- engines ---------------------------------------------------------------------------


def test_engines_are_reused(engine):
    assert get_engine(engine.name) is engine
    assert get_engine(engine.name, lang="eng") is engine


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_each_thread_has_its_own_engine(name):
    texts = ("Green", "Yellow")
    together = Barrier(2)

    def work(text):
        mine = get_engine(name)
        together.wait(60)
        return mine, text_of(mine.read(drawn((text,))[0], layout="line"))

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(work, texts))
    assert tuple(text for _, text in results) == texts
    assert results[0][0] is not results[1][0]


def test_unknown_engines_are_refused():
    with pytest.raises(UsageError, match="'Tesserakt'") as caught:
        get_engine("Tesserakt")
    assert "'tesseract'" in caught.value.hint
    with pytest.raises(UsageError, match="'abbyy'") as caught:
        get_engine("abbyy")
    assert "auto, rapidocr, tesseract" in caught.value.hint


def test_an_engine_that_is_not_installed_is_told(monkeypatch):
    monkeypatch.setitem(ENGINES, "absent", "foretext.recognize.absent:Absent")
    with pytest.raises(EngineError, match="absent"):
        get_engine("absent")


def test_unknown_languages_are_told(engine):
    with pytest.raises(LanguageDataError, match="xyz"):
        get_engine(engine.name, lang="eng+xyz")


@pytest.mark.parametrize("lang", ["", "eng+", "../eng", "a/b/c", "eng.x", "/eng", "eng\n", "~eng"])
def test_names_that_are_no_language_are_refused(engine, lang):
    with pytest.raises(UsageError, match="language"):
        get_engine(engine.name, lang=lang)


def test_failures_of_the_engine_are_told(engine, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("out of order")

    broken = type("Broken", (), {"__call__": fail, "__getattr__": lambda *_: fail})()
    if engine.name == "tesseract":
        broken.Clear = lambda: None
        monkeypatch.setattr(engine, "_apis", [broken])
    else:
        monkeypatch.setattr(engine, "_recognizer", broken)
    with pytest.raises(EngineError, match="out of order"):
        engine.read(drawn(("x",))[0])


def test_importing_is_cheap_and_reading_is_silent():
    code = """
        import sys
        import foretext.recognize
        heavy = {"cv2", "onnxruntime", "rapidocr", "tesserocr"}
        assert not heavy & set(sys.modules), heavy & set(sys.modules)
        import numpy as np
        picture = np.full((60, 60), 255, np.uint8)
        picture[10:50, 20:25] = picture[10:15, 20:45] = 0
        for name in foretext.recognize.ENGINES:
            for layout in ("line", "block", "page", "sparse"):
                foretext.recognize.get_engine(name).read(picture, layout=layout)
    """
    script = "\n".join(line[8:] for line in code.splitlines())
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_printed_about_difficult_pictures(engine, layout, capfd):
    noise = np.random.default_rng(1).integers(0, 256, (120, 120), np.uint8)
    engine.read(noise, layout=layout)
    engine.read(np.eye(30, dtype=np.uint8) * 255, layout=layout)
    assert tuple(capfd.readouterr()) == ("", "")


# --- language data ---------------------------------------------------------------------


def test_the_environment_has_english():
    assert Path(find_tessdata("eng"), "eng.traineddata").is_file()


@pytest.mark.parametrize("child", ["", "tessdata"])
def test_tessdata_prefix_comes_first(tmp_path, monkeypatch, child):
    english = Path(find_tessdata("eng"), "eng.traineddata")
    folder = tmp_path / child
    folder.mkdir(exist_ok=True)
    for name in ("eng", "xyz"):
        (folder / f"{name}.traineddata").symlink_to(english)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert find_tessdata("eng+xyz") == str(folder)
    other = get_engine("tesseract", lang="eng+xyz")
    assert text_of(other.read(drawn(WORDS)[0])) == " ".join(WORDS)


def test_languages_must_be_in_one_folder(tmp_path, monkeypatch):
    (tmp_path / "script").mkdir()
    (tmp_path / "script" / "Runes.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert find_tessdata("script/Runes") == str(tmp_path)
    with pytest.raises(LanguageDataError, match=r"script/Runes") as caught:
        find_tessdata("eng+script/Runes")
    assert str(tmp_path) in str(caught.value)
    assert "eng" in str(caught.value).partition("has ")[2]
    assert "TESSDATA_PREFIX" in caught.value.hint


def test_damaged_data_is_told(tmp_path, monkeypatch, capfd):
    (tmp_path / "bad.traineddata").write_bytes(b"not a model")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(EngineError, match="can't start"):
        get_engine("tesseract", lang="bad")
    assert tuple(capfd.readouterr()) == ("", "")


def test_no_engine_is_called_auto():
    with pytest.raises(UsageError, match="called 'auto'") as caught:
        get_engine("auto")
    assert all(name in caught.value.hint for name in ENGINES)


def test_languages_are_split():
    assert split_languages("eng+chi_sim+script/Latin") == ("eng", "chi_sim", "script/Latin")


# --- parts -----------------------------------------------------------------------------


def test_a_line_is_made_of_its_words():
    words = (Word("ab", 0.5, Box(10, 5, 20, 15)), Word("cdef", 0.8, Box(25, 3, 60, 14)))
    line = line_of(words)
    assert line.words == words
    assert line.box == Box(10, 3, 60, 15)
    assert line.confidence == pytest.approx(0.7)


def test_a_colored_sheet_holds_no_text():
    sheet = np.zeros((20, 20, 3), np.uint8)
    sheet[..., 0] = 200
    assert holds_no_text(sheet)
    sheet[5, 5] = 0
    assert not holds_no_text(sheet)


def quad(left, top, width, height, slope=0.0):
    """Return a box whose lower corners stand `height` below; `slope` is its rise per pixel."""
    right = left + width
    tops = top + slope * left, top + slope * right
    return np.array(
        [[left, tops[0]], [right, tops[1]], [right, tops[1] + height], [left, tops[0] + height]]
    )


@given(st.permutations(range(9)), st.floats(-0.04, 0.04))
def test_rows_are_found_on_tilted_pages(order, slope):
    quads = [quad(200 * (i % 3), 50 * (i // 3), 180, 30, slope) for i in range(9)]
    rows = in_rows([quads[i] for i in order])
    expected = [[quads[3 * i + k] for k in range(3)] for i in range(3)]
    assert np.array_equal(rows, expected)


def test_columns_are_read_one_after_the_other():
    heading = quad(0, 0, 900, 40)
    left = [quad(0, 100 + 30 * i, 400, 20) for i in range(6)]
    right = [quad(500, 100 + 30 * i, 400, 20) for i in range(6)]
    groups = in_columns([*right, heading, *left])
    assert [group[0][0].tolist() for group in groups] == [[0, 0], [0, 100], [500, 100]]
    assert [len(group) for group in groups] == [1, 6, 6]


@pytest.mark.parametrize("width", [60, 900])
def test_tables_and_single_columns_stay_whole(width):
    quads = [
        quad(x, 30 * i, width, 20) for i in range(8) for x in ((0, 500) if width == 60 else (0,))
    ]
    assert len(in_columns(quads)) == 1
    assert in_rows([]) == []


def test_words_are_parted_in_the_widest_gap():
    ink = np.zeros((10, 40), bool)
    ink[:, 2:10] = ink[:, 12:18] = ink[:, 26:36] = True
    assert gap_between(ink, 5, 30) == 22
    assert gap_between(ink, 3, 3) == 3
    assert 0 <= gap_between(ink, -5, 99) < 40
    assert tight(ink, 20, 40) == Box(26, 0, 36, 10)
    assert tight(ink, 18, 26) == Box(18, 0, 26, 10)


def test_margins_are_trimmed_and_remembered():
    picture = np.full((100, 200, 3), 255, np.uint8)
    picture[40:60, 50:150] = 0
    strip = trimmed(picture, 0.1)
    assert strip.pixels.shape == (24, 104, 3)
    box = tight(ink_of(strip.pixels), 0, strip.pixels.shape[1])
    assert in_picture(strip, box) == Box(50, 40, 150, 60)
