"""The wanted text by its looks: what the network says, seen with the whole picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from foretext.arrays import Ink
from foretext.choose.apart import stands_apart
from foretext.choose.choice import Choice
from foretext.choose.missed.formulas import with_formulas
from foretext.choose.missed.free import with_free_characters
from foretext.choose.missed.headlines import with_headlines
from foretext.choose.missed.punctuation import with_stops, with_whole_leaders
from foretext.choose.missed.tails import with_whole_marks
from foretext.choose.plain import plain_text
from foretext.choose.rank import holds_rows, running_texts, text_height
from foretext.choose.strays.fragments import without_fragments
from foretext.choose.strays.ghosts import without_ghosts
from foretext.choose.strays.hues import without_other_hues
from foretext.choose.strays.likes import without_likes
from foretext.choose.strays.marks import without_marks
from foretext.choose.wanted import holds_a_mark, unwanted_share, wanted_layers
from foretext.ink import is_page, x_height_of
from foretext.layer import Layer
from foretext.separate import Separation
from foretext.separate.contrast import Contrast
from foretext.separate.refine import refine, with_pale_strokes

# If less of all ink than this looks unwanted, all layers are wanted.
_HARMLESS = 0.01
# Characters so many times as tall as running text are not its.
_OUTWEIGHED = 2.0
# A layer is wanted if more than this part of it is kept.
_MOSTLY = 0.5
# A page of no more pieces than this has few words. What is paler than this part of its text, and so
# much of all ink, is a watermark.
_FEW = 600
_PALE = 0.6
_SOME = 0.03
# More than this part of it in rows, and so many characters, are a line.
_A_LINE = 0.7, 20


def by_looks(separation: Separation, ranked: tuple[Layer, ...], foreground: Ink) -> Choice:
    """Choose what the network takes for wanted text.

    Parameters
    ----------
    separation : Separation
        The picture taken apart.
    ranked : tuple of Layer
        Its layers, weighed and ranked.
    foreground : ndarray of float32, (H, W)
        What the network takes for wanted text, in [0, 1].

    Returns
    -------
    Choice
        All ink if hardly any looks unwanted.
    """
    unwanted = unwanted_share(ranked, foreground)
    height = _height_of(foreground, ranked)
    on_page = is_page(foreground.size, height)
    everything = ranked[0].all_ink
    may_be_plain = not on_page or _holds_few_words(ranked)
    plain = plain_text(everything, ranked, foreground) if may_be_plain else None
    reason = ""
    if unwanted <= _HARMLESS and not (
        on_page and holds_a_mark(separation.contrast, ranked, foreground, height)
    ):
        reason = "hardly any ink looks unwanted, so all of it is kept"
    elif plain is not None:
        reason = "all ink is rows of characters that cross nothing, so all of it is kept"
    elif not on_page and stands_apart(everything, foreground):
        reason = "what looks unwanted is text apart from the rest, so all ink is kept"
    ink = refine(separation.contrast, foreground, height, is_clean=bool(reason))
    if reason:
        everything = np.maximum(ink, everything if plain is None else plain)
        kept = ranked if plain is None else tuple(x for x in ranked if _is_in(x, plain)) or ranked
        # What is kept although it looked unwanted is shown whole to whoever reads tones.
        return Choice(kept, ranked, everything, reason, np.maximum(foreground, everything))
    wanted = wanted_layers(ranked) or ranked[:1]
    reason = f"{unwanted:.0%} of the ink looks unwanted; {ranked[0].reason}"
    if on_page:
        ink = with_pale_strokes(ink, everything, foreground)
        ink = _without_strangers(ink, separation.contrast, ranked, foreground, height)
        whole = with_headlines(ink, everything, separation.contrast, foreground)
        if whole is not ink:
            ink, wanted = whole, tuple(x for x in ranked if x in wanted or _is_in(x, whole))
    else:
        ink = without_ghosts(ink, ranked, foreground)
    own = reduce(np.logical_or, (layer.solid for layer in wanted)) if on_page else None
    ink = without_marks(ink, ranked)
    if own is not None:
        ink = with_formulas(ink, everything, own, height)
        ink = with_whole_marks(ink, everything, foreground, height)
    ink = with_stops(ink, everything, own, height if on_page else np.inf)
    ink = with_whole_leaders(ink, everything)
    if own is not None:
        ink = with_free_characters(ink, everything, separation.contrast.strength, height)
    return Choice(wanted, ranked, ink, reason, foreground)


def _without_strangers(
    ink: Ink, paperless: Contrast, ranked: Sequence[Layer], foreground: Ink, height: float
) -> Ink:
    """Leave out what by size and color is of other things on the page."""
    # Beside a stamp, a line of text is low, but no fragment.
    lines = [layer for layer in wanted_layers(ranked) if holds_rows(layer, *_A_LINE)]
    ink = without_fragments(ink, foreground, min([height, *(line.x_height for line in lines)]))
    ink = without_likes(ink, paperless, ranked, foreground, height)
    return without_other_hues(ink, paperless, ranked)


def _height_of(foreground: Ink, ranked: Sequence[Layer]) -> float:
    """Return how tall characters are: of running text, if large words outweigh it, or none."""
    height, usual = x_height_of(foreground), text_height(ranked)
    outweighed = running_texts(ranked) and height > _OUTWEIGHED * usual
    return usual if outweighed or not height else height


def _holds_few_words(ranked: Sequence[Layer]) -> bool:
    """Tell whether a page has few pieces, and nothing unwanted that is much paler than its text."""
    if sum(len(layer.pieces) for layer in ranked) > _FEW:
        return False
    pale = _PALE * max(layer.contrast for layer in wanted_layers(ranked) or ranked[:1])
    return not any(x.contrast < pale and not wanted_layers([x]) for x in ranked if x.share > _SOME)


def _is_in(layer: Layer, ink: Ink) -> bool:
    return float(ink[layer.solid].mean()) > _MOSTLY
