"""Families and sets, put together for a short table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lab.bench.items import is_clean, is_page
from lab.scenes import FAMILIES

FIRST: Final = "the first picture and its twins"
REAL_CHARACTERS: Final = "real sets of characters"
PAGES: Final = "pages"
REAL_PAGES: Final = "real sets of pages"
CLEAN: Final = "nothing to remove"
# Families of small pictures, by what is to be removed.
_SMALL: Final = {
    "text behind": "characters over text",
    "lines": "characters among lines",
    "all else": "words on pictures, labels, under stamps",
}
KINDS: Final = (FIRST, *_SMALL.values(), REAL_CHARACTERS, PAGES, REAL_PAGES, CLEAN)
"""What the short table tells apart, in its order."""


def kind_of(group: str) -> str:
    """Return which kind a family or set belongs to."""
    if group in ("first", "wordcloud"):
        return FIRST
    if is_clean(group):
        return CLEAN
    if group not in FAMILIES:
        return REAL_PAGES if is_page(group) else REAL_CHARACTERS
    if is_page(group):
        return PAGES
    return _SMALL.get(FAMILIES[group].kind, _SMALL["all else"])


def by_kind(groups: Sequence[str]) -> dict[str, list[str]]:
    """Put groups together by kind; kinds without any are left out."""
    found = {kind: [group for group in groups if kind_of(group) == kind] for kind in KINDS}
    return {kind: members for kind, members in found.items() if members}
