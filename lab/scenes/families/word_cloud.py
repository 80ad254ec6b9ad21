"""A few waved bold characters over a cloud of thin words, upright and turned.

The kind of the picture that started the project: small, the words in grays and some colors, the
characters in one gray on top of them, touching, and cut at the border.
"""

from __future__ import annotations

import functools

import numpy as np

from lab.fonts import Face
from lab.scenes import paper
from lab.scenes.colors import RGB, WHITE, apart, gray, vivid
from lab.scenes.draft import Draft
from lab.scenes.inscription import Manner, fitted, inscribe, inside, stances
from lab.scenes.language import strings
from lab.scenes.lettering import Wave
from lab.scenes.patch import Patch
from lab.scenes.scatter import Strewer, strew, turned
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday

_PLAIN: tuple[RGB, ...] = (
    (237, 28, 36),
    (13, 104, 50),
    (46, 49, 146),
    (102, 45, 145),
    (140, 80, 30),
)


def word_cloud(studio: Studio) -> Draft:
    """Make a scene of the family."""
    is_first_kind = studio.chance(studio.dial(1.0, 0.3))
    shape = (75, 160) if is_first_kind else _shape(studio)
    ground = WHITE if is_first_kind else paper.light_color(studio, 215)
    draft = Draft(paper.flat(shape, ground))
    color = _text_color(studio, is_first_kind)
    _lay_cloud(studio, draft, color, is_first_kind)
    words = _characters(studio, shape, 6 if is_first_kind else studio.whole(4, 7))
    draft.write(words, color)
    draft.note(words)
    if not is_first_kind:
        draft.wear = everyday(studio)
    return draft


def _shape(studio: Studio) -> tuple[int, int]:
    height = studio.whole(60, 150)
    return height, round(height * studio.between(1.9, 2.8))


def _text_color(studio: Studio, is_first_kind: bool) -> RGB:
    if is_first_kind:
        return gray(102) if studio.chance(0.6) else gray(studio.between(60, 115))
    return gray(studio.between(0, 130)) if studio.chance(0.5) else vivid(studio, 30, 120)


def _lay_cloud(studio: Studio, draft: Draft, avoid: RGB, is_first_kind: bool) -> None:
    unit = draft.shape[0] / 75
    words = strings.theme(studio)
    face = studio.face("".join(words).upper(), ["sans"], ["regular", "light"], italic=False)
    make = functools.partial(_cloud_word, studio, face, words, unit, is_first_kind)
    # Words stand closer in harder clouds, and reach over the edge as cut-outs do.
    strewer = Strewer(draft.shape, overlap=studio.dial(0.04, 0.2), over_edge=0.02)
    patches = strew(studio, strewer, make, studio.whole(26, 42))
    colors = [_cloud_color(studio, avoid, is_first_kind) for _ in patches]
    for color in dict.fromkeys(colors):
        mine = [p for p, its in zip(patches, colors, strict=True) if its == color]
        draft.lay_patches("cloud", mine, color)


def _cloud_word(
    studio: Studio, face: Face, words: tuple[str, ...], unit: float, is_first_kind: bool
) -> Patch:
    word = studio.one_of(words)
    text = word.upper() if is_first_kind else strings.cased(studio, word)
    cap = unit * studio.one_of([5.5, 6, 6, 6.5, 7, 7, 7.5, 8, 9.5])
    is_upright = studio.chance(0.72)
    return turned(face, text, cap, 0 if is_upright else studio.one_of([90, 270, 270]))


def _cloud_color(studio: Studio, avoid: RGB, is_first_kind: bool) -> RGB:
    levels = (35, 70, 85, 115, 130, 130, 140)
    closest = studio.dial(14, 5)
    for _ in range(50):
        if studio.chance(0.55):
            color = gray(studio.one_of(levels))
        elif is_first_kind:
            color = studio.one_of(_PLAIN)
        else:
            color = vivid(studio, 30, 170)
        if apart(color, avoid) >= closest:
            return color
    return gray(150)


def _characters(studio: Studio, shape: tuple[int, int], length: int) -> list[list[Patch]]:
    height, width = shape
    text = strings.characters(studio, length)
    face = studio.face(text, ["serif"], ["bold"])
    manner = _manner(studio, height)
    cap = studio.between(0.29, 0.37) * height
    cap = fitted(face, text, cap, width * studio.between(0.8, 0.95), manner)
    x = studio.between(-0.01, 0.06) * width
    y = studio.between(0.5, 0.85) * height
    words = inscribe(face, text, cap, (x, y), manner, stand=stances(studio, text))
    return inside(words, shape, cut=0.06 * height)


def _manner(studio: Studio, height: int) -> Manner:
    return Manner(
        slant=studio.between(0.04, studio.dial(0.2, 0.3)),
        turn=studio.between(0, studio.dial(2, 5)),
        hop=studio.between(0, studio.dial(0.02, 0.06)),
        rise=studio.between(-0.05, 0.08),
        tracking=studio.between(studio.dial(-0.03, -0.1), 0.06),
        stretch=studio.between(0.95, 1.15),
        wave=Wave(
            studio.between(0.01, studio.dial(0.05, 0.08)) * height,
            studio.between(1.4, 2.6) * height,
            studio.between(0, 2 * np.pi),
        ),
        outline=studio.between(0, 0.02),
    )
