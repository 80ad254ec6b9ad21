"""Results as JSON."""

from __future__ import annotations

import json
from typing import Any

from foretext._version import __version__
from foretext.cleaned import Cleaned
from foretext.export.ranking import ranking
from foretext.reading import Reading


def to_dict(
    cleaned: Cleaned, reading: Reading | None = None, *, characters: bool = False
) -> dict[str, Any]:
    """Return all that is known of a picture, but its pixels, as plain JSON types.

    Parameters
    ----------
    cleaned : Cleaned
        The picture.
    reading : Reading, optional
        What was read of it.
    characters : bool
        Whether its words are to have their characters, too.

    Returns
    -------
    dict
        ``foretext`` (the version), ``source``, ``size`` ([width, height]) and ``dpi`` of the
        input; with a reading ``text``, ``confidence``, ``engine``, ``attempts`` and ``lines``, each
        with its words and boxes; ``reason`` for the choice; ``layers``, each with ``kept``;
        ``removed_by_reason``, shares of all ink; ``steps``.
    """
    source = cleaned.source
    read = {} if reading is None else reading.to_dict(characters=characters)
    return {
        "foretext": __version__,
        "source": source.source,
        "size": [source.width, source.height],
        "dpi": list(source.dpi) if source.dpi else None,
        **read,
        "reason": cleaned.reason,
        "layers": [{**layer.to_dict(), "kept": kept} for layer, kept in ranking(cleaned)],
        "removed_by_reason": {
            reason: round(share, 4) for reason, share in cleaned.removed_by_reason().items()
        },
        "steps": [step.to_dict() for step in cleaned.steps],
    }


def to_json(
    cleaned: Cleaned,
    reading: Reading | None = None,
    *,
    characters: bool = False,
    indent: int | None = None,
    **more: Any,
) -> str:
    """Return `to_dict` as text.

    Parameters
    ----------
    cleaned, reading, characters
        As for `to_dict`.
    indent : int, optional
        Spaces a level; by default all stands in one line.
    **more
        Further entries, of plain JSON types.

    Returns
    -------
    str
        ASCII, so that no terminal or pipe can spoil it.
    """
    told = {**to_dict(cleaned, reading, characters=characters), **more}
    return json.dumps(told, indent=indent, allow_nan=False)
