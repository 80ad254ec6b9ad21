"""A page with one or two stamps or seals pressed over its text."""

from __future__ import annotations

from lab.scenes import stamps
from lab.scenes.draft import Draft
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def page_stamp(studio: Studio) -> Draft:
    """Make a scene of the family."""
    draft, page, _ = sheet(studio)
    page.lay(draft)
    press_stamps(studio, draft)
    draft.wear = everyday(studio)
    return draft


def press_stamps(studio: Studio, draft: Draft) -> None:
    """Press a stamp or two on what has been laid."""
    for _ in range(1 if studio.chance(0.7) else 2):
        make, size = studio.one_of(
            [
                (stamps.seal, studio.whole(190, 330)),
                (stamps.boxed, studio.whole(180, 380)),
            ]
        )
        mark = stamps.pressed(studio, make(studio, size), draft.shape)
        draft.lay(
            "stamp", mark * studio.between(0.55, studio.dial(0.75, 0.95)), stamps.color(studio)
        )
