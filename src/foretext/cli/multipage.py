"""Pictures of several pages on the command line: TIFFs, as scanners and fax machines write them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import foretext
from foretext.cli.inputs import Item
from foretext.cli.paged import note_turned
from foretext.cli.talk import Teller, line_of, write
from foretext.export.to_json import to_dict
from foretext.image import Image, Page, load, save_pages, untouched, write_pages
from foretext.pages.attempt import attempt, hinted
from foretext.pages.ranges import parse_pages, told
from foretext.reading import Reading

if TYPE_CHECKING:
    import PIL.Image


@dataclass
class Pages:
    """The pages of a picture, worked one by one; those that fail are told and remembered.

    Attributes
    ----------
    item : Item
        The picture.
    tell : Teller
        Speaks to the user.
    settings : dict
        What `foretext.clean` takes.
    failed : list of int
        Which pages could not be worked so far, from 1 on.
    """

    item: Item
    tell: Teller
    settings: dict[str, Any]
    failed: list[int] = field(default_factory=list)

    def check(self) -> None:
        """End with an error if pages could not be cleaned.

        Raises
        ------
        PageError
            Then.
        """
        if self.failed:
            count = f"{len(self.failed)} of {self.item.pages} pages"
            raise foretext.PageError(f"{count} could not be cleaned")

    def fail(self, number: int, error: foretext.ForetextError, fate: str) -> None:
        """Tell that a page could not be worked, and what becomes of it."""
        self.failed.append(number)
        self.tell(line_of(self.item.name, f"page {number}: {fate}: {hinted(error)}"))

    def load(self, number: int) -> Image | foretext.ForetextError:
        """Return a page, or why it can't be taken in."""
        return attempt(lambda: load(self.item.source(), page=number, **self._limit))

    def copy(self, number: int) -> PIL.Image.Image | foretext.ForetextError:
        """Return a page to be copied, in its own mode, or why it can't be taken in."""
        return attempt(lambda: untouched(self.item.source(), number, **self._limit))

    @property
    def _limit(self) -> dict[str, Any]:
        return {k: v for k, v in self.settings.items() if k == "max_pixels"}

    def clean(self, image: Image) -> foretext.Cleaned | foretext.ForetextError:
        """Return a page cleaned, or why it can't be."""
        return attempt(lambda: foretext.clean(image, **self.settings))


@dataclass(frozen=True)
class PageReading:
    """What was read of one page, and all else that is known of it; its fields as in JSON."""

    number: int
    reading: Reading
    details: dict[str, Any]
    error: foretext.ForetextError | None = None

    @property
    def text(self) -> str:
        """The lines, with a newline between."""
        return self.reading.text

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON types."""
        return {"page": self.number, **self.reading.to_dict(), **self.details}


def clean_pages(pages: Pages, output: Path | None, numbers: str | None, view: Any) -> list[Any]:
    """Clean the pages of a TIFF into another one, or onto standard output.

    Parameters
    ----------
    pages : Pages
        The picture.
    output : Path or None
        Where to.
    numbers : str or None
        Which pages; the others, and those that can't be cleaned, are copied as they were.
    view : View
        What is saved of each.

    Returns
    -------
    list of dict
        What was done with each page that was cleaned, as plain JSON types.
    """
    done: list[Any] = []
    made = _cleaned(pages, set(parse_pages(numbers, pages.item.pages)), view, done)
    if output is not None:
        save_pages(output, made)
    else:
        file = io.BytesIO()
        write_pages(file, made)
        write(file.getvalue())
    return done


def _cleaned(pages: Pages, wanted: set[int], view: Any, done: list[Any]) -> Iterator[Page]:
    written = 0
    for number in told(list(range(1, pages.item.pages + 1)), pages.tell.pages):
        page = _clean_page(pages, number, view, done) if number in wanted else None
        if page is None:
            copy = pages.copy(number)
            if isinstance(copy, foretext.ForetextError):
                pages.fail(number, copy, "left out")
                continue
            page = Page(copy)
        written += 1
        yield page
    if not written:
        raise foretext.PageError(f"none of {pages.item.pages} pages can be taken in")


def _clean_page(pages: Pages, number: int, view: Any, done: list[Any]) -> Page | None:
    """Return a page cleaned; None if it can't be, which is told."""
    image = pages.load(number)
    cleaned = image if isinstance(image, foretext.ForetextError) else pages.clean(image)
    if isinstance(cleaned, foretext.Cleaned):
        done.append({"page": number, **_details(cleaned)})
        return Page(cleaned.view(view), cleaned.dpi_of(view))
    if not isinstance(image, foretext.ForetextError):
        pages.fail(number, cleaned, "left as it was")
    return None


def read_pages(pages: Pages, numbers: str | None, reader: dict[str, Any]) -> Iterator[PageReading]:
    """Read the pages of a TIFF that are asked for, one after the other."""
    for number in told(parse_pages(numbers, pages.item.pages), pages.tell.pages):
        image = pages.load(number)
        cleaned = image if isinstance(image, foretext.ForetextError) else pages.clean(image)
        if isinstance(cleaned, foretext.ForetextError):
            pages.fail(number, cleaned, "not read")
            yield PageReading(number, Reading((), ""), {"note": str(cleaned)}, cleaned)
        else:
            reading = foretext.read_cleaned(cleaned, **reader)
            if not reading.text:
                pages.tell(line_of(pages.item.name, f"page {number}: no text found"))
            note_turned(reading, pages.item.name, f"page {number}", pages.tell)
            yield PageReading(number, reading, _details(cleaned, reading))


def _details(cleaned: foretext.Cleaned, reading: Reading | None = None) -> dict[str, Any]:
    told_once = ("foretext", "source")
    return {k: v for k, v in to_dict(cleaned, reading).items() if k not in told_once}
