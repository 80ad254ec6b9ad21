"""Nothing to remove: characters and words that a cleaner must leave alone."""

from __future__ import annotations

from lab.scenes import paper
from lab.scenes.colors import RGB, text_color
from lab.scenes.draft import Draft
from lab.scenes.families.outlined import write_outlined
from lab.scenes.short_text import setting, short_text
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday
from lab.scenes.words import words


def clean_characters(studio: Studio) -> Draft:
    """Make a scene of characters alone, of one color or of many."""
    ground = _ground(studio)
    if studio.chance(0.15):
        return _clean_outlined(studio, ground)
    text = short_text(studio)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.1, 0.6)))
    least = studio.dial(140, 70)
    if studio.chance(0.3):
        text.write_each(draft, [text_color(studio, ground, least, 0.9) for _ in text.patches])
    else:
        text.write(draft, text_color(studio, ground, least))
    draft.wear = everyday(studio)
    return draft


def _clean_outlined(studio: Studio, ground: RGB) -> Draft:
    plan = setting(studio, None, ["bold"], outline=studio.between(0.03, 0.05))
    draft = Draft(paper.textured(studio, plan.shape, ground, studio.dial(0.1, 0.4)))
    write_outlined(studio, draft, plan, ground)
    draft.wear = everyday(studio)
    return draft


def clean_words(studio: Studio) -> Draft:
    """Make a scene of one to three lines of words alone."""
    ground = _ground(studio)
    text = words(studio, studio.between(studio.dial(14, 8), 26))
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0, 0.5)))
    text.write(draft, text_color(studio, ground, studio.dial(150, 80)))
    draft.wear = everyday(studio)
    return draft


def _ground(studio: Studio) -> RGB:
    return paper.dark_color(studio) if studio.chance(0.25) else paper.light_color(studio)
