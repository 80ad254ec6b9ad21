"""RapidOCR: the PP-OCR networks on onnxruntime, with the models of its own wheel.

Of RapidOCR only the two networks are used, one at a time: the detector says where text
stands, the recognizer reads one strip of it. What lies between is done here. Left alone,
RapidOCR enlarges every small picture until its shorter side has 736 pixels, which tears
words apart and takes seconds, and pads wide ones with black.

The recognizer knows no words, only characters at places along the strip. A strip is split
at the spaces that were read, and each word's box is drawn around its ink. Text is taken
to be upright: the classifier that finds upside-down lines is off.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray

from foretext.errors import EngineError, LanguageDataError
from foretext.reading import Line, Word
from foretext.recognize.engine import Layout, holds_no_text, is_gray, line_of
from foretext.recognize.rows import in_columns, in_rows
from foretext.recognize.strips import (
    Strip,
    cut_out,
    gap_between,
    in_picture,
    ink_of,
    tight,
    trimmed,
)
from foretext.recognize.tessdata import split_languages
from foretext.threads import thread_count

# Tesseract's codes of the languages that the PP-OCRv6 models were made for.
_LANGUAGES = """
    afr aze bos cat ces chi_sim chi_tra cym dan deu eng est eus fil fin fra gle glg hrv hun
    ind isl ita jpn kmr lat lav lit ltz mlt mri msa nld nor oci pol por que ron slk slv spa
    sqi srp_latn swa swe tgl tur uzb vie script/Latin
"""

_STRIP_HEIGHT = 48  # what the recognizer works at
_LONGEST_STRIP = 100 * _STRIP_HEIGHT  # longer ones are squeezed, for memory's sake
_MARGIN = 0.2  # around a line, in heights of its ink; 0 to 0.3 read alike

_MOST_PIXELS = 3_000_000  # a larger picture is reduced for the detector, lest it takes seconds
_BORDER = 16  # white around the picture, because letters at its very edge are missed
_TILE = 32  # the detector takes multiples of this


class _Span(NamedTuple):
    """A word in a strip, and where its first and last characters stand, in pixels."""

    text: str
    confidence: float
    first: float
    last: float


class RapidOcrEngine:
    """PP-OCR's detector and recognizer, each loaded when first needed.

    The models read all their languages at once (those in Latin letters, Chinese and
    Japanese), so `lang` selects nothing; it is only checked. An engine uses
    one thread, or as many as ``OMP_NUM_THREADS`` says. Nothing is ever downloaded.

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

    def __init__(self, lang: str = "eng") -> None:
        _check_languages(lang)
        try:
            self._networks = rapidocr.RapidOCR(params=_settings())
        except EngineError:
            raise
        except Exception as error:  # RapidOCR's errors have no base of their own
            raise EngineError(f"RapidOCR can't start: {error}") from error

    def read(self, picture: NDArray[np.uint8], *, layout: Layout = "page") -> tuple[Line, ...]:
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
        lines = [[word for strip in row for word in self._words(strip)] for row in rows]
        return tuple(line_of(words) for words in lines if words)

    def _rows(self, bgr: NDArray[np.uint8], layout: Layout) -> Iterator[list[Strip]]:
        """Yield the strips of each row of text, in reading order."""
        prepared, scale = _for_detector(bgr)
        found = self._run(prepared, use_det=True, use_rec=False)
        if found.boxes is None:
            return
        height, width = bgr.shape[:2]
        quads = np.clip((found.boxes - _BORDER) / scale, 0, (width, height))
        for column in in_columns(list(quads)) if layout == "page" else [list(quads)]:
            for row in in_rows(column):
                yield [cut_out(bgr, quad) for quad in row]

    def _words(self, strip: Strip) -> list[Word]:
        """Read the words of one strip, left to right."""
        height, width = strip.pixels.shape[:2]
        pixels = strip.pixels
        if width * _STRIP_HEIGHT > _LONGEST_STRIP * height:
            pixels = np.asarray(cv2.resize(pixels, (_LONGEST_STRIP, _STRIP_HEIGHT)), np.uint8)
        found = self._run(pixels, use_det=False, use_rec=True)
        spans = _spans(found.txts[0], found.word_results[0], width)
        ink = ink_of(strip.pixels)
        cuts = [0, *(gap_between(ink, a.last, b.first) for a, b in pairwise(spans)), width]
        return [
            Word(span.text, span.confidence, in_picture(strip, tight(ink, left, right)))
            for span, (left, right) in zip(spans, pairwise(cuts), strict=False)
        ]

    def _run(self, bgr: NDArray[np.uint8], *, use_det: bool, use_rec: bool) -> Any:
        try:
            return self._networks(bgr, use_det=use_det, use_cls=False, use_rec=use_rec)
        except Exception as error:  # as above
            raise EngineError(f"RapidOCR failed: {error}") from error


def _check_languages(lang: str) -> None:
    for language in split_languages(lang):
        if language not in _LANGUAGES.split():
            raise LanguageDataError(
                f"the models of RapidOCR don't cover {language!r}",
                hint=f"use Tesseract for it; covered are: {' '.join(_LANGUAGES.split())}",
            )


def _settings() -> dict[str, Any]:
    """Return settings for RapidOCR: pictures as they are, no log, no download."""
    return {
        "Global.log_level": "critical",
        "Global.use_preprocess_img": False,
        "Global.use_vertical_padding": False,
        "Global.return_word_box": True,
        "Global.text_score": 0.0,
        "Det.model_path": _model("det"),
        "Det.limit_type": "max",
        "Det.limit_side_len": sys.maxsize,  # the size is chosen here
        "Rec.model_path": _model("rec"),
        "EngineConfig.onnxruntime.intra_op_num_threads": thread_count(),
    }


def _model(task: str) -> str:
    """Return the model in RapidOCR's wheel; when its path is given, nothing is downloaded."""
    folder = Path(rapidocr.__file__).parent / "models"
    models = sorted(folder.glob(f"*_{task}_*.onnx"))
    if not models:
        raise EngineError(
            f"there is no {task} model in {folder}", hint="install rapidocr anew from its wheel"
        )
    return str(models[-1])


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


def _spans(text: str, found: Any, width: int) -> list[_Span]:
    """Split what the recognizer read at its spaces.

    Its own words are not used: they also end at any wide gap between two letters.
    """
    columns = iter([column for word in found.word_cols for column in word])
    places = [math.nan if char.isspace() else next(columns) for char in text]
    return [
        _Span(
            match.group(),
            float(np.mean(found.confs[match.start() : match.end()])),
            (places[match.start()] + 0.5) * width / found.line_txt_len,
            (places[match.end() - 1] + 0.5) * width / found.line_txt_len,
        )
        for match in re.finditer(r"\S+", text)
    ]
