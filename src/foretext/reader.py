"""The order of reading: the views of a cleaned picture that are read, and what they agree on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast, get_args

import numpy as np

from foretext.arrays import Mask, Pixels
from foretext.attempts import View, as_it_stands, is_small, of_ink, views
from foretext.cleaned import Cleaned
from foretext.errors import UsageError
from foretext.image import DEFAULT_MAX_PIXELS
from foretext.pipeline import clean
from foretext.reading import Attempt, Line, Reading
from foretext.recipe import EFFORTS
from foretext.recognize.engine import Layout
from foretext.turning import is_surer, turned, turned_back, turns
from foretext.unplaced import unplaced

if TYPE_CHECKING:
    import os

    from foretext.image import Source
    from foretext.recipe import Recipe
    from foretext.recognize.engine import Engine
    from foretext.recognize.pattern import Pattern

# A reading as sure as this settles it.
_SETTLES = 0.98
_SETTLES_APART = 0.8
# What the network of letters reads is worth so many readings of an engine that errs more.
_WORTH = 3.0
# Its name.
_OWN = "letters"


def read(
    source: Source,
    *,
    engine: str | None = None,
    effort: str | None = None,
    keep: str | int | None = None,
    recipe: Recipe | str | os.PathLike[str] | None = None,
    lang: str | None = None,
    layout: Layout | None = None,
    alphabet: Collection[str] | None = None,
    pattern: str | int | None = None,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> Reading:
    """Clean a picture and read it.

    Parameters
    ----------
    source : path, bytes, binary file, PIL image or ndarray
        As for `clean`.
    engine : str, optional
        ``"auto"`` (the default), ``"tesseract"`` or ``"rapidocr"``.
    effort : {"fast", "normal", "thorough"}, optional
        ``fast`` reads once; ``normal`` (the default) reads a small picture again, shown in
        other ways, until a reading is sure; ``thorough`` compares all that there are.
    keep, recipe, max_pixels
        As for `clean`.
    lang : str, optional
        Language by Tesseract's code; ``"eng"`` by default.
    layout : {"line", "block", "page", "sparse"}, optional
        How the text stands; by default the ink tells.
    alphabet : collection of str, optional
        The only characters that the text may hold, beside spaces: ``"0123456789"``.
    pattern : str or int, optional
        A regular expression that a text of one line has to match as a whole, or its number of
        characters. Among all that was read the likeliest text that fits is taken; if none does,
        the likeliest of all.

    Returns
    -------
    Reading
        Boxes are in pixels of the input. Without lines if there is nothing to read.

    Raises
    ------
    InputError, KeepError, RecipeError
        As for `clean`.
    UsageError
        If there is no such engine, effort or layout, or alphabet or pattern can't be used.
    EngineError
        If the engine can't start or fails.

    Examples
    --------
    >>> import foretext
    >>> foretext.read("examples/YabVzu.png").text
    'YabVzu'
    """
    cleaned = clean(source, keep=keep, recipe=recipe, max_pixels=max_pixels)
    return read_cleaned(
        cleaned,
        engine=engine,
        effort=effort,
        lang=lang,
        layout=layout,
        alphabet=alphabet,
        pattern=pattern,
    )


def read_cleaned(
    cleaned: Cleaned,
    *,
    engine: str | None = None,
    effort: str | None = None,
    lang: str | None = None,
    layout: Layout | None = None,
    alphabet: Collection[str] | None = None,
    pattern: str | int | None = None,
) -> Reading:
    """Read a picture that has been cleaned; parameters and errors as for `read`.

    Notes
    -----
    Tesseract reads a small picture by two models, of which the surer is believed
    (`foretext.recognize.opinions`); if they differ on a line, they are shown it once more, larger.
    ``effort="fast"`` leaves that out.

    If the engine is not sure of a small picture, it is shown the input as it came, too, and then
    all else that there is (`Attempt.shown`), until a reading is sure. If more than two were
    needed, they vote (`foretext.recognize.consensus`). A page is read once, but for
    lines that were missed. What is still in doubt in a single line is settled by how high and low
    its characters reach (`foretext.recognize.heights`).

    A picture that is not read surely as it came and seems to lie on its side or upside down is
    turned, cleaned and read again; if that is decisively surer, it is the reading, and its `turn`
    tells. ``effort="fast"`` leaves that out.
    """
    from foretext.recognize.pattern import as_alphabet, as_pattern

    if not isinstance(cleaned, Cleaned):
        raise UsageError(
            f"only what `clean` returns can be read, not {type(cleaned).__name__}",
            hint="`foretext.read` cleans and reads a picture",
        )
    wish, fitting = cleaned.recipe.read, as_pattern(pattern)
    allowed = None if alphabet is None else as_alphabet(alphabet)
    how = _checked(_either(layout, wish["layout"]), ("auto", *get_args(Layout)), "layout")
    much = _checked(_either(effort, wish["effort"]), EFFORTS, "effort")
    reader = _reader(
        _either(engine, wish["engine"]),
        _either(lang, wish["lang"]),
        cleaned,
        None if how == "auto" else cast("Layout", how),
        allowed,
    )
    if much == "fast":
        return reader.reading(cleaned, much, fitting)
    return _upright(cleaned, lambda shown: reader.reading(shown, much, fitting))


def _upright(cleaned: Cleaned, read_it: Callable[[Cleaned], Reading]) -> Reading:
    """Read a picture as it came and, if that is not sure, turned, if it may lie on its side."""
    best = first = read_it(cleaned)
    attempts = list(first.attempts)
    tries = turns(cleaned, first)
    if not tries:
        return first
    for degrees, least in tries:
        other = read_it(turned(cleaned, degrees))
        attempts += [replace(attempt, turn=degrees) for attempt in other.attempts]
        beaten = not best.turn or other.confidence > best.confidence
        if beaten and is_surer(other, first, least):
            best = turned_back(other, degrees, cleaned.source)
    return replace(best, attempts=tuple(attempts))


class _Read(NamedTuple):
    """One reading of a view; `shown` are its lines in pixels of the view."""

    attempt: Attempt
    lines: tuple[Line, ...]
    shown: tuple[Line, ...]
    view: View

    @property
    def is_own(self) -> bool:
        """Whether foretext's own network read it."""
        return self.attempt.engine == _OWN


@dataclass(frozen=True, slots=True)
class _Reader:
    """An engine and what it is told; without a layout, the views tell.

    `model` is the language of its model, if that is another than the text's, `second` who is
    asked as well, and `letters` who is asked of the ink alone.
    """

    engine: Engine
    lang: str
    layout: Layout | None
    alphabet: frozenset[str] | None
    model: str = ""
    second: _Reader | None = None
    letters: _Reader | None = None

    def read(self, view: View) -> _Read:
        """Read a view; boxes come back in the input's coordinates."""
        from foretext.recognize.consensus import sureness_of

        layout = self.layout or view.layout
        found = self._found(view.pixels, layout)
        is_alone = layout == "line"
        settled = [self._settled(line, view.mask, is_alone=is_alone) for line in found]
        height, width = view.ink.shape
        lines = tuple(
            line.moved(lambda box: view.back(box).clipped(height, width)) for line in settled
        )
        text = "\n".join(line.text for line in lines)
        attempt = Attempt(view.shown, self.engine.name, text, sureness_of(lines), model=self.model)
        return _Read(attempt, lines, tuple(settled), view)

    def reading(self, cleaned: Cleaned, effort: str, fitting: Pattern | None) -> Reading:
        """Read a picture in as many views as the effort allows, until they settle it."""
        from foretext.recognize.consensus import agree

        if not cleaned.mask.any():
            return Reading((), self.engine.name)
        reads = list(_attempts(cleaned, self, effort))
        own = [r.lines for r in reads if r.is_own]
        agreed = agree(
            [r.lines for r in reads if not r.is_own],
            fitting,
            doubles=self.engine.misjudges_case,
            unmarked=own,
            worth=_WORTH if self.engine.misjudges_case else 1.0,
        )
        if fitting is None:
            agreed = self._settled_at_last(agreed, reads)
        # Boxes of several inks don't fit together; those of the surest reading's are all there.
        surest = max(reads, key=lambda read: read.attempt.sureness)
        found = unplaced(agreed, surest.view.ink)
        return Reading.of(found, self.engine.name, tuple(r.attempt for r in reads))

    def _settled_at_last(self, lines: tuple[Line, ...], reads: Sequence[_Read]) -> tuple[Line, ...]:
        """Correct what the readings agree on by its ink, and by words of the language."""
        if len(lines) == 1 and self._allows(better := _by_ink(lines[0], reads)):
            lines = (better,)
        return lines if self.engine.knows_words else self._spelled(lines)

    def _allows(self, line: Line) -> bool:
        return self.alphabet is None or self.alphabet.issuperset(line.text.replace(" ", ""))

    def _spelled(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Spell words as the language does, where they were nearly read so."""
        from foretext.recognize.lexicon import lexicons
        from foretext.recognize.spelling import settle_spelling

        words = lexicons(self.lang)

        def knows(text: str) -> bool:
            return any(lexicon.knows(text) for lexicon in words)

        return tuple(settle_spelling(line, knows) for line in lines) if words else lines

    def _found(self, pixels: Pixels, layout: Layout) -> tuple[Line, ...]:
        """Read a picture; of a page also what was missed at first, and tables row by row."""
        from foretext.recognize.cells import doubtful_cells, missing_cells, with_cells
        from foretext.recognize.leaders import missed_ends, with_leaders, without_leaders
        from foretext.recognize.missed import unread
        from foretext.recognize.tables import by_rows
        from foretext.recognize.torn import mended

        if layout != "page" or not self.engine.misses_lines:
            return self.engine.read(pixels, layout=layout, alphabet=self.alphabet)
        shown, leaders = without_leaders(pixels)
        found = self.engine.read(shown, layout=layout, alphabet=self.alphabet)
        if (rest := unread(shown, found)) is not None:
            parts = self.engine.read(rest, layout="sparse", alphabet=self.alphabet)
            found = self._with_missed(shown, found, parts)
        found = by_rows(mended(found))
        cells = [*doubtful_cells(found, shown), *missing_cells(found, shown)]
        found = with_cells(found, cells, [self._at(shown, cell.place.slices) for cell in cells])
        ends = [self._at(shown, area) for area in missed_ends(shown, leaders, found)]
        return with_leaders((*found, *filter(None, ends)), leaders)

    def _with_missed(
        self, pixels: Pixels, found: tuple[Line, ...], parts: tuple[Line, ...]
    ) -> tuple[Line, ...]:
        """Add to the lines of a page what was read of the rest, and read torn lines again."""
        from foretext.recognize.missed import better, merged, torn

        lines = list(found)
        for number, area in torn(found, parts).items():
            lines[number] = better(found[number], self._at(pixels, area))
        return merged(lines, parts)

    def _at(self, pixels: Pixels, area: tuple[slice, slice]) -> Line | None:
        """Read what stands at one place of a picture, as one line."""
        rows, columns = area
        border = len(pixels[rows]) // 2
        part = np.pad(pixels[area], border, constant_values=255)
        found = self.engine.read(part, layout="line", alphabet=self.alphabet)
        left, top = columns.start - border, rows.start - border
        return found[0].moved(lambda box: box.mapped(1.0, -left, -top)) if found else None

    def _settled(self, line: Line, mask: Mask, *, is_alone: bool) -> Line:
        """Correct a line where its ink tells better than the engine, within the alphabet."""
        from foretext.recognize.case import settle_case
        from foretext.recognize.doubles import drop_doubles
        from foretext.recognize.halves import settle_halves

        trusted = not self.engine.misjudges_case
        settling = partial(settle_case, is_alone=is_alone, is_trusted=trusted)
        for settle in (settling,) if trusted else (drop_doubles, settle_halves, settling):
            better = settle(line, mask)
            if self._allows(better):
                line = better
        return line


def _reader(
    name: str,
    lang: str,
    cleaned: Cleaned,
    layout: Layout | None,
    alphabet: frozenset[str] | None,
) -> _Reader:
    """Return who reads; for ``auto`` the engine that reads such a picture better."""
    from foretext.recognize import get_engine
    from foretext.recognize.languages import rapidocr_knows
    from foretext.recognize.opinions import own_opinion, second_opinion

    if name == "auto":
        # On running text RapidOCR drops spaces and small marks; on few characters it errs less.
        name = "rapidocr" if is_small(cleaned) and rapidocr_knows(lang) else "tesseract"
    engine = get_engine(name, lang=lang)
    if not is_small(cleaned):
        return _Reader(engine, lang, layout, alphabet)
    other, own = second_opinion(name, lang, alphabet), own_opinion(lang)
    second = other and _Reader(other.engine, lang, layout, other.alphabet, other.model)
    letters = _Reader(own, lang, layout, alphabet) if own else None
    return _Reader(engine, lang, layout, alphabet, second=second, letters=letters)


def _by_ink(line: Line, reads: Sequence[_Read]) -> Line:
    """Settle what is in doubt by heights and gaps, as the first straight view shows them."""
    from foretext.recognize.gaps import close_gaps
    from foretext.recognize.heights import settle_heights

    count = sum(len(word.characters) for word in line.words)
    for read in reads:
        boxes = [c.box for its in read.shown for word in its.words for c in word.characters]
        if read.view.is_straight and len(read.shown) == 1 and len(boxes) == count:
            settled = settle_heights(line, boxes, read.view.pixels)
            return close_gaps(settled, boxes, read.view.pixels)
    return line


def _attempts(cleaned: Cleaned, reader: _Reader, effort: str) -> Iterator[_Read]:
    """Yield readings until they settle it."""
    if not is_small(cleaned):
        yield reader.read(of_ink(cleaned))
        return
    shown = views(cleaned, in_tones=reader.engine.reads_tones)
    if effort == "fast":
        yield reader.read(next(shown))
        return
    before: list[Attempt] = []
    for view in shown:
        if view.shown == "larger":
            if reader.second is None or _agreed(before):
                continue
        elif effort == "normal" and _settled(before):
            return
        read = [one.read(view) for one in (reader, reader.second) if one is not None]
        if view.shown == "cleaned" and reader.letters is not None:
            read += _by_letters(cleaned, reader.letters, read)
        before += [one.attempt for one in read]
        yield from read


def _by_letters(cleaned: Cleaned, letters: _Reader, before: Sequence[_Read]) -> Iterator[_Read]:
    """Yield what the network of letters reads of a view and of the ink as it stands.

    It knows no language: where words were read, or letters that it does not know, it is not asked.
    """
    from foretext.recognize.opinions import is_known

    if not all(is_known(read.attempt.text) for read in before):
        return
    if not any(_is_word(read) for read in before):
        return
    for view in (before[0].view, as_it_stands(cleaned)):
        read = letters.read(view)
        if read.lines:
            yield read


def _is_word(read: _Read) -> bool:
    """Tell whether what was read is one word, or would be but for gaps between its characters."""
    from foretext.recognize.gaps import close_gaps

    if len(read.shown) != 1:
        return False
    boxes = [c.box for word in read.shown[0].words for c in word.characters]
    return len(close_gaps(read.shown[0], boxes, read.view.pixels).words) == 1


def _settled(before: list[Attempt]) -> bool:
    """Tell whether the readings so far are sure enough.

    Where letters overlap, one hides another in all views but the first, and those that are seen are
    read surely: no such view is asked unless it must be. What the network of letters reads settles
    no marks.
    """
    has_marks = any(not attempt.text.isalnum() for attempt in before if attempt.engine != _OWN)
    return any(
        attempt.sureness >= (_SETTLES_APART if attempt.shown == "apart" else _SETTLES)
        for attempt in before
        if not (has_marks and attempt.engine == _OWN)
    )


def _agreed(before: list[Attempt]) -> bool:
    """Tell whether all read the same so far."""
    return len({attempt.text for attempt in before}) == 1


def _either(value: str | None, default: str) -> str:
    return default if value is None else value


def _checked(value: str, known: tuple[str, ...], what: str) -> str:
    if value not in known:
        raise UsageError(f"there is no {what} {value!r}", hint=f"choose from {', '.join(known)}")
    return value
