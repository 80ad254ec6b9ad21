"""A set of fonts: read from its table, and picked from by wish."""

from __future__ import annotations

import csv
import functools
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from lab.fonts.face import Face

HERE: Final = Path(__file__).parent
INSTALLED_TABLE: Final = HERE / "table.csv"
INSTALLED_ROOT: Final = Path("/usr/share/fonts")
BUNDLED_TABLE: Final = HERE / "bundled" / "table.csv"
COLUMNS: Final = ("family", "kin", "kind", "split", "weight", "italic", "file")
_CHOICE: Final = "FORETEXT_LAB_FONTS"


class FontsMissingError(RuntimeError):
    """The installed fonts were asked for, and some are not there."""


@dataclass(frozen=True)
class FontSet:
    """Fonts to draw with, and a name by which a scene says which they were."""

    name: str
    faces: tuple[Face, ...]

    def of(self, split: str) -> tuple[Face, ...]:
        """Faces that ``split`` may use."""
        return tuple(face for face in self.faces if face.split == split)

    def pick(
        self,
        rng: np.random.Generator,
        split: str,
        *,
        kinds: Sequence[str] = (),
        weights: Sequence[str] = (),
        italic: bool | None = None,
        text: str = "",
    ) -> Face:
        """Pick a face by wish: first a family, then one of its cuts.

        A wish that a small set can't meet is dropped: slant first, then weight, then kind. Glyphs
        for ``text`` are never given up.

        Parameters
        ----------
        rng : numpy.random.Generator
            Where chance comes from.
        split : str
            Whose fonts.
        kinds, weights : sequence of str, optional
            What is welcome; anything in print by default.
        italic : bool, optional
            Slanted or not; either by default.
        text : str, optional
            What must be drawable.

        Returns
        -------
        Face
            A face of ``split`` that has all the glyphs.
        """
        able = [face for face in self.of(split) if face.has(text)]
        found = _nearest(able, tuple(kinds), tuple(weights), italic)
        family = str(rng.choice(sorted({face.family for face in found})))
        cuts = [face for face in found if face.family == family]
        return cuts[int(rng.integers(len(cuts)))]


def _nearest(
    faces: list[Face], kinds: tuple[str, ...], weights: tuple[str, ...], italic: bool | None
) -> list[Face]:
    for wish in ((kinds, weights, italic), (kinds, weights, None), (kinds, (), None)):
        found = [face for face in faces if _meets(face, *wish)]
        if found:
            return found
    return faces


def _meets(
    face: Face, kinds: tuple[str, ...], weights: tuple[str, ...], italic: bool | None
) -> bool:
    return (
        (face.kind in kinds if kinds else face.kind != "hand")
        and (not weights or face.weight in weights)
        and (italic is None or face.italic == italic)
    )


def _read(table: Path, root: Path, name: str) -> FontSet:
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    faces = tuple(
        Face(
            row["family"],
            row["kind"],
            row["split"],
            row["weight"],
            row["italic"] == "yes",
            root / row["file"],
        )
        for row in rows
    )
    digest = hashlib.sha256(table.read_bytes()).hexdigest()[:8]
    return FontSet(f"{name}:{digest}", faces)


@functools.lru_cache(maxsize=1)
def bundled() -> FontSet:
    """Read the few fonts that lie beside this file."""
    return _read(BUNDLED_TABLE, BUNDLED_TABLE.parent, "bundled")


@functools.lru_cache(maxsize=1)
def installed() -> FontSet:
    """Read the large set.

    Raises
    ------
    FontsMissingError
        If any of its files is not on this machine: a part of the set would draw other scenes
        under the same name.
    """
    fonts = _read(INSTALLED_TABLE, INSTALLED_ROOT, "installed")
    missing = sorted({face.family for face in fonts.faces if not face.path.is_file()})
    if missing:
        message = f"not installed: {', '.join(missing)}; run `python -m lab.fonts.fetch`"
        raise FontsMissingError(message)
    return fonts


@functools.lru_cache(maxsize=4)
def _load(choice: str) -> FontSet:
    if choice == "bundled":
        return bundled()
    try:
        return installed()
    except FontsMissingError:
        if choice == "installed":
            raise
        return bundled()


def load(choice: str | None = None) -> FontSet:
    """Give the fonts to draw with.

    Parameters
    ----------
    choice : {"auto", "installed", "bundled"}, optional
        ``"auto"`` takes the installed set when it is whole and else the bundled one. By default
        the environment variable ``FORETEXT_LAB_FONTS``, else ``"auto"``.

    Returns
    -------
    FontSet
        The fonts; ``name`` tells which set and which edition of its table.
    """
    return _load(choice or os.environ.get(_CHOICE, "auto"))
