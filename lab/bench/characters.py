"""How well the boxes of characters agree with the true ones.

Only readings that are exactly right are measured, since in others nobody knows which character
belongs to which. Beside foretext's boxes stand those of the engine, asked once, of the same
pictures; where it gives another number of them, the picture is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import foretext
from foretext.cleaned import Cleaned
from foretext.recognize import get_engine
from lab.bench.chosen import chosen_families
from lab.bench.metrics.boxes import Corners, mean_agreement
from lab.bench.metrics.means import mean_of
from lab.bench.report.markdown import number, table
from lab.scenes import make
from lab.scenes.scene import Scene

_HEAD: Final = ("IoU of character boxes", "pictures", "exact", "the engine's own", "**foretext**")


class Found(NamedTuple):
    """Of one picture whose reading is right: the mean IoU of the engine's boxes and of ours."""

    own: float
    ours: float


def tell(families: Sequence[str], engines: Sequence[str], *, split: str, count: int) -> str:
    """Measure, and return the tables as Markdown.

    Parameters
    ----------
    families : sequence of str
        Names or patterns of families with boxes of characters.
    engines : sequence of str
        Who reads.
    split : {"dev", "test"}
        Whose scenes.
    count : int
        How many of each family.

    Returns
    -------
    str
        One table an engine; means over pictures, with intervals as everywhere in the bench.

    Raises
    ------
    ValueError
        If no family is of that name.
    """
    chosen = chosen_families(families)
    return "\n\n".join(_table(engine, chosen, split, count) for engine in engines)


def _table(engine: str, families: Sequence[str], split: str, count: int) -> str:
    rows = [_row(family, engine, split, count) for family in families]
    return table([f"{_HEAD[0]}, read by {engine}", *_HEAD[1:]], rows)


def _row(family: str, engine: str, split: str, count: int) -> list[str]:
    found = list(_measured(family, engine, split, count))
    means = (mean_of([one.own for one in found]), mean_of([one.ours for one in found]))
    return [family, str(count), str(len(found)), *(number(mean, ".3f") for mean in means)]


def _measured(family: str, engine: str, split: str, count: int) -> Iterator[Found]:
    for index in range(count):
        found = measure(make(family, split, index), engine)
        if found is not None:
            yield found


def measure(scene: Scene, engine: str) -> Found | None:
    """Measure one scene; None if its reading is not exactly right, or it has no boxes."""
    cleaned = foretext.clean(scene.picture)
    reading = foretext.read_cleaned(cleaned, engine=engine)
    true = [box[1:] for box in scene.character_boxes]
    own = _own_boxes(cleaned, engine)
    if not true or reading.text.split() != scene.text.split() or len(own) != len(true):
        return None
    ours = [character.box for character in reading.characters]
    return Found(mean_agreement(own, true), mean_agreement(ours, true))


def _own_boxes(cleaned: Cleaned, engine: str) -> list[Corners]:
    made = cleaned.rendering
    lines = get_engine(engine).read(cleaned.image, layout=cleaned.layout)
    characters = [c for line in lines for word in line.words for c in word.characters]
    return [c.box.mapped(made.factor, made.dx, made.dy) for c in characters]
