"""A page with a few lines of text, and more watermark, or stamps, than text; or nothing else."""

from __future__ import annotations

from lab.scenes.draft import Draft
from lab.scenes.families.page_stamp import press_stamps
from lab.scenes.families.page_watermark import lay_under_watermark
from lab.scenes.page import Page, fill_in_part
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def page_sparse(studio: Studio) -> Draft:
    """Make a scene of the family."""
    draft, page, _ = sheet(studio, filled=_filled)
    kind = studio.between(0, 1)
    if kind < 0.7:
        lay_under_watermark(studio, draft, page)
    else:
        page.lay(draft)
    if 0.7 <= kind < 0.9:
        press_stamps(studio, draft)
    draft.wear = everyday(studio)
    return draft


def _filled(studio: Studio, page: Page) -> Page:
    return fill_in_part(studio, page, studio.whole(1, 7))
