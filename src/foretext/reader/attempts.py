"""What an engine is shown of a cleaned picture: one view after the other, until it is sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from foretext.arrays import Ink, Mask, Pixels
from foretext.cleaned import Cleaned
from foretext.ink import amount
from foretext.reader.plain import is_plain, without_rest
from foretext.reading import Box, Shown
from foretext.recognize.engine import Layout

# A picture of more pixels than this is read once: there is text enough in it to be sure.
_SMALL = 500_000
# Inks that differ by more than this share are two.
_DISAGREE = 0.04
# What covers more than this part of a picture is no text.
_NO_TEXT = 0.5
# Where the network is half sure, the picture's tones are shown whole.
_TONED = 2.0
# In a dimmed picture so much is left of what is not wanted, and a little more near what is.
_DIMMED = 0.3
_AROUND = 1.5
# The same ink is read otherwise if it is so many times as large.
_LARGER = 1.4
# Darker than this is ink in a picture made from it.
_HALF = 128


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One picture for OCR.

    Attributes
    ----------
    shown : {"apart", "cleaned", "ink", "larger", "input", "color", "toned", "dimmed"}
        What it is; see `foretext.reading.Attempt`.
    pixels : ndarray of uint8, (H', W') or (H', W', 3)
        Dark on white.
    ink : ndarray of float32, (H, W)
        The ink in it, in the size of the input: coverage in [0, 1].
    mask : ndarray of bool, (H', W')
        Where `pixels` are inked.
    layout : {"line", "page"}
        How its text stands.
    back : callable
        From a box in it to one in the input.
    """

    shown: Shown
    pixels: Pixels
    ink: Ink
    mask: Mask
    layout: Layout
    back: Callable[[Box], Box]

    @property
    def is_straight(self) -> bool:
        """Whether its baseline was made level; the input's is as it came."""
        return self.shown in {"apart", "cleaned", "larger", "color"}


def is_small(cleaned: Cleaned) -> bool:
    """Tell whether a picture is so small that it may be read several times."""
    return cleaned.ink.size <= _SMALL


def is_automatic(cleaned: Cleaned) -> bool:
    """Tell whether foretext chose the text; what the user named is not put in doubt."""
    return cleaned.recipe.keep == "auto"


def of_ink(cleaned: Cleaned, shown: Shown = "cleaned") -> View:
    """Return the cleaned ink, as it is rendered for OCR."""
    made = cleaned.rendering
    # What is straight shows its heights best.
    inked = made.pixels < _HALF
    return View(shown, made.pixels, cleaned.ink, inked, cleaned.layout, made.back)


def as_it_stands(cleaned: Cleaned) -> View:
    """Return the cleaned ink, neither made straight nor resized."""
    pixels = np.rint(255.0 * (1.0 - cleaned.ink)).astype(np.uint8)
    return View("ink", pixels, cleaned.ink, cleaned.mask, cleaned.layout, _same)


def larger(cleaned: Cleaned) -> View:
    """Return the cleaned ink rendered larger, for an engine of two minds about it."""
    how = dict(cleaned.recipe.render)
    how["x_height"] *= _LARGER
    return of_ink(replace(cleaned, recipe=replace(cleaned.recipe, render=how)), "larger")


def letters_apart(cleaned: Cleaned) -> View | None:
    """Return letters that overlap set side by side, if their colors tell them apart."""
    from foretext.reader.side_by_side import side_by_side
    from foretext.separate.letters import overlapping_letters

    scale, how = cleaned.scale, dict(cleaned.recipe.render)
    letters = overlapping_letters(cleaned.source.pixels, cleaned.ink, scale)
    if not letters:
        return None
    del how["straighten"]
    made = side_by_side(letters, scale, **how)
    return View("apart", made.pixels, cleaned.ink, made.pixels < _HALF, "line", made.back)


def of_tones(cleaned: Cleaned) -> View:
    """Return the input's own colors where the wanted text is, and white elsewhere.

    Engines that were taught with photographs know strokes by their tones, too; where letters
    overlap, these show which is in front.
    """
    import cv2

    likely = cleaned.foreground
    if likely is None:
        shown = cv2.dilate(cleaned.ink, np.ones((3, 3), np.uint8))
    else:
        shown = np.minimum(np.float32(_TONED) * likely, 1.0)
    return _faded("toned", cleaned, np.asarray(shown, np.float32))


def dimmed(cleaned: Cleaned, likely: Ink) -> View:
    """Return the input with all but the wanted text paler than it is, but not gone.

    What the network is not sure of can still be seen, and an engine that reads photographs may
    make sense of it.
    """
    import cv2

    near = cv2.dilate(likely, np.ones((3, 3), np.uint8))
    shown = np.minimum(np.float32(_AROUND) * near, 1.0)
    return _faded("dimmed", cleaned, np.asarray(_DIMMED + (1.0 - _DIMMED) * shown, np.float32))


def _faded(shown: Shown, cleaned: Cleaned, visible: Ink) -> View:
    """Return the input dark on light, each pixel as visible as is said."""
    share = visible[..., None]
    pixels = np.rint(255.0 * (1.0 - share) + share * _dark_on_light(cleaned)).astype(np.uint8)
    return View(shown, pixels, cleaned.ink, cleaned.mask, cleaned.layout, _same)


def of_input(cleaned: Cleaned, layout: Layout = "line") -> View:
    """Return the input as it came, but for light text on dark paper: that is inverted.

    Taken for one line, it reads as nonsense of which no engine is sure, if it is none or holds
    other text; looked through for text, as a page, it is read with all that is unwanted.
    """
    return View("input", _dark_on_light(cleaned), cleaned.ink, cleaned.mask, layout, _same)


def of_page(cleaned: Cleaned) -> View:
    """Return a page as it came, without what was removed, if it is plain; else its ink."""
    if cleaned.layout != "page" or not is_plain(cleaned):
        return of_ink(cleaned)
    shown = without_rest(cleaned)
    return View("input", shown, cleaned.ink, cleaned.mask, "page", _same)


def by_color(cleaned: Cleaned) -> Cleaned | None:
    """Return the picture cleaned by color alone, if that leaves another ink."""
    from foretext.pipeline import clean

    plan = cleaned.recipe
    if not plan.network:
        return None
    other = clean(cleaned.source, recipe=replace(plan, network=False))
    if amount(other.ink) > _NO_TEXT * other.ink.size:
        return None
    apart = amount(np.abs(other.ink - cleaned.ink))
    same = apart <= _DISAGREE * max(amount(cleaned.ink), amount(other.ink))
    return None if same or not other.mask.any() else other


def views(cleaned: Cleaned, *, in_tones: bool) -> Iterator[View]:
    """Yield what an engine may be shown, the best first; each is made when it is asked for.

    Parameters
    ----------
    cleaned : Cleaned
        A small picture.
    in_tones : bool
        Whether the engine reads colors and tones.

    Yields
    ------
    View
    """
    apart = letters_apart(cleaned)
    if apart is not None:
        yield apart
    yield of_ink(cleaned)
    if not in_tones and cleaned.layout == "line":
        yield larger(cleaned)
    automatic, likely = is_automatic(cleaned), cleaned.foreground
    if in_tones and automatic:
        yield of_input(cleaned)
    other = by_color(cleaned) if automatic else None
    if other is not None:
        yield of_ink(other, "color")
    if in_tones:
        yield of_tones(cleaned)
    if in_tones and likely is not None:
        yield dimmed(cleaned, likely)


def _dark_on_light(cleaned: Cleaned) -> Pixels:
    pixels = cleaned.source.pixels
    level = pixels.mean(axis=2)
    paper = level[cleaned.ink < 0.1]
    if paper.size and float(level[cleaned.mask].mean()) > float(paper.mean()):
        return np.asarray(255 - pixels, np.uint8)
    return pixels


def _same(box: Box) -> Box:
    return box
