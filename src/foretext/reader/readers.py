"""Who reads: an engine, what it is told, and who is asked beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from foretext.reader.attempts import View, is_small
from foretext.reading import Attempt, Line

if TYPE_CHECKING:
    from foretext.arrays import Mask, Pixels
    from foretext.cleaned import Cleaned
    from foretext.recognize.engine import Engine, Layout

# The name of foretext's own network.
_OWN: Final = "letters"


class Read(NamedTuple):
    """One reading of a view; `shown` are its lines in pixels of the view."""

    attempt: Attempt
    lines: tuple[Line, ...]
    shown: tuple[Line, ...]
    view: View

    @property
    def is_own(self) -> bool:
        """Whether foretext's own network read it."""
        return is_own(self.attempt)


def is_own(attempt: Attempt) -> bool:
    """Tell whether foretext's own network read it."""
    return attempt.engine == _OWN


@dataclass(frozen=True, slots=True)
class Reader:
    """An engine and what it is told; without a layout, the views tell.

    Attributes
    ----------
    engine : Engine
    lang : str
        Language of the text, by Tesseract's code.
    layout : {"line", "block", "page", "sparse"}, optional
    alphabet : frozenset of str, optional
        The only characters that the text may hold.
    model : str
        The language of its model, if that is another than the text's.
    second : Reader, optional
        Who is asked as well.
    letters : Reader, optional
        Who is asked of the ink alone.
    """

    engine: Engine
    lang: str
    layout: Layout | None
    alphabet: frozenset[str] | None
    model: str = ""
    second: Reader | None = None
    letters: Reader | None = None

    def read(self, view: View) -> Read:
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
        return Read(attempt, lines, tuple(settled), view)

    def allows(self, line: Line) -> bool:
        """Tell whether a line holds no character but those of the alphabet."""
        return self.alphabet is None or self.alphabet.issuperset(line.text.replace(" ", ""))

    def _found(self, pixels: Pixels, layout: Layout) -> tuple[Line, ...]:
        from foretext.reader.page import read_page
        from foretext.recognize.engine import gray

        if layout == "page" and self.engine.misses_lines:
            return read_page(gray(pixels), self._reads)
        return self._reads(pixels, layout)

    def _reads(self, pixels: Pixels, layout: Layout) -> tuple[Line, ...]:
        return self.engine.read(pixels, layout=layout, alphabet=self.alphabet)

    def _settled(self, line: Line, mask: Mask, *, is_alone: bool) -> Line:
        """Correct a line where its ink tells better than the engine, within the alphabet."""
        from foretext.recognize.settle.case import settle_case
        from foretext.recognize.settle.doubles import drop_doubles
        from foretext.recognize.settle.halves import settle_halves

        trusted = not self.engine.misjudges_case
        settling = partial(settle_case, is_alone=is_alone, is_trusted=trusted)
        for settle in (settling,) if trusted else (drop_doubles, settle_halves, settling):
            better = settle(line, mask)
            if self.allows(better):
                line = better
        return line


def reader_for(
    name: str,
    lang: str,
    cleaned: Cleaned,
    layout: Layout | None,
    alphabet: frozenset[str] | None,
) -> Reader:
    """Return who reads a picture.

    Parameters
    ----------
    name : str
        An engine, or ``auto`` for the one that reads such a picture better.
    lang : str
        Language of the text, by Tesseract's code.
    cleaned : Cleaned
        The picture.
    layout, alphabet
        As for `Reader`.

    Returns
    -------
    Reader

    Raises
    ------
    EngineError, UsageError
        If there is no such engine, or it can't start.
    """
    from foretext.recognize import get_engine
    from foretext.recognize.languages import rapidocr_knows
    from foretext.recognize.opinions import own_opinion, second_opinion

    if name == "auto":
        # On running text RapidOCR drops spaces and small marks; on few characters it errs less.
        name = "rapidocr" if is_small(cleaned) and rapidocr_knows(lang) else "tesseract"
    engine = get_engine(name, lang=lang)
    if not is_small(cleaned):
        return Reader(engine, lang, layout, alphabet)
    other, own = second_opinion(name, lang, alphabet), own_opinion(lang)
    second = other and Reader(other.engine, lang, layout, other.alphabet, other.model)
    letters = Reader(own, lang, layout, alphabet) if own else None
    return Reader(engine, lang, layout, alphabet, second=second, letters=letters)
