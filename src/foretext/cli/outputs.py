"""Where results go; settled before any work is done."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from foretext.cli.inputs import Given, Item, is_folder
from foretext.errors import OutputError, PdfError, UsageError
from foretext.pages.ranges import parse_pages

STDOUT = "-"
_PDF = ".pdf"
_TIFF = (".tif", ".tiff")


def destinations(given: Given, output: str, *, as_picture: bool = False) -> tuple[Path | None, ...]:
    """Return the file for the result of each input.

    Parameters
    ----------
    given : Given
        The inputs.
    output : str
        A file; a folder if it exists as one, ends in a slash, or several inputs are given;
        ``-`` for standard output.
    as_picture : bool
        Whether the result is one picture, whatever the input is.

    Returns
    -------
    tuple of Path or None
        None for standard output.

    Raises
    ------
    UsageError
        If results would overwrite each other or an input, or can't go to standard output, or the
        folder is called like a file.
    NotAnImageError
        If an input is called a PDF and is none.
    OutputError
        If the folder can't be made, or a picture not be written under that name.
    """
    from foretext.image import format_of

    if output == STDOUT:
        _check_stdout(given)
        return (None,)
    if not (given.many or is_folder(output) or output.endswith(("/", os.sep))):
        check_inputs_are_safe(given.items, [Path(output)])
        if as_picture or not given.pdfs:
            _check_named_pdf(given.items)
            format_of(output)
        return (Path(output),)
    _check_folder(output)
    names = [_name(item, as_picture=as_picture) for item in given.items]
    paths = _apart([Path(output, name) for name in names], given.items)
    _check_distinct(given.items, paths)
    check_inputs_are_safe(given.items, paths)
    _make_folder(Path(output))
    return tuple(paths)


def lone_page(item: Item, pages: str | None, output: Path | None) -> int | None:
    """Return the page to clean alone, as the only one that is asked for and the output can hold.

    Parameters
    ----------
    item : Item
        The picture.
    pages : str or None
        Which pages are asked for.
    output : Path or None
        Where the result goes; None for standard output.

    Returns
    -------
    int or None
        None if the picture has but one, or is to become a TIFF of several.

    Raises
    ------
    UsageError
        If several pages can't be written under that name, or there are no such pages.
    """
    if item.pages == 1 or (output is not None and output.suffix.lower() in _TIFF):
        return None
    asked = parse_pages(pages, item.pages)
    if len(asked) == 1:
        return asked[0]
    if output is None:
        return None
    raise UsageError(
        f"{item.name} has {item.pages} pages, and {output} can hold but one",
        hint="let -o end in .tif, or name one page with --pages",
    )


def folders(given: Given, folder: str | None) -> dict[Item, Path]:
    """Return the folder for the pictures of each input's characters.

    Parameters
    ----------
    given : Given
        The inputs.
    folder : str or None
        Where to; None for nowhere. Several inputs have folders of their names in it.

    Returns
    -------
    dict
        Empty if there is nowhere.

    Raises
    ------
    UsageError
        If two inputs would share a folder, or there is a file of that name.
    OutputError
        If `folder` can't be made.
    """
    if folder is None:
        return {}
    paths = [Path(folder, _stem(item)) if given.many else Path(folder) for item in given.items]
    _check_distinct(given.items, paths)
    _make_folder(Path(folder))
    return dict(zip(given.items, paths, strict=True))


def check_inputs_are_safe(items: Sequence[Item], outputs: Iterable[Path]) -> None:
    """Refuse to write over what is to be read.

    Raises
    ------
    UsageError
        If an output is one of the inputs, by whatever name.
    """
    inputs = {_identity(item.path) for item in items} - {None}
    for output in outputs:
        if _identity(output) in inputs:
            raise UsageError(
                f"{output} is an input and would be overwritten", hint="choose another -o"
            )


def _check_stdout(given: Given) -> None:
    if given.many:
        raise UsageError("several pictures can't go to standard output", hint="let -o be a folder")
    if sys.stdout.isatty():
        raise UsageError("a picture can't be shown in a terminal", hint="let -o be a file")


def _check_named_pdf(items: Sequence[Item]) -> None:
    """Refuse what is called a PDF and is none, before a name for a picture is asked for."""
    for item in items:
        named = item.path is not None and item.path.suffix.lower() == _PDF and item.path.is_file()
        if named and not item.is_pdf:
            raise PdfError(f"{item.name} is not a PDF")


def _check_folder(output: str) -> None:
    """Refuse a new folder that is called like a file."""
    from foretext.image import SAVE_SUFFIXES

    path = Path(output)
    if path.suffix.lower() in {_PDF, *SAVE_SUFFIXES} and not (path.exists() or output[-1] in "/\\"):
        raise UsageError(
            f"{output} is called like a file; several results need a folder",
            hint=f"-o {path.with_suffix('')}/",
        )


def _apart(paths: Sequence[Path], items: Sequence[Item]) -> list[Path]:
    """Let names that would be the same keep what tells them apart: ``a.gif`` as ``a.gif.png``."""
    counts = Counter(path.name.casefold() for path in paths)
    return [
        path.with_name(f"{item.path.name}{path.suffix}")
        if item.path and counts[path.name.casefold()] > 1 and item.path.name != path.name
        else path
        for path, item in zip(paths, items, strict=True)
    ]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UsageError(f"{folder} is a file; several results need a folder") from error
    except OSError as error:
        raise OutputError(f"can't make the folder {folder}: {error.strerror}") from error


def _name(item: Item, *, as_picture: bool) -> str:
    """Return the name of a result: that of the input, unless no such file can be written."""
    from foretext.image import SAVE_SUFFIXES

    own, suffixes = ".png", tuple(SAVE_SUFFIXES)
    if as_picture:
        suffixes = (own,)
    elif item.is_pdf:
        own, suffixes = _PDF, (_PDF,)
    elif item.pages > 1:
        own, suffixes = _TIFF[0], _TIFF
    if item.path is None:
        return f"stdin{own}"
    return item.path.name if item.path.suffix.lower() in suffixes else f"{item.path.stem}{own}"


def _stem(item: Item) -> str:
    return "stdin" if item.path is None else item.path.stem


def _check_distinct(items: Sequence[Item], paths: Sequence[Path]) -> None:
    taken: dict[str, str] = {}
    for item, path in zip(items, paths, strict=True):
        # Some file systems don't tell A.png from a.png, and nothing says which kind this is.
        key = path.name.casefold()
        if key in taken:
            raise UsageError(
                f"{taken[key]} and {item.name} would both become {path}",
                hint="work on them one after the other, into different folders",
            )
        taken[key] = item.name


def _identity(path: str | Path | None) -> tuple[int, int] | None:
    """Return what two names of one file have in common; None if there is no such file."""
    try:
        found = os.stat(path or "")  # noqa: PTH116 - also of names that no file can have
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino
