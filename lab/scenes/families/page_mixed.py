"""Texts of many sizes and colors beside each other, all of them wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lab.scenes import elements, panels, paper
from lab.scenes.board import Board
from lab.scenes.draft import Draft
from lab.scenes.studio import Studio
from lab.scenes.style import Element, style
from lab.scenes.wear import everyday

_TEXTS: Final[Sequence[Element]] = (
    elements.title,
    elements.fine_print,
    elements.paragraph,
    elements.paragraph,
    elements.pairs,
    elements.columns,
)
_PANELS: Final[Sequence[Element]] = (
    panels.bar,
    panels.table,
    panels.buttons,
    panels.bubble,
    panels.rule,
)


def page_mixed(studio: Studio) -> Draft:
    """Make a scene with nothing but text: a title page, a label, a receipt, a form."""
    return _made(studio, _TEXTS, 0.8)


def page_panels(studio: Studio) -> Draft:
    """Make a scene with text in bars, tables, buttons and bubbles, such as screens show."""
    return _made(studio, (*_TEXTS, *_PANELS, *_PANELS), 1.0)


def _made(studio: Studio, choice: Sequence[Element], fullness: float) -> Draft:
    dark = studio.chance(0.2)
    ground = paper.dark_color(studio) if dark else paper.light_color(studio, 215)
    em = studio.between(studio.dial(20, 13), 30)
    shape = studio.whole(120, 700), studio.whole(300, 1000)
    board = Board(shape, studio.between(0.3, 2.5) * em, ground, em)
    board.y = board.margin
    manner = style(studio)
    end = shape[0] * (fullness if studio.chance(0.3) else 1.0)
    while board.y < end:
        studio.one_of(choice)(studio, board, manner)
        board.y += em * studio.one_of([0.2, 0.5, 1.0])
    if not any(board.rows):
        # Nothing found room, and a scene has text.
        board.y = board.margin
        elements.fine_print(studio, board, manner)
    board.rows = [row for row in board.rows if row]
    draft = Draft(paper.textured(studio, shape, ground, studio.dial(0.05, 0.4)))
    board.lay(draft)
    draft.wear = everyday(studio)
    return draft
