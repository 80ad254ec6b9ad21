"""From wishes on the command line to tasks that are not done yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from lab.bench import items
from lab.bench.items import Item
from lab.bench.measure import Task
from lab.bench.peers import PEERS, edition, why_not
from lab.bench.rows import OWN, Key
from lab.scenes import FAMILIES
from lab.sets import SETS


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be measured.

    Attributes
    ----------
    families, sets : sequence of str
        Names or patterns such as ``page_*``, each with ``:N`` for so many pictures of it.
    peers, engines : sequence of str
        Names or patterns.
    split : str
        Whose scenes.
    count, pages : int
        How many scenes of each family of small pictures, and of pages.
    """

    families: Sequence[str] = ("*",)
    sets: Sequence[str] = ("*",)
    peers: Sequence[str] = ("*",)
    engines: Sequence[str] = ("tesseract",)
    split: str = "test"
    count: int = 20
    pages: int = 4


def tasks_for(wish: Wish, done: Collection[Key]) -> tuple[list[Task], list[str]]:
    """Turn a wish into tasks.

    Parameters
    ----------
    wish : Wish
        What is wanted.
    done : collection of Key
        What need not be measured again.

    Returns
    -------
    tasks : list of Task
        Pages first, as they take longest.
    notes : list of str
        What can't be done here, and why.
    """
    peers, notes = _peers(wish.peers)
    chosen = [*_scenes(wish), *_real(wish, notes)]
    tasks = [Task(item, _left(item, peers, wish.engines, done)) for item in chosen]
    tasks = [task for task in tasks if task.plan]
    return sorted(tasks, key=lambda task: not task.item.is_page), notes


def matching(patterns: Sequence[str], known: Collection[str]) -> dict[str, int | None]:
    """Return the names that fit any pattern, with the number that the last fitting one asks for.

    Raises
    ------
    ValueError
        If a pattern fits none.
    """
    found: dict[str, int | None] = {}
    for pattern in patterns:
        stem, _, number = pattern.partition(":")
        names = [name for name in known if fnmatchcase(name, stem)]
        if not names and stem != "none":
            message = f"nothing is called {stem!r}; there are {', '.join(known)}"
            raise ValueError(message)
        found |= dict.fromkeys(names, int(number) if number else None)
    return found


def _peers(patterns: Sequence[str]) -> tuple[list[str], list[str]]:
    names = matching(patterns, PEERS)
    reasons = {name: why_not(name) for name in PEERS if name in names}
    notes = [f"{name}: {reason}" for name, reason in reasons.items() if reason]
    return [name for name, reason in reasons.items() if not reason], notes


def _scenes(wish: Wish) -> list[Item]:
    counts = matching(wish.families, FAMILIES)
    return [
        item
        for family, count in counts.items()
        for item in items.scenes(
            family, wish.split, count or (wish.pages if items.is_page(family) else wish.count)
        )
    ]


def _real(wish: Wish, notes: list[str]) -> list[Item]:
    found = []
    for name, count in matching(wish.sets, SETS).items():
        pictures = items.real(name, count)
        found += pictures
        if not pictures:
            notes.append(f"{name}: not on this machine")
    return found


def _left(
    item: Item, peers: Sequence[str], engines: Sequence[str], done: Collection[Key]
) -> dict[str, tuple[str, ...]]:
    plan = {}
    for peer in peers:
        if PEERS[peer].no_pages and item.is_page:
            continue
        asked = (OWN,) if PEERS[peer].reads else engines
        left = tuple(
            engine
            for engine in asked
            if Key(item.name, item.edition, peer, edition(peer), engine) not in done
        )
        if left:
            plan[peer] = left
    return plan
