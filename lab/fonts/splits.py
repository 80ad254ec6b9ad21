"""Dividing the fonts among train, dev and test."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Final

from lab.fonts.catalog import Family

SPLITS: Final = ("train", "dev", "test")
QUOTAS: Final = {"dev": 0.2, "test": 0.2}


def _rank(kin: str) -> str:
    return hashlib.sha256(kin.encode()).hexdigest()


def _main_kind(members: list[Family]) -> str:
    counts = Counter(family.kind for family in members)
    return max(sorted(counts), key=lambda kind: counts[kind])


def by_kin(families: Iterable[Family]) -> dict[str, str]:
    """Give every kin of families its split.

    Kins are ranked by a hash of their name within each kind (sans, serif, mono), and fixed shares
    of the ranking go to dev and test: every split has fonts of every kind, and which it has depends
    on nothing but the names.

    Parameters
    ----------
    families : iterable of Family
        All families there are.

    Returns
    -------
    dict
        Kin to ``"train"``, ``"dev"`` or ``"test"``.
    """
    members: dict[str, list[Family]] = {}
    for family in families:
        members.setdefault(family.kin, []).append(family)
    ranked: dict[str, list[str]] = {}
    for kin in sorted(members, key=_rank):
        ranked.setdefault(_main_kind(members[kin]), []).append(kin)
    return {kin: split for kins in ranked.values() for kin, split in _deal(kins)}


def _deal(kins: list[str]) -> list[tuple[str, str]]:
    dev = max(1, round(len(kins) * QUOTAS["dev"]))
    test = dev + max(1, round(len(kins) * QUOTAS["test"]))
    names = ["dev"] * dev + ["test"] * (test - dev) + ["train"] * len(kins)
    return list(zip(kins, names, strict=False))
