"""Pages with nothing to remove: headings of another size or color, sometimes light on dark."""

from __future__ import annotations

from lab.scenes import paper
from lab.scenes.colors import text_color
from lab.scenes.draft import Draft
from lab.scenes.page import fill, plan_page
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def clean_page(studio: Studio) -> Draft:
    """Make a scene of the family."""
    draft = _light_on_dark(studio) if studio.chance(0.12) else _dark_on_light(studio)
    draft.wear = everyday(studio)
    return draft


def _dark_on_light(studio: Studio) -> Draft:
    draft, page, _ = sheet(studio, texture=studio.dial(0.05, 0.4))
    page.lay(draft)
    return draft


def _light_on_dark(studio: Studio) -> Draft:
    ground = paper.dark_color(studio, 60)
    color, heading = (text_color(studio, ground, 150, colored) for colored in (0.1, 0.8))
    page = fill(studio, plan_page(studio, color, heading))
    draft = Draft(paper.textured(studio, page.shape, ground, studio.dial(0.05, 0.4)))
    page.lay(draft)
    return draft
