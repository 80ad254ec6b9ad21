"""One picture that explains a result: what was found, kept, removed and why, and read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

import numpy as np

from foretext._version import __version__
from foretext.arrays import Pixels
from foretext.cleaned import Cleaned
from foretext.export import drawing, views
from foretext.export.drawing import Block
from foretext.export.panels import TALLEST, layer_panel, panels, title_of
from foretext.export.ranking import ranking
from foretext.reading import Reading

_WIDEST: Final = 2400
_MARGIN: Final = 48
_GAP: Final = 28
_SMALL: Final = 21
_NARROWEST: Final = 440  # a card of less can't hold its words
_NARROWEST_LAYER: Final = 330
_MOST_LAYERS: Final = 6
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
        *_rows(panels(cleaned, reading, drawing.inner(grid.card)), grid),
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

    def for_layers(self, count: int) -> _Grid:
        """Return a grid of the same width for smaller cards, in rows of one length if it can."""
        most = min(2 * self.columns, (self.width + _GAP) // (_NARROWEST_LAYER + _GAP))
        columns = max(self.columns, math.ceil(count / math.ceil(count / most)))
        return _Grid(columns, (self.width - (columns - 1) * _GAP) // columns)


def _grid_of(cleaned: Cleaned) -> _Grid:
    image = cleaned.source
    columns = next(n for least, n in _COLUMNS if image.width >= least * image.height)
    widest = (_WIDEST - 2 * _MARGIN - (columns - 1) * _GAP) // columns
    shown, _ = views.fitting(image.pixels.shape, drawing.inner(widest) - 2, TALLEST)
    padding = widest - drawing.inner(widest) + 2
    return _Grid(columns, max(_NARROWEST, shown + padding))


def _rows(blocks: Sequence[Block], grid: _Grid) -> list[Block]:
    """Return blocks as cards in rows, those of a row equally tall."""
    rows = []
    for start in range(0, len(blocks), grid.columns):
        some = blocks[start : start + grid.columns]
        height = max(block.height for block in some)
        rows.append(drawing.row([drawing.card(b, grid.card, height) for b in some], _GAP))
    return rows


def _header(cleaned: Cleaned, grid: _Grid) -> Block:
    image = cleaned.source
    name = PurePath(image.source).name or image.source
    title = drawing.lines_block(drawing.wrap(name, 52, grid.width), 52)
    dpi = f", {image.dpi[0]:g} dpi" if image.dpi else ""
    facts = f"{image.width} x {image.height} pixels{dpi} · explained by foretext {__version__}"
    return drawing.column([title, drawing.paragraph(facts, grid.width, 24)], 2)


def _heading(title: str, about: str, width: int) -> Block:
    return drawing.column(
        [drawing.lines_block([title], 36), drawing.paragraph(about, width, 24)], 4
    )


def _about_layers(cleaned: Cleaned) -> str:
    count = len(cleaned.layers)
    if not count:
        return f"Found none: {cleaned.reason}."
    found = "one kind of text" if count == 1 else f"{count} kinds of text"
    some = f" ({_MOST_LAYERS} are shown, the kept ones first)" if count > _MOST_LAYERS else ""
    kept = _numbers([str(layer.number) for layer in cleaned.wanted if layer.number], count)
    return f"Found {found}{some}. Kept{kept}: {cleaned.reason}."


def _numbers(kept: Sequence[str], count: int) -> str:
    if len(kept) == count:
        return " all" if count > 1 else " it"
    return f" number {', '.join(kept)}" if kept else ""


def _layer_rows(cleaned: Cleaned, grid: _Grid) -> list[Block]:
    shown = sorted(ranking(cleaned), key=lambda ranked: not ranked.kept)[:_MOST_LAYERS]
    if not shown:
        return []
    finer = grid.for_layers(len(shown))
    room = drawing.inner(finer.card)
    size = views.fitting(cleaned.ink.shape, room - 2, TALLEST // 2)
    paper = views.paper_of(cleaned)
    return _rows([layer_panel(ranked, paper, size, room) for ranked in shown], finer)


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
    return drawing.card(drawing.column([title_of("Steps"), *rows], 8), grid.width)
