"""PDFs on the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import foretext
from foretext.cli.inputs import Given, Item
from foretext.cli.talk import Teller, line_of, write

_INDENT = 2


def pdf_settings(
    given: Given, pages: str | None, password: str | None, rasterize: bool
) -> dict[str, Any]:
    """Return what the face takes for PDFs alone.

    Raises
    ------
    UsageError
        If they are given and no input is a PDF.
    """
    wishes = {"pages": pages, "password": password, "rasterize": rasterize}
    named = [f"--{name}" for name, value in wishes.items() if value]
    if named and not given.pdfs:
        raise foretext.UsageError(f"{named[0]} is for PDFs, and no input is one")
    return wishes


def refuse_pdfs(given: Given, option: str) -> None:
    """Refuse an option that is for pictures alone.

    Raises
    ------
    UsageError
        If any input is a PDF.
    """
    if given.pdfs:
        hint = "PDFs are read with --format text or json"
        raise foretext.UsageError(f"{option} is for pictures, not for PDFs", hint=hint)


def check_suffixes(outputs: dict[Item, Path | None]) -> None:
    """Refuse to make a picture of a PDF; that a picture can't become one is found out later.

    Raises
    ------
    UsageError
        If that is asked for.
    """
    for item, output in outputs.items():
        if item.is_pdf and output is not None and output.suffix.lower() != ".pdf":
            raise foretext.UsageError(
                f"a PDF is cleaned into a PDF, not {output}", hint="let -o end in .pdf"
            )


def clean_one(item: Item, output: Path | None, tell: Teller, **settings: Any) -> Any:
    """Clean a PDF into a file or, without one, onto standard output; tell what was left as is."""
    target: Any = io.BytesIO() if output is None else output
    report = foretext.clean_pdf(item.source(), target, progress=tell.pages, **settings)
    for line in report.summary():
        tell(line_of(item.name, line))
    if output is None:
        write(target.getvalue())
    return report


def fail_for(report: foretext.PdfReport) -> None:
    """End with the error that all failed pages share, if any failed.

    Raises
    ------
    PdfPageError
        Then.
    """
    if report.failed:
        count = f"{len(report.failed)} of {len(report.pages)} pages"
        raise foretext.PdfPageError(f"{count} could not be cleaned and are left as they were")


def read_one(item: Item, tell: Teller, **settings: Any) -> Iterator[foretext.PdfPageReading]:
    """Read a PDF page by page; tell of pages without text."""
    for page in foretext.read_pdf(item.source(), progress=tell.pages, **settings):
        if not page.text and page.error is None:
            tell(line_of(item.name, f"page {page.number}: no text found"))
        note_turned(page.reading, item.name, f"page {page.number}", tell)
        yield page


def note_turned(reading: foretext.Reading, name: str, what: str, tell: Teller) -> None:
    """Tell of a picture or page that had to be turned to be read."""
    if reading.turn:
        lies = "upside down" if reading.turn == 180 else "on its side"
        tell(line_of(name, f"{what}: lies {lies}: read turned by {reading.turn} degrees clockwise"))


def write_pages(found: Iterator[foretext.PdfPageReading], head: str) -> None:
    """Write the text of each page as it is read, and a form feed after each.

    Raises
    ------
    PdfPageError
        At the end, if pages could not be read.
    """
    counted = _Counted(found)
    for page in counted:
        text = f"{page.text}\n" if page.text else ""
        write(f"{head}{text}\f")
        head = ""
    counted.check()


def write_pages_json(item: Item, found: Iterator[foretext.PdfPageReading], *, many: bool) -> None:
    """Write all pages as one object.

    Raises
    ------
    PdfPageError
        At the end, if pages could not be read.
    """
    counted = _Counted(found)
    pages = [page.to_dict() for page in counted]
    about = {"foretext": foretext.__version__, "source": item.name, "pages": pages}
    write_json(about, many=many)
    counted.check()


def write_json(about: dict[str, Any], *, many: bool, **more: Any) -> None:
    """Write an object: in one line if there are many, else so that people can read it."""
    write(json.dumps({**about, **more}, indent=None if many else _INDENT, allow_nan=False) + "\n")


class _Counted:
    """Pages, of which those that failed are counted."""

    def __init__(self, pages: Iterator[foretext.PdfPageReading]) -> None:
        self._pages = pages
        self._count = 0
        self._failed = 0

    def __iter__(self) -> Iterator[foretext.PdfPageReading]:
        for page in self._pages:
            self._count += 1
            self._failed += page.error is not None
            yield page

    def check(self) -> None:
        if self._failed:
            count = f"{self._failed} of {self._count} pages"
            raise foretext.PdfPageError(f"{count} could not be read")
