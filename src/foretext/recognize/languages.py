"""Languages that the PP-OCR models of RapidOCR read, by Tesseract's codes, and their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from foretext.errors import LanguageDataError
from foretext.recognize.tessdata import split_languages

# Those that the PP-OCRv6 models were made for.
_LISTED = """
    afr aze bos cat ces chi_sim chi_tra cym dan deu eng est eus fil fin fra gle glg hrv hun
    ind isl ita jpn kmr lat lav lit ltz mlt mri msa nld nor oci pol por que ron slk slv spa
    sqi srp_latn swa swe tgl tur uzb vie script/Latin
"""
_KNOWN = frozenset(_LISTED.split())
# Where signs stand that go with Latin letters: ASCII, Latin-1, general punctuation, currencies.
_SIGNS = (range(0x20, 0x7F), range(0xA1, 0x100), range(0x2010, 0x2028), range(0x20A0, 0x20D0))
# Signs beyond ASCII that English texts have.
ENGLISH_SIGNS = frozenset("‘’“”–—…•€£¥¢§©®™°½¼¾«»±²³µ")  # noqa: RUF001
_NOT_LATIN = frozenset({"chi_sim", "chi_tra", "jpn"})


def rapidocr_knows(lang: str) -> bool:
    """Tell whether the models read all of these languages, joined by a plus."""
    return _KNOWN.issuperset(split_languages(lang))


def known_languages(lang: str) -> tuple[str, ...]:
    """Return the languages that are joined by a plus.

    Raises
    ------
    UsageError
        If one of them can't be the name of a language.
    LanguageDataError
        If the models don't read one of them.
    """
    languages = split_languages(lang)
    for language in languages:
        if language not in _KNOWN:
            raise LanguageDataError(
                f"the models of RapidOCR don't cover {language!r}",
                hint=f"use Tesseract for it; covered are: {' '.join(sorted(_KNOWN))}",
            )
    return languages


def is_latin_alone(languages: Collection[str]) -> bool:
    """Tell whether all of some languages are written in Latin letters."""
    return _NOT_LATIN.isdisjoint(languages)


def is_latin(character: str) -> bool:
    """Tell whether a character is a Latin letter, a digit, or a sign that goes with them."""
    if len(character) != 1:
        return False
    if any(ord(character) in signs for signs in _SIGNS):
        return True
    return unicodedata.name(character, "").startswith("LATIN ")


def is_english(character: str) -> bool:
    """Tell whether a character is common in English: no letter with an accent, no odd sign."""
    return character.isascii() or character in ENGLISH_SIGNS
