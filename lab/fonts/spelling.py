"""Other characters than letters of English: accents, Greek, Cyrillic, or signs in their place.

Only what is trained on is spelled anew: what such a text says is not known, only where its ink is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final

import numpy as np

from lab.fonts.face import Face
from lab.fonts.fontset import FontSet

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
#: Letter by letter, as a Latin one would be typed on a keyboard of that script.
_GREEK: Final = dict(zip(_LATIN, "αβψδεφγηιξκλμνοπςρστθωςχυζ", strict=True))
_CYRILLIC: Final = dict(zip(_LATIN, "абцдефгхийклмнопярстужвьыз", strict=True))
_RARE_CYRILLIC: Final = {"c": "ч", "j": "ю", "q": "щ", "w": "ш", "x": "ж", "y": "ъ"}
#: Signs that most fonts have.
SIGNS: Final = "-—=+*#%&@$/()[]<>:;.,!?'\""
#: What may stand over, under or through a letter.
_ACCENTED: Final = {
    "a": "äáâàåãą",
    "c": "çćč",
    "d": "ďđ",
    "e": "éèêëęě",
    "g": "ğģ",
    "i": "íîïìı",
    "k": "ķ",
    "l": "łľĺ",
    "n": "ñńň",
    "o": "öóôòøõő",
    "r": "řŕ",
    "s": "šśşß",
    "t": "ťţ",
    "u": "üúûùůű",
    "y": "ýÿ",
    "z": "žźż",
}


@dataclass(frozen=True)
class Spelled(Face):
    """A face that draws other letters in place of those it is given.

    Attributes
    ----------
    letters : mapping of str to str
        What is drawn in place of what.
    """

    letters: Mapping[str, str] = field(default_factory=dict, compare=False)

    def spelled(self, text: str) -> str:
        """Return the letters that are drawn."""
        return "".join(self.letters.get(character, character) for character in text)

    def has(self, text: str) -> bool:
        """Whether the font draws every letter that stands for one of the text."""
        return super().has(self.spelled(text))


def respelled(fonts: FontSet, rng: np.random.Generator) -> FontSet:
    """Return fonts that draw accents, Greek or Cyrillic in place of plain letters.

    Parameters
    ----------
    fonts : FontSet
        What to draw with. Fonts without such letters are left as they are.
    rng : numpy.random.Generator
        Decides the script, and which letters have accents.
    """
    letters = _with_capitals(_letters(rng))
    needed = "".join(letters.values())
    faces = tuple(
        _spelled(face, letters) if face.split == "train" and face.has(needed) else face
        for face in fonts.faces
    )
    return FontSet(f"{fonts.name}, respelled", faces)


def signed(fonts: FontSet, rng: np.random.Generator) -> FontSet:
    """Return fonts that draw signs in place of some letters; parameters as for `respelled`."""
    chosen = rng.choice(list(_LATIN), rng.integers(2, 7), replace=False)
    letters = {str(plain): str(rng.choice(list(SIGNS))) for plain in chosen}
    needed = "".join(letters.values())
    faces = tuple(
        _spelled(face, letters) if face.split == "train" and face.has(needed) else face
        for face in fonts.faces
    )
    return FontSet(f"{fonts.name}, signed", faces)


def _letters(rng: np.random.Generator) -> dict[str, str]:
    kind = rng.random()
    if kind < 0.15:
        return _GREEK
    if kind < 0.35:
        return _CYRILLIC | (_RARE_CYRILLIC if rng.random() < 0.5 else {})
    share = rng.uniform(0.2, 0.9)
    chosen = [plain for plain in _ACCENTED if rng.random() < share]
    return {plain: str(rng.choice(list(_ACCENTED[plain]))) for plain in chosen}


def _with_capitals(small: Mapping[str, str]) -> dict[str, str]:
    capitals = {plain.upper(): other.upper() for plain, other in small.items()}
    return {**small, **{key: value for key, value in capitals.items() if len(value) == 1}}


def _spelled(face: Face, letters: Mapping[str, str]) -> Spelled:
    own = {part.name: getattr(face, part.name) for part in fields(Face)}
    return Spelled(**own, letters=letters)
