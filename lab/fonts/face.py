"""One font file, opened and measured."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

# Raqm is not on every machine and moves glyphs by fractions of a pixel; the basic layout is.
_LAYOUT: Final = ImageFont.Layout.BASIC
_PROBE_SIZE: Final = 64
_MISSING: Final = "\uffff"
_DIGITS: Final = frozenset("0123456789")


@dataclass(frozen=True)
class Face:
    """One cut of a family.

    Attributes
    ----------
    family, kind, split : str
        Family name; ``"sans"``, ``"serif"`` or ``"mono"``; who may use it.
    weight : str
        ``"light"``, ``"regular"`` or ``"bold"``.
    italic : bool
        Whether it is slanted by design.
    path : Path
        The font file.
    """

    family: str
    kind: str
    split: str
    weight: str
    italic: bool
    path: Path

    def at(self, size: float) -> ImageFont.FreeTypeFont:
        """Open the font at an em of ``size`` pixels."""
        return _open(self.path, size)

    def em_for_cap(self, height: float) -> float:
        """Em size in pixels at which a capital is ``height`` pixels high."""
        return height / _cap_ratio(self.path)

    def stem(self, cap: float) -> float:
        """Thickness of an upright stroke, in pixels, where capitals are ``cap`` pixels high."""
        return cap * _stem_ratio(self.path)

    def spelled(self, text: str) -> str:
        """Return the characters that are drawn for ``text``: they themselves, as a rule."""
        return text

    def has(self, text: str) -> bool:
        """Whether the font draws every character of ``text`` so that it can be told.

        Old-style figures don't pass: their zero is an o and their one an I.
        """
        return _draws_all(self.path, "".join(sorted(set(text) - {" "})))


@functools.lru_cache(maxsize=256)
def _open(path: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=_LAYOUT)


@functools.lru_cache(maxsize=1024)
def _cap_ratio(path: Path) -> float:
    left, top, right, bottom = _open(path, 200).getbbox("H", anchor="ls")
    return max(1.0, bottom - top) / 200 if right > left else 0.7


@functools.lru_cache(maxsize=1024)
def _stem_ratio(path: Path) -> float:
    font = _open(path, 200)
    left, top, right, bottom = font.getbbox("l", anchor="ls")
    picture = Image.new("L", (int(right - left), int(bottom - top)))
    ImageDraw.Draw(picture).text((-left, -top), "l", fill=255, font=font, anchor="ls")
    middle = picture.crop((0, picture.height // 2, picture.width, picture.height // 2 + 1))
    return sum(value > 127 for value in middle.tobytes()) / 200 / _cap_ratio(path)


@functools.lru_cache(maxsize=1024)
def _has_low_digits(path: Path) -> bool:
    _, top, _, bottom = _open(path, 200).getbbox("0", anchor="ls")
    return (bottom - top) / 200 < 0.85 * _cap_ratio(path)


@functools.lru_cache(maxsize=1024)
def _blank(path: Path) -> bytes:
    return bytes(_open(path, _PROBE_SIZE).getmask(_MISSING))


@functools.lru_cache(maxsize=4096)
def _draws_all(path: Path, characters: str) -> bool:
    if set(characters) & _DIGITS and _has_low_digits(path):
        return False
    return all(_draws(path, character) for character in characters)


@functools.lru_cache(maxsize=65536)
def _draws(path: Path, character: str) -> bool:
    mask = bytes(_open(path, _PROBE_SIZE).getmask(character))
    return any(mask) and mask != _blank(path)
