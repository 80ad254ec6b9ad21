"""foretext finds the wanted text in a picture, keeps it soft-edged, removes the rest, reads it.

>>> import foretext
>>> foretext.read("examples/YabVzu.png").text
'YabVzu'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from foretext._version import __version__

if TYPE_CHECKING:
    from foretext.cleaned import Cleaned as Cleaned
    from foretext.errors import EmptyInputError as EmptyInputError
    from foretext.errors import EngineError as EngineError
    from foretext.errors import ForetextError as ForetextError
    from foretext.errors import ForetextWarning as ForetextWarning
    from foretext.errors import ImageTooLargeError as ImageTooLargeError
    from foretext.errors import InputError as InputError
    from foretext.errors import InputNotFoundError as InputNotFoundError
    from foretext.errors import KeepError as KeepError
    from foretext.errors import LanguageDataError as LanguageDataError
    from foretext.errors import MissingExtraError as MissingExtraError
    from foretext.errors import NotAnImageError as NotAnImageError
    from foretext.errors import OutputError as OutputError
    from foretext.errors import PageError as PageError
    from foretext.errors import PdfError as PdfError
    from foretext.errors import PdfPasswordError as PdfPasswordError
    from foretext.errors import RecipeError as RecipeError
    from foretext.errors import TruncatedImageError as TruncatedImageError
    from foretext.errors import UnsupportedImageError as UnsupportedImageError
    from foretext.errors import UsageError as UsageError
    from foretext.image.loading import Image as Image
    from foretext.image.loading import count_pages as count_pages
    from foretext.layer import Layer as Layer
    from foretext.pages.cleaning import clean_pdf as clean_pdf
    from foretext.pages.reading import PdfPageReading as PdfPageReading
    from foretext.pages.reading import read_pdf as read_pdf
    from foretext.pages.report import PdfPage as PdfPage
    from foretext.pages.report import PdfReport as PdfReport
    from foretext.pipeline import clean as clean
    from foretext.pipeline import layers as layers
    from foretext.reader import read as read
    from foretext.reader import read_cleaned as read_cleaned
    from foretext.reading import Box as Box
    from foretext.reading import Character as Character
    from foretext.reading import Line as Line
    from foretext.reading import Reading as Reading
    from foretext.reading import Word as Word
    from foretext.recipe import Recipe as Recipe
    from foretext.steps import Step as Step

# What lives where; nothing is imported until it is used.
_HOMES = {
    "Box": "reading",
    "Character": "reading",
    "Cleaned": "cleaned",
    "EmptyInputError": "errors",
    "EngineError": "errors",
    "ForetextError": "errors",
    "ForetextWarning": "errors",
    "Image": "image.loading",
    "ImageTooLargeError": "errors",
    "InputError": "errors",
    "InputNotFoundError": "errors",
    "KeepError": "errors",
    "LanguageDataError": "errors",
    "Layer": "layer",
    "Line": "reading",
    "MissingExtraError": "errors",
    "NotAnImageError": "errors",
    "OutputError": "errors",
    "PageError": "errors",
    "PdfError": "errors",
    "PdfPage": "pages.report",
    "PdfPageReading": "pages.reading",
    "PdfPasswordError": "errors",
    "PdfReport": "pages.report",
    "Reading": "reading",
    "Recipe": "recipe",
    "RecipeError": "errors",
    "Step": "steps",
    "TruncatedImageError": "errors",
    "UnsupportedImageError": "errors",
    "UsageError": "errors",
    "Word": "reading",
    "clean": "pipeline",
    "clean_pdf": "pages.cleaning",
    "count_pages": "image.loading",
    "layers": "pipeline",
    "read": "reader",
    "read_cleaned": "reader",
    "read_pdf": "pages.reading",
}

__all__ = [
    "Box",
    "Character",
    "Cleaned",
    "EmptyInputError",
    "EngineError",
    "ForetextError",
    "ForetextWarning",
    "Image",
    "ImageTooLargeError",
    "InputError",
    "InputNotFoundError",
    "KeepError",
    "LanguageDataError",
    "Layer",
    "Line",
    "MissingExtraError",
    "NotAnImageError",
    "OutputError",
    "PageError",
    "PdfError",
    "PdfPage",
    "PdfPageReading",
    "PdfPasswordError",
    "PdfReport",
    "Reading",
    "Recipe",
    "RecipeError",
    "Step",
    "TruncatedImageError",
    "UnsupportedImageError",
    "UsageError",
    "Word",
    "__version__",
    "clean",
    "clean_pdf",
    "count_pages",
    "layers",
    "read",
    "read_cleaned",
    "read_pdf",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"foretext.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
