"""Names for the state of code and data, so that a row tells what it was measured with."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import foretext

LAB: Final = Path(__file__).resolve().parents[1]
LIBRARY: Final = Path(foretext.__file__).resolve().parent
_LENGTH: Final = 10


def digest(parts: Iterable[str | bytes]) -> str:
    """Return a short name for some content."""
    state = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        # Lengths keep parts apart.
        state.update(f"{len(data)}:".encode() + data)
    return state.hexdigest()[:_LENGTH]


@functools.cache
def digest_of(*places: Path) -> str:
    """Return a short name for the content of files, and of all files below folders.

    Read once in a process: what changes while it runs is not seen.

    Raises
    ------
    FileNotFoundError
        If there is no such place.
    """
    files = [file for place in places for file in sorted(_files(place))]
    return digest(part for file in files for part in (file.name, file.read_bytes()))


def _files(place: Path) -> Iterable[Path]:
    if not place.exists():
        raise FileNotFoundError(place)
    if place.is_file():
        return [place]
    return (path for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc")
