"""Characters drawn as outlines, hollow or filled with a second color, under some curves."""

from __future__ import annotations

from dataclasses import replace

from lab.scenes import paper
from lab.scenes.colors import RGB, apart, text_color
from lab.scenes.draft import Draft
from lab.scenes.families.drawn import lay_dots, lay_stroke, line_color
from lab.scenes.inscription import shift_inside, shifted
from lab.scenes.short_text import Setting, ShortText, setting
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def outlined(studio: Studio) -> Draft:
    """Make a scene of the family."""
    ground = paper.dark_color(studio) if studio.chance(0.2) else paper.light_color(studio)
    plan = setting(studio, None, ["bold"], outline=studio.between(0.03, 0.05))
    draft = Draft(paper.textured(studio, plan.shape, ground, studio.dial(0.1, 0.4)))
    for _ in range(studio.whole(0, round(studio.dial(1, 3)))):
        lay_stroke(studio, draft, plan.as_text(), line_color(studio, ground), widest=0.05)
    text = write_outlined(studio, draft, plan, ground)
    for _ in range(studio.whole(1, round(studio.dial(1, 4)))):
        lay_stroke(studio, draft, text, line_color(studio, ground), widest=0.05)
    if studio.chance(0.3):
        lay_dots(studio, draft, text, line_color(studio, ground))
    draft.wear = everyday(studio)
    return draft


def write_outlined(studio: Studio, draft: Draft, plan: Setting, ground: RGB) -> ShortText:
    """Write a setting as outlines, half of the time filled."""
    manner = replace(plan.manner, hollow=True)
    rings = plan.words(manner)
    shift = shift_inside(rings, plan.shape)
    fills = shifted(plan.words(plan.manner), shift)
    color = text_color(studio, ground, studio.dial(140, 90))
    text = ShortText(plan.shape, plan.face, plan.cap, shifted(rings, shift))
    if studio.chance(0.5):
        draft.write(fills, _fill_color(studio, color, ground), "fill")
    text.write(draft, color)
    return text


def _fill_color(studio: Studio, outline: RGB, ground: RGB) -> RGB:
    for _ in range(50):
        color = text_color(studio, ground, studio.dial(40, 15), colored=0.8)
        if apart(color, outline) > 50:
            return color
    return ground
