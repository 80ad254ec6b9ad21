"""Pictures that lie on their side or upside down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt

from foretext.arrays import Mask
from foretext.cleaned import Cleaned
from foretext.image import Image
from foretext.ink import mask_of, measure
from foretext.pieces import pieces_of
from foretext.pipeline import clean
from foretext.reader.attempts import is_automatic
from foretext.reading import Box, Line, Reading
from foretext.rest import Rest

# A reading as sure as this stands: nothing else is tried. Of nonsense engines are less sure, of
# little nonsense not by much. Of dev pages upside down or on their right side Tesseract is sure by
# 0.43 at most, of printed ones as they are by 0.85 and more.
_SURE_OF_PAGE, _SURE_OF_LINE = 0.7, 0.95
# A turned picture is believed if it is so much less in doubt, and as sure as this: a page, of
# which the letters told, and a line, which is only tried.
_DOUBT = 0.5
# Two that differ by less are as sure.
_AS_SURE = 0.1
_LEAST_OF_PAGE, _LEAST_OF_LINE = 0.6, 0.8
# Fewer pieces than the first are no line; more than the second, if they lie in a tall picture,
# are a column. From the third on a page shows which side is up.
_FEWEST, _MOST_OF_LINE, _PAGE = 3, 200, 40
# Ink so many times as high as wide may be a line on its side.
_TALL = 2.0

_Plane = TypeVar("_Plane", bound=npt.NDArray[Any])


class Turn(NamedTuple):
    """Degrees clockwise (90, 180 or 270), and how sure the turned picture's reading has to be."""

    degrees: int
    least: float


def turns(cleaned: Cleaned, reading: Reading) -> Sequence[Turn]:
    """Return by how many degrees clockwise a picture may have to be turned to stand upright.

    Parameters
    ----------
    cleaned : Cleaned
        The picture.
    reading : Reading
        What was read of it as it came.

    Returns
    -------
    sequence of Turn
        Those that are worth trying; none if the reading is sure, of upright words.

    Notes
    -----
    A page tells by its letters. A line of few characters is on its side if it is clearly higher
    than wide; upside down it is not seen.
    """
    lies = _lies(reading)
    if reading.confidence >= _SURE_OF_LINE and not lies:
        return ()
    if reading.confidence >= _SURE_OF_PAGE and not lies and len(cleaned.pieces) >= _PAGE:
        return ()
    # Of text on its side, cleaning may have taken most.
    inked = mask_of(cleaned.ink + cleaned.removed)
    count = len(pieces_of(inked))
    is_page = count >= _PAGE
    if count < _FEWEST or (is_page and reading.confidence >= _SURE_OF_PAGE and not lies):
        return ()
    found = _of_page(cleaned) if is_page else None
    if found is not None:
        return (Turn(found, _LEAST_OF_PAGE),) if found else ()
    if count > _MOST_OF_LINE or not _is_tall(inked):
        return ()
    return Turn(90, _LEAST_OF_LINE), Turn(270, _LEAST_OF_LINE)


def _of_page(cleaned: Cleaned) -> int | None:
    """Ask the clean text, and if it does not tell, the input: cleaning may have gone wrong."""
    import cv2

    from foretext.recognize.orientation import quarter_turn

    found = quarter_turn(cleaned.image)
    if found is not None:
        return found
    return quarter_turn(np.asarray(cv2.cvtColor(cleaned.source.pixels, cv2.COLOR_RGB2GRAY)))


def _is_tall(inked: Mask) -> bool:
    import cv2

    _, _, width, height = cv2.boundingRect(inked.view(np.uint8))
    return bool(height >= _TALL * width)


def turned(cleaned: Cleaned, degrees: int) -> Cleaned:
    """Return a cleaned picture turned clockwise, to be read.

    It is cleaned anew, since much is known of upright text alone; but not if the user named the
    text: layers may be numbered otherwise then.
    """
    quarters = -degrees // 90
    source = replace(cleaned.source, pixels=_rotated(cleaned.source.pixels, quarters))
    if is_automatic(cleaned):
        return clean(source, recipe=cleaned.recipe)
    ink, likely = _rotated(cleaned.ink, quarters), cleaned.foreground
    removed, verdicts = _rotated(cleaned.removed, quarters), _rotated(cleaned.verdicts, quarters)
    rest = Rest.known(removed, verdicts, ink)
    return replace(
        cleaned,
        source=source,
        ink=ink,
        rest=rest,
        foreground=None if likely is None else _rotated(likely, quarters),
        scale=measure(ink),
    )


def is_surer(other: Reading, first: Reading, least: float) -> bool:
    """Tell whether a turned picture's reading is decisively surer than the first.

    If the first is of words on their side, which some engines read, it need only be as sure: where
    their characters are can be found in upright words alone.
    """
    doubt = 1.0 - first.confidence
    most = doubt + _AS_SURE if _lies(first) else _DOUBT * doubt
    return other.confidence >= least and 1.0 - other.confidence <= most


def _lies(reading: Reading) -> bool:
    """Tell whether most words that are long enough to show it are higher than wide."""
    words = [word for line in reading.as_read for word in line.words]
    boxes = [word.box for word in words if len(word.text) >= _FEWEST]
    high = sum(box.bottom - box.top > box.right - box.left for box in boxes)
    return 2 * high > len(boxes)


def turned_back(reading: Reading, degrees: int, source: Image) -> Reading:
    """Return the reading of a picture turned clockwise, with boxes and inks as in the picture.

    Parameters
    ----------
    reading : Reading
        Of the turned picture.
    degrees : {90, 180, 270}
        How far it was turned.
    source : Image
        The picture as it came.

    Returns
    -------
    Reading
    """
    width, height = source.width, source.height

    def back(box: Box) -> Box:
        left, top, right, bottom = box
        if degrees == 90:
            return Box(top, height - right, bottom, height - left)
        if degrees == 270:
            return Box(width - bottom, left, width - top, right)
        return Box(width - right, height - bottom, width - left, height - top)

    lines = tuple(_with_inks_turned(line.moved(back), degrees // 90) for line in reading.lines)
    return replace(reading, lines=lines, turn=degrees)


def _with_inks_turned(line: Line, quarters: int) -> Line:
    words = tuple(
        replace(
            word,
            characters=tuple(
                c if c.ink is None else replace(c, ink=_rotated(c.ink, quarters))
                for c in word.characters
            ),
        )
        for word in line.words
    )
    return replace(line, words=words)


def _rotated(plane: _Plane, quarters: int) -> _Plane:
    """Return a picture turned by so many quarters counterclockwise."""
    return cast("_Plane", np.ascontiguousarray(np.rot90(plane, quarters)))
