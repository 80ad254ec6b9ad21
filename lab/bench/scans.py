"""Pages as large as scans of A4 at 300 dpi: how they read raw, of their true ink, and cleaned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

import foretext
from foretext.recognize import get_engine
from lab.bench.chosen import chosen_families
from lab.bench.metrics.compare import harm
from lab.bench.metrics.means import mean_of
from lab.bench.metrics.text import score_text
from lab.bench.report.markdown import percent, rate, table
from lab.bench.spread import spread
from lab.bench.subjects import A4
from lab.scenes import make

_HEAD: Final = ("pages", "raw", "true ink", "**foretext**", "harm %", "F %")

Scores = tuple[float, float, float, float]
"""Of one page: character error rates raw, of the true ink and cleaned; F-measure of the ink."""


def tell(families: Sequence[str], *, split: str, count: int, jobs: int) -> str:
    """Measure, and return a table as Markdown.

    Parameters
    ----------
    families : sequence of str
        Names or patterns, of pages.
    split : {"dev", "test"}
        Whose scenes.
    count : int
        How many of each family.
    jobs : int
        How many processes.

    Returns
    -------
    str
        Mean character error rates by Tesseract, how many pages read worse cleaned than raw, and how
        well the ink overlaps with the true one, with intervals as everywhere in the bench.

    Raises
    ------
    ValueError
        If no family is of that name.
    """
    chosen = chosen_families(families)
    tasks = [(family, split, number) for family in chosen for number in range(count)]
    found = dict(spread(_scores, tasks, jobs=jobs))
    pages = {name: [found[name, split, n] for n in range(count)] for name in chosen}
    everything = [one for scores in pages.values() for one in scores]
    rows = [_row(name, scores) for name, scores in pages.items()]
    return table(["CER %, by tesseract", *_HEAD], [*rows, _row("all", everything)])


def _row(name: str, scores: Sequence[Scores]) -> list[str]:
    raw, truth, ours, overlap = ([one[k] for one in scores] for k in range(4))
    rates = [rate(mean_of(some)) for some in (raw, truth, ours)]
    rates[2] = f"**{rates[2]}**"
    return [name, str(len(scores)), *rates, percent(harm(raw, ours)), percent(mean_of(overlap))]


def _scores(task: tuple[str, str, int]) -> Scores:
    scene = make(*task)
    width = A4[300][1]
    picture, ink = (_enlarged(plane, width) for plane in (scene.picture, scene.ink))
    true = np.rint(255.0 * (1.0 - np.clip(ink, 0.0, 1.0))).astype(np.uint8)
    cleaned = foretext.clean(np.asarray(picture, np.uint8))
    texts = _read(picture), _read(true), foretext.read_cleaned(cleaned, engine="tesseract").text
    raw, truth, ours = (score_text(text, scene.text).cer for text in texts)
    shared = float(np.minimum(cleaned.ink, ink).sum())
    return raw, truth, ours, 2.0 * shared / float(cleaned.ink.sum() + ink.sum())


def _enlarged(plane: npt.NDArray[Any], width: int) -> npt.NDArray[Any]:
    height = round(plane.shape[0] * width / plane.shape[1])
    return np.asarray(cv2.resize(plane, (width, height), interpolation=cv2.INTER_CUBIC))


def _read(picture: npt.NDArray[Any]) -> str:
    lines = get_engine("tesseract").read(np.asarray(picture, np.uint8), layout="page")
    return "\n".join(line.text for line in lines)
