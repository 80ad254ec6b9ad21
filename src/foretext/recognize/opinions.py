"""Other opinions: another model of the same engine, and foretext's own network of letters."""

from __future__ import annotations

import string
from collections.abc import Collection
from typing import NamedTuple

from foretext.errors import LanguageDataError
from foretext.recognize import get_engine
from foretext.recognize.engine import Engine
from foretext.recognize.languages import ENGLISH_SIGNS
from foretext.recognize.tessdata import split_languages

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


def own_opinion(lang: str) -> Engine | None:
    """Return the network of letters, which knows those of English.

    Parameters
    ----------
    lang : str
        The language of the text, by Tesseract's code.

    Returns
    -------
    Engine or None
        None if the text may hold letters that it does not know.
    """
    if set(split_languages(lang)) != {"eng"}:
        return None
    from foretext.recognize.letters import LettersEngine

    return LettersEngine()


def is_known(text: str) -> bool:
    """Tell whether the network of letters knows all that was read."""
    return text.isascii()
