"""How many short texts are read exactly: of their true ink, and of the picture, end to end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lab.bench import items
from lab.bench.chosen import chosen_families
from lab.bench.metrics.means import mean_of
from lab.bench.metrics.text import score_text
from lab.bench.peers import PEERS
from lab.bench.report.markdown import percent, table
from lab.bench.spread import spread

_INKS: Final = ("truth", "foretext")
_HEAD: Final = ("pictures", "the true ink", "**the picture**")

Exact = dict[str, list[float]]


def tell(
    families: Sequence[str], engines: Sequence[str], *, split: str, count: int, jobs: int
) -> str:
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
    jobs : int
        How many processes.

    Returns
    -------
    str
        Shares of pictures that were read exactly, case and spaces included, with intervals as
        everywhere in the bench.

    Raises
    ------
    ValueError
        If no family is of that name.
    """
    chosen = chosen_families(families)
    tasks = [(family, split, count, engine) for engine in engines for family in chosen]
    found = dict(spread(_exact, tasks, jobs=jobs))
    return "\n\n".join(
        table(
            [f"read exactly %, by {engine}", *_HEAD],
            [_row(family, found[family, split, count, engine]) for family in chosen],
        )
        for engine in engines
    )


def _row(family: str, exact: Exact) -> list[str]:
    shares = [mean_of(exact[ink]) for ink in _INKS]
    return [family, str(shares[0].pictures), *map(percent, shares)]


def _exact(task: tuple[str, str, int, str]) -> Exact:
    family, split, count, engine = task
    found = [dict(_of(item, engine)) for item in items.scenes(family, split, count)]
    return {ink: [one[ink] for one in found] for ink in _INKS}


def _of(item: items.Item, engine: str) -> Iterator[tuple[str, float]]:
    sample = items.load(item)
    for ink in _INKS:
        read = PEERS[ink].make(sample).read
        text = read(engine) if read else ""
        yield ink, score_text(text, sample.text or "").exact
