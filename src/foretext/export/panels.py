"""The cards of a sheet, each telling one thing about a result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from foretext.arrays import Pixels
from foretext.cleaned import Cleaned
from foretext.export import drawing, views
from foretext.export.drawing import INK, Block
from foretext.export.ranking import Ranked
from foretext.reading import Reading

TALLEST: Final = 1300  # pixels that a picture may be high

_TITLE: Final = 30
_GAP: Final = 16
_BETWEEN: Final = 26  # entries of a legend
_TEXT_SIZES: Final = (84, 64, 48, 36, 28, 24, 21)
_MOST_LINES: Final = 300
_SEEN: Final = 0.001  # shares below are not worth a figure
_PALE: Final = (226, 226, 222)
_KEPT: Final = (0, 128, 90)
_LEFT_OUT: Final = (140, 146, 154)


def panels(cleaned: Cleaned, reading: Reading | None, width: int) -> list[Block]:
    """Return what came in, what was removed, what was kept, and what was read.

    Parameters
    ----------
    cleaned : Cleaned
        The picture.
    reading : Reading, optional
        What was read of it.
    width : int
        Of the room inside each card.

    Returns
    -------
    list of Block
        Four, and two more if there is a reading.
    """
    size = views.fitting(cleaned.ink.shape, width - 2, TALLEST)
    blocks = [
        _panel("Input", views.resized(cleaned.source.pixels, size), width),
        _removed(cleaned, size, width),
        _panel("Kept", views.resized(cleaned.picture, size), width, about=_about_kept(cleaned)),
        _for_ocr(cleaned, width),
    ]
    if reading is not None:
        boxes = views.boxes_view(cleaned, reading.words, size)
        legend = [(color, name) for _, name, color in views.SURE] if reading.lines else []
        blocks.append(_panel("Where it was read", boxes, width, legend=legend))
        blocks.append(_read(reading, width, blocks[-1].height))
    return blocks


def _panel(
    title: str,
    view: Pixels,
    width: int,
    *,
    about: str = "",
    legend: Sequence[tuple[views.Color, str]] = (),
) -> Block:
    parts = [title_of(title), drawing.centered(drawing.picture(view), width)]
    if legend:
        parts.append(_legend(legend, width))
    if about:
        parts.append(drawing.paragraph(about, width))
    return drawing.column(parts, _GAP)


def _removed(cleaned: Cleaned, size: views.Size, width: int) -> Block:
    view = views.verdict_view(cleaned, size)
    legend = _verdict_legend(cleaned)
    about = "parts of the area that all ink covers" if legend else "nothing"
    return _panel("Removed", view, width, legend=legend, about=about)


def title_of(title: str) -> Block:
    """Return the title of a card."""
    return drawing.lines_block([title], _TITLE, INK)


def _legend(entries: Sequence[tuple[views.Color, str]], width: int) -> Block:
    """Return chips with their meanings, as many in a row as fit."""
    rows: list[list[Block]] = [[]]
    for color, meaning in entries:
        words = drawing.paragraph(meaning, width - 40)
        entry = drawing.row([drawing.chip(color), words], 10, middle=True)
        if rows[-1] and sum(b.width + _BETWEEN for b in rows[-1]) + entry.width > width:
            rows.append([])
        rows[-1].append(entry)
    return drawing.column([drawing.row(row, _BETWEEN) for row in rows if row], 6)


def _kept_share(cleaned: Cleaned) -> float:
    kept, removed = (float(ink.sum(dtype=np.float64)) for ink in (cleaned.ink, cleaned.removed))
    return kept / max(kept + removed, 1e-9)


def _verdict_legend(cleaned: Cleaned) -> list[tuple[views.Color, str]]:
    shares = cleaned.removed_by_reason()
    if not shares:
        return []
    colors = views.verdict_colors(cleaned)
    entries = [(colors[reason], reason, share) for reason, share in shares.items()]
    kept = _kept_share(cleaned)
    entries.append((views.KEPT, "kept", kept))
    edges = 1.0 - kept - sum(shares.values())  # too faint for a verdict
    if edges >= _SEEN:
        entries.append((_PALE, "soft edges", edges))
    return [(color, f"{name} {_percent(share)}") for color, name, share in entries]


def _percent(share: float) -> str:
    return f"{share:.1%}" if share >= _SEEN else f"under {_SEEN:.1%}"


def _about_kept(cleaned: Cleaned) -> str:
    if not cleaned.scale.x_height:
        return "nothing"
    scale = cleaned.scale
    return f"strokes {scale.stroke_width:.1f} px wide, characters {scale.x_height:.0f} px tall"


def _for_ocr(cleaned: Cleaned, width: int) -> Block:
    pixels = cleaned.image
    size = views.fitting(pixels.shape, width - 2, TALLEST)
    factor = cleaned.rendering.factor
    scaled = "enlarged" if factor > 1.0 else "reduced"
    how = f", {scaled} to {factor:.0%} of the input" if factor != 1.0 else ""
    about = f"{pixels.shape[1]} x {pixels.shape[0]} pixels{how}"
    return _panel("Picture for OCR", views.resized(pixels, size), width, about=about)


def _read(reading: Reading, width: int, height: int) -> Block:
    sure = f", {reading.confidence:.0%} sure" if reading.lines else ""
    # The sheet must not say that something else was read.
    plain = drawing.printable(reading.text.replace("\n", "")) != reading.text.replace("\n", "")
    note = "; letters that this font lacks are shown as others" if plain else ""
    turned = f", turned by {reading.turn} degrees clockwise" if reading.turn else ""
    about = drawing.paragraph(f"{reading.engine}{sure}{turned}{note}", width)
    title = title_of("Read")
    room = height - title.height - about.height - 2 * _GAP
    return drawing.column([title, _text(reading, width, room), about], _GAP)


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


def layer_panel(ranked: Ranked, paper: views.Color, size: views.Size, width: int) -> Block:
    """Return a layer alone: number, color, picture, and what speaks for it.

    Parameters
    ----------
    ranked : Ranked
        The layer.
    paper : tuple of int
        Color behind it.
    size : tuple of int
        Width and height of its picture.
    width : int
        Of the room inside the card.

    Returns
    -------
    Block
    """
    layer, kept = ranked
    number = f"{layer.number}" if layer.number else "-"
    head = drawing.row(
        [
            drawing.tag(number, INK),
            drawing.chip(layer.color, 28),
            drawing.lines_block([layer.hex], 24),
            drawing.tag("kept" if kept else "left out", _KEPT if kept else _LEFT_OUT),
        ],
        12,
        middle=True,
    )
    shown = drawing.picture(views.layer_view(layer, paper, size))
    why = drawing.paragraph(layer.reason, width)
    return drawing.column([head, drawing.centered(shown, width), why], 14)
