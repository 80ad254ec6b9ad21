"""What pictures a set has, found without opening one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from lab.sets.table import SETS

_PLACE: Final = "FORETEXT_DATA"
_CHECKOUT: Final = Path(__file__).resolve().parents[2]
_PICTURES: Final = (".png", ".jpg", ".tif")
_TRUTH: Final = "_truth"


class Entry(NamedTuple):
    """A picture of a set: whose, and which file."""

    set: str
    path: Path

    @property
    def truth(self) -> Path:
        """Where its truth would be."""
        return self.path.with_name(f"{self.path.stem}{_TRUTH}.png")


def find_data() -> Path:
    """Return the folder of the data; it need not exist.

    Returns
    -------
    Path
        What the environment variable ``FORETEXT_DATA`` says, else ``../shared/data`` beside the
        checkout.
    """
    asked = os.environ.get(_PLACE)
    return Path(asked) if asked else _CHECKOUT.parent / "shared" / "data"


def entries(name: str) -> list[Entry]:
    """List the pictures of a set, in the order of their names.

    Parameters
    ----------
    name : str
        A name of `SETS`.

    Returns
    -------
    list of Entry
        Empty if the set is not on this machine.
    """
    if name not in SETS:
        message = f"no set {name!r}; there are {', '.join(SETS)}"
        raise ValueError(message)
    folder = find_data() / name
    if not folder.is_dir():
        return []
    return [
        Entry(name, path)
        for path in sorted(folder.iterdir())
        if path.suffix in _PICTURES and not path.stem.endswith(_TRUTH)
    ]
