"""A table: rows of short cells between rules."""

from __future__ import annotations

import itertools

import numpy as np

from lab.scenes import paper, strokes
from lab.scenes.colors import gray
from lab.scenes.draft import Draft
from lab.scenes.language import sentences, vocabulary
from lab.scenes.lettering import advance
from lab.scenes.page import Line, Page, plan_page
from lab.scenes.sheets import page_color
from lab.scenes.studio import Studio


def table_lines(studio: Studio) -> Draft:
    """Make a page that is a table with all, or only some, of its rules."""
    color = gray(studio.between(0, 50))
    page = plan_page(studio, color, color)
    rows, columns = _edges(studio, page)
    _fill(studio, page, rows, columns)
    draft = Draft(paper.textured(studio, page.shape, page_color(studio), 0.2))
    rules = _rules(studio, page, rows, columns)
    thickness = studio.between(0.04, 0.12) * page.em
    rule_color = color if studio.chance(0.5) else gray(studio.between(0, 170))
    draft.lay("rules", strokes.trace(rules, page.shape, thickness), rule_color)
    page.lay(draft)
    return draft


def _edges(studio: Studio, page: Page) -> tuple[list[float], list[float]]:
    # Close rows make rules touch descenders, as in real forms.
    step = page.em * studio.between(studio.dial(1.7, 1.25), 2.1)
    rows = np.arange(page.margin, page.shape[0] - page.margin, step)
    most = max(2, min(5, int(page.width / page.em / 9)))
    parts = studio.rng.uniform(0.8, 1.3, studio.whole(2, most))
    columns = page.margin + page.width * np.concatenate([[0], np.cumsum(parts) / parts.sum()])
    return [float(y) for y in rows], [float(x) for x in columns]


def _fill(studio: Studio, page: Page, rows: list[float], columns: list[float]) -> None:
    for number, (top, bottom) in enumerate(itertools.pairwise(rows)):
        y = bottom - 0.28 * (bottom - top)
        line = Line([], page.color, columns[0], columns[-1], y)
        for left, right in itertools.pairwise(columns):
            _cell(studio, page, line, (left + 0.4 * page.em, right), is_head=number == 0)
        if line.words:
            page.lines.append(line)


def _cell(
    studio: Studio, page: Page, line: Line, span: tuple[float, float], *, is_head: bool
) -> None:
    face = page.heading_face if is_head else page.face
    x = span[0]
    text = studio.one_of(vocabulary.WORDS).capitalize() if is_head else _entry(studio)
    for word in text.split():
        wide = advance(face, word, page.em)
        if x + wide > span[1]:
            return
        line.words.append(page.word(word, x, line.y, face, page.em))
        x += wide + advance(face, " ", page.em)


def _entry(studio: Studio) -> str:
    return studio.one_of(
        [
            studio.one_of(vocabulary.THINGS),
            studio.one_of(vocabulary.SURNAMES),
            f"{studio.whole(1, 9999)}",
            f"{studio.whole(1, 999)}.{studio.whole(10, 99)}",
            sentences.date(studio),
        ]
    )


def _rules(
    studio: Studio, page: Page, rows: list[float], columns: list[float]
) -> list[strokes.Path]:
    across = [np.array([page.turned(columns[0], y), page.turned(columns[-1], y)]) for y in rows]
    down = [np.array([page.turned(x, rows[0]), page.turned(x, rows[-1])]) for x in columns]
    return studio.one_of([across + down, across + down, across])
