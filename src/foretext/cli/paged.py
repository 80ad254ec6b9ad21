"""What was read or done page by page, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import foretext
from foretext.cli.inputs import Item
from foretext.cli.talk import Teller, line_of, write

_INDENT = 2


class Page(Protocol):
    """What was read of one page."""

    @property
    def text(self) -> str:
        """The lines, with a newline between."""

    @property
    def error(self) -> foretext.ForetextError | None:
        """Why it could not be read."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON types."""


def note_turned(reading: foretext.Reading, name: str, what: str, tell: Teller) -> None:
    """Tell of a picture or page that had to be turned to be read."""
    if reading.turn:
        lies = "upside down" if reading.turn == 180 else "on its side"
        tell(line_of(name, f"{what}: lies {lies}: read turned by {reading.turn} degrees clockwise"))


def write_pages(found: Iterable[Page], head: str) -> None:
    """Write the text of each page as it is read, and a form feed after each.

    Raises
    ------
    PageError
        At the end, if pages could not be read.
    """
    counted = _Counted(found)
    for page in counted:
        text = f"{page.text}\n" if page.text else ""
        write(f"{head}{text}\f")
        head = ""
    counted.check()


def write_pages_json(item: Item, found: Iterable[Page], *, many: bool) -> None:
    """Write all pages as one object.

    Raises
    ------
    PageError
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

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = pages
        self._count = 0
        self._failed = 0

    def __iter__(self) -> Iterator[Page]:
        for page in self._pages:
            self._count += 1
            self._failed += page.error is not None
            yield page

    def check(self) -> None:
        if self._failed:
            count = f"{self._failed} of {self._count} pages"
            raise foretext.PageError(f"{count} could not be read")
