"""hOCR and ALTO: what they must have, what they must not break on, and a public checker."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

import foretext
from foretext.export.alto import to_alto
from foretext.export.hocr import to_hocr
from foretext.export.xml import fit
from foretext.reading import Box, Character, Line, Reading, Word
from tests.stages import EXAMPLES, picture

XHTML = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
NASTY = "a<b>&\"'\x00\x1b\ud800\ufffe\U0001f600\u00e9"


@pytest.fixture(scope="module")
def cleaned():
    return foretext.clean(EXAMPLES / "YabVzu.png")


@pytest.fixture(scope="module", params=["tesseract", "rapidocr"])
def reading(request, cleaned):
    return foretext.read_cleaned(cleaned, engine=request.param)


@pytest.fixture(scope="module")
def blank():
    cleaned = foretext.clean(picture("white"))
    return cleaned, foretext.read_cleaned(cleaned)


def made_up(*lines):
    """Return a reading of lines, each given by its words; all boxes between pixels."""
    box = Box(3.25, 4.5, 9.75, 12.25)
    made = []
    for words in lines:
        parts = tuple(
            Word(word, 0.987, box, tuple(Character(c, 0.5, box) for c in word)) for word in words
        )
        made.append(Line(parts, 0.9, box))
    return Reading(tuple(made), "tesseract")


# --- hOCR --------------------------------------------------------------------------------------


def parsed_hocr(cleaned, reading):
    document = to_hocr(cleaned, reading)
    assert document.isascii()
    return ET.fromstring(document)


def of_class(root, name):
    return root.findall(f".//*[@class='{name}']")


def properties(element):
    """Return the title of an element as {name: words after it}."""
    parts = [part.split() for part in element.get("title").split(";")]
    return {name: rest for name, *rest in parts}


def test_hocr_has_page_lines_words_and_characters(cleaned, reading):
    root = parsed_hocr(cleaned, reading)
    (page,) = of_class(root, "ocr_page")
    assert properties(page)["bbox"] == ["0", "0", "160", "75"]
    assert properties(page)["image"] == [f'"{EXAMPLES / "YabVzu.png"}"']
    (line,) = of_class(page, "ocr_line")
    (word,) = of_class(line, "ocrx_word")
    assert properties(word)["x_wconf"] == [str(round(100 * reading.words[0].confidence))]
    characters = of_class(word, "ocrx_cinfo")
    assert [c.text for c in characters] == list("YabVzu")
    boxes = [tuple(map(int, properties(c)["x_bboxes"])) for c in characters]
    assert boxes == [character.box for character in reading.characters]
    assert all(0 <= int(*properties(c)["x_confs"]) <= 100 for c in characters)


def test_hocr_tells_who_made_it_and_what_it_holds(cleaned, reading):
    root = parsed_hocr(cleaned, reading)
    metas = root.iterfind(f"{XHTML}head/{XHTML}meta[@name]")
    metadata = {meta.get("name"): meta.get("content") for meta in metas}
    assert foretext.__version__ in metadata["ocr-system"]
    assert reading.engine in metadata["ocr-system"]
    used = {element.get("class") for element in root.iter() if element.get("class")}
    assert used == set(metadata["ocr-capabilities"].split())


def test_text_of_hocr_is_that_of_the_reading(cleaned):
    root = parsed_hocr(cleaned, made_up(["two", "words"], ["and", "more"]))
    lines = [" ".join("".join(line.itertext()).split()) for line in of_class(root, "ocr_line")]
    assert lines == ["two words", "and more"]


def test_hocr_has_names_of_its_own_for_all(cleaned):
    root = parsed_hocr(cleaned, made_up(["two", "words"], ["and", "more"]))
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names)) == 3 + 2 + 4 + 15


def test_hocr_boxes_are_whole_pixels_around(cleaned):
    root = parsed_hocr(cleaned, made_up(["x"]))
    (word,) = of_class(root, "ocrx_word")
    assert properties(word)["bbox"] == ["3", "4", "10", "13"]


def test_hocr_of_a_word_without_characters_has_its_text(cleaned):
    word = Word("whole", 0.9, Box(0, 0, 9, 9))
    root = parsed_hocr(cleaned, Reading((Line((word,), 0.9, word.box),), "tesseract"))
    (found,) = of_class(root, "ocrx_word")
    assert found.text == "whole"


def test_hocr_tells_the_resolution(cleaned):
    source = replace(cleaned.source, dpi=(300.0, 299.6))
    root = parsed_hocr(replace(cleaned, source=source), made_up(["x"]))
    assert properties(*of_class(root, "ocr_page"))["scan_res"] == ["300", "300"]


def test_name_of_the_picture_can_not_end_its_property(cleaned):
    source = replace(cleaned.source, source='my "scan"; bbox 1 2 3 4.png')
    root = parsed_hocr(replace(cleaned, source=source), made_up(["x"]))
    (page,) = of_class(root, "ocr_page")
    assert properties(page)["bbox"] == ["0", "0", "160", "75"]


def check_hocr(document, path):
    """Return what the public checker hocr-spec says, without its recommendations."""
    path.write_text(document, encoding="ascii")
    code = "from hocr_spec.cli import main; main()"
    # A process of its own, as it warns of its own code.
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, "--profile", "standard", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.returncode, [line for line in done.stdout.splitlines() if "[ERROR]" in line]


def test_hocr_passes_the_public_checker(cleaned, reading, blank, tmp_path):
    nasty = replace(cleaned, source=replace(cleaned.source, source=NASTY, dpi=(300, 300)))
    for document in (
        to_hocr(cleaned, reading),
        to_hocr(*blank),
        to_hocr(nasty, made_up([NASTY, "b"], ["c"])),
    ):
        assert check_hocr(document, tmp_path / "page.html") == (0, [])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("x_wconf 92", "x_wconf 192"),
        ("ocr_page ocr_carea", "ocr_carea"),
        ('class="ocr_page"', 'class="ocr_leaf"'),
        ("x_bboxes", "x_boxes"),
    ],
)
def test_the_public_checker_would_find_errors(cleaned, tmp_path, right, wrong):
    reading = made_up(["x"])
    document = to_hocr(cleaned, reading).replace("x_wconf 99", "x_wconf 92")
    assert right in document
    code, errors = check_hocr(document.replace(right, wrong), tmp_path / "page.html")
    assert (code, bool(errors)) == (1, True)


# --- ALTO --------------------------------------------------------------------------------------

# What the schema (alto-4-4.xsd) demands of the elements used here: the children in their order,
# the attributes that must be, and those that may.
PLACE = {"HPOS", "VPOS", "WIDTH", "HEIGHT"}
RULES = {
    "alto": ("Description? Layout", set(), {"SCHEMAVERSION"}),
    "Description": ("MeasurementUnit sourceImageInformation? Processing*", set(), set()),
    "MeasurementUnit": ("", set(), set()),
    "sourceImageInformation": ("fileName?", set(), set()),
    "fileName": ("", set(), set()),
    "Processing": (
        "processingCategory? processingStepDescription* processingStepSettings?"
        " processingSoftware?",
        {"ID"},
        set(),
    ),
    "processingCategory": ("", set(), set()),
    "processingStepDescription": ("", set(), set()),
    "processingStepSettings": ("", set(), set()),
    "processingSoftware": ("softwareName? softwareVersion?", set(), set()),
    "softwareName": ("", set(), set()),
    "softwareVersion": ("", set(), set()),
    "Layout": ("Page+", set(), set()),
    "Page": (
        "PrintSpace?",
        {"ID", "PHYSICAL_IMG_NR"},
        {"WIDTH", "HEIGHT", "PROCESSINGREFS", "PC"},
    ),
    "PrintSpace": ("TextBlock*", set(), PLACE),
    "TextBlock": ("TextLine*", {"ID"}, PLACE),
    "TextLine": ("String (SP? String)*", set(), {"ID", *PLACE}),
    "SP": ("", set(), set()),
    "String": ("Glyph*", {"CONTENT"}, {"ID", "WC", *PLACE}),
    "Glyph": ("Variant*", {"CONTENT"}, {"ID", "GC", *PLACE}),
    "Variant": ("", set(), {"CONTENT", "VC"}),
}


def assert_valid_alto(root):
    for element in root.iter():
        name = element.tag.removeprefix(ALTO)
        children, required, optional = RULES[name]
        order = re.sub(r"\w+", r"(?:<\g<0>>)", children).replace(" ", "")
        found = "".join(f"<{child.tag.removeprefix(ALTO)}>" for child in element)
        assert re.fullmatch(order, found), (name, found)
        attributes = {key for key in element.attrib if not key.startswith("{")}
        assert required <= attributes <= required | optional, name
        for key in ("GC", "WC", "VC", "PC"):
            assert 0 <= float(element.get(key, "0")) <= 1
        assert all(float(element.get(key, "0")) >= 0 for key in PLACE)
        if name == "Glyph":
            assert len(element.get("CONTENT")) == 1
    names = [element.get("ID") for element in root.iter() if element.get("ID")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in names)
    for page in root.iter(f"{ALTO}Page"):
        assert set(page.get("PROCESSINGREFS").split()) <= set(names)


def parsed_alto(cleaned, reading):
    document = to_alto(cleaned, reading)
    assert document.isascii()
    root = ET.fromstring(document)
    assert_valid_alto(root)
    return root


def texts_of(root, name):
    return [element.text for element in root.iter(f"{ALTO}{name}")]


def test_alto_has_lines_strings_and_glyphs(cleaned, reading):
    root = parsed_alto(cleaned, reading)
    (page,) = root.iter(f"{ALTO}Page")
    assert (page.get("WIDTH"), page.get("HEIGHT")) == ("160", "75")
    (string,) = root.iter(f"{ALTO}String")
    assert string.get("CONTENT") == "YabVzu"
    assert float(string.get("WC")) == pytest.approx(reading.words[0].confidence, rel=1e-4)
    glyphs = list(string)
    assert [glyph.get("CONTENT") for glyph in glyphs] == list("YabVzu")
    for glyph, character in zip(glyphs, reading.characters, strict=True):
        left, top = float(glyph.get("HPOS")), float(glyph.get("VPOS"))
        size = float(glyph.get("WIDTH")), float(glyph.get("HEIGHT"))
        assert (left, top, left + size[0], top + size[1]) == character.box


def test_alto_tells_what_was_done_and_by_whom(cleaned, reading):
    root = parsed_alto(cleaned, reading)
    assert texts_of(root, "MeasurementUnit") == ["pixel"]
    assert texts_of(root, "fileName") == [str(EXAMPLES / "YabVzu.png")]
    told = texts_of(root, "processingStepDescription")
    assert len(told) == len(cleaned.steps) + len(reading.attempts)
    for step, text in zip(cleaned.steps, told, strict=False):
        assert text.startswith(step.name)
        assert step.note in text
    assert [text.split()[-1] for text in told[len(cleaned.steps) :]] == [
        attempt.shown for attempt in reading.attempts
    ]
    settings = [json.loads(text) for text in texts_of(root, "processingStepSettings")]
    assert settings == [dict(step.settings) for step in cleaned.steps]
    *ours, engine = texts_of(root, "softwareName")
    assert set(ours) == {"foretext"}
    assert engine == reading.engine
    *versions, version = texts_of(root, "softwareVersion")
    assert set(versions) == {foretext.__version__}
    assert re.match(r"\d+\.\d+", version)


def test_alto_parts_words_by_spaces(cleaned):
    root = parsed_alto(cleaned, made_up(["two", "words", "here"], ["one"]))
    lines = list(root.iter(f"{ALTO}TextLine"))
    assert [[child.tag.removeprefix(ALTO) for child in line] for line in lines] == [
        ["String", "SP", "String", "SP", "String"],
        ["String"],
    ]


def test_alto_does_not_know_the_version_of_an_unknown_engine(cleaned):
    root = parsed_alto(cleaned, replace(made_up(["x"]), engine="several"))
    assert texts_of(root, "softwareName")[-1] == "several"
    assert set(texts_of(root, "softwareVersion")) == {foretext.__version__}


def test_a_glyph_is_one_code_point(cleaned):
    box = Box(0, 0, 9, 9)
    texts = ["e\u0301", "x\u0323", "ffi", "abcd"]
    characters = tuple(Character(text, 0.9, box) for text in texts)
    word = Word("".join(texts), 0.9, box, characters)
    root = parsed_alto(cleaned, Reading((Line((word,), 0.9, box),), "tesseract"))
    glyphs = list(root.iter(f"{ALTO}Glyph"))
    assert [glyph.get("CONTENT") for glyph in glyphs] == ["\u00e9", "x", "f", "a"]
    variants = [[variant.get("CONTENT") for variant in glyph] for glyph in glyphs]
    assert variants == [[], ["x\u0323"], ["ffi"], []]


def test_the_rules_would_find_errors(cleaned):
    document = to_alto(cleaned, made_up(["x", "y"]))
    for right, wrong in [
        ('GC="0.5"', 'GC="1.5"'),
        ("<SP />", "<SP /><SP />"),
        ("<SP />", "<HYP />"),
        ('ID="line_1_string_2"', 'ID="line_1_string_1"'),
        ('PHYSICAL_IMG_NR="1"', ""),
        ('Glyph ID="line_1_string_1_glyph_1"', 'Glyph TEXT="1"'),
    ]:
        assert right in document
        with pytest.raises((AssertionError, KeyError)):
            assert_valid_alto(ET.fromstring(document.replace(right, wrong)))


# --- both --------------------------------------------------------------------------------------


def test_documents_of_nothing_are_whole(blank):
    cleaned, reading = blank
    assert not of_class(parsed_hocr(cleaned, reading), "ocr_line")
    assert len(of_class(parsed_hocr(cleaned, reading), "ocr_page")) == 1
    assert not list(parsed_alto(cleaned, reading).iter(f"{ALTO}TextLine"))


def test_nothing_that_was_read_breaks_a_document(cleaned):
    named = replace(cleaned, source=replace(cleaned.source, source=NASTY))
    reading = made_up([NASTY, "]]>"])
    word, _ = of_class(parsed_hocr(named, reading), "ocrx_word")
    assert "".join(word.itertext()) == fit(NASTY)
    string, _ = parsed_alto(named, reading).iter(f"{ALTO}String")
    assert string.get("CONTENT") == fit(NASTY)


def test_what_xml_can_not_hold_is_replaced():
    assert fit(NASTY) == "a<b>&\"'\ufffd\ufffd\ufffd\ufffd\U0001f600\u00e9"
    assert fit("\t\n plain \u20ac") == "\t\n plain \u20ac"
