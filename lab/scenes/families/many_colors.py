"""Characters that each have a color of their own, with a little drawn around them."""

from __future__ import annotations

from lab.scenes import paper
from lab.scenes.colors import RGB, text_color
from lab.scenes.draft import Draft
from lab.scenes.families.drawn import lay_dots, lay_stroke
from lab.scenes.short_text import short_text
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def many_colors(studio: Studio) -> Draft:
    """Make a scene of the family."""
    text = short_text(studio)
    ground = paper.dark_color(studio) if studio.chance(0.25) else paper.light_color(studio)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.1, 0.5)))
    colors = [_color(studio, ground) for _ in text.patches]
    for _ in range(studio.whole(0, round(studio.dial(1, 3)))):
        lay_stroke(studio, draft, text, _color(studio, ground), widest=0.06)
    text.write_each(draft, colors)
    for _ in range(studio.whole(1, round(studio.dial(1, 3)))):
        lay_stroke(studio, draft, text, _color(studio, ground), widest=0.06)
    if studio.chance(0.4):
        lay_dots(studio, draft, text, _color(studio, ground))
    draft.wear = everyday(studio)
    return draft


def _color(studio: Studio, ground: RGB) -> RGB:
    return text_color(studio, ground, studio.dial(110, 60), colored=0.9)
