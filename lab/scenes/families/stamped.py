"""A line or two of words under a stamp, or struck through with a pen."""

from __future__ import annotations

import numpy as np

from lab.scenes import paper, stamps, strokes
from lab.scenes.colors import text_color, tint
from lab.scenes.draft import Draft
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday
from lab.scenes.words import Words, words


def stamped(studio: Studio) -> Draft:
    """Make a scene of the family."""
    ground = paper.light_color(studio, 205)
    text = words(studio, studio.between(studio.dial(22, 11), 30), most=2)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.1, 0.5)))
    color = text_color(studio, ground, studio.dial(175, 140), 0.3)
    lay = _press if studio.chance(0.65) else _strike
    if studio.chance(0.2):
        lay(studio, draft, text)
        text.write(draft, color)
    else:
        text.write(draft, color)
        lay(studio, draft, text)
    draft.wear = everyday(studio)
    return draft


def _press(studio: Studio, draft: Draft, text: Words) -> None:
    """Press a stamp about as large as the picture over it."""
    height, width = draft.shape
    least, most = round(4 * text.cap), round(min(0.9 * width, 3.2 * height, 16 * text.cap))
    size = studio.whole(min(least, most), max(least, most))
    make = stamps.boxed if studio.chance(0.75) else stamps.seal
    mark = stamps.pressed(studio, make(studio, size), draft.shape)
    cover = mark * np.float32(studio.between(0.55, studio.dial(0.75, 0.95)))
    draft.lay("stamp", cover, stamps.color(studio))


def _strike(studio: Studio, draft: Draft, text: Words) -> None:
    """Strike lines through with a pen, or go over them with a marker."""
    hue, level = studio.between(0, 1), studio.between(60, 150)
    color = tint(hue, studio.between(0.7, 1), level)
    for _, x, y in text.lines:
        if not studio.chance(0.8):
            continue
        right = studio.between(0.5, 1.05) * draft.shape[1]
        start = x - studio.between(0, 0.8) * text.cap
        along = np.linspace(start, max(right, start + 3 * text.cap), 60)
        swing = studio.between(0, 0.35) * text.cap
        turns = studio.between(2, 9) * text.cap
        middle = y - studio.between(0.2, 0.7) * text.cap
        path = np.column_stack(
            [along, middle + swing * np.sin(along / turns + studio.between(0, 6))]
        )
        pen = max(1.0, studio.between(0.06, 0.24) * text.cap)
        cover = strokes.trace([path], draft.shape, pen)
        draft.lay("pen", cover * np.float32(studio.between(0.8, 1)), color)
