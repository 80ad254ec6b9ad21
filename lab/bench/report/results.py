"""Rows, arranged for asking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lab.bench.peers import PEERS
from lab.bench.rows import OWN, Row
from lab.scenes import FAMILIES
from lab.sets import SETS

Cell = tuple[str, str, str]
"""Group, peer and engine."""


class Results:
    """Rows by group, peer, engine and picture.

    Parameters
    ----------
    rows : iterable of Row
        Each result once, see `lab.bench.rows.newest`.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._cells: dict[Cell, dict[str, Row]] = {}
        for row in rows:
            if row.peer in PEERS and (row.group in FAMILIES or row.group in SETS):
                cell = self._cells.setdefault((row.group, row.peer, row.engine), {})
                cell[row.item] = row

    @property
    def groups(self) -> list[str]:
        """Families and sets that were measured, in the order of their tables."""
        there = {group for group, _, _ in self._cells}
        return [group for group in (*FAMILIES, *SETS) if group in there]

    @property
    def engines(self) -> list[str]:
        """Engines that have read anything, the default one first."""
        there = {engine for _, _, engine in self._cells} - {OWN}
        return sorted(there, key=lambda name: (name != "tesseract", name))

    def states(self, peer: str) -> int:
        """Return how many editions of a peer the results are of."""
        cells = (cell for (_, name, _), cell in self._cells.items() if name == peer)
        return len({row.peer_edition for cell in cells for row in cell.values()})

    def peers(self, groups: Sequence[str], engine: str) -> list[str]:
        """Return who was measured on these groups, in the order of the table of peers."""
        there = {p for g, p, e in self._cells if g in groups and e in (engine, OWN)}
        return [peer for peer in PEERS if peer in there]

    def rows(self, groups: Sequence[str], peer: str, engine: str) -> dict[str, Row]:
        """Return what a peer got on these groups, by picture."""
        found: dict[str, Row] = {}
        for group in groups:
            for name in (engine, OWN):
                found |= self._cells.get((group, peer, name), {})
        return dict(sorted(found.items()))


def values(rows: Iterable[Row], get: Callable[[Row], float | None]) -> list[float]:
    """Return one value of every row that has it."""
    return [value for row in rows if (value := get(row)) is not None]
