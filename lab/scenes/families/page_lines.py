"""A page on ruled or squared paper, with underlines or marker, or a table with its rules."""

from __future__ import annotations

import numpy as np

from lab.scenes import strokes
from lab.scenes.colors import RGB, gray, tint
from lab.scenes.draft import Draft
from lab.scenes.families.table import table_lines
from lab.scenes.page import Line, Page
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def page_lines(studio: Studio) -> Draft:
    """Make a scene of the family."""
    make = studio.one_of([_ruled, _squared, _underlined, _marked, table_lines])
    draft = make(studio)
    draft.wear = everyday(studio)
    return draft


def _rule_color(studio: Studio) -> RGB:
    if studio.chance(0.4):
        return gray(studio.between(studio.dial(120, 0), 190))
    return tint(studio.between(0.5, 0.7), studio.between(0.3, 1), studio.between(90, 190))


def _across(page: Page, y: float) -> strokes.Path:
    return np.array([page.turned(-40, y), page.turned(page.shape[1] + 40, y)])


def _down(page: Page, x: float) -> strokes.Path:
    return np.array([page.turned(x, -40), page.turned(x, page.shape[0] + 40)])


def _ruled(studio: Studio) -> Draft:
    draft, page, _ = sheet(studio)
    # Running text seldom sits on the rules exactly.
    offset = studio.between(-0.1, 0.35) * page.em
    rules = np.arange(page.margin + page.em + offset, page.shape[0], page.leading)
    thickness = studio.between(0.8, 2.2)
    paths = [_across(page, y) for y in rules]
    draft.lay("rules", strokes.trace(paths, page.shape, thickness), _rule_color(studio))
    if studio.chance(0.4):
        edge = [_down(page, page.margin - 12)]
        draft.lay("margin", strokes.trace(edge, page.shape, thickness), tint(0.98, 0.8, 130))
    page.lay(draft)
    return draft


def _squared(studio: Studio) -> Draft:
    draft, page, _ = sheet(studio)
    step = studio.between(12, 40)
    paths = [_across(page, y) for y in np.arange(studio.between(0, step), page.shape[0], step)]
    paths += [_down(page, x) for x in np.arange(studio.between(0, step), page.shape[1], step)]
    grid = strokes.trace(paths, page.shape, studio.between(0.7, 1.6))
    draft.lay("grid", grid, _rule_color(studio))
    page.lay(draft)
    return draft


def _underlined(studio: Studio) -> Draft:
    draft, page, _ = sheet(studio)
    page.lay(draft)
    is_by_hand = studio.chance(0.4)
    color = tint(studio.between(0, 1), 0.9, studio.between(40, 110)) if is_by_hand else page.color
    thickness = studio.between(0.05, 0.12) * page.em
    chosen = [line for line in page.lines if studio.chance(0.35)] or page.lines[:1]
    paths = [_below(studio, page, line, is_by_hand) for line in chosen]
    draft.lay("underline", strokes.trace(paths, page.shape, thickness), color)
    return draft


def _below(studio: Studio, page: Page, line: Line, is_by_hand: bool) -> strokes.Path:
    start, end = sorted(studio.between(line.left, line.right) for _ in range(2))
    if studio.chance(0.3):
        start, end = line.left, line.right
    drop = studio.between(0.08, 0.2) * page.em
    x = np.linspace(start, max(end, start + 3 * page.em), 12)
    shake = studio.rng.normal(0, 0.04 * page.em if is_by_hand else 0, len(x))
    return np.array([page.turned(a, line.y + drop + b) for a, b in zip(x, shake, strict=True)])


def _marked(studio: Studio) -> Draft:
    draft, page, _ = sheet(studio)
    is_under = studio.chance(0.5)
    if not is_under:
        page.lay(draft)
    chosen = [line for line in page.lines if studio.chance(0.3)] or page.lines[:1]
    paths = [_through(studio, page, line) for line in chosen]
    band = strokes.trace(paths, page.shape, page.em * studio.between(0.8, 1.15))
    opacity = studio.between(0.7, 1) if is_under else studio.between(0.3, 0.5)
    draft.lay("marker", band * opacity, tint(studio.one_of([0.16, 0.3, 0.5, 0.9]), 0.8, 205))
    if is_under:
        page.lay(draft)
    return draft


def _through(studio: Studio, page: Page, line: Line) -> strokes.Path:
    start, end = sorted(studio.between(line.left, line.right) for _ in range(2))
    y = line.y - 0.28 * page.em
    return np.array([page.turned(start, y), page.turned(max(end, start + 4 * page.em), y)])
