"""A page of a book, a paper or a report, with pictures among its text."""

from __future__ import annotations

import numpy as np

from lab.scenes.draft import Draft
from lab.scenes.language import sentences
from lab.scenes.lettering import advance
from lab.scenes.page import Line, Page
from lab.scenes.photos import KINDS
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def page_pictures(studio: Studio) -> Draft:
    """Make a scene of the family."""
    draft, page, _ = sheet(studio, skewed=False)
    bands = studio.whole(1, 2)
    for number in range(bands):
        _insert(studio, draft, page, number / bands, (number + 1) / bands)
    # Captions come last, and are read where they stand.
    page.lines.sort(key=lambda line: (line.y, line.left))
    page.lay(draft)
    draft.wear = everyday(studio)
    return draft


def _insert(studio: Studio, draft: Draft, page: Page, first: float, last: float) -> None:
    """Clear a band in a part of the page and stand pictures in it, some with a caption."""
    height = studio.between(0.2, 0.45) * page.shape[0]
    top = first * page.shape[0] + studio.between(0, 1) * ((last - first) * page.shape[0] - height)
    bottom = top + height
    room = [line for line in page.lines if line.y < top or line.y - page.em > bottom]
    if len(room) < 2:
        return
    page.lines[:] = room
    left, right = float(page.margin), page.shape[1] - float(page.margin)
    if studio.chance(0.15):
        left, right = 0.0, float(page.shape[1])
    gap = page.em * studio.between(0.4, 1)
    number = studio.whole(1, 2)
    each = (right - left - (number - 1) * gap) / number
    for k in range(number):
        width = each * (1 if studio.chance(0.5) else studio.between(0.5, 1))
        x = left + k * (each + gap) + studio.between(0, 1) * (each - width)
        _stand(studio, draft, (x, top + gap, x + width, bottom - 1.5 * page.em))
        if studio.chance(0.5):
            _caption(studio, page, x, width, bottom)


def _stand(studio: Studio, draft: Draft, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = (max(0, round(side)) for side in box)
    bottom, right = min(bottom, draft.shape[0]), min(right, draft.shape[1])
    if bottom - top < 20 or right - left < 20:
        return
    shown = studio.one_of(KINDS)(studio, (bottom - top, right - left))
    coverage = np.zeros(draft.shape, np.float32)
    coverage[top:bottom, left:right] = shown.coverage
    color = np.zeros((*draft.shape, 3), np.float32)
    color[top:bottom, left:right] = shown.color
    draft.lay("picture", coverage, color)


def _caption(studio: Studio, page: Page, x: float, width: float, bottom: float) -> None:
    """Set a line of small text below a picture."""
    em = page.em * studio.between(0.7, 0.95)
    y = bottom - page.em * 0.4
    if y > page.shape[0] - 4:
        return
    space, end, words = advance(page.face, " ", em), x, []
    for text in sentences.paragraph(studio, 12):
        wide = advance(page.face, text, em)
        if end + wide > x + width:
            break
        words.append(page.word(text, end, y, page.face, em))
        end += wide + space
    if words:
        page.lines.append(Line(words, page.color, x, end - space, y))
