"""Panels that a board may show: bars, tables, buttons, bubbles, rules."""

from __future__ import annotations

from typing import Final

from lab.scenes import paper
from lab.scenes.board import Board, Panel, Row, fitting, length, words_at, wrapped
from lab.scenes.colors import RGB, apart, text_color, tint
from lab.scenes.language import sentences
from lab.scenes.studio import Studio
from lab.scenes.style import Style, entry, label

_LINE: Final = 1.35


def bar(studio: Studio, board: Board, style: Style) -> None:
    """Lay a colored band across, with text in it."""
    color = fill_color(studio, board.ground)
    look = style.look(studio, board, studio.between(0.8, 1.8), color)
    tall = look.em * studio.between(1.5, 2.6)
    if not board.has_room(tall):
        return
    whole = studio.chance(0.5)
    left, right = (0.0, float(board.shape[1])) if whole else (board.left, board.right)
    board.panels.append(Panel(left, board.y, right, board.y + tall, 0.0, color))
    inside = left + (board.margin if whole else 0.5 * look.em)
    text = fitting(look, sentences.heading(studio), right - inside - 0.5 * look.em)
    y = board.y + tall / 2 + 0.35 * look.em
    row = words_at(look, text, inside, y)
    if studio.chance(0.4):
        extra = f"{studio.whole(1, 99)}"
        x = right - length(look, extra) - 0.6 * look.em
        if x > inside + length(look, text) + look.em:
            row += words_at(look, extra, x, y)
    board.rows.append(row)
    board.y += tall + board.em * 0.4


def table(studio: Studio, board: Board, style: Style) -> None:
    """Set rows of cells under a colored head, every other row perhaps on a ground of its own."""
    head_color = fill_color(studio, board.ground)
    head = style.look(studio, board, studio.between(0.8, 1.0), head_color)
    cell = style.look(studio, board, studio.between(0.75, 1.0))
    stripe = _pale(studio, board.ground) if studio.chance(0.4) else None
    step = board.em * studio.between(1.4, 2.1)
    count = studio.whole(2, 5)
    wide = (board.right - board.left) / count
    for number in range(studio.whole(3, 9)):
        if not board.has_room(step):
            return
        ground = head_color if number == 0 else stripe if number % 2 == 0 else None
        if ground:
            box = Panel(board.left, board.y, board.right, board.y + step, 0.0, ground)
            board.panels.append(box)
        look = head if number == 0 else cell
        row: Row = []
        for column in range(count):
            text = label(studio) if number == 0 else entry(studio)
            text = fitting(look, text, wide - 0.7 * look.em)
            x = board.left + column * wide + 0.3 * look.em
            row += words_at(look, text, x, board.y + step / 2 + 0.35 * look.em)
        board.rows.append(row)
        board.y += step
    board.y += 0.5 * board.em


def buttons(studio: Studio, board: Board, style: Style) -> None:
    """Lay some boxes with a word or two each, filled or framed."""
    size = studio.between(0.8, 1.2)
    tall = board.em * size * studio.between(1.7, 2.6)
    if not board.has_room(tall):
        return
    x, row = board.left, Row()
    for _ in range(studio.whole(1, 4)):
        frame = studio.between(1, 2.5) if studio.chance(0.3) else 0.0
        color = fill_color(studio, board.ground)
        look = style.look(studio, board, size, board.ground if frame else color)
        text = label(studio)
        wide = length(look, text) + look.em * studio.between(1.2, 2.5)
        if x + wide > board.right:
            break
        radius = studio.one_of([0.0, 0.2, 0.5]) * tall
        board.panels.append(Panel(x, board.y, x + wide, board.y + tall, radius, color, frame))
        y = board.y + tall / 2 + 0.35 * look.em
        row += words_at(look, text, x + (wide - length(look, text)) / 2, y)
        x += wide + board.em * studio.between(0.5, 1.5)
    if row:
        board.rows.append(row)
        board.y += tall + 0.6 * board.em


def bubble(studio: Studio, board: Board, style: Style) -> None:
    """Lay a box with rounded corners and some lines, at the left or the right."""
    color = fill_color(studio, board.ground)
    look = style.look(studio, board, studio.between(0.8, 1.1), color)
    pad = look.em * studio.between(0.5, 1.0)
    room = (board.right - board.left) * studio.between(0.4, 0.8) - 2 * pad
    lines = wrapped(look, sentences.paragraph(studio, studio.whole(2, 14)), room)
    tall = len(lines) * look.em * _LINE + 2 * pad
    if not lines or not board.has_room(tall):
        return
    wide = max(length(look, line) for line in lines) + 2 * pad
    left = board.right - wide if studio.chance(0.5) else board.left
    radius = studio.between(0, 1) * look.em
    board.panels.append(Panel(left, board.y, left + wide, board.y + tall, radius, color))
    for number, line in enumerate(lines):
        y = board.y + pad + look.em * (0.85 + number * _LINE)
        board.rows.append(words_at(look, line, left + pad, y))
    board.y += tall + 0.5 * board.em


def rule(studio: Studio, board: Board, _: Style) -> None:
    """Lay a thin line across."""
    thick = studio.between(1, 2.5)
    color = text_color(studio, board.ground, 30, 0.3)
    board.panels.append(Panel(board.left, board.y, board.right, board.y + thick, 0.0, color))
    board.y += thick + 0.4 * board.em


def fill_color(studio: Studio, ground: RGB) -> RGB:
    """Draw a color for a panel that is seen on its ground."""
    for _ in range(20):
        color = tint(studio.between(0, 1), studio.between(0, 1), studio.between(10, 245))
        if apart(color, ground) > 25:
            return color
    return paper.dark_color(studio)


def _pale(studio: Studio, ground: RGB) -> RGB:
    shift = studio.between(6, 25) * (-1 if sum(ground) > 384 else 1)
    red, green, blue = (float(min(max(part + shift, 0), 255)) for part in ground)
    return red, green, blue
