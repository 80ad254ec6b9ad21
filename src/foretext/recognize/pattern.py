"""The best text that a pattern allows, of all that may stand at each place."""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Collection, Sequence

from foretext.errors import UsageError

# So many texts are tried, the likeliest first; what lies beyond was hardly read.
_MOST = 4000
# A line of more places than this is no code or number with a form of its own.
_LONGEST = 100
_TINY = 1e-6

Options = Sequence[tuple[str, float]]


def as_pattern(pattern: str | int | None) -> re.Pattern[str] | None:
    """Return what a text has to match as a whole.

    Parameters
    ----------
    pattern : str, int or None
        A regular expression, or a number of characters.

    Raises
    ------
    UsageError
        If it is neither.
    """
    if pattern is None:
        return None
    if isinstance(pattern, int) and not isinstance(pattern, bool):
        pattern = rf"\S{{{pattern}}}" if pattern > 0 else ""
    if not isinstance(pattern, str) or not pattern:
        raise _unusable(repr(pattern), "it is neither a regular expression nor a number above 0")
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise _unusable(repr(pattern[:40]), str(error)) from error


def as_alphabet(alphabet: Collection[str]) -> frozenset[str]:
    """Return the characters that a text may hold.

    Raises
    ------
    UsageError
        If there are none, or some are no characters that can be seen.
    """
    try:
        allowed = frozenset(alphabet)
    except TypeError:
        allowed = frozenset()
    if not allowed or not all(isinstance(c, str) and len(c) == 1 for c in allowed):
        raise UsageError(
            f"the alphabet {alphabet!r} can't be used: it is not one or more characters",
            hint="give the characters that the text may hold: 0123456789",
        )
    if unseen := [c for c in sorted(allowed) if not (c.isprintable() or c.isspace())]:
        raise UsageError(
            f"the alphabet can't hold {unseen[0]!r}: nobody can see it",
            hint="give the characters that the text may hold: 0123456789",
        )
    return allowed


def _unusable(pattern: str, why: str) -> UsageError:
    return UsageError(
        f"the pattern {pattern} can't be used: {why}",
        hint=r"give a regular expression such as '\d{4}', or a length such as 6",
    )


def likeliest(places: Sequence[Options], pattern: re.Pattern[str]) -> list[int] | None:
    """Return which option to take at each place, so that the text fits.

    Parameters
    ----------
    places : sequence of sequence of (str, float)
        At each place what may stand there (an empty text: nothing) and how much is for it, the
        best first.
    pattern : re.Pattern
        What the whole text has to match; spaces may be left out for that.

    Returns
    -------
    list of int or None
        An index for each place; None if no text that is at all likely fits.
    """
    if len(places) > _LONGEST:
        return None
    costs = [[-math.log(max(weight, _TINY)) for _, weight in options] for options in places]
    start = (0,) * len(places)
    queue = [(0.0, start)]
    seen = {start}
    for _ in range(_MOST):
        if not queue:
            break
        cost, chosen = heapq.heappop(queue)
        if fits("".join(places[k][option][0] for k, option in enumerate(chosen)), pattern):
            return list(chosen)
        for k, option in enumerate(chosen):
            after = (*chosen[:k], option + 1, *chosen[k + 1 :])
            if option + 1 < len(places[k]) and after not in seen:
                seen.add(after)
                heapq.heappush(queue, (cost + costs[k][option + 1] - costs[k][option], after))
    return None


def fits(text: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether a text matches a pattern as a whole; spaces may be left out for that."""
    return bool(pattern.fullmatch(text) or pattern.fullmatch(text.replace(" ", "")))
