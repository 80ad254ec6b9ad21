"""What a confidence means: of readings that are so sure, how many are exactly right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import foretext
from lab.bench.chosen import chosen_families
from lab.bench.metrics.means import mean_of
from lab.bench.metrics.text import score_text
from lab.bench.report.markdown import number, table
from lab.scenes import make

_EDGES: Final = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
_SURE: Final = 0.9


def tell(families: Sequence[str], engines: Sequence[str], *, split: str, count: int) -> str:
    """Measure, and return one table an engine as Markdown.

    Parameters
    ----------
    families : sequence of str
        Names or patterns.
    engines : sequence of str
        Who reads.
    split : {"dev", "test"}
        Whose scenes.
    count : int
        How many of each family.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If no family is of that name.
    """
    chosen = chosen_families(families)
    return "\n\n".join(
        table_of(list(_measured(chosen, engine, split, count)), engine) for engine in engines
    )


def table_of(found: Sequence[tuple[float, bool]], engine: str) -> str:
    """Return how many readings were exactly right, by how sure they were.

    Parameters
    ----------
    found : sequence of (float, bool)
        Of each reading its confidence, and whether it was right.
    engine : str
        Who read.
    """
    rows = [
        _row(f"{low:.2f} to {high:.2f}", found, low, high if high < 1.0 else 2.0)
        for low, high in pairwise(_EDGES)
    ]
    head = [f"confidence, read by {engine}", "readings", "exactly right %"]
    return table(head, [*rows, _row(f"{_SURE:.2f} and more", found, _SURE, 2.0)])


def _row(name: str, found: Sequence[tuple[float, bool]], low: float, high: float) -> list[str]:
    right = [100.0 * exact for confidence, exact in found if low <= confidence < high]
    return [name, str(len(right)), number(mean_of(right), ".0f") if right else ""]


def _measured(
    families: Sequence[str], engine: str, split: str, count: int
) -> Iterator[tuple[float, bool]]:
    for family in families:
        for index in range(count):
            scene = make(family, split, index)
            reading = foretext.read(scene.picture, engine=engine)
            yield reading.confidence, score_text(reading.text, scene.text).exact == 1.0
