"""Short texts in which signs matter: prices, numbers below zero, dashes, marks of all kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lab.scenes.language import strings
from lab.scenes.language.vocabulary import SURNAMES, WORDS
from lab.scenes.studio import Studio


def phrase(studio: Studio) -> str:
    """Draw a short text with at least one sign."""
    return studio.one_of(_KINDS)(studio)


def few(studio: Studio) -> str:
    """Draw one to three characters, as on a door, a bus or a jersey."""
    if studio.chance(0.4):
        return str(studio.whole(1, 199))
    if studio.chance(0.4):
        return strings.characters(studio, studio.whole(1, 2))
    capital = strings.characters(studio, 1, "ABCDEFGHJKLMNPQRSTUVWXYZ")
    return studio.one_of([f"{capital}{studio.whole(1, 99)}", f"#{studio.whole(1, 99)}", capital])


def _number(studio: Studio) -> str:
    whole = studio.whole(0, studio.one_of([9, 99, 999, 9999]))
    return studio.one_of([f"{whole}", f"{whole}.{studio.whole(0, 9)}", f"{whole}.{_cents(studio)}"])


def _cents(studio: Studio) -> str:
    return studio.one_of(["99", "50", "05", f"{studio.whole(10, 99)}"])


def _amount(studio: Studio) -> str:
    number = f"{_number(studio)}"
    signed = studio.one_of(["-", "+", "- ", ""]) + studio.one_of(["", "", "$"]) + number
    return signed + studio.one_of(["", "", "%", " %", "°", " kg"])


def _price(studio: Studio) -> str:
    return f"${studio.whole(0, 99)}.{_cents(studio)}"


def _time(studio: Studio) -> str:
    return f"{studio.whole(0, 23)}:{studio.whole(10, 59)}"


def _dashed(studio: Studio) -> str:
    dash = studio.one_of(["-", "—"])
    words = _words(studio, 2)
    number = f"{dash} {studio.whole(1, 99)} {dash}"
    return studio.one_of([f"{dash} {words}", number, f"{_word(studio)} {dash} {_word(studio)}"])


def _marked(studio: Studio) -> str:
    word, words = _word(studio), _words(studio, studio.whole(1, 3))
    return studio.one_of(
        [
            f"{words}...",
            f"...{words}",
            f'"{words}"',
            f"'{words}'",
            f"*{word}*",
            f"* {words}",
            f"({words})",
            f"[{word}]",
            f"<{word}>",
            f"{words}!",
            f"{words}?",
            f"{word}: {studio.whole(1, 99)}",
            f"{word} & {_word(studio)}",
            f"{word}, {words}.",
        ]
    )


def _code(studio: Studio) -> str:
    name, value = _word(studio).lower(), studio.whole(0, 9999)
    return studio.one_of(
        [
            f"{name} = {value};",
            f"{name}({value})",
            f"{name}[{studio.whole(0, 9)}] += {value}",
            f"#{name}",
            f"{name}: {value},",
            f"= {value}",
            f"{studio.whole(1, 99)}/{studio.whole(2, 99)}",
            f"{studio.whole(1, 99)} + {studio.whole(1, 99)} = {value}",
        ]
    )


def _list(studio: Studio) -> str:
    name = studio.one_of(SURNAMES)
    return studio.one_of([f"{studio.whole(1, 20)}. {name}", f"{name}, {_price(studio)}"])


def _word(studio: Studio) -> str:
    return strings.cased(studio, studio.one_of(WORDS))


def _words(studio: Studio, count: int) -> str:
    return " ".join(_word(studio) for _ in range(count))


_KINDS: Final[tuple[Callable[[Studio], str], ...]] = (
    _amount,
    _price,
    _time,
    _dashed,
    _marked,
    _marked,
    _code,
    _list,
)
