"""Running text: sentences put together by rule, so that no one's text is copied."""

from __future__ import annotations

from lab.scenes.language import vocabulary as v
from lab.scenes.studio import Studio


def _thing(studio: Studio) -> str:
    adjective = f"{studio.one_of(v.ADJECTIVES)} " if studio.chance(0.5) else ""
    return f"the {adjective}{studio.one_of(v.THINGS)}"


def _person(studio: Studio) -> str:
    if studio.chance(0.25):
        return f"{studio.one_of(('Mr.', 'Mrs.', 'Dr.'))} {studio.one_of(v.SURNAMES)}"
    adjective = f"{studio.one_of(v.ADJECTIVES)} " if studio.chance(0.3) else ""
    return f"the {adjective}{studio.one_of(v.PEOPLE)}"


def _place(studio: Studio) -> str:
    preposition = studio.one_of(("near", "behind", "in", "beyond", "by"))
    return f"{preposition} the {studio.one_of(v.PLACES)}"


def date(studio: Studio) -> str:
    """Draw a date."""
    return f"{studio.one_of(v.MONTHS)} {studio.whole(1, 28)}, {studio.whole(1900, 2030)}"


def _when(studio: Studio) -> str:
    return studio.one_of(
        (
            f"on {date(studio)}",
            f"at {studio.whole(1, 12)}:{studio.whole(10, 59)}",
            f"after {studio.whole(2, 40)} days",
            f"in {studio.one_of(v.MONTHS)}",
            f"for {studio.whole(2, 99)}.{studio.whole(10, 99)} dollars",
        )
    )


def _clause(studio: Studio) -> str:
    adverb = f"{studio.one_of(v.ADVERBS)} " if studio.chance(0.3) else ""
    clause = f"{_person(studio)} {adverb}{studio.one_of(v.VERBS)} {_thing(studio)}"
    if studio.chance(0.5):
        clause += f" {_place(studio)}"
    if studio.chance(0.3):
        clause += f" {_when(studio)}"
    return clause


def sentence(studio: Studio) -> str:
    """Draw a sentence of one to three clauses."""
    text = _clause(studio)
    if studio.chance(0.4):
        joint = studio.one_of((", and ", ", but ", " because ", "; ", " while "))
        text += joint + _clause(studio)
    if studio.chance(0.2):
        text += f" ({studio.one_of(v.THINGS)} no. {studio.whole(2, 980)})"
    return text[0].upper() + text[1:] + "."


def paragraph(studio: Studio, words: int) -> list[str]:
    """Draw sentences until they have at least ``words`` words; give the words."""
    text: list[str] = []
    while len(text) < words:
        text += sentence(studio).split()
    return text


def heading(studio: Studio) -> str:
    """Draw a title of two to five words."""
    parts = [studio.one_of(v.ADJECTIVES), studio.one_of(v.THINGS)]
    if studio.chance(0.5):
        parts += ["of", "the", studio.one_of(v.PLACES)]
    if studio.chance(0.3):
        parts = [f"{studio.whole(1, 12)}.", *parts]
    capital = studio.chance(0.5)
    return " ".join(
        part.capitalize() if capital or spot == 0 else part for spot, part in enumerate(parts)
    )
