"""An old page written by hand: uneven ink on aged paper, its other side showing, stains."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from lab.scenes import paper, strokes
from lab.scenes.colors import RGB, tint
from lab.scenes.draft import Draft
from lab.scenes.families.page_bleed_through import other_side
from lab.scenes.families.page_degraded import blot, fade, folds, light, speckle
from lab.scenes.lettering import mask_of
from lab.scenes.page import Line, Page, fill, plan_page
from lab.scenes.penned import Hand, press, somebody
from lab.scenes.sheets import Sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import Wear, everyday

# Hands write figures as they like.
_SAMPLE: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def page_handwritten(studio: Studio) -> Draft:
    """Make a scene of the family."""
    ground = tint(studio.between(0.06, 0.16), studio.between(0, 0.4), studio.between(165, 248))
    color = _ink(studio)
    page = _page(studio, color)
    draft = Draft(paper.textured(studio, page.shape, ground, 0.9, 30))
    if studio.chance(0.5):
        draft.lay("bleed-through", other_side(studio, page), color)
    if studio.chance(0.15):
        _rule(studio, draft, page)
    page.lay(draft)
    if studio.chance(0.4):
        fade(studio, draft, ground[0])
    if studio.chance(0.7):
        press(studio, draft, ground[0])
    for damage in (speckle, folds, blot):
        if studio.chance(0.25):
            damage(studio, Sheet(draft, page, ground))
    draft.wear = _wear(studio, draft)
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
    page.em = float(np.exp(studio.between(np.log(20), np.log(85))))
    page.leading = page.em * studio.between(0.85, 1.7)
    page.face = page.heading_face = studio.face(_SAMPLE, ["hand"])
    page = fill(studio, page)
    hand = somebody(studio)
    page.lines = [_written(hand, page, line) for line in page.lines]
    return page


def _written(hand: Hand, page: Page, line: Line) -> Line:
    """Write a line by a hand; a page askew is bent where its words begin."""
    _, _, top = mask_of(page.face, "x", page.em)
    words = [
        hand.write(word, page.turned(word.left, line.y)[1], -float(top)) for word in line.words
    ]
    return replace(line, words=words)


def _rule(studio: Studio, draft: Draft, page: Page) -> None:
    """Lay pale lines to write on."""
    lift = studio.between(-0.1, 0.15) * page.em
    ends = page.margin * studio.between(0, 1), page.shape[1] - page.margin * studio.between(0, 1)
    rules = [np.array([page.turned(x, line.y + lift) for x in ends]) for line in page.lines]
    pale = tint(studio.between(0.5, 0.66), studio.between(0.1, 0.6), studio.between(120, 190))
    coverage = strokes.trace(rules, page.shape, studio.between(0.8, 2)) * studio.between(0.3, 0.9)
    draft.lay("rules", coverage, pale)


def _wear(studio: Studio, draft: Draft) -> Wear:
    wear = everyday(studio)
    if studio.chance(0.4):
        # Scans of old paper are soft.
        wear = replace(wear, blur=studio.between(0.5, 1.5))
    return replace(wear, shade=light(studio, draft.shape)) if studio.chance(0.5) else wear
