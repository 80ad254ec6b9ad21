"""Characters set wide, each far from the next, of one color or of many, under thin lines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lab.scenes import paper, strokes
from lab.scenes.colors import RGB, text_color
from lab.scenes.draft import Draft
from lab.scenes.families.drawn import line_color
from lab.scenes.inscription import inscribe, inside, lively, shifted, stances, width
from lab.scenes.language import strings
from lab.scenes.short_text import ShortText
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def spaced(studio: Studio) -> Draft:
    """Make a scene of the family."""
    text = _text(studio)
    ground = paper.dark_color(studio) if studio.chance(0.15) else paper.light_color(studio)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.05, 0.4)))
    least = studio.dial(120, 50)
    if studio.chance(0.6):
        text.write_each(draft, [text_color(studio, ground, least, 0.9) for _ in text.patches])
    else:
        text.write(draft, text_color(studio, ground, least))
    for _ in range(studio.whole(0, round(studio.dial(2, 6)))):
        _hairline(studio, draft, text, ground)
    draft.wear = everyday(studio)
    return draft


def _text(studio: Studio) -> ShortText:
    """Set a short text, or two words, so wide that its characters stand by themselves."""
    said = strings.short(studio)
    if studio.chance(0.2):
        said = f"{said} {strings.short(studio)}"
    weight = studio.one_of(["light", "regular", "bold"])
    face, cap = studio.face(said, [], [weight]), studio.between(14, 40)
    manner = lively(studio, cap, studio.dial(0.0, 0.8))
    manner = replace(manner, tracking=studio.between(0.25, 1.6))
    words = inscribe(face, said, cap, (0.0, 0.0), manner, stand=stances(studio, said))
    wide = width(face, said, cap, manner)
    shape = round(cap * studio.between(1.9, 4)), round(wide * studio.between(1.1, 1.6)) + 8
    corner = (shape[1] - wide) * studio.between(0.1, 0.9), shape[0] * studio.between(0.4, 0.8)
    placed = shifted(words, (round(corner[0]), round(corner[1])))
    return ShortText(shape, face, cap, inside(placed, shape))


def _hairline(studio: Studio, draft: Draft, text: ShortText, ground: RGB) -> None:
    """Draw a thin line across part of the picture."""
    height, width = draft.shape
    middle = np.array([studio.between(0, 1) * width, studio.between(0, 1) * height])
    turn = studio.rng.normal(0, 0.3)
    reach = studio.between(0.1, 0.5) * width * np.array([np.cos(turn), np.sin(turn)])
    thick = studio.between(0.7, max(0.08 * text.cap, 0.8))
    path = np.array([middle - reach, middle + reach])
    draft.lay("line", strokes.trace([path], draft.shape, thick), line_color(studio, ground))
