"""The real text of a page, as the file tells it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from foretext.pages.raster import alone
from foretext.pages.survey import Survey
from foretext.reading import Box, Line, Reading, Word

if TYPE_CHECKING:
    import pikepdf

ENGINE = "pdf"
"""What a `Reading` of real text names as its engine."""

# What PDFium puts where a word is broken at the end of a line.
_HYPHENS = dict.fromkeys((0x02, 0xFFFE), "-")
_BREAKS = "\r\n\f\v"


def own_text(pdf: pikepdf.Pdf, number: int, found: Survey) -> Reading:
    """Return the text that a page holds.

    Parameters
    ----------
    pdf : pikepdf.Pdf
        A document that is not to be saved.
    number : int
        The page, from 1 on.
    found : Survey
        Its size and resolution.

    Returns
    -------
    Reading
        With boxes in pixels of the page as it is seen at ``found.dpi``, and full confidence.
    """
    with alone(pdf, number, found) as page:
        text = page.get_textpage()
        try:
            marks = list(_characters(page, text, found))
        finally:
            text.close()
    lines = (_line(list(some)) for broken, some in groupby(marks, _is_break) if not broken)
    return Reading(tuple(line for line in lines if line is not None), ENGINE)


def _characters(page: Any, text: Any, found: Survey) -> Iterator[tuple[str, Box]]:
    """Give each character with its box; both halves of what takes two are one."""
    from pypdfium2 import raw

    high = ""
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        character = high + _HYPHENS.get(code, chr(code))
        high = character if 0xD800 <= code < 0xDC00 else ""
        if high:
            continue
        whole = character.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        yield whole, _box(page, text, index, found)


def _box(page: Any, text: Any, index: int, found: Survey) -> Box:
    left, bottom, right, top = text.get_charbox(index)
    (x0, y0), (x1, y1) = _pixel(page, left, bottom, found), _pixel(page, right, top, found)
    return Box(float(min(x0, x1)), float(min(y0, y1)), float(max(x0, x1)), float(max(y0, y1)))


def _pixel(page: Any, x: float, y: float, found: Survey) -> tuple[int, int]:
    from ctypes import c_int

    from pypdfium2 import raw

    column, row = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, *found.pixels(), 0, x, y, column, row)
    return column.value, row.value


def _is_break(mark: tuple[str, Box]) -> bool:
    return mark[0] in _BREAKS


def _line(marks: list[tuple[str, Box]]) -> Line | None:
    runs = groupby(marks, lambda mark: mark[0].isspace() or mark[0] == "\0")
    words = tuple(_word(list(run)) for blank, run in runs if not blank)
    return Line(words, 1.0, Box.around(word.box for word in words)) if words else None


def _word(marks: list[tuple[str, Box]]) -> Word:
    return Word("".join(mark for mark, _ in marks), 1.0, Box.around(box for _, box in marks))
