"""A page with a watermark under or over its text: large or tiled, gray or colored, turned."""

from __future__ import annotations

import math
from typing import Final

from lab.fonts import Face
from lab.scenes.colors import RGB, gray, vivid
from lab.scenes.draft import Draft
from lab.scenes.language import sentences
from lab.scenes.language.vocabulary import SURNAMES
from lab.scenes.lettering import Pose, advance, letter
from lab.scenes.page import Page
from lab.scenes.patch import Patch, draw
from lab.scenes.scatter import placed, turned
from lab.scenes.scene import Coverage
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday

_MARKS: Final = (
    "DRAFT", "COPY", "SAMPLE", "CONFIDENTIAL", "VOID", "DO NOT COPY", "INTERNAL", "PREVIEW",
    "SPECIMEN", "NOT FOR SALE", "ARCHIVE", "TOP SECRET", "UNPAID", "Review only",
)  # fmt: skip


def page_watermark(studio: Studio) -> Draft:
    """Make a scene of the family."""
    draft, page, _ = sheet(studio)
    lay_under_watermark(studio, draft, page)
    draft.wear = everyday(studio)
    return draft


def lay_under_watermark(studio: Studio, draft: Draft, page: Page) -> None:
    """Lay a page and a watermark, one over the other."""
    is_over = studio.chance(0.5)
    opacity = studio.between(studio.dial(0.15, 0.25), studio.dial(0.35, 0.65))
    mark = _watermark(studio, page.shape) * opacity
    color = _color(studio)
    if not is_over:
        draft.lay("watermark", mark, color)
    page.lay(draft)
    if is_over:
        draft.lay("watermark", mark, color)


def _color(studio: Studio) -> RGB:
    return gray(studio.between(40, 170)) if studio.chance(0.5) else vivid(studio, 40, 170, 0.6)


def _watermark(studio: Studio, shape: tuple[int, int]) -> Coverage:
    text = studio.one_of(_MARKS)
    if studio.chance(0.25):
        text = f"{studio.one_of(SURNAMES)} {sentences.date(studio)}"
    face = studio.face(text, ["sans", "serif"])
    make = _tiled if studio.chance(0.45) else _large
    return draw(make(studio, shape, text, face), shape)


def _large(studio: Studio, shape: tuple[int, int], text: str, face: Face) -> list[Patch]:
    height, width = shape
    angle = studio.one_of([0.0, 30.0, 45.0, -30.0, math.degrees(math.atan2(height, width))])
    # As long as the page allows in that direction.
    reach = min(
        width / max(math.cos(math.radians(angle)), 0.2),
        height / max(abs(math.sin(math.radians(angle))), 0.2),
    )
    em = studio.between(0.65, 0.9) * reach / advance(face, text, 1.0 * 100) * 100
    em = min(em, 0.6 * height)
    hollow = studio.chance(0.25)
    patch = letter(
        face, text, em, pose=Pose(angle=angle), outline=em * 0.02 * hollow, hollow=hollow
    )
    x, y = (studio.between(0.45, 0.55) * side for side in (width, height))
    return [placed(patch, x, y)]


def _tiled(studio: Studio, shape: tuple[int, int], text: str, face: Face) -> list[Patch]:
    cap = studio.between(14, 40)
    patch = turned(face, text, cap, studio.one_of([0, 30, 45, -30, 20]))
    height, width = patch.coverage.shape
    step = (height * studio.between(1.0, 1.8) + cap, width * studio.between(1.0, 1.4) + cap)
    rows, columns = (math.ceil(side / size) + 2 for side, size in zip(shape, step, strict=True))
    stagger = studio.one_of([0.0, 0.5])
    return [
        placed(patch, (column - 0.5 + stagger * (row % 2)) * step[1], (row - 0.5) * step[0])
        for row in range(rows)
        for column in range(columns)
    ]
