"""What the user gave to work on, one by one."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from foretext.errors import ForetextError, InputNotFoundError, UsageError

STDIN = "-"
# How a TIFF begins, or a large one.
_TIFF = b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"
_MAGIC = 4
_KINDS = "png jpg jpeg tif tiff webp bmp gif ppm pgm pbm pnm jp2 avif pdf"
_SUFFIXES = frozenset(f".{kind}" for kind in _KINDS.split())


@dataclass(frozen=True)
class Item:
    """One picture or PDF to work on.

    Attributes
    ----------
    name : str
        What messages call it: the path as it was typed.
    path : Path or None
        None for standard input.
    """

    name: str
    path: Path | None

    @cached_property
    def is_pdf(self) -> bool:
        """Whether it is a PDF, by how it begins."""
        from foretext.pages.document import is_pdf

        return is_pdf(self._held)

    @cached_property
    def pages(self) -> int:
        """How many pages it has; 1 if that can't be told."""
        from foretext.image import count_pages

        if not self._head().startswith(_TIFF):
            return 1
        try:
            return count_pages(self.source())
        except ForetextError:
            return 1

    @cached_property
    def _held(self) -> Path | bytes:
        """The path, or the bytes of what can be read but once: standard input or a named pipe."""
        if self.path is None:
            return sys.stdin.buffer.read()
        return self.path.read_bytes() if _is_pipe(self.path) else self.path

    def _head(self) -> bytes:
        """Return how it begins, or nothing if it can't be read."""
        if isinstance(self._held, bytes):
            return self._held[:_MAGIC]
        try:
            if not self._held.is_file():
                return b""
            with self._held.open("rb") as file:
                return file.read(_MAGIC)
        except (OSError, ValueError):
            return b""

    def source(self) -> Path | BinaryIO:
        """Return what `foretext.clean` and the like take, as often as it is asked for."""
        if isinstance(self._held, bytes):
            file = io.BytesIO(self._held)
            file.name = self.name  # what messages call it
            return file
        if is_folder(self.name):  # others have been replaced by their pictures
            raise InputNotFoundError(
                f"{self.name} is a folder without pictures or PDFs that can be read",
                hint="folders inside it are not searched; name them",
            )
        return self._held


@dataclass(frozen=True, slots=True)
class Given:
    """All that is to be worked on, in the order of the command line.

    Attributes
    ----------
    items : tuple of Item
        The pictures and PDFs.
    many : bool
        Whether the user asked for several: more than one input, or a folder, even if that
        holds only one picture. So the form of the output does not hang on what is in it.
    """

    items: tuple[Item, ...]
    many: bool

    @property
    def pdfs(self) -> bool:
        """Whether any of them is a PDF."""
        return any(item.is_pdf for item in self.items)

    @property
    def paged(self) -> bool:
        """Whether any of them may have several pages."""
        return self.pdfs or any(item.pages > 1 for item in self.items)

    @property
    def long(self) -> bool:
        """Whether they may take so long that people want to see how far it is."""
        return self.many or self.paged


def _is_pipe(path: Path) -> bool:
    try:
        return stat.S_ISFIFO(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def is_folder(name: str) -> bool:
    """Tell whether there is a folder of that name."""
    return os.path.isdir(name)  # noqa: PTH112 - Path.is_dir raises on names that are too long


def expand(given: Sequence[str]) -> Given:
    """Return the inputs, with folders replaced by the pictures in them.

    Parameters
    ----------
    given : sequence of str
        Paths of pictures and folders, or ``-``.

    Returns
    -------
    Given
        Pictures of a folder are sorted by name; folders inside it are left alone, and so is
        what is hidden.

    Raises
    ------
    UsageError
        If ``-`` is given twice, or a name is empty.
    """
    if "" in given:
        raise UsageError("an input has no name", hint="quote names, and check variables")
    if given.count(STDIN) > 1:
        raise UsageError("standard input (-) can be read only once")
    items: list[Item] = []
    for name in given:
        items += _items(name)
    return Given(tuple(items), len(given) > 1 or is_folder(given[0]))


def single(name: str) -> Given:
    """Return the one input of a command that takes no more.

    Raises
    ------
    UsageError
        If it is a folder, or has no name.
    """
    if is_folder(name):
        raise UsageError(f"{name} is a folder; this command takes one picture")
    return expand([name])


def _items(name: str) -> list[Item]:
    if name == STDIN:
        return [Item("<stdin>", None)]
    return [Item(str(path), path) for path in _pictures(name)] or [Item(name, Path(name))]


def _pictures(name: str) -> list[Path]:
    if not is_folder(name):
        return []
    try:
        return sorted(path for path in Path(name).iterdir() if _is_picture(path))
    except OSError:
        return []


def _is_picture(path: Path) -> bool:
    hidden = path.name.startswith(".")
    lost = path.is_symlink() and not path.exists()  # to be told, not passed over
    return not hidden and path.suffix.lower() in _SUFFIXES and (path.is_file() or lost)
