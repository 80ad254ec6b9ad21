"""A page with one or two stamps or seals pressed over its text."""

from __future__ import annotations

from lab.scenes import stamps
from lab.scenes.colors import RGB, gray, tint
from lab.scenes.draft import Draft
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def page_stamp(studio: Studio) -> Draft:
    """Make a scene of the family."""
    draft, page, _ = sheet(studio)
    page.lay(draft)
    for _ in range(1 if studio.chance(0.7) else 2):
        make, size = studio.one_of(
            [
                (stamps.seal, studio.whole(190, 330)),
                (stamps.boxed, studio.whole(180, 380)),
            ]
        )
        mark = stamps.pressed(studio, make(studio, size), page.shape)
        draft.lay("stamp", mark * studio.between(0.55, studio.dial(0.75, 0.95)), _color(studio))
    draft.wear = everyday(studio)
    return draft


def _color(studio: Studio) -> RGB:
    if studio.chance(0.15):
        return gray(studio.between(20, 90))
    # Red, violet, blue and green are what ink pads come in.
    hue = studio.one_of([0.0, 0.98, 0.62, 0.66, 0.75, 0.38])
    return tint(hue + studio.between(-0.02, 0.02), studio.between(0.7, 1), studio.between(50, 120))
