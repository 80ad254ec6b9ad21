"""Families by their names or patterns."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from lab.scenes import FAMILIES


def chosen_families(patterns: Sequence[str]) -> list[str]:
    """Return the names of all families that a name or pattern fits, in the order of the table.

    Raises
    ------
    ValueError
        If there is none.
    """
    chosen = [name for name in FAMILIES if any(fnmatchcase(name, each) for each in patterns)]
    if not chosen:
        message = f"no family is called {' or '.join(patterns)}"
        raise ValueError(message)
    return chosen
