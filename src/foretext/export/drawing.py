"""Blocks of a sheet: text, pictures, cards, beside and above each other.

A block is a PIL picture on a transparent ground. Blocks are made from the inside out, so each
knows its size when the next is laid around it. All text is in Pillow's bundled font, so that a
sheet looks the same on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, cast

import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont

from foretext.arrays import Pixels

Block = PIL.Image.Image
Color = tuple[int, int, int]

INK: Final[Color] = (31, 35, 40)
MUTED: Final[Color] = (97, 104, 113)
_CARD: Final[Color] = (255, 255, 255)
_BORDER: Final[Color] = (221, 221, 214)
_PAGE: Final[Color] = (246, 246, 243)
_PADDING: Final = 24
_RADIUS: Final = 12
_LEADING: Final = 1.3

# The font has ASCII and little more. This is what messages and OCR hold besides.
_ALIKE: Final = str.maketrans("–—−×•øØ\t", "---x·oO ") | {ord("ß"): "ss", ord("æ"): "ae"}  # noqa: RUF001
_BEYOND_ASCII: Final = frozenset("©«°±·»‘’“”‹›")  # noqa: RUF001


def printable(text: str) -> str:
    """Return text in the characters that the font has; ``?`` stands for those it has not."""
    bases = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    plain = (c for c in bases if not unicodedata.combining(c))
    return "".join(c if " " <= c <= "~" or c in _BEYOND_ASCII else "?" for c in plain)


def wrap(text: str, size: int, width: int) -> list[str]:
    """Break text into lines of at most `width` pixels; words that are longer are broken."""
    lines, line = [], ""
    for word in printable(text).split():
        if line and length(f"{line} {word}", size) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".lstrip()
        while length(line, size) > width and len(line) > 1:
            head = _fitting(line, size, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line]


def leading(size: int) -> int:
    """Return how far apart lines of text stand, in pixels."""
    return round(_LEADING * size)


def length(line: str, size: int) -> float:
    """Return how many pixels wide a line is."""
    return _font(size).getlength(printable(line))


def paragraph(text: str, width: int, size: int = 21, color: Color = MUTED) -> Block:
    """Return text, broken into lines that fit."""
    return lines_block(wrap(text, size, width), size, color)


def lines_block(lines: Sequence[str], size: int = 21, color: Color = INK) -> Block:
    """Return lines of text as they are, one above the other."""
    shown = [printable(line) for line in lines]
    step = leading(size)
    width = max((length(line, size) for line in shown), default=0.0)
    # A ground of the text's color, or its edges would turn dark.
    block = PIL.Image.new("RGBA", (round(width) + 2, step * len(shown)), (*color, 0))
    draw = PIL.ImageDraw.Draw(block)
    for row, line in enumerate(shown):
        draw.text((0, (row + 0.5) * step), line, (*color, 255), _font(size), anchor="lm")
    return block


def chip(color: Color, size: int = 20) -> Block:
    """Return a small square of a color."""
    block = PIL.Image.new("RGBA", (size, size))
    shape = (0, 0, size - 1, size - 1)
    PIL.ImageDraw.Draw(block).rounded_rectangle(shape, 4, color, _BORDER)
    return block


def tag(text: str, color: Color, size: int = 19) -> Block:
    """Return white text on a rounded ground."""
    words = lines_block([text], size, _CARD)
    block = PIL.Image.new("RGBA", (words.width + 20, words.height + 4))
    shape = (0, 0, block.width - 1, block.height - 1)
    PIL.ImageDraw.Draw(block).rounded_rectangle(shape, 6, color)
    block.alpha_composite(words, (10, 2))
    return block


def picture(pixels: Pixels) -> Block:
    """Return a picture with a hairline around it, so that white on white is seen."""
    block = PIL.Image.fromarray(pixels).convert("RGBA")
    framed = PIL.Image.new("RGBA", (block.width + 2, block.height + 2), _BORDER)
    framed.paste(block, (1, 1))
    return framed


def column(blocks: Sequence[Block], gap: int, *, center: bool = False) -> Block:
    """Return blocks one above the other."""
    width = max(block.width for block in blocks)
    whole = _blank(width, sum(block.height + gap for block in blocks) - gap)
    top = 0
    for block in blocks:
        whole.alpha_composite(block, ((width - block.width) // 2 if center else 0, top))
        top += block.height + gap
    return whole


def row(blocks: Sequence[Block], gap: int, *, middle: bool = False) -> Block:
    """Return blocks beside each other."""
    height = max(block.height for block in blocks)
    whole = _blank(sum(block.width + gap for block in blocks) - gap, height)
    left = 0
    for block in blocks:
        whole.alpha_composite(block, (left, (height - block.height) // 2 if middle else 0))
        left += block.width + gap
    return whole


def centered(block: Block, width: int) -> Block:
    """Return a block in the middle of this width."""
    whole = _blank(max(width, block.width), block.height)
    whole.alpha_composite(block, ((whole.width - block.width) // 2, 0))
    return whole


def columns(first: Block, second: Block, left: int) -> Block:
    """Return two blocks beside each other, the second beginning at `left`."""
    whole = _blank(left + second.width, max(first.height, second.height))
    whole.alpha_composite(first)
    whole.alpha_composite(second, (left, 0))
    return whole


def inner(width: int) -> int:
    """Return the room inside a card."""
    return width - 2 * _PADDING


def card(block: Block, width: int, height: int = 0) -> Block:
    """Return a block on a card of this width, with room for at least this height."""
    size = width, max(height, block.height) + 2 * _PADDING
    whole = _blank(*size)
    shape = (0, 0, size[0] - 1, size[1] - 1)
    PIL.ImageDraw.Draw(whole).rounded_rectangle(shape, _RADIUS, _CARD, _BORDER)
    whole.alpha_composite(block, (_PADDING, _PADDING))
    return whole


def page(block: Block, margin: int) -> Block:
    """Return the finished sheet, opaque."""
    size = block.width + 2 * margin, block.height + 2 * margin
    whole = PIL.Image.new("RGBA", size, (*_PAGE, 255))
    whole.alpha_composite(block, (margin, margin))
    return whole.convert("RGB")


def _blank(width: int, height: int) -> Block:
    return PIL.Image.new("RGBA", (width, height))


def _fitting(line: str, size: int, width: int) -> str:
    """Return the longest beginning that fits, of one character at least."""
    end = len(line) - 1
    while end > 1 and length(line[:end], size) > width:
        end -= 1
    return line[:end]


@lru_cache(maxsize=32)
def _font(size: int) -> PIL.ImageFont.FreeTypeFont:
    return cast("PIL.ImageFont.FreeTypeFont", PIL.ImageFont.load_default(size))
