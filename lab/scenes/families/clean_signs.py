"""Nothing to remove, and no sign to lose: prices, dashes, marks; and titles with small print."""

from __future__ import annotations

from typing import Final

from lab.scenes import paper
from lab.scenes.colors import RGB, text_color
from lab.scenes.draft import Draft
from lab.scenes.language import phrases
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday
from lab.scenes.words import Words, line, placed

# Short texts often fill their pictures: the least margin, in heights of a capital.
_NARROW: Final = 0.2


def clean_signs(studio: Studio) -> Draft:
    """Make a scene of one or two short lines with signs, or of few large characters."""
    if studio.chance(0.3):
        cap = studio.between(30, studio.dial(90, 160))
        text = placed(studio, [phrases.few(studio)], cap, narrowest=_NARROW)
    else:
        cap = studio.between(studio.dial(16, 9), studio.one_of([24, 60]))
        lines = [phrases.phrase(studio) for _ in range(studio.one_of([1, 1, 2]))]
        text = placed(studio, lines, cap, narrowest=_NARROW)
    ground = _ground(studio)
    draft = _draft(studio, text.shape, ground)
    text.write(draft, text_color(studio, ground, studio.dial(150, 80)))
    return draft


def clean_titles(studio: Studio) -> Draft:
    """Make a scene of a large line with smaller ones above or below it."""
    cap = studio.between(10, 18)
    title, small = (
        _title(studio, cap * studio.between(1.8, studio.dial(3.5, 7))),
        _small(studio, cap),
    )
    gap = studio.between(0.0, 0.6) * title.cap
    wide = max(title.shape[1], small.shape[1])
    # Both bring a margin of their own; that between them is the gap alone.
    heights = _body(title), _body(small)
    pad = title.cap * studio.between(0.4, 1.2)
    shape = (round(sum(heights) + gap + cap + 2 * pad), wide)
    first, second = (title, small) if studio.chance(0.75) else (small, title)
    centered = studio.chance(0.6)
    ground = _ground(studio)
    draft = _draft(studio, shape, ground)
    color = text_color(studio, ground, studio.dial(150, 90))
    paler = text_color(studio, ground, studio.dial(110, 60)) if studio.chance(0.5) else color
    top = pad
    for text in (first, second):
        left, upper, _, _ = text.box
        x = (wide - text.shape[1]) / 2 if centered else min(title.box[0], small.box[0]) - left
        moved = text.moved(x, top - upper, shape)
        moved.write(draft, color if text is title else paler)
        top += _body(text) + gap + 0.5 * cap
    return draft


def _title(studio: Studio, cap: float) -> Words:
    text = phrases.few(studio) if studio.chance(0.4) else line(studio).split()[0]
    if studio.chance(0.2):
        text = phrases.phrase(studio)
    return placed(studio, [text.upper() if studio.chance(0.4) else text], cap)


def _small(studio: Studio, cap: float) -> Words:
    lines = [line(studio) for _ in range(studio.one_of([1, 1, 2]))]
    if studio.chance(0.3):
        lines = [lines[0].split()[0]]
    return placed(studio, lines, cap, centered=studio.chance(0.5))


def _body(text: Words) -> float:
    _, top, _, bottom = text.box
    return bottom - top


def _draft(studio: Studio, shape: tuple[int, int], ground: RGB) -> Draft:
    draft = Draft(paper.textured(studio, shape, ground, studio.dial(0, 0.4)))
    draft.wear = everyday(studio)
    return draft


def _ground(studio: Studio) -> RGB:
    return paper.dark_color(studio) if studio.chance(0.25) else paper.light_color(studio)
