"""What the options of the command line mean to the face; checked before any work is done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foretext.cli.options import Effort, Layout, Pictures

if TYPE_CHECKING:
    from foretext.recipe import Recipe


def settings_of(
    keep: str | None,
    recipe: str | None,
    max_megapixels: float | None,
    pictures: Pictures | None = None,
) -> dict[str, Any]:
    """Return what `foretext.clean` takes.

    Parameters
    ----------
    keep, recipe, max_megapixels, pictures
        As on the command line.

    Returns
    -------
    dict
        ``keep``, ``recipe``, and ``max_pixels`` if a limit was named.

    Raises
    ------
    KeepError, RecipeError
        If they can't be used with any picture.
    """
    from foretext.keep import parse_keep
    from foretext.recipe import as_recipe

    if keep is not None:
        parse_keep(keep)
    plan = as_recipe(recipe)
    if pictures is not None:
        plan = replace(plan, pictures=pictures.value)
    return {"keep": keep, "recipe": plan, **_limit(max_megapixels)}


def reader_of(
    recipe: Recipe,
    engine: str | None,
    lang: str | None,
    layout: Layout | None,
    *,
    effort: Effort | None = None,
    alphabet: str | None = None,
    pattern: str | None = None,
) -> dict[str, Any]:
    """Return what `foretext.read_cleaned` takes.

    Parameters
    ----------
    recipe : Recipe
        Tells what the other options leave open.
    engine, lang, layout, effort, alphabet, pattern
        As on the command line.

    Returns
    -------
    dict
        The same, by the names that Python knows them by.

    Raises
    ------
    EngineError, UsageError
        If the engine can't start or the pattern can't be used; better once than for each picture.
    """
    from foretext.recognize import get_engine
    from foretext.recognize.pattern import as_alphabet, as_pattern
    from foretext.recognize.tessdata import split_languages

    name = recipe.read["engine"] if engine is None else engine
    languages = recipe.read["lang"] if lang is None else lang
    split_languages(languages)
    length = int(pattern) if pattern and pattern.isdecimal() else pattern
    as_pattern(length)
    if alphabet is not None:
        as_alphabet(alphabet)
    if name != "auto":
        get_engine(name, lang=languages)
    return {
        "engine": engine,
        "lang": lang,
        "layout": layout and layout.value,
        "effort": effort and effort.value,
        "alphabet": alphabet,
        "pattern": length,
    }


def _limit(megapixels: float | None) -> dict[str, int]:
    if megapixels is None:
        return {}
    import PIL.Image

    pixels = max(1, int(megapixels * 1e6))
    if PIL.Image.MAX_IMAGE_PIXELS is not None:
        # Pillow's limit is the process's; here the process is ours. It refuses above twice this.
        PIL.Image.MAX_IMAGE_PIXELS = max(PIL.Image.MAX_IMAGE_PIXELS, -(-pixels // 2))
    return {"max_pixels": pixels}
