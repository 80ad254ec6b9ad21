"""Harm: what reads worse cleaned than raw, of pictures that no other table is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from lab.bench.chosen import chosen_families
from lab.bench.items import Item, is_clean, load, scenes
from lab.bench.measure import text_of
from lab.bench.metrics.means import mean_of
from lab.bench.metrics.text import score_text
from lab.bench.peers import PEERS
from lab.bench.report.markdown import rate, table
from lab.bench.spread import spread

_HEAD: Final = ("pictures", "raw", "**foretext**", "harmed", "harm %", "better")
# Of a normal distribution, 95 % lie within so many standard deviations.
_WITHIN: Final = 1.96


class Errors(NamedTuple):
    """Wrong characters of one picture, as a share of its text: read raw, and cleaned."""

    raw: float
    ours: float


def tell(
    families: Sequence[str],
    engines: Sequence[str],
    *,
    split: str,
    skip: int,
    count: int,
    jobs: int,
) -> str:
    """Measure, and return tables as Markdown.

    Parameters
    ----------
    families : sequence of str
        Names or patterns; of those, such as have nothing to remove.
    engines : sequence of str
        Who reads; a table each.
    split : {"dev", "test"}
        Whose scenes.
    skip, count : int
        How many scenes of each family are passed over, and how many are read then.
    jobs : int
        How many processes.

    Returns
    -------
    str
        By family and in all: mean character error rates, how many pictures read worse cleaned than
        raw, with their numbers, and how many better.

    Raises
    ------
    ValueError
        If no family without anything to remove is of that name.
    """
    chosen = [name for name in chosen_families(families) if is_clean(name)]
    if not chosen:
        message = f"no family that has nothing to remove is called {' or '.join(families)}"
        raise ValueError(message)
    items = [item for name in chosen for item in scenes(name, split, skip + count)[skip:]]
    return "\n\n".join(_of_engine(engine, items, jobs) for engine in engines)


def _of_engine(engine: str, items: Sequence[Item], jobs: int) -> str:
    found = dict(spread(partial(_errors, engine), items, jobs=jobs))
    groups = dict.fromkeys(item.group for item in items)
    rows = [_row(name, {i: found[i] for i in items if i.group == name}) for name in groups]
    return table([f"CER %, by {engine}", *_HEAD], [*rows, _row("all", found)])


def _errors(engine: str, item: Item) -> Errors:
    sample = load(item)
    texts = (text_of(engine, PEERS[peer].make(sample), sample) for peer in ("raw", "foretext"))
    return Errors(*(score_text(text, sample.text or "").cer for text in texts))


def _row(name: str, found: Mapping[Item, Errors]) -> list[str]:
    rates = [rate(mean_of([one[k] for one in found.values()])) for k in range(2)]
    harmed = sorted(item.index for item, one in found.items() if one.ours > one.raw)
    better = sum(one.ours < one.raw for one in found.values())
    numbers = f" ({', '.join(map(str, harmed))})" if harmed and name != "all" else ""
    low, high = interval(len(harmed), len(found))
    return [
        name,
        str(len(found)),
        rates[0],
        f"**{rates[1]}**",
        f"{len(harmed)}{numbers}",
        f"{100 * len(harmed) / len(found):.1f} ({100 * low:.1f} to {100 * high:.1f})",
        str(better),
    ]


def interval(hits: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share that was seen `hits` times of `count`.

    By its score (Wilson 1927): where nothing was seen, a bootstrap tells of no doubt.
    """
    share, squared = hits / count, _WITHIN**2 / count
    middle = (share + squared / 2.0) / (1.0 + squared)
    spread_ = float(np.sqrt(share * (1.0 - share) * squared + squared**2 / 4.0)) / (1.0 + squared)
    return max(middle - spread_, 0.0), min(middle + spread_, 1.0)
