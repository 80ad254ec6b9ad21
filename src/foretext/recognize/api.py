"""Starting Tesseract within this process."""

from __future__ import annotations

import threading

import tesserocr

from foretext.errors import EngineError
from foretext.recognize.tessdata import find_tessdata

# Arrays bear no resolution; without one Tesseract guesses. The text does not depend on it:
# pages read alike at 70, 150, 300 and 600 dpi.
_DPI = "300"

# Starting writes to Tesseract's process-wide settings.
_starting = threading.Lock()


def start(lang: str, mode: int = tesserocr.OEM.LSTM_ONLY) -> tesserocr.PyTessBaseAPI:
    """Start Tesseract.

    Parameters
    ----------
    lang : str
        Tesseract's code of a language, or several joined by a plus: ``eng+deu``.
    mode : int, optional
        One of `tesserocr.OEM`: which of its engines.

    Returns
    -------
    tesserocr.PyTessBaseAPI
        Not to be shared between threads.

    Raises
    ------
    UsageError
        If `lang` can't be the name of a language.
    LanguageDataError
        If the data of a language is missing.
    EngineError
        If it can't start with that data.
    """
    folder = find_tessdata(lang)
    try:
        with _starting:
            return tesserocr.PyTessBaseAPI(
                path=folder, lang=lang, oem=mode, variables={"user_defined_dpi": _DPI}
            )
    except RuntimeError as error:
        raise EngineError(
            f"Tesseract can't start with {lang!r} from {folder}: {error}",
            hint="its data may be damaged or of Tesseract 3: install it anew",
        ) from error
