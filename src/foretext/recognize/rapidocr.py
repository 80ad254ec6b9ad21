"""RapidOCR: the PP-OCR networks on onnxruntime, with the models of its own wheel.

Of RapidOCR only the two networks are used, one at a time: the detector says where text
stands, the recognizer reads one strip of it. What lies between is done here, because
RapidOCR enlarges every small picture until its shorter side has 736 pixels, which tears
words apart and takes seconds, and pads wide ones with black.

The recognizer knows no words, only characters at places along the strip. A strip is
split into words at its spaces; the cut falls into the widest gap of the ink between the
two characters, and each word's box is then drawn tight around its ink.

Text is taken to be upright: the classifier that finds upside-down lines is off.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray

from foretext.errors import EngineError, LanguageDataError
from foretext.reading import Box, Line, Word
from foretext.recognize.engine import Layout, holds_no_text, line_of
from foretext.recognize.tessdata import split_languages

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]

# Tesseract's codes of the languages that the PP-OCRv6 models were made for.
_LANGUAGES = frozenset(
    "afr aze bos cat ces chi_sim chi_tra cym dan deu eng est eus fil fin fra gle glg hrv hun"
    " ind isl ita jpn kmr lat lav lit ltz mlt mri msa nld nor oci pol por que ron slk slv spa"
    " sqi srp_latn swa swe tgl tur uzb vie script/Latin".split()
)

_STRIP_HEIGHT = 48  # what the recognizer works at
_LONGEST_STRIP = 100 * _STRIP_HEIGHT  # longer ones are squeezed; the cost grows with length
_MARGIN = 0.1  # of the ink's height, around a line

_SMALLEST_SIDE = 960  # the detector misses small text, so a smaller picture is enlarged
_LARGEST_SIDE = 2000  # and a larger one reduced, lest it takes seconds
_MOST_ENLARGED = 3.0
_BORDER = 16  # white around the picture, because letters at its edge are missed
_TILE = 32  # the detector takes multiples of this

_ROW_SHIFT = 0.5  # of the lower height: farther apart, two boxes are in different rows
_INK = 0.25  # of the contrast: darker than the paper by more is ink
_MOST_THREADS = 4


class _Strip(NamedTuple):
    """One line, upright: BGR pixels, and the affine (2, 3) way back to the picture."""

    pixels: Pixels
    to_picture: Floats


class _Span(NamedTuple):
    """A word in a strip: the places of its first and last character, in pixels."""

    text: str
    confidence: float
    first: float
    last: float


class RapidOcrEngine:
    """PP-OCR's detector and recognizer, loaded when first needed.

    The models cover the languages with Latin letters, Chinese and Japanese, all at once,
    so `lang` selects nothing; it is only checked. Each engine uses up to 4 threads, or as
    many as ``OMP_NUM_THREADS`` says. Nothing is ever downloaded.

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
        If the wheel of RapidOCR comes without its models.
    """

    name = "rapidocr"

    def __init__(self, lang: str = "eng") -> None:
        _check_languages(lang)
        self._networks = rapidocr.RapidOCR(params=_settings())

    def read(self, picture: Pixels, *, layout: Layout = "page") -> tuple[Line, ...]:
        """Read a picture; see `Engine.read`.

        With ``layout="line"`` the whole ink is taken for one line and the detector is
        not asked. All other layouts are read alike: what stands on one row becomes one
        line from left to right, so columns are read across.

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
        code = cv2.COLOR_RGB2BGR if picture.ndim > 2 else cv2.COLOR_GRAY2BGR
        bgr: Pixels = cv2.cvtColor(picture, code)
        rows = [[_whole(bgr)]] if layout == "line" else self._rows(bgr)
        lines = [[word for strip in row for word in self._words(strip)] for row in rows]
        return tuple(line_of(words) for words in lines if words)

    def _rows(self, bgr: Pixels) -> Iterator[list[_Strip]]:
        """Yield the strips of each row of text, top to bottom."""
        enlarged, scale = _for_detector(bgr)
        found = self._run(enlarged, use_det=True, use_rec=False)
        quads = [] if found.boxes is None else (found.boxes - _BORDER) / scale
        for row in _in_rows(quads):
            yield [_cut_out(bgr, quad) for quad in row]

    def _words(self, strip: _Strip) -> list[Word]:
        """Read the words of one strip, left to right."""
        height, width = strip.pixels.shape[:2]
        pixels = strip.pixels
        if width * _STRIP_HEIGHT > _LONGEST_STRIP * height:
            pixels = cv2.resize(pixels, (_LONGEST_STRIP, _STRIP_HEIGHT))
        found = self._run(pixels, use_det=False, use_rec=True)
        spans = _spans(found.txts[0], found.word_results[0], width)
        ink = _ink(strip.pixels)
        cuts = [0, *(_cut(ink, a.last, b.first) for a, b in zip(spans, spans[1:])), width]
        return [
            Word(span.text, span.confidence, _mapped(_tight(ink, left, right), strip.to_picture))
            for span, left, right in zip(spans, cuts, cuts[1:])
        ]

    def _run(self, bgr: Pixels, *, use_det: bool, use_rec: bool) -> Any:
        try:
            return self._networks(bgr, use_det=use_det, use_cls=False, use_rec=use_rec)
        except Exception as error:  # RapidOCR's errors have no base of their own
            raise EngineError(f"RapidOCR failed: {error}") from error


def _check_languages(lang: str) -> None:
    for language in split_languages(lang):
        if language not in _LANGUAGES:
            raise LanguageDataError(
                f"the models of RapidOCR don't cover {language!r}",
                hint=f"use Tesseract for it; covered are {', '.join(sorted(_LANGUAGES))}",
            )


def _settings() -> dict[str, Any]:
    """Return RapidOCR's settings: no pictures changed, no log, no download."""
    return {
        "Global.log_level": "critical",
        "Global.use_preprocess_img": False,
        "Global.use_vertical_padding": False,
        "Global.return_word_box": True,
        "Global.text_score": 0.0,
        "Det.model_path": _model("det"),
        "Det.limit_type": "max",
        "Det.limit_side_len": _LARGEST_SIDE + 2 * _BORDER + _TILE,
        "Rec.model_path": _model("rec"),
        "EngineConfig.onnxruntime.intra_op_num_threads": _threads(),
    }


def _model(task: str) -> str:
    """Return the model in RapidOCR's wheel; if its path is named, nothing is downloaded."""
    folder = Path(rapidocr.__file__).parent / "models"
    models = sorted(folder.glob(f"*_{task}_*.onnx"))
    if not models:
        raise EngineError(
            f"there is no {task} model in {folder}", hint="install rapidocr anew from its wheel"
        )
    return str(models[-1])


def _threads() -> int:
    asked = os.environ.get("OMP_NUM_THREADS", "")
    most = int(asked) if asked.isdecimal() and int(asked) else _MOST_THREADS
    return min(most, os.cpu_count() or 1)


def _for_detector(bgr: Pixels) -> tuple[Pixels, float]:
    """Return the picture at a size that suits the detector, with a white border."""
    longest = max(bgr.shape[:2])
    scale = min(max(1.0, _SMALLEST_SIDE / longest), _MOST_ENLARGED, _LARGEST_SIDE / longest)
    height, width = (max(1, round(side * scale)) for side in bgr.shape[:2])
    way = cv2.INTER_CUBIC if scale > 1.0 else cv2.INTER_AREA
    resized = cv2.resize(bgr, (width, height), interpolation=way)
    below, right = (-(side + 2 * _BORDER) % _TILE + _BORDER for side in (height, width))
    white = (255, 255, 255)
    padded: Pixels = cv2.copyMakeBorder(
        resized, _BORDER, below, _BORDER, right, cv2.BORDER_CONSTANT, value=white
    )
    return padded, scale


def _in_rows(quads: Sequence[Floats]) -> list[list[Floats]]:
    """Group the detector's boxes into rows, top to bottom, each from left to right.

    A box continues the row whose last box ends at its height. Edges are compared, not
    whole boxes, so a tilted page keeps its rows.
    """
    rows: list[list[Floats]] = []
    for quad in sorted(quads, key=lambda quad: float(quad[:, 0].min())):
        row = min(rows, key=lambda row: _shift(row[-1], quad), default=[])
        if row and _shift(row[-1], quad) < _ROW_SHIFT:
            row.append(quad)
        else:
            rows.append([quad])
    return sorted(rows, key=lambda row: float(np.mean([quad[:, 1].mean() for quad in row])))


def _shift(left: Floats, right: Floats) -> float:
    """Return how far `right` begins above or below where `left` ends, in the lower height."""
    end, start = left[1:3, 1], right[[0, 3], 1]
    height = min(abs(end[1] - end[0]), abs(start[1] - start[0]))
    return abs(float(end.mean() - start.mean())) / max(float(height), 1.0)


def _cut_out(bgr: Pixels, quad: Floats) -> _Strip:
    """Return what lies in a box, turned upright."""
    width = max(4, math.ceil(math.dist(quad[0], quad[1])))
    height = max(4, math.ceil(math.dist(quad[0], quad[3])))
    corners = np.array([[0, 0], [width, 0], [0, height]], np.float32)
    to_picture = cv2.getAffineTransform(corners, quad[[0, 1, 3]].astype(np.float32))
    pixels = cv2.warpAffine(
        bgr,
        to_picture,
        (width, height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return _Strip(pixels, to_picture)


def _whole(bgr: Pixels) -> _Strip:
    """Return the picture without its white margins, in which the text would be too small."""
    ink = _ink(bgr)
    left, top, right, bottom = _tight(ink, 0, ink.shape[1])
    margin = math.ceil(_MARGIN * (bottom - top))
    x, y = max(0, int(left) - margin), max(0, int(top) - margin)
    pixels = bgr[y : int(bottom) + margin, x : int(right) + margin]
    return _Strip(pixels, np.array([[1.0, 0.0, x], [0.0, 1.0, y]]))


def _ink(bgr: Pixels) -> NDArray[np.bool_]:
    """Tell which pixels are clearly darker than the paper."""
    gray = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
    darkest, paper = float(gray.min()), float(gray.max())
    return np.asarray(gray < paper - _INK * (paper - darkest))


def _spans(text: str, found: Any, width: int) -> list[_Span]:
    """Split what the recognizer read at its spaces.

    It splits by itself too, but also at wide gaps within a word.
    """
    columns = iter([column for word in found.word_cols for column in word])
    places = [math.nan if char.isspace() else next(columns) for char in text]
    scale = width / found.line_txt_len
    return [
        _Span(
            match.group(),
            float(np.mean(found.confs[match.start() : match.end()])),
            (places[match.start()] + 0.5) * scale,
            (places[match.end() - 1] + 0.5) * scale,
        )
        for match in re.finditer(r"\S+", text)
    ]


def _cut(ink: NDArray[np.bool_], left: float, right: float) -> int:
    """Return the middle of the widest gap between two places."""
    start, stop = int(left), max(int(right), int(left) + 1)
    amount = ink[:, start:stop].sum(axis=0)
    least = np.concatenate(([0], amount == amount.min(), [0]))
    begins, ends = (np.flatnonzero(np.diff(least) == sign) for sign in (1, -1))
    widest = int(np.argmax(ends - begins))
    return start + int(begins[widest] + ends[widest]) // 2


def _tight(ink: NDArray[np.bool_], left: int, right: int) -> Box:
    """Return the smallest box around the ink between two columns."""
    rows = np.flatnonzero(ink[:, left:right].any(axis=1))
    columns = np.flatnonzero(ink[:, left:right].any(axis=0))
    if not rows.size:
        return Box(left, 0, right, ink.shape[0])
    return Box(left + columns[0], rows[0], left + columns[-1] + 1, rows[-1] + 1)


def _mapped(box: Box, to_picture: Floats) -> Box:
    """Return the upright box around a strip's box, in the picture."""
    corners = [[box.left, box.right, box.left, box.right], [box.top, box.top, box.bottom, box.bottom]]
    xs, ys = to_picture @ np.array([*corners, [1.0] * 4])
    return Box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
