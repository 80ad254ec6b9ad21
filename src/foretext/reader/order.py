"""The order of reading: the views of a text that are read, and what they agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from foretext.arrays import Ink
from foretext.reader.attempts import as_it_stands, is_small, of_ink, of_page, views
from foretext.reader.readers import Read, Reader, is_own
from foretext.reader.seen import as_far_as_seen
from foretext.reader.set_wide import moved_together
from foretext.reading import Attempt, Line

if TYPE_CHECKING:
    from foretext.cleaned import Cleaned
    from foretext.recognize.pattern import Pattern

# A reading as sure as this settles it.
_SETTLES: Final = 0.98
_SETTLES_APART: Final = 0.8
# What the network of letters reads is worth so many readings of an engine that errs more.
_WORTH: Final = 3.0


class Agreed(NamedTuple):
    """What was read, by which readings, and the ink of the surest of them.

    Boxes of several inks don't fit together; those of the surest reading's are all there.
    """

    lines: tuple[Line, ...]
    reads: list[Read]
    ink: Ink


def agreed_on(
    cleaned: Cleaned, reader: Reader, effort: str, fitting: Pattern | None = None
) -> Agreed:
    """Read a text in as many views as the effort allows, until they settle it.

    Parameters
    ----------
    cleaned : Cleaned
        A picture with ink, or one row of it.
    reader : Reader
        Who reads it.
    effort : {"fast", "normal", "thorough"}
        As for `foretext.read`.
    fitting : Pattern, optional
        What the text has to match.

    Returns
    -------
    Agreed
        What the readings agree on.
    """
    from foretext.recognize.consensus import agree

    reads = list(_attempts(cleaned, reader, effort))
    own = [r.lines for r in reads if r.is_own]
    agreed = agree(
        [r.lines for r in reads if not r.is_own],
        fitting,
        sureness=[r.attempt.sureness for r in reads if not r.is_own],
        doubles=reader.engine.misjudges_case,
        unmarked=own,
        worth=_WORTH if reader.engine.misjudges_case else 1.0,
    )
    if fitting is None:
        agreed = settled_at_last(agreed, reads, reader)
    surest = max(reads, key=lambda read: read.attempt.sureness)
    return Agreed(agreed, reads, surest.view.ink)


def settled_at_last(
    lines: tuple[Line, ...], reads: Sequence[Read], reader: Reader
) -> tuple[Line, ...]:
    """Correct what readings agree on by its ink, and by words of the language."""
    if len(lines) == 1 and reader.allows(better := _by_ink(lines[0], reads)):
        lines = (better,)
    return lines if reader.engine.knows_words else _spelled(lines, reader.lang)


def _spelled(lines: tuple[Line, ...], lang: str) -> tuple[Line, ...]:
    """Spell words as the language does, where they were nearly read so."""
    from foretext.recognize.settle.lexicon import lexicons
    from foretext.recognize.settle.spelling import settle_spelling

    words = lexicons(lang)

    def knows(text: str) -> bool:
        return any(lexicon.knows(text) for lexicon in words)

    return tuple(settle_spelling(line, knows) for line in lines) if words else lines


def _by_ink(line: Line, reads: Sequence[Read]) -> Line:
    """Settle what is in doubt by heights and gaps, as straight views show them."""
    from foretext.recognize.settle.gaps import close_gaps, open_gaps
    from foretext.recognize.settle.heights import settle_heights

    count = sum(len(word.characters) for word in line.words)
    straight = [
        (read.shown[0], boxes, read.view.pixels)
        for read in reads
        if read.view.is_straight and len(read.shown) == 1
        if len(boxes := [c.box for word in read.shown[0].words for c in word.characters]) == count
    ]
    if not straight:
        return line
    _, boxes, pixels = straight[0]
    line = close_gaps(settle_heights(line, boxes, pixels), boxes, pixels)
    for other, boxes, pixels in straight:
        line = open_gaps(line, other, boxes, pixels)
    return line


def _attempts(cleaned: Cleaned, reader: Reader, effort: str) -> Iterator[Read]:
    """Yield readings until they settle it."""
    if not is_small(cleaned):
        is_named = reader.layout not in {None, "page"}
        yield reader.read(of_ink(cleaned) if is_named else of_page(cleaned))
        return
    shown = map(moved_together, views(cleaned, in_tones=reader.engine.reads_tones))
    if effort == "fast":
        yield reader.read(next(shown))
        return
    before: list[Attempt] = []
    for view in shown:
        if view.shown == "larger":
            if reader.second is None or _agreed(before):
                continue
        elif effort == "normal" and is_settled(before):
            return
        read = [one.read(view) for one in (reader, reader.second) if one is not None]
        if view.shown == "cleaned" and reader.letters is not None:
            read += _by_letters(cleaned, reader.letters, read)
        read = [as_far_as_seen(one, cleaned.ink) for one in read]
        before += [one.attempt for one in read]
        yield from read


def _by_letters(cleaned: Cleaned, letters: Reader, before: Sequence[Read]) -> Iterator[Read]:
    """Yield what the network of letters reads of a view and of the ink as it stands.

    It knows no language: where words were read, or letters that it does not know, it is not asked.
    """
    from foretext.recognize.opinions import is_known

    if not all(is_known(read.attempt.text) for read in before):
        return
    if not any(_is_word(read) for read in before):
        return
    for view in (before[0].view, moved_together(as_it_stands(cleaned))):
        read = letters.read(view)
        if read.lines:
            yield read


def _is_word(read: Read) -> bool:
    """Tell whether what was read is one word, or would be but for gaps between its characters."""
    from foretext.recognize.settle.gaps import close_gaps

    if len(read.shown) != 1:
        return False
    boxes = [c.box for word in read.shown[0].words for c in word.characters]
    return len(close_gaps(read.shown[0], boxes, read.view.pixels).words) == 1


def is_settled(before: Sequence[Attempt]) -> bool:
    """Tell whether the readings so far are sure enough.

    Where letters overlap, one hides another in all views but the first, and those that are seen are
    read surely: no such view is asked unless it must be. What the network of letters reads settles
    no marks.
    """
    has_marks = any(not attempt.text.isalnum() for attempt in before if not is_own(attempt))
    return any(
        attempt.sureness >= (_SETTLES_APART if attempt.shown == "apart" else _SETTLES)
        for attempt in before
        if not (has_marks and is_own(attempt))
    )


def _agreed(before: list[Attempt]) -> bool:
    """Tell whether all read the same so far."""
    return len({attempt.text for attempt in before}) == 1
