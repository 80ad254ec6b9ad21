"""A whole picture: its rows if they differ in size, what was missed, and as it came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from foretext.arrays import Ink
from foretext.reader.as_it_came import reads_as_well, with_missed_lines
from foretext.reader.attempts import is_automatic, is_small, of_input
from foretext.reader.cell_by_cell import cells
from foretext.reader.order import Agreed, agreed_on, is_settled, settled_at_last
from foretext.reader.parts import Part
from foretext.reader.readers import Reader
from foretext.reader.row_by_row import missed_rows, row_by_row
from foretext.reader.unplaced import unplaced
from foretext.reading import Reading

if TYPE_CHECKING:
    from foretext.cleaned import Cleaned
    from foretext.recognize.pattern import Pattern

# What was read only when its row was alone is believed if it is so sure; dirt may be nearly so.
_SURE_ALONE: Final = 0.95
# A line that is less sure is looked for in the picture as it came.
_SURE: Final = 0.9


def reading_of(
    cleaned: Cleaned, reader: Reader, effort: str, fitting: Pattern | None = None
) -> Reading:
    """Read a picture in as many views as the effort allows, until they settle it.

    Parameters
    ----------
    cleaned : Cleaned
        The picture.
    reader : Reader
        Who reads it.
    effort : {"fast", "normal", "thorough"}
        As for `foretext.read`.
    fitting : Pattern, optional
        What the text has to match.

    Returns
    -------
    Reading
    """
    if not cleaned.mask.any():
        return Reading((), reader.engine.name)
    if fitting is None and reader.layout is None and is_small(cleaned):
        found = _of_small(cleaned, reader, effort)
    else:
        found = agreed_on(cleaned, reader, effort, fitting)
    attempts = tuple(read.attempt for read in found.reads)
    return Reading.of(unplaced(found.lines, found.ink), reader.engine.name, attempts)


def _of_small(cleaned: Cleaned, reader: Reader, effort: str) -> Agreed:
    """Return what was read of a small picture, and if need be of the same as it came."""
    found = _by_rows(cleaned, reader, effort)
    # Only an engine that finds all text in colors may see more there.
    finds = reader.engine.reads_tones and not reader.engine.misses_lines
    if effort == "fast" or not is_automatic(cleaned) or not finds:
        return found
    # Of several cells a sure one settles but itself.
    settled = not cells(cleaned) and is_settled([read.attempt for read in found.reads])
    if cleaned.layout == "line" and (settled or all(x.confidence >= _SURE for x in found.lines)):
        return found
    other = reader.read(of_input(cleaned, "page"))
    if reads_as_well(other.lines, found.lines, cleaned):
        lines = settled_at_last(other.lines, [other], reader)
        return Agreed(lines, [*found.reads, other], cleaned.ink)
    lines = with_missed_lines(found.lines, other.lines, cleaned)
    return Agreed(lines, [*found.reads, other], found.ink)


def _by_rows(cleaned: Cleaned, reader: Reader, effort: str) -> Agreed:
    """Return what was read of a picture, row by row if they differ, or were missed."""
    from foretext.recognize.consensus import sureness_of

    def read(row: Part) -> Agreed:
        return _moved(_by_cells(row.cleaned, reader, effort), row)

    if rows := row_by_row(cleaned):
        return _merged([read(row) for row in rows], cleaned.ink)
    whole = _by_cells(cleaned, reader, effort)
    missed = [read(row) for row in missed_rows(cleaned, whole.lines)]
    # What is no text is read as such, but unsurely.
    told = [m if sureness_of(m.lines) >= _SURE_ALONE else m._replace(lines=()) for m in missed]
    return _merged([whole, *told], cleaned.ink) if missed else whole


def _by_cells(cleaned: Cleaned, reader: Reader, effort: str) -> Agreed:
    """Return what was read of a picture: cell by cell as one line, if it is a row of them."""
    from foretext.recognize.engine import line_of

    parts = cells(cleaned)
    if not parts:
        return agreed_on(cleaned, reader, effort)
    found = [_moved(agreed_on(part.cleaned, reader, effort), part) for part in parts]
    words = [word for one in found for line in one.lines for word in line.words]
    return _merged(found, cleaned.ink)._replace(lines=(line_of(words),) if words else ())


def _merged(parts: Sequence[Agreed], ink: Ink) -> Agreed:
    """Return what was read of several parts as of one, from top to bottom."""
    lines = sorted((line for part in parts for line in part.lines), key=lambda line: line.box.top)
    return Agreed(tuple(lines), [read for part in parts for read in part.reads], ink)


def _moved(agreed: Agreed, part: Part) -> Agreed:
    """Return what was read of a part, with boxes in the picture that it is of."""
    left, top = -part.left, -part.top
    lines = (line.moved(lambda box: box.mapped(1.0, left, top)) for line in agreed.lines)
    return agreed._replace(lines=tuple(lines))
