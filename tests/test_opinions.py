"""A second model of Tesseract: when it is asked, what it may read, and that it may be missing."""

import pytest

import foretext
from foretext.errors import LanguageDataError
from foretext.recognize import opinions
from foretext.recognize.opinions import second_opinion

PICTURE = "examples/YabVzu.png"


def models(reading):
    return [attempt.model for attempt in reading.attempts]


def test_tesseract_asks_another_model_about_a_small_picture():
    reading = foretext.read(PICTURE, engine="tesseract")
    assert models(reading)[:2] == ["", "deu"]
    assert {a.engine for a in reading.attempts[:2]} == {"tesseract"}
    assert reading.text == "YabVzu"
    surest = max(reading.attempts, key=lambda attempt: attempt.sureness)
    assert surest.text == reading.text


@pytest.mark.parametrize(
    "told",
    [
        {"engine": "tesseract", "effort": "fast"},
        {"engine": "tesseract", "lang": "deu"},
        {"engine": "rapidocr"},
    ],
)
def test_no_other_is_asked(told):
    assert set(models(foretext.read(PICTURE, **told))) == {""}


def test_the_other_reads_the_letters_of_the_text():
    found = second_opinion("tesseract", "eng", None)
    assert found.alphabet.isdisjoint("äöüÄÖÜß")
    assert found.alphabet.issuperset("AZaz09.,€")
    assert second_opinion("tesseract", "eng", "0123").alphabet == frozenset("0123")
    reading = foretext.read(PICTURE, engine="tesseract", alphabet="0123456789")
    assert all(set(a.text) <= set("0123456789 \n") for a in reading.attempts)


def test_without_its_data_the_first_reads_alone(monkeypatch):
    def absent(name, *, lang):
        raise LanguageDataError(lang)

    monkeypatch.setattr(opinions, "get_engine", absent)
    assert second_opinion("tesseract", "eng", None) is None
    reading = foretext.read(PICTURE, engine="tesseract")
    assert set(models(reading)) == {""}
    assert reading.text == "YabVzu"
