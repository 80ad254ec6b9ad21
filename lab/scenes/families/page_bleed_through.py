"""A page through which the print of its other side shows: mirrored, blurred, uneven."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from lab.scenes import paper
from lab.scenes.colors import RGB, tint
from lab.scenes.draft import Draft
from lab.scenes.page import Page, fill
from lab.scenes.patch import draw
from lab.scenes.scene import Coverage
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def page_bleed_through(studio: Studio) -> Draft:
    """Make a scene of the family."""
    ground = tint(studio.between(0.06, 0.16), studio.between(0.05, 0.4), studio.between(200, 248))
    draft, page, _ = sheet(studio, ground, texture=0.7)
    draft.lay("bleed-through", other_side(studio, page), _color(studio))
    page.lay(draft)
    draft.wear = everyday(studio)
    return draft


def other_side(studio: Studio, page: Page) -> Coverage:
    """Return what shows of a page's other side."""
    skew = studio.between(-1.5, 1.5)
    back = fill(studio, replace(page, skew=skew, lines=[]))
    words = [word for line in back.lines for word in line.words]
    mirrored = draw(words, page.shape)[:, ::-1]
    soft = cv2.GaussianBlur(mirrored, (0, 0), studio.between(0.6, studio.dial(2.5, 1.5)))
    strength = studio.between(0.12, studio.dial(0.3, 0.55))
    unevenness = 1 + 0.45 * paper.clouds(studio, page.shape, studio.between(60, 250))
    return np.clip(np.asarray(soft, np.float32) * strength * unevenness, 0, 1)


def _color(studio: Studio) -> RGB:
    return tint(studio.between(0.04, 0.12), studio.between(0, 0.7), studio.between(20, 90))
