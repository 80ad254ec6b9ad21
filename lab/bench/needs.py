"""Libraries that only the lab needs, imported when they are first used."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from typing import Any


class MissingError(RuntimeError):
    """A library or program of the lab is not installed."""


def need(module: str) -> Any:
    """Import a library of ``lab/requirements.txt``.

    Parameters
    ----------
    module : str
        Its name, dots and all.

    Returns
    -------
    module
        Untyped: the lab is checked also where its libraries are not installed.

    Raises
    ------
    MissingError
        If it can't be imported.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        message = f"{module} is missing ({error}); pip install -r lab/requirements.txt"
        raise MissingError(message) from error


def has(module: str) -> bool:
    """Tell whether a library is installed, without importing it."""
    return importlib.util.find_spec(module) is not None


def edition_of(distribution: str) -> str:
    """Return the version of an installed distribution; ``"absent"`` if there is none."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "absent"
