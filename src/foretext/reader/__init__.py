"""Reading: a picture is cleaned, shown to engines in one view after the other, and they agree."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, cast, get_args

from foretext.cleaned import Cleaned
from foretext.errors import UsageError, warn
from foretext.image import DEFAULT_MAX_PIXELS
from foretext.pipeline import clean
from foretext.reader.readers import reader_for
from foretext.reader.turning import is_surer, turned, turned_back, turns
from foretext.reader.whole import reading_of
from foretext.reading import Reading
from foretext.recipe import EFFORTS
from foretext.recognize.engine import Layout

if TYPE_CHECKING:
    import os

    from foretext.image import Source
    from foretext.recipe import Recipe


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
    page: int | None = None,
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
    keep, recipe, page, max_pixels
        As for `clean`.
    lang : str, optional
        Language by Tesseract's code; ``"eng"`` by default.
    layout : {"auto", "line", "block", "page", "sparse"}, optional
        How the text stands; by default (``"auto"``) the ink tells.
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
        If there is no such engine, effort, layout or page, or alphabet or pattern can't be used.
    EngineError
        If the engine can't start or fails.

    Warns
    -----
    ForetextWarning
        The file holds other pages or frames, or what was read doesn't match the pattern.

    Examples
    --------
    >>> import foretext
    >>> foretext.read("examples/YabVzu.png").text
    'YabVzu'
    """
    cleaned = clean(source, keep=keep, recipe=recipe, page=page, max_pixels=max_pixels)
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

    Rows of a small picture that differ in size are read one by one, as is a row in which nothing
    was read; so are words of a row that stand far apart, as one line. RapidOCR reads a picture of
    several rows once more as it came; if that says the same as surely, it is the reading, and what
    it read more of kept ink is added (`foretext.reader.as_it_came`).

    Characters of one line that are set wide are moved together (`foretext.reader.set_wide`), in all
    views. If the engine is not sure of a small picture, it is shown the input as it came, too, and
    then all else that there is (`Attempt.shown`), until a reading is sure. If more than two were
    needed, they vote (`foretext.recognize.consensus`). A page is read once, but for lines that were
    missed. What is still in doubt in a single line is settled by how high and low
    its characters reach (`foretext.recognize.settle.heights`).

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
    reader = reader_for(
        _either(engine, wish["engine"]),
        _either(lang, wish["lang"]),
        cleaned,
        None if how == "auto" else cast("Layout", how),
        allowed,
    )
    if much == "fast":
        reading = reading_of(cleaned, reader, much, fitting)
    else:
        reading = _upright(cleaned, lambda shown: reading_of(shown, reader, much, fitting))
    if fitting is not None and reading.text and not fitting.fits(reading.text):
        warn(f"{cleaned.source.source}: nothing that was read matches the pattern")
    return reading


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


def _either(value: str | None, default: str) -> str:
    return default if value is None else value


def _checked(value: str, known: tuple[str, ...], what: str) -> str:
    if value not in known:
        raise UsageError(f"there is no {what} {value!r}", hint=f"choose from {', '.join(known)}")
    return value
