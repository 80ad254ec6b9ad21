"""A page under a headline many times as large as its text, as in newspapers and on posters."""

from __future__ import annotations

from lab.scenes.draft import Draft
from lab.scenes.page import Page, fill_under_headline
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def page_headline(studio: Studio) -> Draft:
    """Make a scene of the family."""
    draft, page, _ = sheet(studio, texture=studio.dial(0.05, 0.4), filled=_filled)
    page.lay(draft)
    draft.wear = everyday(studio)
    return draft


def _filled(studio: Studio, page: Page) -> Page:
    return fill_under_headline(studio, page, studio.between(2, 8))
