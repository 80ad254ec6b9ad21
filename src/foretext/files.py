"""Files that appear whole or not at all, and why one could not be read or written."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Give a new file beside the one of that name, and put it in its place at the end.

    Parameters
    ----------
    path : path
        Where the result is to be. A link stays a link: what it points to is replaced.

    Yields
    ------
    binary file
        Open for writing and reading.

    Raises
    ------
    OSError, ValueError
        If it can't be written; nothing is left behind then, nor if the body raises.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".foretext-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("x+b") as file:  # not tempfile, which ignores the umask
            yield file
        if target.exists():
            shutil.copymode(target, temporary)  # what was private stays so
        temporary.replace(target)
    except BaseException:  # an interrupt, too, leaves nothing behind
        with suppress(OSError):
            temporary.unlink()
        raise


def reason_of(error: Exception) -> str:
    """Return what an error says, without the path and number that OSError adds."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
