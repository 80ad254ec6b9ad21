"""Everything that foretext raises or warns of on purpose.

.. code-block:: text

    ForetextError                     1
    ├── UsageError                    2   what was asked for does not exist
    │   ├── KeepError                 2   ``keep`` names no layer of this picture
    │   └── RecipeError               2   the recipe can't be used
    ├── InputError                   10   the picture can't be taken in
    │   ├── InputNotFoundError       11
    │   ├── EmptyInputError          12
    │   ├── NotAnImageError          13
    │   ├── TruncatedImageError      14
    │   ├── ImageTooLargeError       15
    │   ├── UnsupportedImageError    16
    │   ├── PdfError                 17   the PDF can't be opened
    │   │   └── PdfPasswordError     18   it is encrypted
    │   └── PageError                19   some of its pages failed; the others are done
    ├── EngineError                  20   OCR can't work
    │   └── LanguageDataError        21
    ├── OutputError                  30   the result can't be written
    └── MissingExtraError            40   an optional part is not installed

    ForetextWarning (UserWarning)         the work goes on, the user should know

The number is the exit code of the command line. ``hint`` is what to try next.
"""

from __future__ import annotations

import sys
import warnings
from types import FrameType
from typing import ClassVar, Final

_PACKAGE: Final = __name__.partition(".")[0]


class ForetextError(Exception):
    """Base of all errors that foretext raises on purpose.

    Parameters
    ----------
    message : str
        What is wrong, in one line, naming the input.
    hint : str, optional
        What to type or try next. By default the hint of the class.

    Attributes
    ----------
    exit_code : int
        What the command line exits with when this error ends it.
    hint : str
        What to type or try next; may be empty.
    """

    exit_code: ClassVar[int] = 1
    default_hint: ClassVar[str] = ""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = self.default_hint if hint is None else hint
        if self.hint:
            self.add_note(self.hint)  # so that a traceback tells it, too


class UsageError(ForetextError):
    """What was asked for does not exist."""

    exit_code = 2
    default_hint = "see `foretext --help`"


class KeepError(UsageError):
    """``keep`` is not understood, or names no layer of this picture."""

    default_hint = "list the layers with `foretext layers IN` (Python: `foretext.layers`)"


class RecipeError(UsageError):
    """A recipe is not valid TOML, is of an unknown version, or names unknown stages."""

    default_hint = "start from `foretext recipe show > my.toml`"


class InputError(ForetextError):
    """The picture can't be taken in."""

    exit_code = 10
    default_hint = "give a PNG, JPEG, TIFF, WebP, BMP or GIF picture"


class InputNotFoundError(InputError):
    """There is no such file, or it can't be read."""

    exit_code = 11
    default_hint = "check the path and its permissions"


class EmptyInputError(InputError):
    """The input holds no bytes or no pixels."""

    exit_code = 12


class NotAnImageError(InputError):
    """The bytes are not of a picture that Pillow knows."""

    exit_code = 13


class TruncatedImageError(InputError):
    """The picture begins well and ends too early, or is damaged inside."""

    exit_code = 14
    default_hint = "copy or scan it again: the file is damaged"


class ImageTooLargeError(InputError):
    """The picture has more pixels than the limit; refused before decoding."""

    exit_code = 15
    default_hint = "raise the limit with `--max-megapixels` (Python: `max_pixels=`)"


class UnsupportedImageError(InputError):
    """The array's shape, type or values are not those of a picture."""

    exit_code = 16
    default_hint = "give (H, W), (H, W, 3) or (H, W, 4) as uint8, uint16, bool or float in [0, 1]"


class PdfError(InputError):
    """The PDF can't be opened: it is none, is damaged beyond repair, or holds no pages."""

    exit_code = 17
    default_hint = "check that a viewer opens it; scan or export it again if not"


class PdfPasswordError(PdfError):
    """The PDF is encrypted, and the password is missing or wrong."""

    exit_code = 18
    default_hint = "give its password with `--password` (Python: `password=`)"


class PageError(InputError):
    """Some pages of a PDF or TIFF could not be worked; the others are done and written."""

    exit_code = 19
    default_hint = "the lines above tell why"


class EngineError(ForetextError):
    """An OCR engine can't be started or failed."""

    exit_code = 20


class LanguageDataError(EngineError):
    """Tesseract has no data for the language asked for."""

    exit_code = 21
    default_hint = "install the language's traineddata and set TESSDATA_PREFIX to its folder"


class OutputError(ForetextError):
    """The result can't be written; nothing partial is left behind."""

    exit_code = 30
    default_hint = "check the folder and its permissions"


class MissingExtraError(ForetextError):
    """What was asked for needs a package that is not installed."""

    exit_code = 40


class ForetextWarning(UserWarning):
    """The work goes on, but the user should know."""


def warn(text: str) -> None:
    """Warn of something as a `ForetextWarning`, at the line of the user's that led to it."""
    frame: FrameType | None = sys._getframe(1)
    level = 2
    while frame is not None and _is_own(frame):
        frame, level = frame.f_back, level + 1
    warnings.warn(text, ForetextWarning, stacklevel=level)


def _is_own(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0] == _PACKAGE
