"""A page as an engine reads it: with what it missed at first, and tables row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from foretext.recognize.page.cells import with_cells
from foretext.recognize.page.doubtful import doubtful_cells
from foretext.recognize.page.leaders import missed_ends, with_leaders, without_leaders
from foretext.recognize.page.missed import better, merged, torn, unread
from foretext.recognize.page.missing import missing_cells
from foretext.recognize.page.tables import by_rows
from foretext.recognize.page.torn import mended

if TYPE_CHECKING:
    from foretext.arrays import Pixels
    from foretext.reading import Line
    from foretext.recognize.engine import Layout


class Reads(Protocol):
    """An engine that has been told its language and alphabet."""

    def __call__(self, pixels: Pixels, layout: Layout) -> tuple[Line, ...]:
        """Return the lines of a picture."""


def read_page(pixels: Pixels, reads: Reads) -> tuple[Line, ...]:
    """Read a page, and again what was missed or is in doubt.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W)
        Dark on white.
    reads : callable
        The engine.

    Returns
    -------
    tuple of Line
        In reading order; boxes in pixels of the picture.
    """
    shown, leaders = without_leaders(pixels)
    found = reads(shown, "page")
    if (rest := unread(shown, found)) is not None:
        found = _with_missed(shown, found, reads(rest, "sparse"), reads)
    found = by_rows(mended(found))
    cells = [*doubtful_cells(found, shown), *missing_cells(found, shown)]
    found = with_cells(found, cells, [_at(shown, cell.place.slices, reads) for cell in cells])
    ends = [_at(shown, area, reads) for area in missed_ends(shown, leaders, found)]
    return with_leaders((*found, *filter(None, ends)), leaders)


def _with_missed(
    pixels: Pixels, found: tuple[Line, ...], parts: tuple[Line, ...], reads: Reads
) -> tuple[Line, ...]:
    """Add to the lines of a page what was read of the rest, and read torn lines again."""
    lines = list(found)
    for number, area in torn(found, parts).items():
        lines[number] = better(found[number], _at(pixels, area, reads))
    return merged(lines, parts)


def _at(pixels: Pixels, area: tuple[slice, slice], reads: Reads) -> Line | None:
    """Read what stands at one place of a picture, as one line."""
    rows, columns = area
    border = len(pixels[rows]) // 2
    part = np.pad(pixels[area], border, constant_values=255)
    found = reads(part, "line")
    left, top = columns.start - border, rows.start - border
    return found[0].moved(lambda box: box.mapped(1.0, -left, -top)) if found else None
