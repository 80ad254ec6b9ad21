"""From a picture to what is written in it; one file an engine.

Importing this package loads no engine: each is imported when it is first asked for.
"""

from __future__ import annotations

import difflib
import importlib
import threading
from collections.abc import Callable
from typing import cast

from foretext.errors import EngineError, UsageError
from foretext.recognize.engine import Engine, Layout
from foretext.recognize.tessdata import split_languages

__all__ = ["ENGINES", "Engine", "Layout", "get_engine", "version_of"]

ENGINES: dict[str, str] = {
    "rapidocr": "foretext.recognize.rapidocr:RapidOcrEngine",
    "tesseract": "foretext.recognize.tesseract:TesseractEngine",
}
"""All engines: the name, and the module and factory that makes one from a language."""


class _Made(threading.local):
    """The engines made so far in this thread."""

    def __init__(self) -> None:
        self.engines: dict[tuple[str, str], Engine] = {}


_made = _Made()


def get_engine(name: str, *, lang: str = "eng") -> Engine:
    """Return an OCR engine, made at the first call and reused ever after.

    Parameters
    ----------
    name : str
        One of `ENGINES`.
    lang : str, optional
        The language by Tesseract's code, several joined by a plus: ``eng+deu``.

    Returns
    -------
    Engine
        The same object for the same name and language within a thread; another one in
        another thread, because engines can't be shared.

    Raises
    ------
    UsageError
        If there is no engine of that name, or `lang` can't be the name of a language.
    LanguageDataError
        If the engine can't read that language.
    EngineError
        If the engine isn't installed or can't start.
    """
    if not isinstance(name, str):
        raise _unknown(name)
    split_languages(lang)
    key = (name, lang)
    if key not in _made.engines:
        _made.engines[key] = _factory(name)(lang)
    return _made.engines[key]


def version_of(name: str) -> str:
    """Return the version of the program behind an engine; empty if there is no such engine."""
    if name not in ENGINES:
        return ""
    module, _, _ = ENGINES[name].partition(":")
    return cast("str", importlib.import_module(module).version())


def _factory(name: str) -> Callable[[str], Engine]:
    if name not in ENGINES:
        raise _unknown(name)
    module, _, factory = ENGINES[name].partition(":")
    try:
        return cast("Callable[[str], Engine]", getattr(importlib.import_module(module), factory))
    except ImportError as error:
        raise EngineError(
            f"the engine {name!r} can't be loaded: {error}",
            hint="install foretext anew, or choose another engine",
        ) from error


def _unknown(name: object) -> UsageError:
    known = ("auto", *sorted(ENGINES))
    if name == "auto":
        hint = f"only `foretext.read` chooses by the picture: name one of {', '.join(ENGINES)}"
        return UsageError("no engine is called 'auto'", hint=hint)
    close = difflib.get_close_matches(str(name).lower(), known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"choose one of: {', '.join(known)}"
    return UsageError(f"there is no engine {name!r}", hint=hint)
