"""The words of a language, as Tesseract's data holds them.

A ``.traineddata`` file ends in a table of parts, of which one lists characters and one words. The
words are a graph: edges with a character each, those that leave one node side by side, the last of
them marked [1]_.

References
----------
.. [1] R. Smith, "An overview of the Tesseract OCR engine", ICDAR 2007,
   doi:10.1109/ICDAR.2007.4376991; the format is that of Tesseract 4 and 5.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foretext.errors import LanguageDataError
from foretext.recognize.tessdata import find_tessdata, split_languages

_WORDS, _CHARACTERS = 19, 21  # which parts these are
_MAGIC = 42
_HEAD = struct.Struct("<hii")
# Flags of an edge, above its character: the last of its node, backward, the end of a word.
_FLAGS = 3
_LAST, _ENDS = 1, 4


class Lexicon:
    """A graph of words.

    Parameters
    ----------
    edges : ndarray of uint64, (E,)
        The graph, the edges that leave its root first.
    numbers : mapping of str to int
        The number of each character.
    """

    def __init__(self, edges: NDArray[np.uint64], numbers: Mapping[str, int]) -> None:
        self._edges = edges
        self._numbers = numbers
        self._bits = len(numbers).bit_length()

    def knows(self, word: str) -> bool:
        """Tell whether a word is listed, in small letters if need be."""
        return any(self._lists(form) for form in {word, word.lower(), word.capitalize()})

    def _lists(self, word: str) -> bool:
        node, ends = 0, False
        for place, character in enumerate(word):
            if place and not node:
                return False
            found = self._edge(node, self._numbers.get(character))
            if found is None:
                return False
            node, ends = found
        return ends

    def _edge(self, node: int, number: int | None) -> tuple[int, bool] | None:
        """Return where an edge leads, 0 if nowhere, and whether a word ends there."""
        for edge in self._leaving(node):
            if edge & ((1 << self._bits) - 1) == number:
                flags = edge >> self._bits
                return flags >> _FLAGS, bool(flags & _ENDS)
        return None

    def _leaving(self, node: int) -> Iterator[int]:
        for edge in self._edges[node:]:
            yield int(edge)
            if int(edge) >> self._bits & _LAST:
                return


@cache
def lexicons(lang: str) -> tuple[Lexicon, ...]:
    """Return the words of each language.

    Parameters
    ----------
    lang : str
        Tesseract's code of a language, or several joined by a plus.

    Returns
    -------
    tuple of Lexicon
        Empty if data of one is missing or of another format: else its words would be spelled as
        those of the others.
    """
    found = [_lexicon(language) for language in split_languages(lang)]
    return () if None in found else tuple(filter(None, found))


def _lexicon(language: str) -> Lexicon | None:
    try:
        folder = find_tessdata(language)
        data = Path(folder, f"{language}.traineddata").read_bytes()
        return _parsed(_part(data, _WORDS), _part(data, _CHARACTERS))
    except (LanguageDataError, OSError, ValueError, struct.error):
        # Words are a help; whoever needs the data to read is told that it is missing.
        return None


def _part(data: bytes, number: int) -> bytes:
    """Cut one part out of the data of a language."""
    (count,) = struct.unpack_from("<i", data)
    starts = struct.unpack_from(f"<{count}q", data, 4)
    start = starts[number] if number < count else -1
    if start < 0:
        raise ValueError(f"there is no part {number}")
    return data[start : min((s for s in starts if s > start), default=len(data))]


def _parsed(words: bytes, characters: bytes) -> Lexicon:
    magic, size, count = _HEAD.unpack_from(words)
    if magic != _MAGIC:
        raise ValueError("not a graph of words")
    edges = np.frombuffer(words, "<u8", count, _HEAD.size)
    first, *lines = characters.decode().splitlines()
    numbers = {line.split(" ", 1)[0]: k for k, line in enumerate(lines[: int(first)])}
    if size != len(numbers):
        raise ValueError("words and characters don't fit")
    return Lexicon(edges, numbers)
