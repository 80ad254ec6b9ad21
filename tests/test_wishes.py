"""Wishes of the wrong type or without meaning are refused in words that help."""

from __future__ import annotations

import io
import json

import numpy as np
import pikepdf
import pytest

import foretext
from foretext import InputError, KeepError, OutputError, Recipe, RecipeError, UsageError
from foretext.errors import PdfError
from foretext.recognize import ENGINES
from tests.pdfs import add_scan
from tests.stages import EXAMPLES, GRAY, RED, lettering, paint, paper

FIRST = EXAMPLES / "YabVzu.png"
LIMITS = pytest.mark.parametrize("limit", [None, float("nan"), 0, -4, True, "9", [5]], ids=repr)


@pytest.fixture(scope="module")
def scan():
    with pikepdf.new() as pdf, io.BytesIO() as file:
        add_scan(pdf)
        pdf.save(file)
        return file.getvalue()


@LIMITS
def test_a_limit_is_a_number_above_zero(scan, limit):
    for work in (
        lambda: foretext.clean(FIRST, max_pixels=limit),
        lambda: foretext.layers(np.zeros((5, 5)), max_pixels=limit),
        lambda: foretext.read(FIRST, max_pixels=limit),
        lambda: foretext.clean_pdf(scan, io.BytesIO(), max_pixels=limit),
        lambda: foretext.read_pdf(scan, max_pixels=limit),
    ):
        with pytest.raises(UsageError, match="max_pixels must be a number above 0"):
            work()


@pytest.mark.parametrize("limit", [12_000, 12e3, float("inf"), np.int64(12_000)])
def test_any_number_above_zero_is_a_limit(limit):
    assert foretext.clean(FIRST, max_pixels=limit).source.width == 160


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"engine": 5}, "no engine 5"),
        ({"engine": ""}, "no engine ''"),
        ({"engine": ["tesseract"]}, "no engine"),
        ({"lang": 5}, "5 can't be the name of a language"),
        ({"lang": ""}, "'' can't be the name of a language"),
        ({"effort": "best"}, "no effort 'best'"),
        ({"effort": ["fast"]}, "no effort"),
        ({"layout": 5}, "no layout 5"),
        ({"layout": ""}, "no layout ''"),
    ],
    ids=str,
)
def test_bad_wishes_for_reading(scan, wish, said):
    with pytest.raises(UsageError, match=said) as caught:
        foretext.read(FIRST, **wish)
    assert caught.value.hint
    with pytest.raises(UsageError, match=said):
        list(foretext.read_pdf(scan, **wish))


@pytest.mark.parametrize("keep", [3.5, [1], True, b"auto"])
def test_keep_is_a_word_or_a_number(keep):
    with pytest.raises(KeepError, match="is not understood"):
        foretext.clean(FIRST, keep=keep)


@pytest.mark.parametrize("given", [5, "scan.png", None])
def test_only_cleaned_pictures_are_read(given):
    with pytest.raises(UsageError, match="only what `clean` returns"):
        foretext.read_cleaned(given)


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(keep=3.5),
        Recipe(network="no"),
        Recipe(stages=(("nonsense", {}),)),
        Recipe(stages=(("despeckle", {"area": "small"}),)),
        Recipe(render={"x_height": -1}),
        Recipe(read={"engine": 5}),
        5,
    ],
    ids=["keep", "network", "stage", "setting", "render", "read", "none"],
)
def test_recipes_made_in_python_are_checked(recipe):
    with pytest.raises(RecipeError):
        foretext.clean(FIRST, recipe=recipe)
    with pytest.raises(RecipeError):
        Recipe.from_toml(recipe)


def test_recipes_made_in_python_are_completed():
    assert foretext.read(FIRST, recipe=Recipe(keep=1, read={}, render={})).text == "YabVzu"


@pytest.mark.parametrize("source", [5, None, io.StringIO("%PDF-")], ids=["5", "None", "text"])
def test_a_pdf_is_a_path_bytes_or_a_binary_file(scan, source):
    with pytest.raises(InputError, match="can't take a PDF from"):
        foretext.clean_pdf(source, io.BytesIO())
    with pytest.raises(InputError, match="can't take a PDF from"):
        foretext.read_pdf(source)
    for given in (bytearray(scan), memoryview(scan)):
        assert len(foretext.clean_pdf(given, io.BytesIO()).cleaned) == 1


@pytest.mark.parametrize("target", [5, None, io.StringIO()], ids=["5", "None", "text"])
def test_a_pdf_goes_to_a_path_or_a_binary_file(scan, target):
    with pytest.raises(UsageError, match="can't be written to"):
        foretext.clean_pdf(scan, target)


@pytest.mark.parametrize(
    ("wish", "said"), [({"pages": 5}, "no range of pages"), ({"password": 5}, "is a text")], ids=str
)
def test_bad_wishes_for_pdfs(scan, wish, said):
    with pytest.raises(UsageError, match=said):
        foretext.clean_pdf(scan, io.BytesIO(), **wish)
    with pytest.raises(UsageError, match=said):
        foretext.read_pdf(scan, **wish)


def test_hints_of_a_wish_that_fits_no_page_are_for_pdfs(scan):
    with pytest.warns(foretext.ForetextWarning, match="--pages") as caught:
        foretext.clean_pdf(scan, io.BytesIO(), keep=99)
    assert "foretext layers" not in str(caught[0].message)


@pytest.mark.parametrize(
    ("name", "said"),
    [("x.bmp", "no picture is written as .bmp"), ("x", "without a suffix it has no format")],
)
def test_a_name_that_tells_no_format(tmp_path, name, said):
    with pytest.raises(OutputError, match=said) as caught:
        foretext.clean(FIRST).save(tmp_path / name)
    assert ".png" in caught.value.hint


def test_a_file_that_is_called_a_pdf_and_is_none(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(PdfError, match="is not a PDF") as caught:
        foretext.clean(path)
    assert "PNG" not in caught.value.hint


def test_layers_follow_a_recipe(tmp_path):
    shape = (90, 260)
    above, below = ((16, 18), "Hx8mPq", 52), ((4, 60), "other words", 22)
    words = lettering(shape, above), lettering(shape, below)
    pixels = paint(paper(shape), (words[1], RED), (words[0], GRAY))
    plain = foretext.layers(pixels, recipe=Recipe(network=False, keep="#00f"))
    assert [layer.wanted for layer in plain] == [None] * len(plain)
    assert None not in [layer.wanted for layer in foretext.layers(pixels)]
    (tmp_path / "my.toml").write_text(Recipe(network=False).to_toml(), encoding="utf-8")
    cleaned = foretext.clean(pixels, recipe=tmp_path / "my.toml")
    found = foretext.layers(pixels, recipe=tmp_path / "my.toml")
    assert [layer.score for layer in found] == [layer.score for layer in cleaned.layers]
    with pytest.raises(RecipeError):
        foretext.layers(pixels, recipe=5)


@pytest.mark.parametrize("size", [(60, 90), (900, 900)])
@pytest.mark.parametrize("engine", ["auto", *ENGINES])
def test_a_blank_picture_names_the_engine_that_would_have_read(size, engine):
    told = foretext.read(np.full(size, 255, np.uint8), engine=engine).to_dict()
    assert told["engine"] in (ENGINES if engine == "auto" else [engine])
    assert (told["text"], told["lines"], told["attempts"]) == ("", [], [])


def test_a_page_that_could_not_be_read_names_no_engine(scan):
    with pytest.warns(foretext.ForetextWarning, match="limit"):
        (page,) = foretext.read_pdf(scan, max_pixels=10)
    assert json.loads(json.dumps(page.to_dict()))["engine"] is None
