"""Text scattered behind the wanted characters or words: lighter, equally dark, or darker."""

from __future__ import annotations

import functools
from typing import Final, NamedTuple

from lab.fonts import Face
from lab.scenes import paper
from lab.scenes.colors import RGB, apart, gray, luminance, tint
from lab.scenes.draft import Draft
from lab.scenes.language import strings
from lab.scenes.language.vocabulary import WORDS
from lab.scenes.patch import Patch
from lab.scenes.scatter import Strewer, strew, turned
from lab.scenes.short_text import ShortText, short_text
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday

ANYTHING: Final = "".join(WORDS) + "".join(WORDS).upper() + strings.ALPHABET
"""All characters that may be strewn."""


class Plan(NamedTuple):
    """How the scattered text differs from the wanted one.

    ``wanted`` is the luminance of the wanted text between two levels; ``offset`` what is added
    to it for the scattered text; ``cap`` the scattered size relative to the wanted one.
    """

    wanted: tuple[float, float]
    offset: tuple[float, float]
    cap: tuple[float, float]


def scattered_lighter(studio: Studio) -> Draft:
    """Make a scene whose scattered text is lighter than the wanted one."""
    near = studio.dial(60, 30)
    return _scene(studio, Plan((0, 90), (near, near + 60), (0.3, studio.dial(0.8, 1.1))))


def scattered_equal(studio: Studio) -> Draft:
    """Make a scene whose scattered text is as dark as the wanted one, in other colors."""
    return _scene(studio, Plan((50, 120), (-4, 4), (0.25, studio.dial(0.5, 0.75))))


def scattered_darker(studio: Studio) -> Draft:
    """Make a scene whose scattered text is darker than the wanted one."""
    near = studio.dial(70, 30)
    return _scene(studio, Plan((100, 150), (-near - 40, -near), (0.2, studio.dial(0.45, 0.7))))


def _scene(studio: Studio, plan: Plan) -> Draft:
    text = short_text(studio)
    color = tint(
        studio.between(0, 1),
        studio.one_of([0.0, 0.6, 0.9]),
        studio.between(*plan.wanted),
    )
    ground = paper.light_color(studio, 225)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.1, 0.6)))
    _lay_scattered(studio, draft, text, plan, color)
    text.write(draft, color)
    draft.wear = everyday(studio)
    return draft


def _lay_scattered(studio: Studio, draft: Draft, text: ShortText, plan: Plan, wanted: RGB) -> None:
    # Behind thick letters any cut will do; behind thin ones a bold one would look wanted.
    weights = [] if text.face.weight == "bold" else ["light", "regular"]
    face = studio.face(ANYTHING, weights=weights)
    patches = strewn(studio, text, face, plan.cap, studio.dial(0.5, 1.6))
    colors = [_color(studio, wanted, plan) for _ in range(studio.one_of([1, 2, 3, 5]))]
    for start, color in enumerate(colors):
        draft.lay_patches("scattered", patches[start :: len(colors)], color)


def _color(studio: Studio, wanted: RGB, plan: Plan) -> RGB:
    level = min(max(luminance(wanted) + studio.between(*plan.offset), 0), 235)
    for _ in range(50):
        color = tint(studio.between(0, 1), studio.one_of([0.0, 0.7, 1.0]), level)
        if apart(color, wanted) >= studio.dial(50, 25):
            return color
    return gray(level)


def strewn(
    studio: Studio,
    text: ShortText,
    face: Face,
    caps: tuple[float, float],
    crowding: float,
) -> list[Patch]:
    """Strew words and characters over the picture of a short text.

    Parameters
    ----------
    studio : Studio
        Chance and fonts.
    text : ShortText
        The wanted text.
    face : Face
        What to set the others in.
    caps : tuple of float
        Smallest and largest size, relative to the wanted text's.
    crowding : float
        Pieces tried for each square of the wanted cap height.
    """
    angles = studio.one_of([(0,), (0, 90, 270), tuple(range(-60, 61, 5)), (-30, 30)])
    make = functools.partial(_piece, studio, face, angles, text.cap, caps)
    strewer = Strewer(text.shape, overlap=studio.dial(0.15, 0.5), over_edge=0.05)
    room = text.shape[0] * text.shape[1] / text.cap**2
    return strew(studio, strewer, make, round(room * crowding) + 4)


def _piece(
    studio: Studio,
    face: Face,
    angles: tuple[int, ...],
    cap: float,
    share: tuple[float, float],
) -> Patch:
    word = strings.cased(studio, studio.one_of(WORDS))
    if studio.chance(0.3):
        word = strings.characters(studio, studio.whole(1, 6))
    return turned(face, word, cap * studio.between(*share), studio.one_of(angles))
