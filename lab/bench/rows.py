"""The table of results: one JSON object a line, only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final, NamedTuple

OWN: Final = "own"
"""Stands for the engine of peers that read by themselves."""


class Key(NamedTuple):
    """What is measured only once: this picture, by this peer, read by this engine."""

    item: str
    item_edition: str
    peer: str
    peer_edition: str
    engine: str


@dataclass(frozen=True, slots=True)
class Row:
    """One picture, cleaned by one peer and read by one engine.

    Attributes
    ----------
    item, item_edition, peer, peer_edition, engine : str
        See `Key`.
    group : str
        Family or set.
    height, width : int
        Of the picture.
    truth, text : str or None
        What is written there and what was read; None if the former is not known.
    exact, exact_nocase, cer : float or None
        See `lab.bench.metrics.text`.
    f, pseudo_f, psnr, drd, edge : float or None
        See `lab.bench.metrics.ink`; None if the truth is not known or the peer gives no ink.
    clean_s, read_s : float
        Seconds for cleaning, and for reading what came of it.
    error : str
        Why the peer failed, if it did; it then counts as having found and read nothing.
    """

    item: str
    item_edition: str
    peer: str
    peer_edition: str
    engine: str
    group: str
    height: int
    width: int
    truth: str | None = None
    text: str | None = None
    exact: float | None = None
    exact_nocase: float | None = None
    cer: float | None = None
    f: float | None = None
    pseudo_f: float | None = None
    psnr: float | None = None
    drd: float | None = None
    edge: float | None = None
    clean_s: float = 0.0
    read_s: float = 0.0
    error: str = ""

    @property
    def key(self) -> Key:
        """What this row is the result of."""
        return Key(self.item, self.item_edition, self.peer, self.peer_edition, self.engine)

    @property
    def megapixels(self) -> float:
        """Size of the picture."""
        return self.height * self.width / 1e6


_NAMES: Final = {field.name for field in fields(Row)}


def append(path: Path, rows: Iterable[Row]) -> None:
    """Add rows to a table; made if absent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows]
    with path.open("a", encoding="utf-8") as stream:
        stream.write("".join(lines))


def read(path: Path) -> list[Row]:
    """Return all rows of a table, in the order they were measured; none if there is no table.

    A last line that was cut off by a crash is left out.
    """
    if not path.is_file():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            data: dict[str, Any] = json.loads(line)
        except json.JSONDecodeError:
            continue
        if set(data) == _NAMES:
            found.append(Row(**data))
    return found


def newest(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that are up to date, each result once.

    Of every group, those of its last edition; of these, for every peer and engine, those of the
    peer's last edition. So editions of a peer are never mixed within a group, but may differ from
    one group to the next if not all were measured again.
    """
    groups = {row.group: row.item_edition for row in rows}
    there = [row for row in rows if row.item_edition == groups[row.group]]
    peers = {(row.group, row.peer, row.engine): row.peer_edition for row in there}
    kept = {
        row.key: row for row in there if row.peer_edition == peers[row.group, row.peer, row.engine]
    }
    return list(kept.values())
