"""What every page family begins with: paper, colors and text that fit one another."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lab.scenes import paper
from lab.scenes.colors import RGB, WHITE, gray, text_color, tint
from lab.scenes.draft import Draft
from lab.scenes.page import Page, fill, plan_page
from lab.scenes.studio import Studio


class Sheet(NamedTuple):
    """A page of text, and the bare paper it is to be laid on."""

    draft: Draft
    page: Page
    ground: RGB


def sheet(
    studio: Studio,
    ground: RGB | None = None,
    texture: float = 0.2,
    *,
    skewed: bool = True,
    filled: Callable[[Studio, Page], Page] = fill,
) -> Sheet:
    """Prepare a page of running text and its paper.

    Parameters
    ----------
    studio : Studio
        Chance, fonts, difficulty.
    ground : tuple of float, optional
        Color of the paper; by default white or nearly so.
    texture : float, optional
        Probability of a grain or grade.
    skewed : bool, optional
        Whether the page may lie askew.
    filled : callable, optional
        Sets the text of a page; by default all that has room.
    """
    ground = ground or page_color(studio)
    color = gray(studio.between(0, 50)) if studio.chance(0.85) else _ink_color(studio, ground)
    heading = color if studio.chance(0.6) else _ink_color(studio, ground)
    page = filled(studio, plan_page(studio, color, heading, skewed=skewed))
    return Sheet(Draft(paper.textured(studio, page.shape, ground, texture, 20)), page, ground)


def page_color(studio: Studio) -> RGB:
    """Draw a color for the paper of a page."""
    if studio.chance(0.55):
        return WHITE
    return tint(studio.between(0.05, 0.18), studio.between(0, 0.25), studio.between(215, 252))


def _ink_color(studio: Studio, ground: RGB) -> RGB:
    return text_color(studio, ground, studio.dial(165, 130), colored=1.0)
