"""Lines of text as ink alone, set in every manner: straight, waved, dancing, piled, far apart."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from lab.fonts import Face, FontSet
from lab.scenes.inscription import Manner, inscribe
from lab.scenes.language import sentences, strings
from lab.scenes.language.vocabulary import WORDS
from lab.scenes.lettering import Pose, Wave, advance, letter
from lab.scenes.patch import Patch, draw
from lab.scenes.scene import Coverage
from lab.scenes.studio import Studio
from lab.scenes.style import entry

#: Heights of capitals, in pixels.
_CAPS: Final = (11.0, 40.0)
_ALL: Final = string.ascii_letters + string.digits


def drawn_line(rng: np.random.Generator, fonts: FontSet, split: str) -> tuple[Coverage, str]:
    """Draw a line.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where chance comes from.
    fonts : FontSet
        What to draw with.
    split : {"train", "dev", "test"}
        Whose fonts.

    Returns
    -------
    coverage : (H, W) ndarray of float32
        All of its ink, and bare paper around it.
    text : str
        What it says; one space between words.
    """
    studio = Studio(rng, split, float(rng.random()), fonts)
    text = _text(studio)
    cap = studio.between(*_CAPS)
    if studio.chance(0.2) and " " not in text:
        patches = _loose(studio, text, cap)
    else:
        face = _face(studio, text)
        manner = _manner(studio, cap) if studio.chance(0.8) else Manner()
        stand = [(studio.between(-1, 1), studio.between(-1, 1)) for _ in text]
        words = inscribe(face, text, cap, (0.0, 0.0), manner, stand=stand)
        patches = [patch for word in words for patch in word]
    return _laid(patches, round(studio.between(0.05, 0.4) * cap)), text


def _text(studio: Studio) -> str:
    kind = int(studio.rng.choice(len(_TEXTS), p=[share for _, share in _TEXTS]))
    return _TEXTS[kind][0](studio)


def _mixed(studio: Studio) -> str:
    return strings.characters(studio, studio.whole(3, 9))


def _any(studio: Studio) -> str:
    return strings.characters(studio, studio.whole(2, 9), _ALL)


def _number(studio: Studio) -> str:
    return strings.characters(studio, studio.whole(2, 9), strings.DIGITS)


def _word(studio: Studio) -> str:
    return strings.cased(studio, studio.one_of(WORDS))


def _words(studio: Studio) -> str:
    return f"{_word(studio)} {_word(studio)}"


def _part(studio: Studio) -> str:
    return " ".join(sentences.sentence(studio).split()[: studio.whole(2, 3)])


def _signs(studio: Studio) -> str:
    return strings.characters(studio, studio.whole(3, 8), _ALL + string.punctuation)


_TEXTS: Final[tuple[tuple[Callable[[Studio], str], float], ...]] = (
    (_mixed, 0.4),
    (_any, 0.15),
    (_number, 0.1),
    (_word, 0.15),
    (_words, 0.08),
    (_part, 0.05),
    (entry, 0.04),
    (_signs, 0.03),
)


def _face(studio: Studio, text: str) -> Face:
    kind = studio.between(0, 1)
    if kind < 0.3:
        return studio.face(text, ["serif"], ["bold"])
    if kind < 0.42:
        return studio.face(text, ["hand"])
    return studio.face(text, [], [studio.one_of(["light", "regular", "bold", "bold"])])


def _manner(studio: Studio, cap: float) -> Manner:
    """Draw a manner, of each freedom now little, now much."""
    strength = studio.between(0, 1)
    manner = Manner(
        slant=studio.between(-0.15, 0.35) * strength,
        turn=studio.between(0, 12) * strength,
        hop=studio.between(0, 0.15) * strength,
        rise=studio.between(-0.08, 0.08) * strength,
        tracking=studio.between(-0.12 * strength, 0.2),
        stretch=1 + studio.between(-0.18, 0.25) * strength,
        outline=studio.between(0, 0.025) if studio.chance(0.5) else 0.0,
    )
    if studio.chance(0.06):
        manner = replace(manner, outline=studio.between(0.03, 0.05), hollow=True)
    if studio.chance(0.65):
        high = studio.between(0.02, 0.26) * cap
        wave = Wave(high, studio.between(3.5, 9) * cap, studio.between(0, 2 * np.pi))
        manner = replace(manner, wave=wave)
    return manner


def _loose(studio: Studio, text: str, cap: float) -> list[Patch]:
    """Set characters one by one, each of its own size, turn and height, some of its own font."""
    common, mixes = _face(studio, text), studio.chance(0.2)
    turn, uneven, hop = studio.between(3, 28), studio.between(0.02, 0.28), studio.between(0, 0.35)
    apart = studio.between(-0.18, studio.one_of([0.2, 0.2, 1.2]))
    piled = studio.between(0, 0.4) if studio.chance(0.3) else 0.0
    narrow = studio.between(0.6, 1.2)
    pen, patches = 0.0, []
    for character in text:
        face = studio.face(text) if mixes else common
        em = face.em_for_cap(cap * studio.between(1 - uneven, 1 + uneven))
        pose = Pose(
            studio.between(-turn, turn),
            studio.between(-0.15, 0.3) * studio.difficulty,
            narrow * studio.between(0.85, 1.2),
        )
        patches.append(letter(face, character, em, (pen, studio.between(-hop, hop) * cap), pose))
        wide = advance(face, character, em) * pose.stretch
        step = max(wide + apart * studio.between(0.6, 1.4) * cap, 0.45 * wide)
        # Some stand nearly in the place of the one before.
        pen += 0.3 * wide if studio.chance(piled) else step
    return patches


def _laid(patches: list[Patch], margin: int) -> Coverage:
    left, top = min(p.left for p in patches), min(p.top for p in patches)
    right, bottom = max(p.right for p in patches), max(p.bottom for p in patches)
    shape = (bottom - top + 2 * margin, right - left + 2 * margin)
    return draw([patch.moved(margin - left, margin - top) for patch in patches], shape)
