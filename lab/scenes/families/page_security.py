"""Text on security print: guilloches, rosettes and micro text in pale colors."""

from __future__ import annotations

import numpy as np

from lab.scenes import strokes
from lab.scenes.colors import RGB, WHITE, tint
from lab.scenes.draft import Draft
from lab.scenes.language import strings
from lab.scenes.lettering import letter
from lab.scenes.patch import Patch, draw
from lab.scenes.scene import Coverage
from lab.scenes.sheets import sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def page_security(studio: Studio) -> Draft:
    """Make a scene of the family."""
    hue = studio.between(0, 1)
    ground = WHITE if studio.chance(0.3) else tint(hue, 0.3, studio.between(220, 248))
    draft, page, _ = sheet(studio, ground, texture=0.3, skewed=False)
    layers = [_waves, _rosettes, _micro_text]
    studio.rng.shuffle(layers)
    for make in layers[: studio.whole(1, 3)]:
        color = _color(studio, hue)
        draft.lay("security print", make(studio, page.shape), color)
    page.lay(draft)
    draft.wear = everyday(studio)
    return draft


def _color(studio: Studio, hue: float) -> RGB:
    level = studio.between(studio.dial(165, 105), studio.dial(215, 180))
    return tint(hue + studio.between(-0.2, 0.2), studio.between(0.25, 0.85), level)


def _waves(studio: Studio, shape: tuple[int, int]) -> Coverage:
    """Bands of sines that drift against one another."""
    height, width = shape
    x = np.linspace(-5, width + 5, 200)
    period = studio.between(0.12, 0.5) * width
    beat = studio.between(0.5, 2) * width
    swing = studio.between(0.05, 0.2) * height
    step = studio.between(5, 11)
    paths = []
    for number, y in enumerate(np.arange(-swing, height + swing, step)):
        phase = number * studio.dial(0.12, 0.25)
        lift = np.sin(2 * np.pi * x / period + phase) * np.cos(2 * np.pi * x / beat + phase / 3)
        paths.append(np.column_stack([x, y + swing * lift]))
    return strokes.trace(paths, shape, studio.between(0.7, 1.3))


def _rosettes(studio: Studio, shape: tuple[int, int]) -> Coverage:
    """Flowers that a spirograph would draw."""
    height, width = shape
    paths = [
        _rosette(
            studio,
            (studio.between(0, 1) * width, studio.between(0, 1) * height),
            studio.between(0.25, 0.6) * height,
        )
        for _ in range(studio.whole(1, 4))
    ]
    return strokes.trace(paths, shape, studio.between(0.7, 1.2))


def _rosette(studio: Studio, middle: tuple[float, float], radius: float) -> strokes.Path:
    petals = studio.whole(7, 23)
    turns = studio.whole(5, 12)
    turn = np.linspace(0, 2 * np.pi * turns, 250 * turns)
    depth = studio.between(0.2, 0.45)
    # A petal count that the turns don't divide makes the rounds drift apart.
    reach = radius * (1 - depth + depth * np.cos(turn * (petals + 1 / turns)))
    return np.column_stack([middle[0] + reach * np.cos(turn), middle[1] + reach * np.sin(turn)])


def _micro_text(studio: Studio, shape: tuple[int, int]) -> Coverage:
    """Rows of tiny text all over the page."""
    word = " ".join(studio.one_of(strings.theme(studio)).upper() for _ in range(2)) + " "
    face = studio.face(word, ["sans"], ["regular"])
    piece = letter(face, word * 3, face.em_for_cap(studio.between(3, studio.dial(5, 8))))
    height, width = piece.coverage.shape
    step = round(height * studio.between(1.2, 2.0))
    shift = studio.between(0.1, 0.5)
    rows = range(0, shape[0] + height, step)
    patches = [
        Patch(word, piece.coverage, column - round(width * shift * number) % width, row - height)
        for number, row in enumerate(rows)
        for column in range(0, shape[1] + width, width + 3)
    ]
    return draw(patches, shape)
