"""How well ink is found on the dev split: by color alone, by the network alone, by both.

A quick look while either of them, or how they are put together, is worked on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from lab.bench import items
from lab.bench.chosen import chosen_families
from lab.bench.items import Item
from lab.bench.peers import PEERS
from lab.bench.report.markdown import table
from lab.bench.spread import spread

PARTS: Final = {
    "colors_alone": "colors alone",
    "network_alone": "network alone",
    "foretext": "both",
}
"""Peers that are compared, and what they are called."""


def tell(families: Sequence[str], *, count: int, pages: int, jobs: int) -> str:
    """Measure, and return the table as Markdown.

    Parameters
    ----------
    families : sequence of str
        Names or patterns.
    count, pages : int
        How many scenes of each family of small pictures, and of pages.
    jobs : int
        In how many processes.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If no family is of that name.
    """
    chosen = chosen_families(families)
    wanted = [
        item
        for family in chosen
        for item in items.scenes(family, "dev", pages if items.is_page(family) else count)
    ]
    found: dict[str, list[Mapping[str, float]]] = {family: [] for family in chosen}
    for item, scores in spread(f_measures, wanted, jobs=jobs):
        found[item.group].append(scores)
    return table_of(found)


def f_measures(item: Item) -> dict[str, float]:
    """Return the F-measure of each part on one scene, in percent."""
    sample = items.load(item)
    if sample.truth is None:
        message = f"nobody knows the ink of {item.name}"
        raise ValueError(message)
    found = {}
    for peer in PARTS:
        ink = PEERS[peer].make(sample).ink
        found[peer] = 0.0 if ink is None else sample.truth.score(ink).f
    return found


def table_of(found: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    """Write the mean of each family, and of all families, each as weighty as any other.

    Parameters
    ----------
    found : mapping of str to sequence of mapping
        By family, the F-measures of the parts on each scene.
    """
    means = {
        family: {peer: float(np.mean([one[peer] for one in scores])) for peer in PARTS}
        for family, scores in found.items()
    }
    rows = [[name, str(len(found[name])), *_cells(each)] for name, each in means.items()]
    whole = {peer: float(np.mean([each[peer] for each in means.values()])) for peer in PARTS}
    total = str(sum(len(scores) for scores in found.values()))
    return table(["F %, dev split", "n", *PARTS.values()], [*rows, ["all", total, *_cells(whole)]])


def _cells(means: Mapping[str, float]) -> list[str]:
    return [f"{means[peer]:.1f}" for peer in PARTS]
