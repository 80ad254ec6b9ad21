"""Texts that a board may show: titles, paragraphs, fine print, pairs, columns."""

from __future__ import annotations

from typing import Final

from lab.scenes.board import Board, Look, Row, fitting, length, words_at, wrapped
from lab.scenes.language import sentences
from lab.scenes.studio import Studio
from lab.scenes.style import Style, entry, label

_LINE: Final = 1.35


def title(studio: Studio, board: Board, style: Style) -> None:
    """Set one line much larger than all else."""
    look = style.look(studio, board, studio.between(1.4, 4))
    _line(studio, board, look, sentences.heading(studio))


def fine_print(studio: Studio, board: Board, style: Style) -> None:
    """Set one or two lines smaller than all else, often paler."""
    look = style.look(studio, board, studio.between(0.6, 0.85))
    for _ in range(studio.whole(1, 2)):
        _line(studio, board, look, sentences.sentence(studio))


def paragraph(studio: Studio, board: Board, style: Style) -> None:
    """Set running text, sometimes with a capital as tall as two or three lines."""
    look = style.look(studio, board, studio.between(0.85, 1.2))
    step = look.em * studio.between(1.2, 1.6)
    words = sentences.paragraph(studio, studio.whole(6, 30))
    indent, deep = 0.0, 0
    if studio.chance(0.2) and board.has_room(3.2 * step):
        deep = studio.whole(2, 3)
        big = style.look(studio, board, 1.0)._replace(em=look.em + (deep - 1) * step * 1.35)
        drop = words_at(big, words[0][0], board.left, board.y + look.em + (deep - 1) * step)
        indent = length(big, words[0][0]) + 0.2 * look.em
        words = [words[0][1:] or "it", *words[1:]]
        board.rows.append(drop)
    lines = wrapped(look, words, board.right - board.left - indent)
    for number, line in enumerate(lines):
        if not board.has_room(step):
            return
        shift = indent if number < deep else 0.0
        board.rows.append(words_at(look, line, board.left + shift, board.y + look.em))
        board.y += step
    board.y += max(0, deep - len(lines)) * step


def pairs(studio: Studio, board: Board, style: Style) -> None:
    """Set names to the left and values to the right, as on receipts, menus and forms."""
    name = style.look(studio, board, studio.between(0.75, 1.1))
    value = style.look(studio, board, studio.between(0.8, 1.4))
    under = style.look(studio, board, studio.between(0.6, 0.8)) if studio.chance(0.4) else None
    split = studio.between(0.3, 0.6) * (board.right - board.left)
    at_right, dotted = studio.chance(0.6), studio.chance(0.2)
    step = max(name.em, value.em) * studio.between(1.3, 1.9)
    for _ in range(studio.whole(2, 7)):
        if not board.has_room(step + (under.em * _LINE if under else 0)):
            return
        y = board.y + max(name.em, value.em)
        text = fitting(name, f"{label(studio)}{studio.one_of(['', '', ':'])}", split)
        row = words_at(name, text, board.left, y)
        room = board.right - board.left - split - 0.5 * name.em
        worth = fitting(value, entry(studio), room)
        x = board.right - length(value, worth) if at_right else board.left + split
        if dotted and text:
            start = board.left + length(name, text) + 0.3 * name.em
            count = int((x - start - 0.3 * name.em) / max(length(name, "."), 1.0))
            row += words_at(name, "." * max(0, count), start, y)
        board.rows.append(row + words_at(value, worth, x, y))
        board.y += step
        if under:
            less = fitting(under, sentences.sentence(studio), board.right - board.left)
            board.rows.append(words_at(under, less, board.left, board.y + under.em * 0.8))
            board.y += under.em * _LINE


def columns(studio: Studio, board: Board, style: Style) -> None:
    """Set two or three texts beside each other, of different sizes."""
    count = studio.whole(2, 3)
    wide = (board.right - board.left) / count
    looks = [style.look(studio, board, studio.between(0.7, 2.2)) for _ in range(count)]
    tallest = max(look.em for look in looks)
    if not board.has_room(tallest * _LINE):
        return
    row: Row = []
    for number, look in enumerate(looks):
        text = fitting(look, entry(studio), wide - board.em)
        row += words_at(look, text, board.left + number * wide, board.y + tallest)
    board.rows.append(row)
    board.y += tallest * _LINE


def _line(studio: Studio, board: Board, look: Look, text: str) -> None:
    """Set one line at the left, in the middle or at the right."""
    if not board.has_room(look.em * _LINE):
        return
    text = fitting(look, text, board.right - board.left)
    spare = board.right - board.left - length(look, text)
    x = board.left + spare * studio.one_of([0.0, 0.0, 0.5, 1.0])
    board.rows.append(words_at(look, text, x, board.y + look.em))
    board.y += look.em * _LINE
