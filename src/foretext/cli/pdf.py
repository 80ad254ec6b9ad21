"""PDFs on the command line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import foretext
from foretext.cli.inputs import Given, Item
from foretext.cli.paged import note_turned
from foretext.cli.talk import Teller, line_of, write


def pdf_settings(
    given: Given, pages: str | None, password: str | None, rasterize: bool
) -> dict[str, Any]:
    """Return what the face takes for PDFs alone.

    Raises
    ------
    UsageError
        If they are given and no input is a PDF, or has pages.
    """
    wishes = {"password": password, "rasterize": rasterize}
    named = [f"--{name}" for name, value in wishes.items() if value]
    if named and not given.pdfs:
        raise foretext.UsageError(f"{named[0]} is for PDFs, and no input is one")
    if pages and not given.paged:
        raise foretext.UsageError("--pages is for PDFs and TIFFs of several pages; no input is one")
    return {"pages": pages, **wishes}


def refuse_pages(given: Given, option: str) -> None:
    """Refuse an option that is for pictures of one page.

    Raises
    ------
    UsageError
        If any input is a PDF, or a TIFF of several pages.
    """
    if given.paged:
        hint = "what has pages is read with --format text or json"
        what = "for PDFs" if given.pdfs else "for several pages"
        raise foretext.UsageError(f"{option} is for pictures, not {what}", hint=hint)


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
    PageError
        Then.
    """
    if report.failed:
        count = f"{len(report.failed)} of {len(report.pages)} pages"
        raise foretext.PageError(f"{count} could not be cleaned and are left as they were")


def read_one(item: Item, tell: Teller, **settings: Any) -> Iterator[foretext.PdfPageReading]:
    """Read a PDF page by page; tell of pages without text."""
    for page in foretext.read_pdf(item.source(), progress=tell.pages, **settings):
        if not page.text and page.error is None:
            tell(line_of(item.name, f"page {page.number}: no text found"))
        note_turned(page.reading, item.name, f"page {page.number}", tell)
        yield page
