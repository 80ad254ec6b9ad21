"""RapidOCR: the PP-OCR networks on onnxruntime, with the models of its own wheel.

Of RapidOCR only the detector is used, which says where text stands, and the model of its
recognizer, which reads one strip and is run here (`recognizer.py`). The rest is done here, too.
Left alone, RapidOCR enlarges every small picture until its shorter side has 736 pixels, which
tears words apart and takes seconds, and pads wide ones with black.

The recognizer knows no words, only characters at places along the strip. A strip is split
at the spaces that were read, and each word's box is drawn around its ink. Its list has some
20,000 characters; told a language in Latin letters, or an alphabet, it is held to these. Text is
taken to be upright: the classifier that finds upside-down lines is off.
"""

from __future__ import annotations

import functools
import importlib.metadata
import math
import sys
from collections.abc import Callable, Collection, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from foretext.errors import EngineError
from foretext.reading import Line, Word
from foretext.recognize.ctc import decode, usual_in
from foretext.recognize.engine import Layout, holds_no_text, is_gray, line_of
from foretext.recognize.languages import is_english, is_latin, is_latin_alone, known_languages
from foretext.recognize.long_lines import parts
from foretext.recognize.placing import words_of
from foretext.recognize.recognizer import Recognizer
from foretext.recognize.rows import in_columns, in_rows
from foretext.recognize.strips import (
    Strip,
    cut_out,
    trimmed,
)
from foretext.threads import thread_count

_MARGIN = 0.2  # around a line, in heights of its ink; 0 to 0.3 read alike

_SELDOM = 0.2  # how usual accents are in English; the models were made for 50 languages alike

_MOST_PIXELS = 3_000_000  # a larger picture is reduced for the detector, lest it takes seconds
_BORDER = 16  # white around the picture, because letters at its very edge are missed
_TILE = 32  # the detector takes multiples of this


class RapidOcrEngine:
    """PP-OCR's detector and recognizer, each loaded when first needed.

    The models read all their languages at once: those in Latin letters, Chinese and Japanese.
    `lang` tells whether only Latin letters and the signs that go with them are read, and, if it is
    English alone, that accents are rare: they are read if they show clearly. An engine uses one
    thread, or as many as ``OMP_NUM_THREADS`` says. Nothing is ever downloaded.

    Parameters
    ----------
    lang : str, optional
        Tesseract's code of a language, or several joined by a plus: ``eng+deu``.

    Raises
    ------
    UsageError
        If `lang` can't be the name of a language.
    LanguageDataError
        If the models don't cover a language.
    EngineError
        If RapidOCR can't start, or was installed without its models.
    """

    name = "rapidocr"
    reads_tones = True
    misjudges_case = False
    misses_lines = False
    knows_words = False

    def __init__(self, lang: str = "eng") -> None:
        languages = known_languages(lang)
        self._latin, self._english = is_latin_alone(languages), set(languages) == {"eng"}
        self._recognizer = _started(Recognizer, "rec")

    def read(
        self,
        picture: NDArray[np.uint8],
        *,
        layout: Layout = "page",
        alphabet: Collection[str] | None = None,
    ) -> tuple[Line, ...]:
        """Read a picture; see `Engine.read`.

        With ``layout="line"`` all ink is taken for one line and the detector is not
        asked. Otherwise what stands on one row becomes one line, from left to right;
        with ``layout="page"`` columns of running text are told apart first.

        Parameters
        ----------
        picture : ndarray of uint8, shape (H, W) or (H, W, 3)
            Gray or RGB, dark text on white.
        layout : {"line", "block", "page", "sparse"}
            How the text stands in the picture.
        alphabet : collection of str, optional
            The only characters that there are, beside spaces.

        Returns
        -------
        tuple of Line
            In reading order, boxes in pixels of `picture`; empty if there is no text.

        Raises
        ------
        EngineError
            If a network fails on this picture.
        """
        if holds_no_text(picture):
            return ()
        code = cv2.COLOR_GRAY2BGR if is_gray(picture) else cv2.COLOR_RGB2BGR
        bgr = np.asarray(cv2.cvtColor(picture, code), np.uint8)
        rows = [[trimmed(bgr, _MARGIN)]] if layout == "line" else self._rows(bgr, layout)
        usual = self._usual(alphabet)
        lines = [
            [word for strip in row for part in _parts(strip) for word in self._words(part, usual)]
            for row in rows
        ]
        return tuple(line_of(words) for words in lines if words)

    def _rows(self, bgr: NDArray[np.uint8], layout: Layout) -> Iterator[list[Strip]]:
        """Yield the strips of each row of text, in reading order."""
        prepared, scale = _for_detector(bgr)
        found = self._detected(prepared)
        if found.boxes is None:
            return
        height, width = bgr.shape[:2]
        quads = np.clip((found.boxes - _BORDER) / scale, 0, (width, height))
        for column in in_columns(list(quads)) if layout == "page" else [list(quads)]:
            for row in in_rows(column):
                yield [cut_out(bgr, quad) for quad in row]

    def _words(self, strip: Strip, usual: NDArray[np.float32] | None) -> list[Word]:
        """Read the words of one strip, left to right."""
        try:
            likely = self._recognizer.likely(strip.pixels)
        except Exception as error:  # onnxruntime's errors have no base of their own
            raise EngineError(f"RapidOCR's recognizer failed: {error}") from error
        found = decode(likely, self._recognizer.names, usual)
        return words_of(found, strip)

    def _detected(self, bgr: NDArray[np.uint8]) -> Any:
        try:
            return self._detector(bgr, use_det=True, use_cls=False, use_rec=False)
        except Exception as error:  # RapidOCR's errors have no base of their own
            raise EngineError(f"RapidOCR's detector failed: {error}") from error

    @functools.cached_property
    def _detector(self) -> Any:
        return _started(_detector, "det")

    def _usual(self, alphabet: Collection[str] | None) -> NDArray[np.float32] | None:
        """Tell how usual the characters of the recognizer's list are; None: all are alike."""
        if alphabet is not None:
            return usual_in(self._recognizer.names, frozenset(alphabet).__contains__)
        return self._usual_in_language if self._latin else None

    @functools.cached_property
    def _usual_in_language(self) -> NDArray[np.float32]:
        seldom = _SELDOM if self._english else 1.0
        return usual_in(
            self._recognizer.names,
            lambda name: 0.0 if not is_latin(name) else 1.0 if is_english(name) else seldom,
        )


def _started(factory: Callable[[Path], Any], task: str) -> Any:
    """Make something of the model for a task."""
    try:
        return factory(_model(task))
    except EngineError:
        raise
    except Exception as error:  # neither RapidOCR's errors nor onnxruntime's have a base
        raise EngineError(f"RapidOCR can't start: {error}") from error


def version() -> str:
    """Return the version of RapidOCR, such as 3.10.0."""
    return importlib.metadata.version("rapidocr")


def _detector(model: Path) -> Any:
    """Make RapidOCR find text in pictures as they are: no log, no download."""
    import rapidocr

    settings = {
        "Global.log_level": "critical",
        "Global.use_preprocess_img": False,
        "Global.use_vertical_padding": False,
        "Global.text_score": 0.0,
        "Det.model_path": str(model),
        "Det.limit_type": "max",
        "Det.limit_side_len": sys.maxsize,  # the size is chosen here
        "EngineConfig.onnxruntime.intra_op_num_threads": thread_count(),
    }
    return rapidocr.RapidOCR(params=settings)


def _model(task: str) -> Path:
    """Return the model in RapidOCR's wheel, which is found without loading RapidOCR."""
    package = find_spec("rapidocr")
    if package is None or package.origin is None:
        raise EngineError("RapidOCR is not installed", hint="pip install rapidocr")
    folder = Path(package.origin).parent / "models"
    models = sorted(folder.glob(f"*_{task}_*.onnx"))
    if not models:
        raise EngineError(
            f"there is no {task} model in {folder}", hint="install rapidocr anew from its wheel"
        )
    return models[-1]


def _for_detector(bgr: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], float]:
    """Return the picture with a white border, reduced if it is large, and its scale."""
    scale = min(1.0, math.sqrt(_MOST_PIXELS / (bgr.shape[0] * bgr.shape[1])))
    height, width = (max(1, round(side * scale)) for side in bgr.shape[:2])
    resized = cv2.resize(bgr, (width, height), interpolation=cv2.INTER_AREA)
    below, right = (_BORDER + -(side + 2 * _BORDER) % _TILE for side in (height, width))
    white = (255, 255, 255)
    padded = cv2.copyMakeBorder(
        resized, _BORDER, below, _BORDER, right, cv2.BORDER_CONSTANT, value=white
    )
    return np.asarray(padded, np.uint8), scale


def _parts(strip: Strip) -> Iterator[Strip]:
    """Yield the parts of a strip that is too long."""
    for left, pixels in parts(strip.pixels):
        offset = strip.to_picture @ np.array([left, 0.0, 1.0])
        yield Strip(pixels, np.column_stack([strip.to_picture[:, :2], offset]))
