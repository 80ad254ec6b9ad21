"""The part of the model card that changes with every training: scores, and what was shipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from lab.scenes import FAMILIES
from lab.train.journal import last_row
from lab.train.package import FILE, shipped

#: The page that has it.
PAGE: Final = Path(__file__).parents[2] / "docs" / "network.md"
#: The lines between which it is written.
BEGIN: Final = "<!-- scores -->"
END: Final = "<!-- end of scores -->"


class CardError(RuntimeError):
    """The card can't be filled in."""


def facts(out: Path, package: Path) -> str:
    """Tell how the shipped network was trained and how well it did at last.

    Parameters
    ----------
    out : Path
        The folder of the training.
    package : Path
        The folder of the shipped file.

    Returns
    -------
    str
        Two tables in Markdown.

    Raises
    ------
    CardError
        If the folder has no scores, or what was shipped is not from there.
    """
    row = last_row(out / "curves.csv")
    if not row:
        message = f"there are no scores in {out / 'curves.csv'}"
        raise CardError(message)
    if not all((folder / FILE).is_file() for folder in (out, package)) or (
        shipped(out).sha256 != shipped(package).sha256
    ):
        message = f"{package / FILE} is not the {FILE} of {out}: ship that one first"
        raise CardError(message)
    return f"{_trained(row, out, package)}\n\n{_scored(row)}"


def _trained(row: Mapping[str, float], out: Path, package: Path) -> str:
    steps, crops, copy = int(row["step"]), int(row["crops"]), shipped(package)
    lines = {
        "Steps": f"{steps:,}",
        "Crops": f"{crops:,}",
        "Time": f"{row['seconds'] / 60:.0f} minutes",
        "Scenes": _scenes(out / "pool"),
        "Size of the file": f"{copy.size:,} bytes",
        "Its sha256": f"`{copy.sha256}`",
    }
    rows = [f"| {name} | {value} |" for name, value in lines.items() if value]
    return "\n".join(["| Training | |", "|---|---|", *rows])


def _scenes(folder: Path) -> str:
    """Count the scenes of a pool by the names of its files."""
    count: Counter[bool] = Counter()
    for path in folder.glob("*.npz"):
        family, _, number = path.stem.rsplit("-", 2)
        count["page" in family] += int(number)
    return f"{count[False]:,} small pictures, {count[True]:,} pages" if count else ""


def _scored(row: Mapping[str, float]) -> str:
    found = {name: row[name] for name in FAMILIES if name in row}
    rows = [f"| `{name}` | {score:.3f} |" for name, score in found.items()]
    return "\n".join(["| Family | F |", "|---|---|", *rows, f"| mean | {row['mean']:.3f} |"])


def fill(page: Path, text: str) -> None:
    """Put a text between the two marks of a page, in place of what is there.

    Parameters
    ----------
    page : Path
        A file in Markdown.
    text : str
        What to write.

    Raises
    ------
    CardError
        If the page does not have each mark once, in order.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in before + after:
        message = f"{page} should have {BEGIN} and {END} once, in this order"
        raise CardError(message)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
