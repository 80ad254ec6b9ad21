"""Tesseract 4 and 5, within this process.

Starting Tesseract costs many times what reading a small picture does, so one object is
kept and reused. It reads by its network only, which learns nothing from what it reads:
the same picture always gives the same text. A large page is read in bands, by one object each.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from queue import SimpleQueue

import cv2
import numpy as np
import tesserocr
from numpy.typing import NDArray
from tesserocr import PSM, RIL

from foretext.errors import EngineError
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.api import start
from foretext.recognize.bands import bands
from foretext.recognize.engine import Layout, gray, holds_no_text, line_of
from foretext.recognize.long_lines import is_too_long, parts
from foretext.threads import worker_count

_MODES = {
    "line": PSM.SINGLE_LINE,
    "block": PSM.SINGLE_BLOCK,
    "page": PSM.AUTO,
    "sparse": PSM.SPARSE_TEXT,
}

_Other = tuple[str, float]
# So many others are kept of what a character might be.
_ALTERNATIVES = 5
# One that Tesseract finds as likely as the character it reads is right so often beside it, and
# one of so many percent less confidence a third as often: counted on scenes of the dev and train
# splits.
_SECOND, _FOLD = 0.45, 25.0

_LONGEST = 32_767  # Tesseract keeps coordinates in 16 bits and refuses longer sides


class TesseractEngine:
    """Tesseract by its network, one object for many pictures.

    Pages are read by as many threads as there are cores, or as ``OMP_NUM_THREADS`` says.

    Parameters
    ----------
    lang : str, optional
        Tesseract's code of a language, or several joined by a plus: ``eng+deu``.

    Raises
    ------
    UsageError
        If `lang` can't be the name of a language.
    LanguageDataError
        If the data of a language is missing.
    EngineError
        If Tesseract can't start with that data.
    """

    name = "tesseract"
    reads_tones = False
    misjudges_case = True
    misses_lines = True
    knows_words = True

    def __init__(self, lang: str = "eng") -> None:
        self._lang = lang
        self._apis = [start(lang)]

    def read(
        self,
        picture: NDArray[np.uint8],
        *,
        layout: Layout = "page",
        alphabet: Collection[str] | None = None,
    ) -> tuple[Line, ...]:
        """Read a picture; see `Engine.read`.

        A side longer than 32767 pixels is read at a smaller scale; what is much longer than
        high is one line, and read part by part.

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
            If Tesseract fails on this picture.
        """
        if holds_no_text(picture):
            return ()
        if is_too_long(picture):
            return self._in_parts(picture, alphabet)
        gray, scale = _prepared(picture)
        allowed = "" if alphabet is None else "".join(sorted(alphabet))
        try:
            words = self._words(gray, scale, layout, allowed)
            if layout == "page" and not any(words):
                # Of a few short lines its layout analysis may find nothing.
                words = self._words(gray, scale, "block", allowed)
        except RuntimeError as error:
            raise EngineError(f"Tesseract failed: {error}") from error
        return tuple(line_of(line) for line in words if line)

    def _in_parts(
        self, picture: NDArray[np.uint8], alphabet: Collection[str] | None
    ) -> tuple[Line, ...]:
        words = [
            _moved(word, left)
            for left, part in parts(picture)
            for line in self.read(part, layout="line", alphabet=alphabet)
            for word in line.words
        ]
        return (line_of(words),) if words else ()

    def _words(
        self, gray: NDArray[np.uint8], scale: float, layout: Layout, allowed: str
    ) -> list[list[Word]]:
        """Return the words of each line."""
        places = bands(gray) if layout == "page" else [slice(0, len(gray))]
        workers = min(len(places), worker_count())
        while len(self._apis) < workers:
            self._apis.append(start(self._lang))
        free = SimpleQueue[tesserocr.PyTessBaseAPI]()
        for api in self._apis:
            free.put(api)

        def read(rows: slice) -> list[list[Word]]:
            api = free.get()
            api.SetVariable("tessedit_char_whitelist", allowed)
            api.SetVariable("lstm_choice_mode", "2" if layout == "line" else "0")
            api.SetPageSegMode(_MODES[layout])
            try:
                return list(_lines(api, gray[rows], scale, rows.start, layout == "line"))
            finally:
                api.Clear()
                free.put(api)

        if workers == 1:
            return [line for rows in places for line in read(rows)]
        with ThreadPoolExecutor(workers) as pool:
            # The largest first: at the end no core waits for long.
            places.sort(key=lambda rows: rows.start - rows.stop)
            found = dict(zip((p.start for p in places), pool.map(read, places), strict=True))
        return [line for _, band in sorted(found.items()) for line in band]


def _lines(
    api: tesserocr.PyTessBaseAPI, gray: NDArray[np.uint8], scale: float, top: int, with_others: bool
) -> Iterator[list[Word]]:
    """Yield the words of each line of a picture, or of a part of it that begins at a row."""
    height, width = gray.shape
    api.SetImageBytes(gray.tobytes(), width, height, 1, width)
    api.Recognize()
    line: list[Word] = []
    for item in tesserocr.iterate_level(api.GetIterator(), RIL.SYMBOL):
        if item.IsAtBeginningOf(RIL.TEXTLINE):
            yield line
            line = []
        if item.IsAtBeginningOf(RIL.WORD) and (word := _part(item, RIL.WORD, scale, top)):
            line.append(Word(*word))
        if line and (symbol := _part(item, RIL.SYMBOL, scale, top)):
            others = tuple(_others(item, *symbol[:2])) if with_others else ()
            characters = (*line[-1].characters, Character(*symbol, others))
            line[-1] = replace(line[-1], characters=characters)
    yield line


def _others(item: tesserocr.PyResultIterator, taken: str, sure: float) -> Iterator[_Other]:
    """Yield what else a character might be and how likely that is, the likeliest first."""
    choices = [(c.GetUTF8Text(), c.Confidence()) for c in item.GetChoiceIterator() or ()]
    best = max((confidence for text, confidence in choices if text == taken), default=None)
    if best is None:
        return
    others = [(text, confidence) for text, confidence in choices if confidence > 0.0]
    for text, confidence in sorted(others, key=lambda other: -other[1])[:_ALTERNATIVES]:
        if text and text != taken:
            yield text, sure * _SECOND * math.exp(min(confidence - best, 0.0) / _FOLD)


def _moved(word: Word, left: int) -> Word:
    characters = tuple(replace(c, box=c.box.mapped(1.0, -left, 0.0)) for c in word.characters)
    return replace(word, box=word.box.mapped(1.0, -left, 0.0), characters=characters)


def version() -> str:
    """Return the version of Tesseract itself, such as 5.5.1."""
    _, _, rest = tesserocr.tesseract_version().partition(" ")
    return str(rest.split()[0])


def _prepared(picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], float]:
    """Return the picture as Tesseract takes it, gray, and the scale of that."""
    shown = gray(picture)
    scale = min(1.0, _LONGEST / max(shown.shape))
    if scale < 1.0:
        height, width = (max(1, int(side * scale)) for side in shown.shape)
        shown = np.asarray(cv2.resize(shown, (width, height), interpolation=cv2.INTER_AREA))
    return shown, scale


def _part(
    item: tesserocr.PyResultIterator, level: int, scale: float, top: int
) -> tuple[str, float, Box] | None:
    """Return text, confidence and box of what the iterator stands at, if there is text."""
    if item.Empty(level):
        return None
    try:
        text = item.GetUTF8Text(level).strip()
    except RuntimeError:  # how tesserocr says that a picture or a rule has no text
        return None
    box = item.BoundingBox(level)
    if not text or box is None:
        return None
    confidence = min(max(item.Confidence(level) / 100.0, 0.0), 1.0)
    return text, confidence, Box(*map(float, box)).mapped(scale, 0.0, float(-top))
