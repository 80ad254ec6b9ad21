"""Tables of where the time goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lab.bench.report.markdown import table
from lab.bench.subjects import SUBJECTS


def tables(found: Mapping[str, Any]) -> str:
    """Write what `lab.bench.timing` found as Markdown.

    Parameters
    ----------
    found : mapping
        ``milliseconds`` by picture and part, ``imports`` by what, ``memory`` (MiB) by picture and
        what.
    """
    pictures = [name for name in SUBJECTS if name in found["milliseconds"]]
    head = [f"{name} ({SUBJECTS[name]})" for name in pictures]
    parts = list(dict.fromkeys(p for name in pictures for p in found["milliseconds"][name]))
    times = [[part, *(_cell(found["milliseconds"][n], part) for n in pictures)] for part in parts]
    whats = list(next(iter(found["memory"].values())))
    memory = [[w, *(_cell(found["memory"][n], w, ".0f") for n in pictures)] for w in whats]
    imports = [[what, f"{ms:.0f}"] for what, ms in found["imports"].items()]
    return "\n\n".join(
        [
            table(["milliseconds, median, one thread", *head], times),
            table(["a new process", "milliseconds"], imports),
            table(["peak memory of a new process, MiB", *pictures], memory),
        ]
    )


def _cell(values: Mapping[str, float], key: str, how: str = ",.1f") -> str:
    return format(values[key], how) if key in values else ""
