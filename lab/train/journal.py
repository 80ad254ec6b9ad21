"""What a run writes down: the loss as it falls, and scores of the dev split now and then."""

# matplotlib is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import csv
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, SupportsFloat

import numpy as np

_RECENT: Final = 300
#: Columns before those of the families: seconds, step, crops, loss, rate and mean.
_OTHERS: Final = 6
# Colors come ten at a time, so each ten curves have a style of their own.
_STYLES: Final = ("-", "--", ":", "-.")


class Journal:
    """The losses of a run."""

    def __init__(self) -> None:
        self._losses: list[SupportsFloat] = []
        self.rate = 0.0
        self.crops = 0
        self._begun = time.monotonic()

    def note(self, loss: SupportsFloat, rate: float, crops: int) -> None:
        """Note a step; a loss that a GPU still works out is not waited for."""
        self._losses.append(loss)
        self.rate = rate
        self.crops += crops

    @property
    def losses(self) -> list[float]:
        """The loss of each step."""
        return [float(loss) for loss in self._losses]

    @property
    def loss(self) -> float:
        """The mean loss of the last steps."""
        recent = [float(loss) for loss in self._losses[-_RECENT:]]
        return float(np.mean(recent)) if recent else float("nan")

    @property
    def speed(self) -> float:
        """Crops a second since the run began."""
        return self.crops / max(time.monotonic() - self._begun, 1e-9)


def append_row(path: Path, row: Mapping[str, float]) -> None:
    """Add a row to a CSV file, and its head if it is new.

    A run that goes on may have columns that the runs before had not: rows without them stay bare.
    """
    rows = _rows(path)
    names = list(dict.fromkeys([*(rows[0] if rows else ()), *row]))
    rows.append({name: f"{value:.6g}" for name, value in row.items()})
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def last_row(table: Path) -> dict[str, float]:
    """Read the last row of the table that training writes.

    Parameters
    ----------
    table : Path
        A CSV file as `append_row` writes it.

    Returns
    -------
    dict
        By the names of the columns; empty if there is no row.
    """
    rows = _rows(table)
    return {name: float(value) for name, value in rows[-1].items() if value} if rows else {}


def draw_curves(table: Path, picture: Path) -> None:
    """Draw the columns of the CSV file that `append_row` wrote over the time taken."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    rows = _rows(table)
    minutes = [float(row["seconds"]) / 60 for row in rows]
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(9, 10), sharex=True)
    upper.plot(minutes, [float(row["loss"] or "nan") for row in rows], label="loss")
    for number, name in enumerate(list(rows[0])[_OTHERS:]):
        style = _STYLES[number // 10 % len(_STYLES)]
        lower.plot(minutes, [float(row[name] or "nan") for row in rows], style, label=name)
    upper.set_yscale("log")
    lower.set(xlabel="minutes", ylabel="F-measure, dev split", ylim=(0.7, 1))
    upper.legend()
    lower.legend(fontsize=7, ncols=3)
    figure.savefig(picture, dpi=90, bbox_inches="tight")
    plt.close(figure)
