"""One picture that explains a result: what was found, kept, removed and why, and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

import numpy as np

from foretext._version import __version__
from foretext.arrays import Pixels
from foretext.cleaned import Cleaned
from foretext.export import drawing, views
from foretext.export.drawing import INK, MUTED, Block
from foretext.export.ranking import Ranked, ranking
from foretext.reading import Reading

_WIDEST: Final = 2400
_MARGIN: Final = 48
_GAP: Final = 28
_TITLE: Final = 30
_SMALL: Final = 21
_NARROWEST: Final = 440  # a card of less can't hold its words
_NARROWEST_LAYER: Final = 330
_TALLEST: Final = 1300
_MOST_LAYERS: Final = 6
_MOST_LINES: Final = 300
_TEXT_SIZES: Final = (84, 64, 48, 36, 28, 24, 21)
_KEPT: Final = (0, 128, 90)
_LEFT_OUT: Final = (140, 146, 154)
# Pictures wider than so many heights are shown in so many columns.
_COLUMNS: Final = ((8.0, 1), (3.2, 2), (0.0, 3))


def draw_sheet(cleaned: Cleaned, reading: Reading | None = None) -> Pixels:
    """Draw a sheet that explains a result to a person.

    Parameters
    ----------
    cleaned : Cleaned
        The picture.
    reading : Reading, optional
        What was read of it.

    Returns
    -------
    ndarray of uint8, (H, W, 3)
        At most 2400 pixels wide. The same result gives the same sheet.
    """
    grid = _grid_of(cleaned)
    parts = [
        _header(cleaned, grid),
        *_rows(_panels(cleaned, reading, grid), grid.columns),
        _heading("Layers", _about_layers(cleaned), grid.width),
        *_layer_rows(cleaned, grid),
        _steps(cleaned, grid),
    ]
    return np.asarray(drawing.page(drawing.column(parts, _GAP), _MARGIN))


@dataclass(frozen=True, slots=True)
class _Grid:
    """How many cards stand beside each other, and how wide each is."""

    columns: int
    card: int

    @property
    def width(self) -> int:
        return self.columns * self.card + (self.columns - 1) * _GAP

    def finer(self, most: int) -> _Grid:
        """Return a grid of the same width with more columns, wide enough for words."""
        columns = min(most, (self.width + _GAP) // (_NARROWEST_LAYER + _GAP))
        return _Grid(columns, (self.width - (columns - 1) * _GAP) // columns)


def _grid_of(cleaned: Cleaned) -> _Grid:
    image = cleaned.source
    columns = next(n for least, n in _COLUMNS if image.width >= least * image.height)
    widest = (_WIDEST - 2 * _MARGIN - (columns - 1) * _GAP) // columns
    shown, _ = views.fitting(image.pixels.shape, drawing.inner(widest) - 2, _TALLEST)
    padding = widest - drawing.inner(widest) + 2
    return _Grid(columns, max(_NARROWEST, shown + padding))


def _rows(cards: Sequence[tuple[Block, int]], columns: int) -> list[Block]:
    """Return cards in rows, those of a row equally tall."""
    rows = []
    for start in range(0, len(cards), columns):
        some = cards[start : start + columns]
        height = max(drawing.card(block, width).height for block, width in some)
        rows.append(drawing.row([drawing.card(b, width, height) for b, width in some], _GAP))
    return rows


def _header(cleaned: Cleaned, grid: _Grid) -> Block:
    image = cleaned.source
    name = PurePath(image.source).name or image.source
    title = drawing.lines_block(drawing.wrap(name, 52, grid.width), 52)
    dpi = f", {image.dpi[0]:g} dpi" if image.dpi else ""
    facts = f"{image.width} x {image.height} pixels{dpi} · explained by foretext {__version__}"
    return drawing.column([title, drawing.paragraph(facts, grid.width, 24)], 2)


def _panels(cleaned: Cleaned, reading: Reading | None, grid: _Grid) -> list[tuple[Block, int]]:
    room = drawing.inner(grid.card)
    size = views.fitting(cleaned.ink.shape, room - 2, _TALLEST)
    blocks = [
        _panel("Input", views.resized(cleaned.source.pixels, size), room),
        _panel(
            "Removed",
            views.verdict_view(cleaned, size),
            room,
            legend=_verdict_legend(cleaned),
        ),
        _panel("Kept", views.resized(cleaned.picture, size), room, about=_about_kept(cleaned)),
        _for_ocr(cleaned, room),
    ]
    if reading is not None:
        boxes = views.boxes_view(cleaned, reading.words, size)
        legend = [(color, name) for _, name, color in views.SURE] if reading.lines else []
        blocks.append(_panel("Where it was read", boxes, room, legend=legend))
        blocks.append(_read(reading, room, blocks[-1].height))
    return [(block, grid.card) for block in blocks]


def _panel(
    title: str,
    view: Pixels,
    width: int,
    *,
    about: str = "",
    legend: Sequence[tuple[views.Color, str]] = (),
) -> Block:
    shown = drawing.picture(view)
    centered = drawing.centered(shown, width)
    parts = [_title(title), centered]
    if legend:
        parts.append(_legend(legend, width))
    if about:
        parts.append(drawing.paragraph(about, width))
    return drawing.column(parts, 16)


def _title(title: str) -> Block:
    return drawing.lines_block([title], _TITLE, INK)


def _legend(entries: Sequence[tuple[views.Color, str]], width: int) -> Block:
    """Return chips with their meanings, as many in a row as fit."""
    rows: list[list[Block]] = [[]]
    for color, meaning in entries:
        words = drawing.paragraph(meaning, width - 40)
        entry = drawing.row([drawing.chip(color), words], 10, middle=True)
        if rows[-1] and sum(b.width + 26 for b in rows[-1]) + entry.width > width:
            rows.append([])
        rows[-1].append(entry)
    return drawing.column([drawing.row(row, 26) for row in rows if row], 6)


def _kept_share(cleaned: Cleaned) -> float:
    kept, removed = (float(ink.sum(dtype=np.float64)) for ink in (cleaned.ink, cleaned.removed))
    return kept / max(kept + removed, 1e-9)


def _verdict_legend(cleaned: Cleaned) -> list[tuple[views.Color, str]]:
    shares = cleaned.removed_by_reason()
    removed = [
        (color, f"{reason} {_percent(shares[reason])}")
        for reason, color in views.verdict_colors(cleaned).items()
    ]
    kept = [(views.KEPT, f"kept {_percent(_kept_share(cleaned))}")] if cleaned.ink.any() else []
    return [*removed, *kept] or [(views.KEPT, "there is no ink")]


def _percent(share: float) -> str:
    return "under 0.1%" if 0.0 < share < 0.001 else f"{share:.1%}"


def _about_kept(cleaned: Cleaned) -> str:
    if not cleaned.scale.x_height:
        return "nothing"
    scale = cleaned.scale
    return f"strokes {scale.stroke_width:.1f} px wide, characters {scale.x_height:.0f} px tall"


def _for_ocr(cleaned: Cleaned, width: int) -> Block:
    pixels = cleaned.image
    size = views.fitting(pixels.shape, width - 2, _TALLEST)
    about = f"{pixels.shape[1]} x {pixels.shape[0]} pixels, {cleaned.rendering.factor:.2g} times"
    return _panel("Picture for OCR", views.resized(pixels, size), width, about=about)


def _read(reading: Reading, width: int, height: int) -> Block:
    sure = f", {reading.confidence:.0%} sure" if reading.lines else ""
    about = drawing.paragraph(f"{reading.engine}{sure}", width)
    title = _title("Read")
    room = height - title.height - about.height - 2 * 16
    return drawing.column([title, _text(reading, width, room), about], 16)


def _text(reading: Reading, width: int, height: int) -> Block:
    """Return what was read, as large as there is room for."""
    if not reading.lines:
        return drawing.paragraph("no text found", width, 28)
    lines = [line.text for line in reading.lines[:_MOST_LINES]]
    for size in _TEXT_SIZES:
        fits = max(1, height // drawing.leading(size))
        if len(lines) <= fits and max(drawing.length(line, size) for line in lines) <= width:
            return drawing.lines_block(lines, size)
    wrapped = [part for line in lines for part in drawing.wrap(line, size, width)]
    if len(wrapped) > fits:
        wrapped = [*wrapped[: fits - 1], "…"]
    return drawing.lines_block(wrapped, size)


def _heading(title: str, about: str, width: int) -> Block:
    return drawing.column(
        [drawing.lines_block([title], 36), drawing.paragraph(about, width, 24)], 4
    )


def _about_layers(cleaned: Cleaned) -> str:
    count = len(ranking(cleaned))
    found = "one kind of text" if count == 1 else f"{count or 'no'} kinds of text"
    some = f"; {_MOST_LAYERS} are shown, the likeliest first" if count > _MOST_LAYERS else ""
    return f"Found {found}{some}. Kept: {cleaned.reason}."


def _layer_rows(cleaned: Cleaned, grid: _Grid) -> list[Block]:
    shown = sorted(ranking(cleaned), key=lambda ranked: not ranked.kept)[:_MOST_LAYERS]
    if not shown:
        return []
    finer = grid.finer(len(shown))
    room = drawing.inner(finer.card)
    size = views.fitting(cleaned.ink.shape, room - 2, _TALLEST // 2)
    paper = views.paper_of(cleaned)
    cards = [(_layer(ranked, paper, size, room), finer.card) for ranked in shown]
    return _rows(cards, finer.columns)


def _layer(ranked: Ranked, paper: views.Color, size: views.Size, width: int) -> Block:
    layer, kept = ranked
    number = f"{layer.number}" if layer.number else "-"
    head = drawing.row(
        [
            drawing.tag(number, INK),
            drawing.chip(layer.color, 28),
            drawing.lines_block([layer.hex], 24),
            drawing.tag("kept" if kept else "removed", _KEPT if kept else _LEFT_OUT),
        ],
        12,
        middle=True,
    )
    shown = drawing.picture(views.layer_view(layer, paper, size))
    why = drawing.paragraph(layer.reason, width)
    return drawing.column([head, drawing.centered(shown, width), why], 14)


def _steps(cleaned: Cleaned, grid: _Grid) -> Block:
    width = drawing.inner(grid.width)
    left = max(round(drawing.length(step.name, _SMALL)) for step in cleaned.steps) + 30
    rows = [
        drawing.columns(
            drawing.lines_block([step.name], _SMALL),
            drawing.paragraph(step.note, width - left),
            left,
        )
        for step in cleaned.steps
    ]
    return drawing.card(drawing.column([_title("Steps"), *rows], 8), grid.width)
