"""Where the characters of a strip stand: a recognizer of lines tells roughly, the ink exactly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from foretext.reading import Character, Word
from foretext.recognize.ctc import Decoded
from foretext.recognize.strips import Strip, gap_between, in_picture, ink_of, tight


def words_of(found: Sequence[Decoded], strip: Strip) -> list[Word]:
    """Split what was read at its spaces, and draw boxes around the ink.

    Parameters
    ----------
    found : sequence of Decoded
        The characters of a strip, from left to right.
    strip : Strip
        What was read, dark on light.

    Returns
    -------
    list of Word
        With boxes in pixels of the picture that the strip comes from.
    """
    width = strip.pixels.shape[1]
    inked = [[*word] for space, word in groupby(found, lambda c: c.text.isspace()) if not space]
    ink = ink_of(strip.pixels)
    ends = [(word[0].place * width, word[-1].place * width) for word in inked]
    cuts = [0, *(gap_between(ink, a[1], b[0]) for a, b in pairwise(ends)), width]
    return [
        _word(word, strip, ink, span) for word, span in zip(inked, pairwise(cuts), strict=False)
    ]


def _word(
    found: Sequence[Decoded], strip: Strip, ink: NDArray[np.bool_], span: tuple[int, int]
) -> Word:
    """Return a word that stands between two columns of a strip."""
    places = [c.place * ink.shape[1] for c in found]
    cuts = [span[0], *(gap_between(ink, a, b) for a, b in pairwise(places)), span[1]]
    characters = tuple(
        Character(c.text, c.confidence, in_picture(strip, tight(ink, left, right)), c.alternatives)
        for c, (left, right) in zip(found, pairwise(cuts), strict=True)
    )
    # All of them have to be right.
    confidence = float(np.prod([c.confidence for c in found]))
    text = "".join(c.text for c in found)
    return Word(text, confidence, in_picture(strip, tight(ink, *span)), characters)
