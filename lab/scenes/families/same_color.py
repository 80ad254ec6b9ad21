"""Text behind in the very color of the wanted characters: only smaller, or thinner."""

from __future__ import annotations

from lab.scenes import paper
from lab.scenes.colors import text_color
from lab.scenes.draft import Draft
from lab.scenes.families.scattered import ANYTHING, strewn
from lab.scenes.short_text import short_text
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def same_color(studio: Studio) -> Draft:
    """Make a scene of the family."""
    is_thinner = studio.chance(0.4)
    text = short_text(studio, weights=["bold"] if is_thinner else ["regular", "bold"])
    ground = paper.light_color(studio, 225)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.1, 0.5)))
    color = text_color(studio, ground, studio.dial(130, 90))
    face = studio.face(ANYTHING, weights=["light", "regular"] if is_thinner else [])
    largest = min(
        studio.dial(0.7, 1.0) if is_thinner else studio.dial(0.35, 0.55),
        studio.dial(0.4, 0.7) * text.face.stem(1) / face.stem(1),
    )
    behind = strewn(studio, text, face, (largest / 2, largest), studio.dial(0.3, 0.9))
    draft.lay_patches("scattered", behind, color)
    text.write(draft, color)
    draft.wear = everyday(studio)
    return draft
