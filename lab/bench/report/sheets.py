"""Contact sheets: the pictures that foretext does best and worst, to look at."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

import foretext
from foretext.arrays import Ink
from lab.bench import items
from lab.bench.items import Item, Sample
from lab.bench.metrics.text import normalized
from lab.bench.report.results import Results
from lab.bench.rows import Row
from lab.sets import SETS, entries

_CELL: Final = (300, 190)
_PAGE_CELL: Final = (400, 420)
_GAP: Final = 6
_CAPTION: Final = 15
_GROUND: Final = (214, 219, 226)
_INK: Final = (20, 20, 60)
_COLORS: Final = 96
_MOST_BYTES: Final = 170_000


def draw_sheet(results: Results, group: str, engine: str, path: Path) -> bool:
    """Draw input, true ink and foretext's ink of the best and the worst pictures of a group.

    Parameters
    ----------
    results : Results
        Where to look up which those are.
    group : str
        Family or set.
    engine : str
        By whose reading they are ranked; then by F-measure.
    path : Path
        Where to; made as small as it must be.

    Returns
    -------
    bool
        Whether there was anything to draw.
    """
    rows = _chosen(list(results.rows([group], "foretext", engine).values()), items.is_page(group))
    if not rows:
        return False
    sheet = _stacked([_strip(label, row) for label, row in rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_encoded(sheet))
    return True


def _chosen(rows: Sequence[Row], is_page: bool) -> list[tuple[str, Row]]:
    """Return the worst and the best, each once."""
    worst, best = (2, 1) if is_page else (4, 2)
    ranked = sorted(rows, key=lambda row: (row.cer or 0.0, -(row.f or 0.0), row.item))
    if len(ranked) <= worst + best:
        return [("", row) for row in ranked]
    return [
        *(("best", row) for row in ranked[:best]),
        *(("worst", row) for row in ranked[-worst:]),
    ]


def _strip(label: str, row: Row) -> Image.Image:
    sample = items.load(item_of(row))
    ours = foretext.clean(sample.picture).ink
    cell = _PAGE_CELL if items.is_page(row.group) else _CELL
    panels = [Image.fromarray(sample.picture)]
    panels += [_picture(ink) for ink in (*_true_ink(sample), ours)]
    return _captioned([_fit(panel, cell) for panel in panels], cell[0], _caption(label, row))


def _true_ink(sample: Sample) -> list[Ink]:
    return [sample.truth.ink] if sample.truth else []


def item_of(row: Row) -> Item:
    """Return the item that a row was measured on."""
    if row.group in SETS:
        names = [entry.path.stem for entry in entries(row.group)]
        return Item(row.group, row.item, row.item_edition, "", names.index(Path(row.item).name))
    _, split, index = row.item.split("/")
    return Item(row.group, row.item, row.item_edition, split, int(index))


def _caption(label: str, row: Row) -> str:
    parts = [label, row.item]
    if row.truth is not None and row.text is not None and row.cer is not None:
        if not items.is_page(row.group):
            read = normalized(row.text, row.truth)
            parts.append(f"{normalized(row.truth, row.truth)} read as {read or 'nothing'}")
        parts.append(f"CER {row.cer:.0%}")
    if row.f is not None:
        parts.append(f"F {row.f:.0f} %")
    # Pillow's own font has no letters beyond Latin-1.
    return "   ".join(filter(None, parts)).encode("latin-1", "replace").decode("latin-1")


def _picture(ink: Ink) -> Image.Image:
    return Image.fromarray(np.rint(255 * (1 - ink)).astype(np.uint8)).convert("RGB")


def _fit(picture: Image.Image, cell: tuple[int, int]) -> Image.Image:
    share = min(cell[0] / picture.width, cell[1] / picture.height, 2.0)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _captioned(panels: Sequence[Image.Image], wide: int, caption: str) -> Image.Image:
    height = max(panel.height for panel in panels) + _CAPTION + _GAP
    strip = Image.new("RGB", (3 * (wide + _GAP) + _GAP, height), _GROUND)
    ImageDraw.Draw(strip).text((_GAP, 1), caption, fill=_INK)
    for column, panel in enumerate(panels):
        strip.paste(panel, (_GAP + column * (wide + _GAP), _CAPTION))
    return strip


def _stacked(strips: Sequence[Image.Image]) -> Image.Image:
    sheet = Image.new("RGB", (strips[0].width, sum(s.height for s in strips)), _GROUND)
    top = 0
    for strip in strips:
        sheet.paste(strip, (0, top))
        top += strip.height
    return sheet


def _encoded(sheet: Image.Image) -> bytes:
    """Return a PNG of few colors, smaller and smaller until it is light enough."""
    while True:
        stream = io.BytesIO()
        few = sheet.quantize(_COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(stream, "PNG", optimize=True)
        if len(stream.getvalue()) <= _MOST_BYTES:
            return stream.getvalue()
        smaller = (round(sheet.width * 0.88), round(sheet.height * 0.88))
        sheet = sheet.resize(smaller, Image.Resampling.LANCZOS)
