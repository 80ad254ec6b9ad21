"""A second opinion: another model of the same engine, which errs elsewhere."""

from __future__ import annotations

import string
from collections.abc import Collection
from typing import NamedTuple

from foretext.errors import LanguageDataError
from foretext.recognize import get_engine
from foretext.recognize.engine import Engine
from foretext.recognize.languages import ENGLISH_SIGNS

# Tesseract's model of another language that is written in the same letters.
_OTHERS = {("tesseract", "eng"): "deu"}
# Of the other language's own letters none is wanted.
_ENGLISH = frozenset(string.ascii_letters + string.digits + string.punctuation) | ENGLISH_SIGNS


class Opinion(NamedTuple):
    """Who is asked as well.

    Attributes
    ----------
    engine : Engine
        The engine with the other model.
    model : str
        The language of that model, by Tesseract's code.
    alphabet : frozenset of str
        The only characters that it may read, beside spaces.
    """

    engine: Engine
    model: str
    alphabet: frozenset[str]


def second_opinion(name: str, lang: str, alphabet: Collection[str] | None) -> Opinion | None:
    """Return who else can read a text.

    Parameters
    ----------
    name : str
        The engine, one of `foretext.recognize.ENGINES`.
    lang : str
        The language of the text, by Tesseract's code.
    alphabet : collection of str, optional
        The only characters that there are.

    Returns
    -------
    Opinion or None
        None if no other model is known, or its data is not there.
    """
    model = _OTHERS.get((name, lang))
    if model is None:
        return None
    try:
        engine = get_engine(name, lang=model)
    except LanguageDataError:
        return None
    return Opinion(engine, model, _ENGLISH if alphabet is None else frozenset(alphabet))
