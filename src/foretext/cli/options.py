"""The options that commands share, each described once."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated, Any, TypeVar

import typer

from foretext.errors import UsageError

_Words = TypeVar("_Words", bound=StrEnum)


class View(StrEnum):
    """What `foretext clean` writes; see `foretext.Cleaned.save`."""

    INK = "ink"
    IMAGE = "image"
    MASK = "mask"
    REMOVED = "removed"


class Pictures(StrEnum):
    """What becomes of photographs; see `foretext.Recipe`."""

    KEEP = "keep"
    REMOVE = "remove"


class Format(StrEnum):
    """How a command prints its result."""

    TEXT = "text"
    JSON = "json"


class ReadFormat(StrEnum):
    """How `foretext read` prints what it read."""

    TEXT = "text"
    JSON = "json"
    HOCR = "hocr"
    ALTO = "alto"


class Layout(StrEnum):
    """How the text stands; see `foretext.read`."""

    AUTO = "auto"
    LINE = "line"
    BLOCK = "block"
    PAGE = "page"
    SPARSE = "sparse"


class Effort(StrEnum):
    """How long reading may take; see `foretext.read`."""

    FAST = "fast"
    NORMAL = "normal"
    THOROUGH = "thorough"


def one_of(words: type[_Words], what: str) -> Any:
    """Return how an option takes one of a few words, refusing others as the face does."""
    known = ", ".join(words)

    def parse(value: str) -> _Words:
        try:
            return words(value)
        except ValueError:
            raise UsageError(f"there is no {what} {value!r}", hint=f"choose from {known}") from None

    return {"parser": parse, "metavar": f"[{'|'.join(words)}]"}


def _positive(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not (math.isfinite(number) and number > 0.0):
        raise UsageError(f"--max-megapixels must be a number above 0, not {value!r}", hint="")
    return number


_SELECTION = "What to keep"
_READING = "Reading"
_PDFS = "Pages"
_LIMITS = "Limits and trouble"

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="IN",
        show_default=False,
        help="Pictures and PDFs; a folder stands for those in it, - for standard input.",
    ),
]
Input = Annotated[
    str,
    typer.Argument(
        metavar="IN", show_default=False, help="A picture or PDF; - for standard input."
    ),
]
Keep = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        rich_help_panel=_SELECTION,
        show_default=False,
        help="auto (the default), largest, darkest, a layer's number (2 or 1,3), a color "
        "('#666') or a range of colors ('gray:100-105').",
    ),
]
RecipeFile = Annotated[
    str | None,
    typer.Option(
        "--recipe",
        metavar="FILE",
        rich_help_panel=_SELECTION,
        show_default=False,
        help="Stages and settings, as `foretext recipe show` writes them.",
    ),
]
Photographs = Annotated[
    Pictures | None,
    typer.Option(
        "--pictures",
        **one_of(Pictures, "fate of pictures"),
        rich_help_panel=_SELECTION,
        show_default=False,
        help="keep (the default) or remove photographs on a page of text.",
    ),
]
EngineName = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        rich_help_panel=_READING,
        show_default=False,
        help="auto (the default: by the kind of picture), tesseract or rapidocr.",
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        rich_help_panel=_READING,
        show_default=False,
        help="Language by Tesseract's code; eng is the default, several are eng+deu.",
    ),
]
LayoutName = Annotated[
    Layout | None,
    typer.Option(
        **one_of(Layout, "layout"),
        rich_help_panel=_READING,
        show_default=False,
        help="How the text stands; auto (the default) looks at the ink.",
    ),
]
EffortName = Annotated[
    Effort | None,
    typer.Option(
        "--effort",
        **one_of(Effort, "effort"),
        rich_help_panel=_READING,
        show_default=False,
        help="fast reads once; normal (the default) reads small pictures until a reading is "
        "sure; thorough compares all that there are.",
    ),
]
Alphabet = Annotated[
    str | None,
    typer.Option(
        metavar="CHARACTERS",
        rich_help_panel=_READING,
        show_default=False,
        help="The only characters that the text may hold beside spaces, such as 0123456789.",
    ),
]
Pattern = Annotated[
    str | None,
    typer.Option(
        metavar="PATTERN",
        rich_help_panel=_READING,
        show_default=False,
        help="A regular expression that a text of one line should match, or its number of "
        "characters; if nothing that was read does, it is read as without, and that is told.",
    ),
]
Characters = Annotated[
    str | None,
    typer.Option(
        "--characters",
        metavar="DIR",
        show_default=False,
        help="Write a picture of each character into this folder, 001_Y.png and so on; in a "
        "folder for each picture if there are several. JSON then has the characters, too.",
    ),
]
Pages = Annotated[
    str | None,
    typer.Option(
        metavar="RANGES",
        rich_help_panel=_PDFS,
        show_default=False,
        help="Which pages, as 1-3,7 or 5-; all by default.",
    ),
]
Page = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        rich_help_panel=_PDFS,
        show_default=False,
        help="Which page of a PDF or of a TIFF of several; 1 by default.",
    ),
]
Password = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT", rich_help_panel=_PDFS, show_default=False, help="Of an encrypted PDF."
    ),
]
Rasterize = Annotated[
    bool,
    typer.Option(
        "--rasterize",
        rich_help_panel=_PDFS,
        help="Treat pages of real text as pictures, too; they are left as they are otherwise.",
    ),
]
MaxMegapixels = Annotated[
    float | None,
    typer.Option(
        metavar="N",
        parser=_positive,
        rich_help_panel=_LIMITS,
        show_default=False,
        help="Refuse larger pictures, before they are decoded; 175 is the default.",
    ),
]
Debug = Annotated[
    bool,
    typer.Option(
        "--debug", rich_help_panel=_LIMITS, help="Show where in foretext a bug has struck."
    ),
]
