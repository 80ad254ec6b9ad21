"""What a user may say about which text to keep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import SupportsIndex

from foretext.errors import KeepError
from foretext.numbers import whole

_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
# Nobody means a longer number, and `int` refuses those of thousands of digits.
_INT = r"\d{1,9}"
_RGB = re.compile(rf"rgb\(\s*({_INT})\s*,\s*({_INT})\s*,\s*({_INT})\s*\)")
_GRAY = re.compile(rf"gr[ae]y:\s*({_INT})(?:\s*-\s*({_INT}))?")
_TOLERANCE = re.compile(rf"\s*(?:±|\+-|\+/-|~)\s*({_INT})\s*$")
_NUMBERS = re.compile(rf"(?:layers?\s*)?({_INT}(?:\s*[,+]\s*{_INT})*)")
_WORDS = ("auto", "largest", "darkest")
_NAMED = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "red": (220, 0, 0),
    "green": (0, 140, 0),
    "blue": (0, 0, 220),
}


@dataclass(frozen=True, slots=True)
class ByRank:
    """``auto``, ``largest`` or ``darkest``."""

    order: str


@dataclass(frozen=True, slots=True)
class ByNumber:
    """One or several layers by their numbers."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ByColor:
    """The layer whose color is nearest to this one."""

    color: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ByRange:
    """All pixels whose color lies in a range, both ends in."""

    low: tuple[int, int, int]
    high: tuple[int, int, int]


Keep = ByRank | ByNumber | ByColor | ByRange


def parse_keep(keep: str | SupportsIndex) -> Keep:
    """Understand what a user wants to keep.

    Parameters
    ----------
    keep : str or int
        ``"auto"``, ``"largest"`` or ``"darkest"``; the number of a layer (``2``, ``"2"``,
        ``"layer 2"``, ``"1,3"``); a color (``"#666"``, ``"#666666"``, ``"rgb(102, 102, 102)"``,
        ``"gray:102"``, ``"red"``), which takes the layer nearest to it; or a range of colors
        (``"gray:100-105"``, ``"rgb(102,102,102)±6"``, ``"#666±6"``; ``+-`` does for ``±``).

    Returns
    -------
    ByRank, ByNumber, ByColor or ByRange

    Raises
    ------
    KeepError
        If it is none of these.
    """
    if (number := whole(keep)) is not None:
        return _by_number((number,))
    if not isinstance(keep, str):
        raise _not_understood(keep)
    text = keep.strip().lower()
    if text in _WORDS:
        return ByRank(text)
    if match := _NUMBERS.fullmatch(text):
        return _by_number(tuple(int(n) for n in re.split(r"[,+]", match[1])))
    return _by_color(text, keep)


def _by_number(numbers: tuple[int, ...]) -> ByNumber:
    if min(numbers) < 1:
        raise KeepError("layers are numbered from 1 on")
    return ByNumber(tuple(dict.fromkeys(numbers)))


def _by_color(text: str, keep: str) -> ByColor | ByRange:
    tolerance = _TOLERANCE.search(text)
    body = text[: tolerance.start()].strip() if tolerance else text
    if match := _GRAY.fullmatch(body):
        low, high = int(match[1]), int(match[2] or match[1])
        if not 0 <= low <= high <= 255:
            raise KeepError(f"gray levels run from 0 to 255, low end first: {keep!r}")
        if match[2] and not tolerance:
            return ByRange((low, low, low), (high, high, high))
        if match[2]:
            raise _not_understood(keep)
        color: tuple[int, int, int] | None = (low, low, low)
    else:
        color = _color(body, keep)
    if color is None:
        raise _not_understood(keep)
    if tolerance is None:
        return ByColor(color)
    margin = int(tolerance[1])
    red, green, blue = color
    return ByRange(
        (max(red - margin, 0), max(green - margin, 0), max(blue - margin, 0)),
        (min(red + margin, 255), min(green + margin, 255), min(blue + margin, 255)),
    )


def _color(text: str, keep: str) -> tuple[int, int, int] | None:
    if text in _NAMED:
        return _NAMED[text]
    if match := _HEX.fullmatch(text):
        digits = match[1] if len(match[1]) == 6 else "".join(2 * d for d in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _RGB.fullmatch(text):
        red, green, blue = (int(group) for group in match.groups())
        if max(red, green, blue) > 255:
            raise KeepError(f"a color's parts run from 0 to 255: {keep!r}")
        return red, green, blue
    return None


def _not_understood(keep: object) -> KeepError:
    return KeepError(
        f"keep={keep!r} is not understood",
        hint="say auto, largest, darkest, a layer's number, or a color such as '#666', "
        "'gray:100-105' or 'rgb(102,102,102)±6'",
    )
