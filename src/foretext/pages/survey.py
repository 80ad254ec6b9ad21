"""What kind of page it is: a scan to clean, or text and drawings to leave alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from foretext.pages.content import Content, Placed

if TYPE_CHECKING:
    import pikepdf

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top in points of the page."""

# The size of paper that viewers take for a page that tells none.
_LETTER: Box = (0.0, 0.0, 612.0, 792.0)
# Pictures that cover this share of a page make it a scan.
_SCANNED = 0.5
# What covers this share covers all that was painted before it.
_COVERED = 0.9
# Text of up to so many letters over a scan is a stamp on it (a page number, a case number).
_STAMP = 200
# So many painted areas are a frame or a background, not a drawing.
_FRAME = 4
# Resolution for pages that have none of their own.
_DEFAULT_DPI = 300.0
_CELLS = 64


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a page before it is worked.

    Attributes
    ----------
    kind : {"scan", "text", "empty"}
        Whether it is a picture of a page, or real text and drawings, or has nothing on it.
    note : str
        Why, in words.
    box : Box
        The part that is seen: the crop box.
    rotation : int
        How far it is turned clockwise to be seen: 0, 90, 180 or 270 degrees.
    dpi : float
        Resolution of its pictures; 300 for pages without.
    bilevel : bool
        Whether all its pictures are black and white.
    size : int
        Bytes that its pictures take in the file.
    """

    kind: Literal["scan", "text", "empty"]
    note: str
    box: Box
    rotation: int
    dpi: float
    bilevel: bool
    size: int

    def pixels(self) -> tuple[int, int]:
        """Return width and height of the page as it is seen, in pixels at `dpi`."""
        left, bottom, right, top = self.box
        sides = (right - left, top - bottom)
        wide, high = sides[::-1] if self.rotation % 180 else sides
        return tuple(max(1, round(side * self.dpi / 72.0)) for side in (wide, high))  # type: ignore[return-value]


def survey(page: pikepdf.Page, content: Content) -> Survey:
    """Tell what kind of page it is.

    Parameters
    ----------
    page : pikepdf.Page
        The page.
    content : Content
        What stands on it.

    Returns
    -------
    Survey
    """
    box = seen(page)
    pictures = [picture for picture in content.pictures if picture.is_seen]
    covered = float(_cells(pictures, box).mean()) if pictures else 0.0
    kind, note = _kind(content, covered, pictured=bool(pictures))
    return Survey(
        kind,
        note,
        box,
        int(page.obj.get("/Rotate", 0)) % 360 // 90 * 90,
        _dpi(pictures, box) if kind == "scan" else _DEFAULT_DPI,
        bool(pictures) and all(picture.bilevel for picture in pictures),
        sum(picture.size for picture in pictures),
    )


def seen(page: pikepdf.Page) -> Box:
    """Return what viewers show of a page: its crop box, as far as it lies in its media box."""
    media = _box(page.obj.get("/MediaBox")) or _LETTER
    crop = _box(page.obj.get("/CropBox")) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def _kind(
    content: Content, covered: float, *, pictured: bool
) -> tuple[Literal["scan", "text", "empty"], str]:
    below = content.letters_below if covered < _COVERED else 0
    letters = content.letters_over + below
    if not pictured:
        if letters or content.paints:
            return "text", "it holds real text or drawings and no scan"
        return "empty", "there is nothing on it"
    if letters > _STAMP:
        return "text", "it holds real text beside its pictures"
    if covered >= _SCANNED or (not letters and content.paints <= _FRAME):
        return "scan", "a picture of a page"
    return "text", "its pictures cover little of it"


def _dpi(pictures: list[Placed], box: Box) -> float:
    """Return the finest resolution that holds for half of what the pictures cover."""
    least = _cells(pictures, box).sum() / 2.0
    finest = sorted({picture.dpi for picture in pictures}, reverse=True)
    for dpi in finest:
        if _cells([picture for picture in pictures if picture.dpi >= dpi], box).sum() >= least:
            return dpi
    return finest[-1]


def _cells(pictures: list[Placed], box: Box) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return what the pictures cover of a page, on a coarse grid."""
    left, bottom, right, top = box
    xs = left + (np.arange(_CELLS) + 0.5) / _CELLS * (right - left)
    ys = bottom + (np.arange(_CELLS) + 0.5) / _CELLS * (top - bottom)
    covered = np.zeros((_CELLS, _CELLS), bool)
    for picture in pictures:
        x0, y0, x1, y1 = picture.box
        covered |= ((ys >= y0) & (ys <= y1))[:, None] & ((xs >= x0) & (xs <= x1))
    return covered


def _box(values: Any) -> Box | None:
    """Return a box in its usual order, or None if it is none."""
    try:
        x0, y0, x1, y1 = (float(value) for value in values)
    except (TypeError, ValueError):
        return None
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[0] < box[2] and box[1] < box[3] else None
