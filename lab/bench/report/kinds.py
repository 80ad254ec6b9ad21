"""Families and sets, put together for a short table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lab.bench.items import is_clean, is_page
from lab.scenes import FAMILIES

KINDS: Final = (
    "the first picture and its twins",
    "characters over text",
    "characters among lines",
    "words on pictures, labels, under stamps",
    "real sets of characters",
    "pages",
    "real sets of pages",
    "nothing to remove",
)
"""What the short table tells apart, in its order."""


def kind_of(group: str) -> str:
    """Return which kind a family or set belongs to."""
    if group in ("first", "wordcloud"):
        return KINDS[0]
    if is_clean(group):
        return KINDS[7]
    if group not in FAMILIES:
        return KINDS[6] if is_page(group) else KINDS[4]
    if is_page(group):
        return KINDS[5]
    return {"text behind": KINDS[1], "lines": KINDS[2]}.get(FAMILIES[group].kind, KINDS[3])


def by_kind(groups: Sequence[str]) -> dict[str, list[str]]:
    """Put groups together by kind; kinds without any are left out."""
    found = {kind: [group for group in groups if kind_of(group) == kind] for kind in KINDS}
    return {kind: members for kind, members in found.items() if members}
