"""Characters far apart, of several sizes and fonts and at all heights, among dots and frames."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lab.scenes import paper, strokes
from lab.scenes.colors import RGB, gray, text_color
from lab.scenes.draft import Draft
from lab.scenes.language import strings
from lab.scenes.lettering import Pose, advance, letter
from lab.scenes.patch import Patch
from lab.scenes.short_text import ShortText, framed
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def loose(studio: Studio) -> Draft:
    """Make a scene of the family."""
    text = _text(studio)
    ground = paper.dark_color(studio) if studio.chance(0.15) else paper.light_color(studio)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.1, 0.5)))
    color = text_color(studio, ground, studio.dial(120, 50))
    if studio.chance(0.2):
        _grid(studio, draft, text, ground)
    lines = [_hairlines, _crooked_lines, _frame]
    before = [mark for mark in (_many_dots, *lines) if studio.chance(0.25)]
    over = [_few_dots, *lines]
    after = [mark for mark in over if studio.chance(0.25)] or [studio.one_of(over)]
    for mark in before:
        mark(studio, draft, text, ground, color)
    if studio.chance(0.3):
        text.write(draft, color)
        if studio.chance(0.5):
            _show_through(draft, text, color)
    else:
        least = studio.dial(90, 35)
        text.write_each(draft, [text_color(studio, ground, least, 0.85) for _ in text.patches])
    for mark in after:
        mark(studio, draft, text, ground, color)
    draft.wear = everyday(studio)
    return draft


def _text(studio: Studio) -> ShortText:
    """Set characters one by one, each wherever it likes along the line."""
    text = strings.short(studio).replace(" ", "")[: studio.whole(3, 8)]
    cap = studio.between(17, 44)
    patches = list(_characters(studio, text, cap))
    shape, words = framed(studio, patches, 2.4, 1.6)
    face = studio.face(text)
    return ShortText(shape, face, cap, words)


def _characters(studio: Studio, text: str, cap: float) -> Iterator[Patch]:
    weights = [studio.one_of(["light", "regular", "bold", "bold"])]
    common = studio.face(text, [], weights)
    mixes = studio.chance(0.25)
    turn, uneven, hop = studio.dial(3, 25), studio.dial(0.02, 0.25), studio.dial(0.05, 0.5)
    apart = studio.between(studio.dial(0.1, -0.15), studio.one_of([0.3, 1.5]))
    pen = 0.0
    for character in text:
        face = studio.face(text) if mixes else common
        em = face.em_for_cap(cap * studio.between(1 - uneven, 1 + uneven))
        pose = Pose(studio.between(-turn, turn), studio.between(-0.1, 0.3) * studio.difficulty)
        yield letter(face, character, em, (pen, studio.between(-hop, hop) * cap), pose)
        pen += advance(face, character, em) + apart * studio.between(0.6, 1.4) * cap


def _show_through(draft: Draft, text: ShortText, color: RGB) -> None:
    """Darken what two characters share, as where inks are translucent."""
    shared = np.zeros(draft.shape, np.float32)
    seen = np.zeros(draft.shape, np.float32)
    for patch in text.patches:
        own = patch.clipped(draft.shape)
        place = slice(own.top, own.bottom), slice(own.left, own.right)
        shared[place] = np.maximum(shared[place], seen[place] * own.coverage)
        seen[place] = np.maximum(seen[place], own.coverage)
    if shared.max() > 0:
        red, green, blue = (0.7 * part for part in color)
        draft.lay("overlap", shared, (red, green, blue), wanted=True)


def _many_dots(studio: Studio, draft: Draft, text: ShortText, ground: RGB, color: RGB) -> None:
    """Throw so many dots that they touch."""
    _dots(studio, draft, text, studio.between(0.02, studio.dial(0.1, 0.35)), (ground, color))


def _few_dots(studio: Studio, draft: Draft, text: ShortText, ground: RGB, color: RGB) -> None:
    """Throw no more dots than letters bear over them."""
    _dots(studio, draft, text, studio.between(0.005, studio.dial(0.03, 0.1)), (ground, color))


def _dots(
    studio: Studio, draft: Draft, text: ShortText, filled: float, colors: tuple[RGB, RGB]
) -> None:
    """Throw dots of one size or many, of one color or several."""
    ground, color = colors
    largest = studio.between(0.05, 0.22) * text.cap
    smallest = largest * studio.between(0.3, 1)
    count = round(filled * draft.shape[0] * draft.shape[1] / (2 * largest * smallest))
    for part in range(studio.whole(1, 3)):
        of = color if part == 0 and studio.chance(0.3) else _mark_color(studio, ground)
        spread = strokes.dots(studio, draft.shape, count // 2 + 1, smallest, largest)
        draft.lay("dots", spread, of)


def _hairlines(studio: Studio, draft: Draft, text: ShortText, ground: RGB, color: RGB) -> None:
    """Draw thin straight lines, long or short."""
    height, width = draft.shape
    paths = []
    for _ in range(studio.whole(1, 6)):
        middle = np.array([studio.between(0, 1) * width, studio.between(0, 1) * height])
        turn = studio.rng.normal(0, 0.4)
        reach = studio.between(0.1, 0.6) * width * np.array([np.cos(turn), np.sin(turn)])
        paths.append(np.array([middle - reach, middle + reach]))
    thick = studio.between(0.7, 0.09 * text.cap)
    own = color if studio.chance(0.3) else _mark_color(studio, ground)
    draft.lay("lines", strokes.trace(paths, draft.shape, thick), own)


def _crooked_lines(studio: Studio, draft: Draft, text: ShortText, ground: RGB, color: RGB) -> None:
    """Draw lines across that bend at corners."""
    height, width = draft.shape
    for _ in range(studio.whole(1, 3)):
        x = np.linspace(studio.between(-0.1, 0.3), studio.between(0.7, 1.1), studio.whole(4, 14))
        y = studio.between(0.2, 0.8) + np.cumsum(studio.rng.normal(0, 0.06, len(x)))
        path = np.column_stack([x * width, y * height])
        thick = studio.between(0.7, 0.12 * text.cap)
        own = color if studio.chance(0.3) else _mark_color(studio, ground)
        draft.lay("lines", strokes.trace([path], draft.shape, thick), own)


def _frame(studio: Studio, draft: Draft, text: ShortText, ground: RGB, _: RGB) -> None:
    """Draw what pictures have at their edges: a crooked border, or a row of half discs."""
    height, width = draft.shape
    own = _mark_color(studio, ground)
    if studio.chance(0.5):
        shift = studio.rng.normal(0, 0.03 * height, (4, 2))
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) + shift
        path = np.vstack([corners, corners[:1]])
        draft.lay("frame", strokes.trace([path], draft.shape, studio.between(1, 5)), own)
        return
    radius = studio.between(0.08, 0.4) * text.cap
    x = np.arange(studio.between(0, 2) * radius, width, radius * studio.between(2.1, 5))
    edges = studio.one_of([[0.0], [float(height)], [0.0, float(height)]])
    centers = np.array([[place, y] for y in edges for place in x])
    draft.lay("frame", strokes.discs(centers, [radius] * len(centers), draft.shape), own)


def _grid(studio: Studio, draft: Draft, text: ShortText, ground: RGB) -> None:
    height, width = draft.shape
    step = studio.between(0.4, 1.5) * text.cap
    lean = studio.rng.normal(0, 0.03) * height
    across = [np.array([[0, y], [width, y + lean]]) for y in np.arange(0, height, step)]
    down = [np.array([[x, 0], [x - lean, height]]) for x in np.arange(0, width, step)]
    pale = text_color(studio, ground, 25, 0.5)
    share = studio.between(0.15, 0.6)
    thick = studio.between(0.7, 1.6)
    draft.lay("grid", strokes.trace(across + down, draft.shape, thick) * share, pale)


def _mark_color(studio: Studio, ground: RGB) -> RGB:
    """Draw a color for what is not text: black, gray, or any that is seen on the paper."""
    if studio.chance(0.25):
        return gray(0)
    return text_color(studio, ground, 25, 0.5)
