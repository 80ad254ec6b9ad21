"""Running text set on a page: headings and paragraphs, justified or ragged, sometimes askew."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lab.fonts import Face
from lab.scenes.colors import RGB
from lab.scenes.draft import Draft
from lab.scenes.language import sentences
from lab.scenes.lettering import Pose, advance, letter
from lab.scenes.patch import Patch
from lab.scenes.studio import Studio

SAMPLE: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:()'"
"""All characters of running text."""


@dataclass(frozen=True)
class Line:
    """A line as it was set: its words, and its baseline from (left, y) to (right, y)."""

    words: list[Patch]
    color: RGB
    left: float
    right: float
    y: float


@dataclass
class Page:
    """A text block in a picture.

    Attributes
    ----------
    shape : tuple of int
        Height and width of the picture.
    margin : int
        Free space around the block.
    em, leading : float
        Size of the running text, and the distance of its baselines, in pixels.
    face, heading_face : Face
        Fonts of the running text and the headings.
    color, heading_color : tuple of float
        Their colors.
    skew : float
        Degrees by which the whole is turned, counterclockwise.
    lines : list of Line
        What has been set.
    """

    shape: tuple[int, int]
    margin: int
    em: float
    leading: float
    face: Face
    heading_face: Face
    color: RGB
    heading_color: RGB
    skew: float = 0.0
    lines: list[Line] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Width of the text block."""
        return self.shape[1] - 2 * self.margin

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the straight page lies on the skewed one."""
        angle = -math.radians(self.skew)
        middle = (self.shape[1] / 2, self.shape[0] / 2)
        dx, dy = x - middle[0], y - middle[1]
        return (
            middle[0] + dx * math.cos(angle) - dy * math.sin(angle),
            middle[1] + dx * math.sin(angle) + dy * math.cos(angle),
        )

    def word(self, text: str, x: float, y: float, face: Face, em: float) -> Patch:
        """Set one word with its pen at (x, y) of the straight page."""
        return letter(face, text, em, self.turned(x, y), Pose(angle=self.skew))

    def lay(self, draft: Draft) -> None:
        """Lay all lines, a layer for each color, and note what they say."""
        for color in dict.fromkeys(line.color for line in self.lines):
            words = [[word] for line in self.lines if line.color == color for word in line.words]
            draft.write(words, color)
        for line in self.lines:
            draft.note([[word] for word in line.words], characters=False)


@dataclass(frozen=True)
class _Style:
    """How a block of words is set."""

    face: Face
    em: float
    color: RGB
    justified: bool


def plan_page(studio: Studio, color: RGB, heading_color: RGB, *, skewed: bool = True) -> Page:
    """Decide on a page: size, fonts, margins; about 150 dots an inch."""
    em = studio.between(studio.dial(22, 17), 26)
    face = studio.face(SAMPLE, ["serif", "sans", "sans", "mono"], ["regular"], italic=False)
    heading_face = face if studio.chance(0.4) else studio.face(SAMPLE, weights=["bold"])
    is_skewed = skewed and studio.chance(studio.dial(0.1, 0.4))
    return Page(
        shape=(studio.whole(440, 860), studio.whole(800, 1200)),
        margin=studio.whole(45, 90),
        em=em,
        leading=em * studio.between(1.2, 1.6),
        face=face,
        heading_face=heading_face,
        color=color,
        heading_color=heading_color,
        skew=studio.between(-1, 1) * studio.dial(0.3, 1.5) if is_skewed else 0.0,
    )


def fill(studio: Studio, page: Page) -> Page:
    """Set headings and paragraphs until the page is full."""
    is_justified = studio.chance(0.6)
    y = page.margin + page.em
    if studio.chance(0.75):
        y = _heading(studio, page, y, studio.between(1.3, 2.0))
    return _run_on(studio, page, y, page.shape[0] - page.margin, is_justified)


def fill_under_headline(studio: Studio, page: Page, size: float) -> Page:
    """Set a headline so many times as large as the text (less if it is too wide), and fill up."""
    text = sentences.heading(studio).split()[: studio.whole(1, 6)]
    widest = max(advance(page.heading_face, word, page.em) for word in text)
    size = min(size, page.width / widest, 0.5 * page.shape[0] / page.em)
    style = _Style(page.heading_face, page.em * size, page.heading_color, justified=False)
    y = _block(page, text, page.margin + page.em * size, style) - page.em * (size - 1)
    is_justified = studio.chance(0.6)
    return _run_on(studio, page, y + page.leading, page.shape[0] - page.margin, is_justified)


def fill_in_part(studio: Studio, page: Page, lines: int) -> Page:
    """Set a few lines somewhere on the page."""
    text = sentences.paragraph(studio, studio.whole(3, 60))
    y = page.margin + page.em + studio.between(0, 0.7) * (page.shape[0] - 2 * page.margin)
    style = _Style(page.face, page.em, page.color, justified=False)
    rows = list(_broken(page, text, style))[:lines]
    _block(page, [word for row in rows for word in row], y, style)
    return page


def _run_on(studio: Studio, page: Page, y: float, end: float, is_justified: bool) -> Page:
    while y < end:
        text = sentences.paragraph(studio, studio.whole(18, 60))
        y = _block(page, text, y, _Style(page.face, page.em, page.color, is_justified))
        y += page.leading * studio.one_of([0.3, 0.6, 1.0])
        if studio.chance(0.3) and y < end - 3 * page.leading:
            y = _heading(studio, page, y + page.leading / 2, studio.between(1.05, 1.4))
    return page


def _heading(studio: Studio, page: Page, y: float, size: float) -> float:
    em = page.em * size
    text = sentences.heading(studio).split()
    style = _Style(page.heading_face, em, page.heading_color, justified=False)
    return _block(page, text, y + em - page.em, style) + page.leading * 0.35


def _block(page: Page, text: Sequence[str], y: float, style: _Style) -> float:
    """Set words line by line from baseline ``y``; give the baseline after them."""
    rows = list(_broken(page, text, style))
    for number, row in enumerate(rows):
        if y > page.shape[0] - page.margin:
            break
        is_justified = style.justified and number < len(rows) - 1
        page.lines.append(_line(page, row, y, style, is_justified))
        y += page.leading * max(1.0, style.em / page.em)
    return y


def _broken(page: Page, text: Sequence[str], style: _Style) -> Iterator[list[str]]:
    space = advance(style.face, " ", style.em)
    row: list[str] = []
    used = 0.0
    for word in text:
        wide = advance(style.face, word, style.em)
        if row and used + space + wide > page.width:
            yield row
            row, used = [], 0.0
        used += wide + (space if row else 0)
        row.append(word)
    yield row


def _line(page: Page, row: list[str], y: float, style: _Style, is_justified: bool) -> Line:
    space = advance(style.face, " ", style.em)
    widths = [advance(style.face, word, style.em) for word in row]
    if is_justified and len(row) > 1:
        space = (page.width - sum(widths)) / (len(row) - 1)
    x = float(page.margin)
    words = []
    for word, wide in zip(row, widths, strict=True):
        words.append(page.word(word, x, y, style.face, style.em))
        x += wide + space
    return Line(words, style.color, page.margin, x - space, y)
