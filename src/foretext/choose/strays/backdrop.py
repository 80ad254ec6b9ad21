"""Pale words behind the text of a page, taken away before anything looks at it.

A network sees but a part of a page, in one size. Where a watermark is tiled over a page of few
lines, most of what it sees is the watermark. But text that is far paler than the text of a page,
taller, and has lines of it in its place, is behind it wherever it is; and so is what is tiled.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from foretext.arrays import Mask
from foretext.choose.rank import characters_of, holds_rows, running_texts
from foretext.choose.strays.tiling import is_tiled
from foretext.layer import Layer
from foretext.pieces import (
    Pieces,
    are_within,
    around,
    grown,
    labeled_pieces,
    pixels_of,
    pixels_within,
    shared_boxes,
)
from foretext.separate.contrast import Contrast
from foretext.threads import side_by_side

# So many characters in rows are some lines of text, if few; so many are one, if nothing is beside.
_SOME_LINES = 40
_IN_ROWS = 0.7
_A_LINE = 20
# What lies behind a line tears it: then so much in rows, and so many characters, may be one.
_TORN = 0.5, 10
_ALL_IN_ROWS = 0.95
# So much paler than the text, a layer can't be of it.
_PALE = 0.4
# Words that are tiled need be but somewhat paler, yet nothing as dark as print is looked at.
_PALER = 0.85
_TILED = 0.7
# Its pieces are so many times as tall, and so many letters stand where some of them do. What is
# taller than this, also in heights of the page, is a stain, unless it is a word.
_TALLER = 1.2
_TALLEST = 12.0
_OF_PAGE = 0.25
_A_WORD_IN_ROWS = 0.6
_LETTERS = 3
# Letters are so tall, in heights of the text.
_A_LETTER, _NO_LETTER = 0.7, 1.8
# So many of them stand alone, or are so many times as tall: faded ink of the text is beside the
# rest of it everywhere.
_FREE = 0.7
_FAR_TALLER = 4.0
_NO_SPECK = 0.4
# Words across a page, turned by so many degrees against its level lines, and so much taller and
# paler than their characters, are no text of it, however few those are.
_TURNED = 10.0, 80.0
_LEVEL = 5.0
_FAR_PALER = 0.6
# So many words of it hold together what is said of all.
_WORDS = 4
# The edges of text are no farther from it, in heights.
_NEAR = 1.0
# Its edges are so wide, in pixels, and at most so many times as dark.
_EDGE = 5
_DARKER = 1.25
# If so much of a layer is where another one is, or its edges, it is a tone of that.
_TONE = 0.8


class Backdrop(NamedTuple):
    """What lies behind a text.

    Attributes
    ----------
    layers : tuple of Layer
        Of pale words behind it.
    main : Layer or None
        The text; None if there is no line of it.
    """

    layers: tuple[Layer, ...]
    main: Layer | None


def without_backdrop(paperless: Contrast, backdrop: Backdrop) -> Contrast:
    """Turn pale words behind the text of a page into paper.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    backdrop : Backdrop
        What lies behind the text.

    Returns
    -------
    Contrast
        The same object if there is no line of text, or nothing pale behind or across it.
    """
    behind, main = backdrop
    if main is None or not behind:
        return paperless
    darkest = max(layer.contrast for layer in behind) * 255.0 * _DARKER
    words = side_by_side(partial(_words, main=main), behind, paperless.strength.size)
    gone = grown(np.logical_or.reduce(words), _EDGE) & (paperless.strength <= darkest)
    return paperless.within(~gone)


def find_backdrop(layers: Sequence[Layer]) -> Backdrop:
    """Find the layers behind the main text of a picture.

    Parameters
    ----------
    layers : sequence of Layer
        All of it.

    Returns
    -------
    Backdrop
    """
    texts = [layer for layer in layers if _holds_lines(layer)]
    torn = [layer for layer in layers if _holds_a_line(layer, *_TORN)]
    palest = min(_TILED, _PALER * max((layer.contrast for layer in texts + torn), default=0.0))
    tiled = _tiled([layer for layer in layers if layer.contrast < palest])
    texts = [layer for layer in texts if layer not in tiled]
    lines = [layer for layer in torn if layer not in tiled and (tiled or _holds_a_line(layer))]
    candidates = texts + lines if tiled else texts or lines
    if not candidates:
        return Backdrop((), None)
    main = max(candidates, key=lambda layer: characters_of(layer) * layer.contrast)

    def is_behind(layer: Layer) -> bool:
        if layer in tiled:
            return main in texts or layer.contrast < _FAR_PALER * main.contrast
        # Of other words, one line tells what is turned against it, and no more.
        return (main in texts and _is_behind(layer, main)) or _is_turned(layer, main)

    return Backdrop(tuple(layer for layer in layers if is_behind(layer)), main)


def _tiled(layers: Sequence[Layer]) -> list[Layer]:
    """Return the layers that are tiled, and those that are but their tones."""
    found = side_by_side(is_tiled, layers, layers[0].solid.size if layers else 0)
    tiled = [layer for layer, is_so in zip(layers, found, strict=True) if is_so]
    if not tiled:
        return []
    near = grown(np.logical_or.reduce([layer.solid for layer in tiled]), _EDGE)
    return [x for x in layers if x in tiled or float(near[x.solid].mean()) > _TONE]


def _holds_a_line(layer: Layer, rows: float = _IN_ROWS, characters: int = _A_LINE) -> bool:
    """Tell whether a layer holds as much as a line of text, level and to such a part in rows."""
    return holds_rows(layer, rows, characters) and abs(layer.angle) < _LEVEL


def _is_turned(layer: Layer, main: Layer) -> bool:
    """Tell whether a layer is of large pale words across the level lines of the main text."""
    least, most = _TURNED
    return (
        least <= abs(layer.angle) <= most
        and abs(main.angle) < _LEVEL
        and layer.x_height > _FAR_TALLER * main.x_height
        and layer.contrast < _FAR_PALER * main.contrast
    )


def _holds_lines(layer: Layer) -> bool:
    """Tell whether a layer holds some lines of text, or one whose characters all stand in it."""
    least = _A_LINE if layer.rows > _ALL_IN_ROWS else _SOME_LINES
    return holds_rows(layer, _IN_ROWS, least)


def _is_behind(layer: Layer, main: Layer) -> bool:
    """Tell whether a layer is far paler than the main text, and has letters of it in its place."""
    tallest = min(_TALLEST * main.x_height, _OF_PAGE * len(layer.solid))
    is_stain = layer.x_height > tallest and layer.rows < _A_WORD_IN_ROWS
    if layer.contrast > _PALE * main.contrast or is_stain:
        return False
    pieces = main.pieces
    tall = layer.pieces.select(layer.pieces.height >= _TALLER * main.x_height)
    letters = pieces.select(_are_letters(pieces, main.x_height))
    if len(tall) < _WORDS or int(np.count_nonzero(are_within(letters, tall))) < _LETTERS:
        return False
    if layer.x_height > _FAR_TALLER * main.x_height:
        return True
    ink = pieces.select(pieces.height >= _NO_SPECK * main.x_height)
    return bool(np.mean(~shared_boxes(tall, ink)) >= _FREE)


def _are_letters(pieces: Pieces, x_height: float) -> Mask:
    return (pieces.height >= _A_LETTER * x_height) & (pieces.height < _NO_LETTER * x_height)


def _words(layer: Layer, main: Layer) -> Mask:
    """Return the pixels of a layer that go: not low pieces near the text, maybe its edges.

    Of running text a network sees enough to tell what lies under it, and does so more gently.
    """
    pieces, labels = labeled_pieces(layer.solid)
    tall = pieces.height >= min(_TALLER * main.x_height, _A_LETTER * layer.x_height)
    if running_texts([main]):
        ink = main.pieces.select(main.pieces.height >= _NO_SPECK * main.x_height)
        tall &= ~shared_boxes(pieces, ink)
    near = around(main.solid, _NEAR * main.x_height)
    return pixels_of(labels, tall | (pixels_within(labels, len(pieces), near) == 0))
