"""How many short texts are read exactly, raw, of their true ink, and cleaned: on many pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lab.bench import items
from lab.bench.chosen import chosen_families
from lab.bench.measure import text_of
from lab.bench.metrics.compare import recovery
from lab.bench.metrics.means import mean_of
from lab.bench.metrics.text import TextScores, score_text
from lab.bench.peers import PEERS
from lab.bench.report.markdown import percent, table
from lab.bench.spread import spread

_SHOWN: Final = ("raw", "truth", "foretext")
_HEAD: Final = ("pictures", "raw", "the true ink", "**the picture**", "**recovery %**")

Scores = dict[str, list[TextScores]]
"""By what was shown to the engine, how right its reading of each picture is."""


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
        Shares of pictures that were read exactly, case and spaces included, and how much of what
        the disturbance costs in character error rate is won back, with intervals as everywhere in
        the bench. What ``auto`` would read raw is read by RapidOCR.

    Raises
    ------
    ValueError
        If no family is of that name.
    """
    chosen = chosen_families(families)
    tasks = [(family, split, count, engine) for engine in engines for family in chosen]
    found = dict(spread(_scores, tasks, jobs=jobs))
    return "\n\n".join(
        table(
            [f"read exactly %, by {engine}", *_HEAD],
            [_row(family, found[family, split, count, engine]) for family in chosen],
        )
        for engine in engines
    )


def _row(family: str, scores: Scores) -> list[str]:
    exact = [mean_of([score.exact for score in scores[shown]]) for shown in _SHOWN]
    raw, truth, ours = ([score.cer for score in scores[shown]] for shown in _SHOWN)
    won = recovery(raw, ours, truth)
    return [family, str(exact[0].pictures), *map(percent, exact), percent(won)]


def _scores(task: tuple[str, str, int, str]) -> Scores:
    family, split, count, engine = task
    found = [dict(_of(item, engine)) for item in items.scenes(family, split, count)]
    return {shown: [one[shown] for one in found] for shown in _SHOWN}


def _of(item: items.Item, engine: str) -> Iterator[tuple[str, TextScores]]:
    sample = items.load(item)
    for shown in _SHOWN:
        reader = "rapidocr" if (shown, engine) == ("raw", "auto") else engine
        text = text_of(reader, PEERS[shown].make(sample), sample)
        yield shown, score_text(text, sample.text or "")
