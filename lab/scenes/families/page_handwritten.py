"""An old page written by hand: uneven ink on aged paper, its other side showing, stains."""

from __future__ import annotations

from dataclasses import replace

from lab.scenes import paper
from lab.scenes.colors import RGB, tint
from lab.scenes.draft import Draft
from lab.scenes.families.page_bleed_through import other_side
from lab.scenes.families.page_degraded import blot, fade, folds, light, speckle
from lab.scenes.page import SAMPLE, Page, fill, plan_page
from lab.scenes.sheets import Sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def page_handwritten(studio: Studio) -> Draft:
    """Make a scene of the family."""
    ground = tint(studio.between(0.06, 0.16), studio.between(0, 0.4), studio.between(165, 248))
    color = _ink(studio)
    page = _page(studio, color)
    draft = Draft(paper.textured(studio, page.shape, ground, 0.9, 20))
    if studio.chance(0.55):
        draft.lay("bleed-through", other_side(studio, page), color)
    page.lay(draft)
    if studio.chance(0.7):
        fade(studio, draft, ground[0])
    for damage in (speckle, folds, blot):
        if studio.chance(0.25):
            damage(studio, Sheet(draft, page, ground))
    draft.wear = everyday(studio)
    if studio.chance(0.5):
        draft.wear = replace(draft.wear, shade=light(studio, page.shape))
    return draft


def _ink(studio: Studio) -> RGB:
    """Draw black, brown or blue ink."""
    hue = studio.one_of([studio.between(0.03, 0.12), studio.between(0.55, 0.66)])
    return tint(hue, studio.between(0, 0.7), studio.between(15, 95))


def _page(studio: Studio, color: RGB) -> Page:
    """Set a page in one hand, as large as handwriting is, close or wide."""
    page = plan_page(studio, color, color)
    page.shape = (studio.whole(300, 860), studio.whole(700, 1300))
    page.margin = studio.whole(10, 60)
    page.em = studio.between(30, 85)
    page.leading = page.em * studio.between(0.85, 1.5)
    page.face = page.heading_face = studio.face(SAMPLE, ["hand"])
    return fill(studio, page)
