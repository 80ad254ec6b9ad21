"""The best text that a pattern allows, of all that may stand at each place.

Patterns are matched by `regex`, not by `re`: some, such as ``(a|a)*b``, take longer than anyone
can wait, and only `regex` can be told to give up.
"""

from __future__ import annotations

import heapq
import math
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import regex

from foretext.errors import UsageError
from foretext.numbers import whole

# So many texts are tried, the likeliest first; what lies beyond was hardly read.
_MOST = 4000
# A line of more places than this is no code or number with a form of its own.
_LONGEST = 100
_TINY = 1e-6
# Seconds for all texts that are tried; usual patterns take thousandths.
_PATIENCE = 5.0

Options = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a text has to match as a whole; made by `as_pattern`."""

    compiled: regex.Pattern[str]

    def fits(self, text: str, *, until: float | None = None) -> bool:
        """Tell whether a text matches; spaces may be left out for that.

        Parameters
        ----------
        text : str
            The text.
        until : float, optional
            When to give up, by `time.monotonic`.

        Raises
        ------
        UsageError
            If it takes too long to tell.
        """
        end = time.monotonic() + _PATIENCE if until is None else until
        return self._matches(text, end) or (
            " " in text and self._matches(text.replace(" ", ""), end)
        )

    def _matches(self, text: str, end: float) -> bool:
        left = max(end - time.monotonic(), _TINY)
        try:
            return self.compiled.fullmatch(text, timeout=left) is not None
        except TimeoutError as error:
            raise UsageError(
                f"the pattern {self.compiled.pattern[:40]!r} takes too long to match",
                hint="avoid what can match in many ways: not '(a|a)*' or '(a+)+' but 'a+'",
            ) from error


def as_pattern(pattern: str | int | None) -> Pattern | None:
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
    given = pattern
    if (length := whole(pattern)) is not None and length > 0:
        pattern = rf"\S{{{length}}}"
    if not isinstance(pattern, str) or not pattern:
        raise _unusable(repr(given), "it is neither a regular expression nor a number above 0")
    try:
        return Pattern(regex.compile(pattern))
    except (regex.error, OverflowError, RecursionError) as error:
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


def likeliest(places: Sequence[Options], pattern: Pattern) -> list[int] | None:
    """Return which option to take at each place, so that the text fits.

    Parameters
    ----------
    places : sequence of sequence of (str, float)
        At each place what may stand there (an empty text: nothing) and how much is for it, the
        best first.
    pattern : Pattern
        What the whole text has to match; spaces may be left out for that.

    Returns
    -------
    list of int or None
        An index for each place; None if no text that is at all likely fits.

    Raises
    ------
    UsageError
        If the pattern takes too long to match.
    """
    if len(places) > _LONGEST:
        return None
    costs = [[-math.log(max(weight, _TINY)) for _, weight in options] for options in places]
    start = (0,) * len(places)
    queue = [(0.0, start)]
    seen = {start}
    until = time.monotonic() + _PATIENCE
    for _ in range(_MOST):
        if not queue:
            break
        cost, chosen = heapq.heappop(queue)
        text = "".join(places[k][option][0] for k, option in enumerate(chosen))
        if pattern.fits(text, until=until):
            return list(chosen)
        for k, option in enumerate(chosen):
            after = (*chosen[:k], option + 1, *chosen[k + 1 :])
            if option + 1 < len(places[k]) and after not in seen:
                seen.add(after)
                heapq.heappush(queue, (cost + costs[k][option + 1] - costs[k][option], after))
    return None
