"""PDFs: pages cleaned and read, and every way in which one can be bad."""

from __future__ import annotations

import io
import sys
import warnings
import zlib

import numpy as np
import pikepdf
import PIL.Image
import pytest
from pikepdf import Array, Dictionary, Name

import foretext
from foretext.errors import (
    EmptyInputError,
    ForetextWarning,
    ImageTooLargeError,
    InputNotFoundError,
    KeepError,
    MissingExtraError,
    NotAnImageError,
    OutputError,
    PageError,
    PdfError,
    PdfPasswordError,
    UsageError,
)
from foretext.pages.encoding import encode_ink, encode_mask
from foretext.pages.ranges import parse_pages, spans
from tests.pdfs import (
    add_image,
    add_page,
    add_scan,
    picture,
    pictures_of,
    rendered,
    saved,
    text,
    text_of,
)


@pytest.fixture
def pdf():
    with pikepdf.new() as made:
        yield made


@pytest.fixture
def scan(tmp_path):
    with pikepdf.new() as made:
        add_scan(made)
        return saved(made, tmp_path / "scan.pdf")


def cleaned(pdf, tmp_path, **options):
    source = saved(pdf, tmp_path / "in.pdf")
    target = tmp_path / "out.pdf"
    return foretext.clean_pdf(source, target, **options), source, target


def dark(gray):
    return gray < 128


def same_words(before, after):
    """Tell whether the dark words of one are those of the other, and nothing pale is left."""
    shared = (dark(before) & dark(after)).sum() / (dark(before) | dark(after)).sum()
    paper = after[~dark(before)]
    return shared > 0.9 and np.median(paper) == 255


# What becomes of scans


def test_a_scan_is_cleaned_in_its_place(pdf, tmp_path):
    add_scan(pdf)
    report, source, target = cleaned(pdf, tmp_path)
    assert [page.action for page in report.pages] == ["cleaned"]
    assert report.pages[0].dpi == pytest.approx(100.0)
    assert same_words(rendered(source, 1), rendered(target, 1))
    with pikepdf.open(target) as result:
        assert [float(v) for v in result.pages[0].mediabox] == [0, 0, 288, 144]
        (image,) = pictures_of(result.pages[0])
        assert (image.Width, image.Height, image.BitsPerComponent) == (400, 200, 4)


def test_what_is_drawn_is_what_clean_gives(pdf, tmp_path):
    add_scan(pdf)
    _, _, target = cleaned(pdf, tmp_path)
    expected = foretext.clean(picture()).picture
    # Sixteen grays: half a step off at most.
    assert np.abs(rendered(target, 1).astype(int) - expected).max() <= 9


@pytest.mark.parametrize("rotation", [0, 90, 180, 270, -90, 450])
def test_turned_pages(pdf, tmp_path, rotation):
    add_scan(pdf, np.rot90(picture(), rotation // 90), Rotate=rotation)
    report, source, target = cleaned(pdf, tmp_path)
    assert len(report.cleaned) == 1
    assert rendered(source, 1).shape == rendered(target, 1).shape
    assert same_words(rendered(source, 1), rendered(target, 1))


@pytest.mark.parametrize("rotation", [0, 90])
def test_cropped_pages(pdf, tmp_path, rotation):
    box = [14.4, 28.8, 259.2, 136.8] if not rotation else [28.8, 14.4, 136.8, 259.2]
    add_scan(pdf, np.rot90(picture(), rotation // 90), CropBox=Array(box), Rotate=rotation)
    report, source, target = cleaned(pdf, tmp_path)
    assert len(report.cleaned) == 1
    assert same_words(rendered(source, 1), rendered(target, 1))
    with pikepdf.open(target) as result:
        assert [float(v) for v in result.pages[0].cropbox] == box
        assert sorted(float(v) for v in result.pages[0].mediabox) == [0, 0, 144, 288]


def test_a_media_box_that_does_not_begin_at_zero(pdf, tmp_path):
    wide, high = 288, 144
    content = f"q {wide} 0 0 {high} -50 -20 cm /Im0 Do Q".encode()
    images = {"/Im0": add_image(pdf, picture())}
    add_page(pdf, content, images=images, MediaBox=Array([-50, -20, 238, 124]))
    _, source, target = cleaned(pdf, tmp_path)
    assert same_words(rendered(source, 1), rendered(target, 1))


def test_a_scan_in_strips_in_a_form_inline_or_turned(pdf, tmp_path):
    pixels = picture()
    strips = {"/A": add_image(pdf, pixels[:100]), "/B": add_image(pdf, pixels[100:])}
    content = b"q 288 0 0 72 0 72 cm /A Do Q q 288 0 0 72 0 0 cm /B Do Q"
    add_page(pdf, content, images=strips)
    form = pdf.make_stream(content)
    form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
    form["/BBox"] = Array([0, 0, 288, 144])
    form["/Resources"] = Dictionary(XObject=Dictionary(strips))
    add_page(pdf, b"q /Fm Do Q", images={"/Fm": form})
    turned = {"/T": add_image(pdf, np.rot90(pixels).copy())}
    add_page(pdf, b"q 0 -144 288 0 0 144 cm /T Do Q", images=turned)
    small = PIL.Image.fromarray(pixels).convert("L")
    hexed = small.tobytes().hex().encode()
    inline = b"BI /W 400 /H 200 /BPC 8 /CS /G /F /AHx ID " + hexed + b"> EI"
    add_page(pdf, b"q 288 0 0 144 0 0 cm " + inline + b" Q")
    report, source, target = cleaned(pdf, tmp_path)
    assert [page.action for page in report.pages] == ["cleaned"] * 4
    assert [page.dpi for page in report.pages] == pytest.approx([100.0] * 4)
    for number in range(1, 5):
        assert same_words(rendered(source, number), rendered(target, number)), number
    with pikepdf.open(target) as result:
        assert [len(pictures_of(page)) for page in result.pages] == [1, 1, 1, 1]


def test_black_and_white_stays_so(pdf, tmp_path):
    pixels = picture().min(axis=2) > 128
    add_scan(pdf, pixels)
    report, source, target = cleaned(pdf, tmp_path)
    assert report.pages[0].bits == 1
    assert same_words(rendered(source, 1), rendered(target, 1))
    with pikepdf.open(target) as result:
        (image,) = pictures_of(result.pages[0])
        assert image.Filter == "/CCITTFaxDecode"


def test_hard_black_and_white_if_asked_for(pdf, tmp_path):
    add_scan(pdf)
    report, source, target = cleaned(pdf, tmp_path, view="mask")
    assert report.pages[0].bits == 1
    assert same_words(rendered(source, 1), rendered(target, 1))


def test_pixels_that_are_not_square(pdf, tmp_path):
    pixels = np.asarray(PIL.Image.fromarray(picture()).resize((400, 100)))
    add_page(pdf, b"q 288 0 0 144 0 0 cm /Im Do Q", images={"/Im": add_image(pdf, pixels)})
    report, source, target = cleaned(pdf, tmp_path)
    assert report.pages[0].dpi == pytest.approx(100.0)
    assert same_words(rendered(source, 1), rendered(target, 1))


def test_the_file_gets_smaller(pdf, tmp_path):
    noise = np.random.default_rng(0).normal(0, 6, picture().shape)
    noisy = np.clip(picture() + noise, 0, 255).astype(np.uint8)
    for _ in range(3):
        add_scan(pdf, noisy, jpeg=True)
    report, source, target = cleaned(pdf, tmp_path)
    assert len(report.cleaned) == 3
    assert target.stat().st_size < source.stat().st_size / 2
    assert all(page.size_after <= page.size_before for page in report.pages)


def test_shared_resources_keep_no_picture_that_is_not_drawn(pdf, tmp_path):
    add_scan(pdf)
    add_scan(pdf)
    for page in pdf.pages:
        page.obj["/Resources"]["/XObject"]["/Other"] = add_image(pdf, picture())
    _, _, target = cleaned(pdf, tmp_path)
    with pikepdf.open(target) as result:
        assert [len(pictures_of(page)) for page in result.pages] == [1, 1]


# What stays


def test_text_over_and_under_a_scan_stays(pdf, tmp_path):
    hidden = text("hidden words", mode=3)
    add_scan(pdf, before=hidden, after=text("EXHIBIT 7", at=(200, 10)))
    add_scan(pdf, after=hidden)
    report, source, target = cleaned(pdf, tmp_path)
    assert len(report.cleaned) == 2
    assert text_of(target, 1).split() == text_of(source, 1).split()
    assert text_of(target, 2).split() == ["hidden", "words"]
    stamp = np.s_[-25:, 270:]
    assert dark(rendered(target, 1)[stamp]).any()
    assert not dark(rendered(target, 2)[stamp]).any()


def test_drawings_keep_their_place_over_and_under_a_scan(pdf, tmp_path):
    under = b"q 0 0 0 rg 0 0 288 144 re f Q\n"
    over = b"q 0 0 0 rg 200 100 50 30 re f Q Q Q\n"  # ends more than it began
    add_scan(pdf, before=under, after=over)
    report, source, target = cleaned(pdf, tmp_path)
    assert len(report.cleaned) == 1
    assert same_words(rendered(source, 1), rendered(target, 1))


def test_text_of_a_form_that_holds_the_scan_stays(pdf, tmp_path):
    form = pdf.make_stream(b"q 288 0 0 144 0 0 cm /Im Do Q " + text("inside", mode=3))
    form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
    form["/BBox"] = Array([0, 0, 288, 144])
    page = add_page(pdf, b"/Fm Do", images={"/Fm": form, "/Im": add_image(pdf, picture())})
    del page
    report, source, target = cleaned(pdf, tmp_path)
    assert len(report.cleaned) == 1
    assert text_of(target, 1).split() == ["inside"]
    assert same_words(rendered(source, 1), rendered(target, 1))


def test_the_document_stays_itself(pdf, tmp_path):
    for _ in range(3):
        add_scan(pdf)
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 50, 50]),
        Border=Array([0, 0, 0]),
        Dest=Array([pdf.pages[2].obj, Name.Fit]),
    )
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(link)])
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Second", 1))
    pdf.Root["/PageLabels"] = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))
    pdf.docinfo["/Title"] = "A title"
    _, _, target = cleaned(pdf, tmp_path)
    with pikepdf.open(target) as result:
        assert result.docinfo["/Title"] == "A title"
        assert result.pages[1].label == "ii"
        assert result.pages[0].obj.Annots[0].Dest[0].objgen == result.pages[2].obj.objgen
        with result.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Second"]


def test_pages_of_real_text_are_copied_and_that_is_told(pdf, tmp_path):
    add_page(pdf, text("Real words on a page."))
    add_scan(pdf)
    add_page(pdf, b"")
    small = {"/Im": add_image(pdf, picture())}
    add_page(
        pdf, text("A" * 300) + b"q 288 0 0 144 0 0 cm /Im Do Q " + text("B" * 300), images=small
    )
    add_page(pdf, text("Words") + b"q 60 0 0 30 0 0 cm /Im Do Q", images=small)
    report, source, target = cleaned(pdf, tmp_path)
    actions = ["copied", "cleaned", "copied", "copied", "copied"]
    assert [page.action for page in report.pages] == actions
    assert len(report.summary()) == 4
    assert (
        report.summary()[0] == "page 1: left as it was: it holds real text or drawings and no scan"
    )
    for number in (1, 3, 4, 5):
        assert (rendered(source, number) == rendered(target, number)).all()
    assert text_of(target, 1) == text_of(source, 1)


def test_pages_of_real_text_become_pictures_if_asked_for(pdf, tmp_path):
    add_page(pdf, text("Real words", size=40))
    report, source, target = cleaned(pdf, tmp_path, rasterize=True)
    assert (report.pages[0].action, report.pages[0].dpi) == ("cleaned", 300.0)
    assert text_of(target, 1) == ""
    assert same_words(rendered(source, 1), rendered(target, 1))


def test_a_page_without_text_is_copied(pdf, tmp_path):
    add_scan(pdf, np.full((200, 400, 3), 240, np.uint8))
    report, source, target = cleaned(pdf, tmp_path)
    assert report.summary() == ["page 1: left as it was: no text was found on it"]
    assert (rendered(source, 1) == rendered(target, 1)).all()


def test_only_the_pages_asked_for(pdf, tmp_path):
    for _ in range(4):
        add_scan(pdf)
    told = []
    report, source, target = cleaned(
        pdf, tmp_path, pages="2,4", progress=lambda *so_far: told.append(so_far)
    )
    assert [page.number for page in report.cleaned] == [2, 4]
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert (rendered(source, 1) == rendered(target, 1)).all()
    assert (rendered(source, 2) != rendered(target, 2)).any()


def test_a_signature_that_is_broken_is_told(pdf, tmp_path):
    add_scan(pdf)
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([]), SigFlags=3)
    report, _, _ = cleaned(pdf, tmp_path)
    assert report.summary() == ["it was signed; the signature no longer holds"]


# Passwords


@pytest.fixture
def locked(pdf, tmp_path):
    add_scan(pdf)
    lock = pikepdf.Encryption(user="open sesame", owner="owner")
    return saved(pdf, tmp_path / "locked.pdf", encryption=lock)


@pytest.mark.parametrize("password", [None, "wrong"])
def test_encrypted_without_the_password(locked, tmp_path, password):
    with pytest.raises(PdfPasswordError) as raised:
        foretext.clean_pdf(locked, tmp_path / "out.pdf", password=password)
    assert "--password" in raised.value.hint
    assert not (tmp_path / "out.pdf").exists()
    with pytest.raises(PdfPasswordError):
        foretext.read_pdf(locked, password=password)


def test_encrypted_stays_encrypted(locked, tmp_path):
    target = tmp_path / "out.pdf"
    assert foretext.clean_pdf(locked, target, password="open sesame").cleaned
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(target)
    with pikepdf.open(target, password="open sesame") as result:
        assert len(result.pages) == 1


# Bad PDFs


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyInputError),
        (b"no pdf at all", PdfError),
        (b"%PDF-1.7\nnothing more", PdfError),
        (b"%PDF-1.7\n" + bytes(1000), PdfError),
    ],
    ids=["empty", "other", "head", "zeros"],
)
def test_broken_files(tmp_path, data, error):
    source = tmp_path / "in.pdf"
    source.write_bytes(data)
    for given in (lambda: source, lambda: data, lambda: io.BytesIO(data)):
        with pytest.raises(error):
            foretext.clean_pdf(given(), tmp_path / "out.pdf")
        with pytest.raises(error):
            foretext.read_pdf(given())
    assert list(tmp_path.iterdir()) == [source]


def test_no_file(tmp_path):
    with pytest.raises(InputNotFoundError):
        foretext.clean_pdf(tmp_path / "none.pdf", tmp_path / "out.pdf")
    with pytest.raises(InputNotFoundError):
        foretext.read_pdf(tmp_path)


def test_no_pages(pdf, tmp_path):
    source = saved(pdf, tmp_path / "in.pdf")
    with pytest.raises(EmptyInputError, match="holds no pages"):
        foretext.clean_pdf(source, tmp_path / "out.pdf")


def test_a_lost_table_of_contents_is_mended(scan, tmp_path):
    data = scan.read_bytes()
    report = foretext.clean_pdf(data[: data.rindex(b"startxref")], tmp_path / "out.pdf")
    assert len(report.cleaned) == 1


def test_a_picture_that_was_cut_off_is_told(scan, tmp_path):
    data = scan.read_bytes()
    with pytest.warns(ForetextWarning, match="page 1: left as it was: .* missing"):
        report = foretext.clean_pdf(data[: data.rindex(b"xref\n0")], tmp_path / "out.pdf")
    assert [page.action for page in report.pages] == ["failed"]


def broken_page(pdf):
    page = add_scan(pdf)
    page.obj["/Contents"] = pdf.make_stream(b"q 1 0 0 (not a number) 0 0 cm /Im0 Do Q")
    return page


def test_one_bad_page_does_not_lose_the_others(pdf, tmp_path):
    add_scan(pdf)
    broken_page(pdf)
    add_scan(pdf)
    with pytest.warns(ForetextWarning, match="page 2: left as it was: it is damaged"):
        report, source, target = cleaned(pdf, tmp_path)
    assert [page.action for page in report.pages] == ["cleaned", "failed", "cleaned"]
    assert isinstance(report.failed[0].error, PageError)
    assert (rendered(source, 2) == rendered(target, 2)).all()
    assert same_words(rendered(source, 3), rendered(target, 3))
    with pytest.warns(ForetextWarning, match="page 2: it is damaged"):
        pages = list(foretext.read_pdf(source))
    assert [bool(page.error) for page in pages] == [False, True, False]


@pytest.mark.parametrize(
    "contents",
    [b"q q q cm Do Tj TJ ' BT", b"Q Q Q /None Do EMC ET", b"\xff\xfe\x00 )) >> ]", b"( unclosed"],
)
def test_nonsense_on_a_page_is_no_crash(pdf, tmp_path, contents):
    add_scan(pdf)
    add_page(pdf, contents)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ForetextWarning)
        report, _, target = cleaned(pdf, tmp_path)
    assert report.pages[0].action == "cleaned"
    assert report.pages[1].action in ("copied", "failed")
    assert target.exists()


def test_a_form_that_draws_itself_ends(pdf, tmp_path):
    form = pdf.make_stream(b"/Fm Do")
    form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
    form["/BBox"] = Array([0, 0, 288, 144])
    form["/Resources"] = Dictionary(XObject=Dictionary(Fm=form))
    add_page(pdf, b"/Fm Do", images={"/Fm": form})
    report, _, _ = cleaned(pdf, tmp_path)
    assert report.pages[0].action == "copied"


def test_huge_pages_fail_before_they_are_drawn(pdf, tmp_path):
    add_scan(pdf, MediaBox=Array([0, 0, 14400, 14400]))
    add_scan(pdf)
    with pytest.warns(ForetextWarning, match=r"page 1 .* megapixels"):
        report, _, _ = cleaned(pdf, tmp_path, max_pixels=1_000_000)
    assert [page.action for page in report.pages] == ["failed", "cleaned"]
    assert isinstance(report.failed[0].error, ImageTooLargeError)


@pytest.mark.parametrize("box", [[0, 0, 0, 0], [5, 5, 4.9, 4.9], ["x"], [0, 0, 3, 3]])
def test_odd_boxes(pdf, tmp_path, box):
    values = [Name(f"/{value}") if isinstance(value, str) else value for value in box]
    add_scan(pdf, MediaBox=Array(values))
    report, _, target = cleaned(pdf, tmp_path)
    assert report.pages[0].action in ("cleaned", "copied")
    assert target.exists()


def test_a_wish_that_fits_no_page_fails_each(pdf, tmp_path):
    add_scan(pdf)
    with pytest.warns(ForetextWarning, match="page 1"):
        report, _, _ = cleaned(pdf, tmp_path, keep=99)
    assert isinstance(report.failed[0].error, KeepError)


# Bad wishes


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"pages": "7"}, UsageError),
        ({"pages": []}, UsageError),
        ({"pages": [True]}, UsageError),
        ({"keep": "nonsense"}, KeepError),
        ({"view": "image"}, UsageError),
    ],
)
def test_bad_wishes(scan, tmp_path, wish, error):
    with pytest.raises(error):
        foretext.clean_pdf(scan, tmp_path / "out.pdf", **wish)
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (None, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ("1-3,7", [1, 2, 3, 7]),
        (" 2 , 2-3 ", [2, 3]),
        ("8-", [8, 9]),
        ("-2", [1, 2]),
        ([9, 1, 9], [1, 9]),
        (np.arange(2, 4), [2, 3]),
    ],
)
def test_ranges(wish, found):
    assert parse_pages(wish, 9) == found


@pytest.mark.parametrize(
    "wish", ["", "0", "10", "3-1", "x", "-", "1-2-3", "1,,2", "12-", [0], ["1"], [1.0], [True]]
)
def test_bad_ranges(wish):
    with pytest.raises(UsageError):
        parse_pages(wish, 9)


def test_spans():
    assert spans([7, 1, 2, 3, 9, 10]) == "1-3, 7, 9-10"


def test_the_input_is_never_overwritten(scan):
    before = scan.read_bytes()
    with pytest.raises(OutputError, match="overwritten"):
        foretext.clean_pdf(scan, scan)
    assert scan.read_bytes() == before


def test_nothing_partial_is_left(scan, tmp_path):
    with pytest.raises(OutputError, match="can't write"):
        foretext.clean_pdf(scan, tmp_path / "no such folder" / "out.pdf")
    assert list(tmp_path.iterdir()) == [scan]


def test_into_a_file_object(scan):
    file = io.BytesIO()
    foretext.clean_pdf(scan.read_bytes(), file)
    assert file.getvalue().startswith(b"%PDF-")


@pytest.mark.parametrize("package", ["pikepdf", "pypdfium2"])
def test_a_missing_extra_says_what_to_type(scan, tmp_path, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=package) as raised:
        foretext.clean_pdf(scan, tmp_path / "out.pdf")
    assert raised.value.hint == "pip install 'foretext[pdf]'"
    with pytest.raises(MissingExtraError):
        foretext.read_pdf(scan)


def test_a_pdf_is_no_picture_and_clean_says_what_to_type(scan):
    with pytest.raises(NotAnImageError) as raised:
        foretext.clean(scan)
    assert "foretext clean IN.pdf -o OUT.pdf" in raised.value.hint
    assert "foretext.clean_pdf" in raised.value.hint


# How ink is written


def test_fewer_grays_where_there_is_no_room():
    ink = np.random.default_rng(1).random((64, 64), np.float32)
    sizes = {4: len(encode_ink(ink).data)}
    two = encode_ink(ink, most=sizes[4] - 1)
    assert (two.bits, len(two.data) < sizes[4]) == (2, True)
    assert encode_ink(ink, most=1).bits == 1


@pytest.mark.parametrize("shape", [(1, 1), (3, 17), (40, 9)])
def test_written_pictures_hold_the_ink(pdf, tmp_path, shape):
    ink = np.random.default_rng(2).random(shape, np.float32)
    for encoded, steps in ((encode_ink(ink), 15), (encode_mask(ink > 0.5), 1)):
        image = pikepdf.PdfImage(encoded.stream(pdf)).as_pil_image().convert("L")
        expected = 255 - np.rint(ink * steps) * (255 / steps)
        assert np.abs(np.asarray(image) - expected).max() <= 1.0


# Reading


@pytest.mark.parametrize("wish", [{"engine": "none"}, {"layout": "none"}, {"effort": "none"}])
def test_bad_wishes_for_reading(scan, wish):
    with pytest.raises(UsageError):
        next(foretext.read_pdf(scan, **wish))


def test_pages_are_read_as_they_are_asked_for(pdf, tmp_path):
    add_scan(pdf, picture(watermark=False))
    add_page(pdf, text("Real words") + text("and more", at=(20, 30)))
    add_page(pdf, b"")
    pages = foretext.read_pdf(saved(pdf, tmp_path / "in.pdf"), engine="tesseract")
    first = next(pages)
    assert first.text.split() == ["SOLID", "GROUND"]
    assert (first.size, first.reading.engine) == ((400, 200), "tesseract")
    assert {"reason", "layers", "steps"} <= set(first.to_dict())
    second, third = pages
    assert (second.text, second.reading.engine) == ("Real words\nand more", "pdf")
    assert third.text == ""


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_of_real_text_are_where_it_is_seen(pdf, tmp_path, rotation):
    add_page(pdf, text("Word", size=30), Rotate=rotation, CropBox=Array([10, 20, 200, 120]))
    source = saved(pdf, tmp_path / "in.pdf")
    (page,) = foretext.read_pdf(source)
    seen = dark(rendered(source, 1, dpi=300))
    rows, columns = np.nonzero(seen)
    (line,) = page.reading.lines
    assert page.size == seen.shape[::-1]
    found = (columns.min(), rows.min(), columns.max(), rows.max())
    assert line.box == pytest.approx(found, abs=6)


def test_real_text_is_read_by_ocr_if_asked_for(pdf, tmp_path):
    add_page(pdf, text("SOLID", size=40))
    (page,) = foretext.read_pdf(saved(pdf, tmp_path / "in.pdf"), engine="tesseract", rasterize=True)
    assert (page.text, page.reading.engine) == ("SOLID", "tesseract")


def test_characters_beyond_sixteen_bits(pdf, tmp_path):
    page = add_page(pdf, b"BT /F1 20 Tf 20 60 Td (A) Tj ET")
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap "
        b"1 begincodespacerange <00> <FF> endcodespacerange "
        b"1 beginbfchar <41> <D835DC00> endbfchar endcmap end"
    )
    page.obj.Resources.Font.F1["/ToUnicode"] = pdf.make_stream(cmap)
    (read,) = foretext.read_pdf(saved(pdf, tmp_path / "in.pdf"))
    assert read.text == "\U0001d400"


# Pictures that can't be drawn


def entry(name, value):
    def spoil(image):
        image[name] = value

    return spoil


def sizeless(image):
    image["/Width"] = image["/Height"] = 0


def shortened(image):
    image.write(image.read_bytes()[:100_000])


def scrambled(image):
    image.write(b"no deflated data" * 9, filter=Name.FlateDecode)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (entry("/Width", 0), "is 0 x 200 pixels"),
        (entry("/Height", 0), "is 400 x 0 pixels"),
        (sizeless, "is 0 x 0 pixels"),
        (entry("/Filter", Name.DCTDecode), "can't be decoded"),
        (entry("/Filter", Name("/OddDecode")), "can't be decoded"),
        (entry("/BitsPerComponent", 7), "can't be decoded"),
        (shortened, "ends too early: 42% of it is there"),
        (scrambled, "is damaged"),
    ],
)
@pytest.mark.parametrize("in_a_form", [False, True])
def test_a_damaged_picture_is_not_taken_for_empty_paper(pdf, tmp_path, spoil, said, in_a_form):
    page = add_scan(pdf)
    image = page.obj.Resources.XObject["/Im0"]
    spoil(image)
    if in_a_form:
        form = pdf.make_stream(page.Contents.read_bytes())
        form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
        form["/BBox"] = Array([0, 0, 288, 144])
        form["/Resources"] = Dictionary(XObject=Dictionary(Im0=image))
        page.obj["/Resources"] = Dictionary(XObject=Dictionary(Fm0=form))
        page.obj["/Contents"] = pdf.make_stream(b"/Fm0 Do")
    match = f"a picture on it {said} .scan or export that page again"
    with pytest.warns(ForetextWarning, match=f"page 1: left as it was: {match}"):
        report, source, _ = cleaned(pdf, tmp_path)
    assert report.pages[0].action == "failed"
    with pytest.warns(ForetextWarning, match=f"page 1: {match}"):
        (read,) = foretext.read_pdf(source)
    assert isinstance(read.error, PageError)


def packed(kind):
    """Return the test picture, its filter and the entries that go with it, packed in some way."""
    image = PIL.Image.fromarray(picture())
    gray = np.asarray(image.convert("L"))
    file = io.BytesIO()
    if kind == "JPEG 2000":
        image.save(file, "JPEG2000")
        return file.getvalue(), Name.JPXDecode, {}
    if kind == "CMYK":
        data = zlib.compress(np.asarray(image.convert("CMYK")).tobytes())
        return data, Name.FlateDecode, {"/ColorSpace": Name.DeviceCMYK}
    if kind == "palette":
        few = image.quantize(16)
        space = [Name.Indexed, Name.DeviceRGB, 15, pikepdf.String(bytes(few.getpalette()[:48]))]
        levels = np.asarray(few)
        data = zlib.compress((levels[:, ::2] << 4 | levels[:, 1::2]).astype(np.uint8).tobytes())
        return data, Name.FlateDecode, {"/ColorSpace": Array(space), "/BitsPerComponent": 4}
    if kind == "stencil":
        data = zlib.compress(np.packbits(gray > 128, axis=1).tobytes())
        return data, Name.FlateDecode, {"/ImageMask": True, "/BitsPerComponent": 1}
    if kind == "16 bits":
        data = zlib.compress((gray.astype(">u2") * 257).tobytes())
        return data, Name.FlateDecode, {"/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 16}
    return gray.tobytes(), None, {"/ColorSpace": Name.DeviceGray}


@pytest.mark.parametrize(
    "kind", ["JPEG 2000", "CMYK", "palette", "stencil", "16 bits", "not packed"]
)
def test_sound_pictures_of_all_kinds_are_taken(pdf, tmp_path, kind):
    data, packing, entries = packed(kind)
    image = pdf.make_stream(b"")
    image.write(data, filter=packing)
    size = {"/Width": 400, "/Height": 200, "/BitsPerComponent": 8}
    for name, value in {"/Type": Name.XObject, "/Subtype": Name.Image, **size, **entries}.items():
        image[name] = value
    add_page(pdf, b"q 288 0 0 144 0 0 cm /Im0 Do Q", images={"/Im0": image})
    report, _, _ = cleaned(pdf, tmp_path)
    assert report.pages[0].action == "cleaned"


@pytest.mark.parametrize("data", [b"", b"no pages"])
def test_hints_for_pdfs_speak_of_pdfs(pdf, tmp_path, data):
    source = tmp_path / "in.pdf"
    source.write_bytes(data) if not data else pdf.save(source)
    with pytest.raises(EmptyInputError) as caught:
        foretext.clean_pdf(source, tmp_path / "out.pdf")
    assert "PNG" not in caught.value.hint


@pytest.mark.parametrize("matrix", [b"0 0 0 0 0 0", b"288 0 0 0 0 0"])
def test_a_picture_that_covers_nothing_is_none(pdf, tmp_path, matrix):
    page = add_scan(pdf)
    page.obj["/Contents"] = pdf.make_stream(b"q " + matrix + b" cm /Im0 Do Q")
    report, source, _ = cleaned(pdf, tmp_path)
    assert (report.pages[0].action, report.pages[0].note) == ("copied", "there is nothing on it")
    assert [page.text for page in foretext.read_pdf(source)] == [""]
