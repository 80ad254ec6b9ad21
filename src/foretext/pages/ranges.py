"""Page ranges as people type them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

from foretext.errors import UsageError
from foretext.numbers import whole

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many pages are done, and of how many; at first with 0."""

_PART = re.compile(r"(?P<first>\d*)(?P<dash>-?)(?P<last>\d*)")
_HINT = "write pages as 1-3,7 or 5- (from 5 on) or -3 (up to 3)"


def parse_pages(pages: str | Iterable[int] | None, count: int) -> list[int]:
    """Return the pages that a user means.

    Parameters
    ----------
    pages : str, iterable of int, or None
        ``"1-3,7"``, ``"5-"`` (to the end), ``"-4"`` (the first four), page numbers from 1 on,
        or None for all.
    count : int
        How many pages there are.

    Returns
    -------
    list of int
        Numbers from 1 on, ascending, each once.

    Raises
    ------
    UsageError
        If it is not understood, or there is no such page.
    """
    if pages is None:
        return list(range(1, count + 1))
    if not isinstance(pages, Iterable):
        raise UsageError(f"pages={pages!r} is no range of pages", hint=_HINT)
    found = _from_text(pages, count) if isinstance(pages, str) else [*pages]
    for page in found:
        if whole(page) is None:
            raise UsageError(f"a page is a whole number, not {page!r}", hint=_HINT)
        if not 1 <= page <= count:
            raise UsageError(f"there is no page {page}", hint=f"there are pages 1 to {count}")
    if not found:
        raise UsageError("no pages are named", hint=_HINT)
    return sorted({int(page) for page in found})


def spans(pages: Iterable[int]) -> str:
    """Return page numbers in their shortest form, as ``1-3, 7``."""
    runs = groupby(enumerate(sorted(pages)), key=lambda item: item[1] - item[0])
    ends = [[page for _, page in run] for _, run in runs]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in ends)


def told(pages: list[int], progress: Progress | None) -> Iterator[int]:
    """Give the pages one by one, and tell how many are done."""
    for done, page in enumerate(pages):
        if progress is not None:
            progress(done, len(pages))
        yield page
    if progress is not None:
        progress(len(pages), len(pages))


def _from_text(pages: str, count: int) -> list[int]:
    parts = [part.strip() for part in pages.split(",")]
    if not all(parts):
        raise UsageError(f"{pages!r} is no range of pages", hint=_HINT)
    return [page for part in parts for page in _run(part, count)]


def _run(part: str, count: int) -> range:
    match = _PART.fullmatch(part)
    if match is None or not (match["first"] or match["last"]):
        raise UsageError(f"{part!r} is no range of pages", hint=_HINT)
    first = int(match["first"] or 1)
    last = (int(match["last"] or count)) if match["dash"] else first
    if first > last and match["last"]:
        raise UsageError(f"the range {part} runs backward", hint=_HINT)
    if last > count or first > count:
        raise UsageError(
            f"there is no page {max(first, last)}", hint=f"there are pages 1 to {count}"
        )
    return range(first, last + 1)
