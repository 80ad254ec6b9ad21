"""The plugin in the real OCRmyPDF, where that and what it calls are installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys

import numpy as np
import pikepdf
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
import pytest

from tests.pdfs import DPI, add_page, add_scan, rendered, saved, text, text_of

MISSING = [name for name in ("tesseract", "gs") if shutil.which(name) is None]
if importlib.util.find_spec("ocrmypdf") is None:
    MISSING.append("ocrmypdf")
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"OCRmyPDF can't be run: {', '.join(MISSING)} not installed"
)
unpaper = pytest.mark.skipif(shutil.which("unpaper") is None, reason="unpaper is not installed")

# What is wanted is named, since choosing has tests of its own.
KEEP = ("--foretext-keep", "darkest")
LINES = ("The quiet harbor woke", "before the morning bell", "and counted its boats.")


def page() -> np.ndarray:
    """Three dark lines over two gray words, which OCR reads, too, if it sees them."""
    made = PIL.Image.new("RGB", (640, 420), (244, 240, 228))
    pen = PIL.ImageDraw.Draw(made)
    for place in ((20, 230), (110, 310)):
        pen.text(place, "SPECIMEN", (140, 140, 148), font=PIL.ImageFont.load_default(64))
    for row, line in enumerate(LINES):
        pen.text((40, 30 + 60 * row), line, (25, 25, 30), font=PIL.ImageFont.load_default(36))
    return np.asarray(made)


@pytest.fixture
def scans(tmp_path):
    """Return what makes a PDF of so many scans."""

    def make(count=1, *, words=False, mono=False):
        with pikepdf.new() as pdf:
            for _ in range(count):
                add_scan(pdf, page().min(axis=2) > 128 if mono else page(), jpeg=not mono)
            if words:
                add_page(pdf, text("Real words on a page of their own"), size=(300, 200))
                add_page(pdf, b"0 0 1 rg 20 20 99 99 re f", size=(300, 200))
            return saved(pdf, tmp_path / "in.pdf")

    return make


@pytest.fixture
def ocr(tmp_path):
    def run(source, *options, code=0):
        target = tmp_path / "out.pdf"
        wish = KEEP if {"--foretext", "--remove-background"} & set(options) else ()
        command = [sys.executable, "-m", "ocrmypdf", "-j", "2", *wish, *options, source, target]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": ""}
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=300, env=environment
        )
        assert done.returncode == code, done.stderr
        return done.stderr if code else target

    return run


def words_of(path, number):
    return " ".join(text_of(path, number).split())


def is_read(path, number):
    """Tell whether the text layer is the wanted text and nothing else."""
    return words_of(path, number) == " ".join(LINES)


def is_cleaned(path, number):
    """Tell whether what is seen has lost its paper and the gray words, and kept the lines."""
    gray = rendered(path, number)
    below = gray[225:]
    return bool(
        np.median(gray) == 255 and (below > 250).mean() > 0.999 and (gray[:220] < 100).any()
    )


def looks_as_it_did(source, target, number):
    """Tell whether a page looks the same but for a shift of less than a pixel."""
    before, after = (rendered(path, number).astype(int) for path in (source, target))
    return before.shape == after.shape and np.abs(before - after).mean() < 5


def is_as_it_was(source, target, number):
    """Tell whether a page looks as it did and holds the same pictures."""
    same = pictures(source, number) == pictures(target, number)
    return same and looks_as_it_did(source, target, number)


def pictures(path, number):
    with pikepdf.open(path) as pdf:
        found = pdf.pages[number - 1].obj.Resources.get("/XObject", {}).values()
        return [
            pikepdf.PdfImage(each).as_pil_image().tobytes()
            for each in found
            if each.Subtype == "/Image"
        ]


def test_nothing_is_done_unless_it_is_asked_for(scans, ocr):
    source = scans()
    target = ocr(source)
    assert is_as_it_was(source, target, 1)
    assert "SPECIMEN" in words_of(target, 1)


@pytest.mark.parametrize("workers", ["--use-threads", "--no-use-threads"])
def test_only_what_ocr_sees_is_cleaned(scans, ocr, workers):
    source = scans(2)
    target = ocr(source, "--foretext", workers)
    for number in (1, 2):
        assert is_read(target, number)
        assert is_as_it_was(source, target, number)


@pytest.mark.parametrize("workers", ["--use-threads", "--no-use-threads"])
def test_the_visible_pages_are_cleaned(scans, ocr, workers):
    source = scans(3)
    target = ocr(source, "--remove-background", workers)
    for number in (1, 2, 3):
        assert is_read(target, number)
        assert is_cleaned(target, number)
    assert target.stat().st_size < source.stat().st_size
    with pikepdf.open(target) as result:
        sizes = [[float(side) for side in page.mediabox] for page in result.pages]
    assert np.allclose(sizes, [0, 0, 640 * 72 / DPI, 420 * 72 / DPI], atol=0.01)


@pytest.mark.parametrize(
    "options",
    [
        ("--output-type", "pdf"),
        ("--output-type", "pdfa-2", "--pdfa-backend", "ghostscript"),
        ("--deskew", "--rotate-pages"),
        pytest.param(
            ("--force-ocr", "--remove-vectors", "--optimize", "2"),
            marks=pytest.mark.skipif(
                shutil.which("pngquant") is None, reason="OCRmyPDF needs pngquant for that"
            ),
        ),
        pytest.param(("--clean",), marks=unpaper),
        pytest.param(("--clean-final",), marks=unpaper),
    ],
    ids=" ".join,
)
def test_with_other_options(scans, ocr, options):
    target = ocr(scans(), "--remove-background", *options)
    assert is_read(target, 1)
    assert is_cleaned(target, 1)
    if "pdfa-2" in options:
        with pikepdf.open(target) as result:
            assert result.open_metadata().pdfa_status == "2B"


@pytest.mark.parametrize("workers", ["--use-threads", "--no-use-threads"])
def test_pages_of_text_are_skipped(scans, ocr, workers):
    source = scans(1, words=True)
    target = ocr(source, "--remove-background", "--skip-text", "--output-type", "pdf", workers)
    assert is_cleaned(target, 1)
    assert is_read(target, 1)
    assert words_of(target, 2) == words_of(source, 2)
    for number in (2, 3):
        assert is_as_it_was(source, target, number)


def test_pages_of_text_alone_are_left_alone(tmp_path, ocr):
    with pikepdf.new() as pdf:
        add_page(pdf, text("Real words on a page of their own"), size=(300, 200))
        source = saved(pdf, tmp_path / "in.pdf")
    target = ocr(source, "--remove-background", "--skip-text", "--output-type", "pdf")
    assert is_as_it_was(source, target, 1)


def test_only_the_pages_asked_for(scans, ocr):
    source = scans(3)
    target = ocr(source, "--remove-background", "--pages", "2", "--output-type", "pdf")
    assert [is_cleaned(target, number) for number in (1, 2, 3)] == [False, True, False]


def test_text_is_never_made_a_picture_without_being_told_to(scans, ocr):
    said = ocr(scans(1, words=True), "--remove-background", code=6)
    assert "already has text" in said


def test_redoing_ocr(scans, ocr, tmp_path):
    first = ocr(scans(), "--output-type", "pdf")
    assert "SPECIMEN" in words_of(first, 1)
    source = first.rename(tmp_path / "first.pdf")
    target = ocr(source, "--foretext", "--redo-ocr", "--output-type", "pdf")
    assert is_read(target, 1)
    assert is_as_it_was(source, target, 1)


def test_black_and_white_stays_so(scans, ocr):
    target = ocr(scans(mono=True), "--remove-background", "--output-type", "pdf")
    with pikepdf.open(target) as result:
        images = result.pages[0].obj.Resources.XObject.values()
        assert [int(i.BitsPerComponent) for i in images if i.Subtype == "/Image"] == [1]


def test_a_picture_as_input(tmp_path, ocr):
    source = tmp_path / "in.png"
    PIL.Image.fromarray(page()).save(source, dpi=(DPI, DPI))
    target = ocr(source, "--remove-background")
    assert is_read(target, 1)
    assert is_cleaned(target, 1)


def test_photographs_stay_in_color(tmp_path, ocr):
    import pypdfium2

    from tests.test_pictures import BOTTOM, LEFT, RIGHT, TOP
    from tests.test_pictures import page as with_photograph

    with pikepdf.new() as pdf:
        add_scan(pdf, with_photograph(), jpeg=True)
        source = saved(pdf, tmp_path / "in.pdf")
    target = ocr(source, "--remove-background", "--output-type", "pdf")
    with pypdfium2.PdfDocument(target) as result:
        shown = np.array(result[0].render(scale=DPI / 72).to_pil())
    inside = np.s_[TOP + 8 : BOTTOM - 8, LEFT + 8 : RIGHT - 8]
    assert np.abs(shown[inside].astype(int) - with_photograph()[inside]).mean() < 10


def test_a_page_without_text_stays_as_it_was(tmp_path, ocr):
    with pikepdf.new() as pdf:
        add_scan(pdf, np.full((300, 300, 3), 200, np.uint8))
        source = saved(pdf, tmp_path / "in.pdf")
    target = ocr(source, "--remove-background", "--output-type", "pdf")
    assert is_as_it_was(source, target, 1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--foretext", "--foretext-keep", "nonsense"), "not understood"),
        (("--foretext", "--foretext-recipe", "no such file"), "can't be read"),
    ],
)
def test_wishes_that_can_not_be_fulfilled(scans, ocr, options, said):
    assert said in ocr(scans(), *options, code=1)


def test_a_wish_that_fits_no_page_leaves_it_as_it_was(scans, ocr):
    source = scans()
    target = ocr(source, "--remove-background", "--foretext-keep", "99", "--output-type", "pdf")
    assert looks_as_it_did(source, target, 1)


def test_help_tells_all_that_may_be_kept():
    from argparse import ArgumentParser

    from foretext.ocrmypdf_plugin import add_options

    parser = ArgumentParser()
    add_options(parser)
    told = " ".join(parser.format_help().split())
    for kind in ("auto (the default)", "largest", "darkest", "number", "color", "range"):
        assert kind in told
