"""One picture for each character that was read."""

from __future__ import annotations

import os
import string
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from foretext.arrays import Ink, Pixels
from foretext.errors import OutputError
from foretext.reading import Reading
from foretext.render import as_picture

# All that every file system takes and no shell reads anything into.
_SAFE = frozenset(string.ascii_letters + string.digits)
_DIGITS = 3
# White around the ink, in heights of the character, and in pixels at least.
_MARGIN = 0.15
_LEAST_MARGIN = 2


def character_pictures(reading: Reading) -> Iterator[tuple[str, Pixels]]:
    """Yield a picture of each character that has ink, and a name for its file.

    Parameters
    ----------
    reading : Reading
        What was read, as `foretext.read` gives it.

    Yields
    ------
    name : str
        Such as ``001_Y.png``: the number in reading order, and the character, by its code
        points (``002_U+00E9.png``) if it is no Latin letter without marks and no digit. So
        names sort in reading order and are safe everywhere.
    pixels : ndarray of uint8, (H, W)
        Its own ink alone, dark on white, soft, with a small margin; in the scale of the input.
    """
    characters = reading.characters
    digits = max(_DIGITS, len(str(len(characters))))
    for number, character in enumerate(characters, start=1):
        if character.ink is not None:
            yield f"{number:0{digits}}_{_name(character.text)}.png", _picture(character.ink)


def save_characters(reading: Reading, folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write what `character_pictures` yields into a folder, each whole or not at all.

    Parameters
    ----------
    reading : Reading
        What was read.
    folder : path
        Made if it is not there.

    Returns
    -------
    tuple of Path
        The files, in reading order. Others in that folder are left alone.

    Raises
    ------
    OutputError
        If the folder can't be made or a file can't be written.
    """
    from foretext.image import save

    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"can't make the folder {folder}: {error.strerror}") from error
    paths = []
    for name, pixels in character_pictures(reading):
        paths.append(Path(folder, name))
        save(paths[-1], pixels)
    return tuple(paths)


def _name(text: str) -> str:
    if text in _SAFE:
        return text
    return "_".join(f"U+{ord(part):04X}" for part in text)


def _picture(ink: Ink) -> Pixels:
    margin = max(_LEAST_MARGIN, round(_MARGIN * ink.shape[0]))
    return as_picture(np.pad(ink, margin))
