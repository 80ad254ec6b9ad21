"""Lines, curves and dots over characters, in other colors or in the text's own."""

from __future__ import annotations

from lab.scenes import paper, strokes
from lab.scenes.colors import RGB, luminance, text_color, tint
from lab.scenes.draft import Draft
from lab.scenes.short_text import ShortText, short_text
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def colored_lines(studio: Studio) -> Draft:
    """Make a scene with colored lines, curves and dots under and over the characters."""
    text = short_text(studio)
    ground = _ground(studio)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.3, 0.9)))
    color = text_color(studio, ground, studio.dial(130, 80))
    under = studio.whole(0, round(studio.dial(2, 6)))
    over = studio.whole(1, round(studio.dial(2, 6)))
    for _ in range(under):
        lay_stroke(studio, draft, text, line_color(studio, ground))
    text.write(draft, color)
    for _ in range(over):
        lay_stroke(studio, draft, text, line_color(studio, ground))
    if studio.chance(0.5):
        lay_dots(studio, draft, text, line_color(studio, ground))
    draft.wear = everyday(studio)
    return draft


def noise_lines(studio: Studio) -> Draft:
    """Make a scene with lines and dots of the text's own color."""
    text = short_text(studio)
    ground = _ground(studio)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.1, 0.5)))
    color = text_color(studio, ground, studio.dial(140, 80))
    for _ in range(studio.whole(1, round(studio.dial(2, 6)))):
        lay_stroke(studio, draft, text, color, widest=studio.dial(0.07, 0.12))
    if studio.chance(0.6):
        lay_dots(studio, draft, text, color)
    text.write(draft, color)
    draft.wear = everyday(studio)
    return draft


def _ground(studio: Studio) -> RGB:
    if studio.chance(0.2):
        return paper.dark_color(studio)
    return paper.light_color(studio)


def line_color(studio: Studio, ground: RGB) -> RGB:
    """Draw a color for something drawn on paper of color ``ground``."""
    base = luminance(ground)
    away = studio.between(40, 170)
    level = base - away if base >= 128 else base + away
    return tint(studio.between(0, 1), studio.between(0.5, 1), min(max(level, 0), 250))


def lay_stroke(
    studio: Studio, draft: Draft, text: ShortText, color: RGB, widest: float = 0.12
) -> None:
    """Lay one line or curve, up to ``widest`` cap heights thick."""
    course = studio.one_of([strokes.line, strokes.curve, strokes.wavy, strokes.arc])
    thickness = max(1.0, studio.between(0.03, widest) * text.cap)
    path = course(studio, draft.shape)
    draft.lay("line", strokes.trace([path], draft.shape, thickness), color)


def lay_dots(studio: Studio, draft: Draft, text: ShortText, color: RGB) -> None:
    """Lay some dots, smaller than the text's strokes are thick."""
    height, width = draft.shape
    count = round(height * width / text.cap**2 * studio.between(1, studio.dial(3, 9)))
    largest = max(1.0, studio.between(0.025, 0.06) * text.cap)
    draft.lay("dots", strokes.dots(studio, draft.shape, count, 0.5, largest), color)
