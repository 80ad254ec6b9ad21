"""Pages of dark ink on flat light paper are read as they came if hardly anything was removed.

An engine reads the ink of such a page as well, but here and there otherwise: it takes one stop for
a comma, or words below each other for a column. No cleaning should cost that. What was removed is
painted over with paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from foretext.arrays import thinned
from foretext.ink import UNSEEN
from foretext.pieces import grown
from foretext.recipe import Recipe
from foretext.recognize.engine import gray
from foretext.rest import edged

if TYPE_CHECKING:
    from foretext.arrays import Pixels
    from foretext.cleaned import Cleaned

# Hardly anything was removed if it is less than this of all ink, and of what was kept with its soft
# edges.
_HARDLY: Final = 0.01
_EDGES: Final = 0.15
# Paper is at least so light (of 255), hardly any of it differs from the rest by so much, and ink is
# so much darker.
_LIGHT: Final = 160.0
_FLAT: Final = 24.0
_DARKER: Final = 96.0
# Text that is lower, in pixels, is read better as rendered, and so is small print beside it.
_TALL: Final = 11.0
_SMALL: Final = 8.0


def is_plain(cleaned: Cleaned) -> bool:
    """Tell whether cleaning has nothing to add to a page.

    Parameters
    ----------
    cleaned : Cleaned
        The page.

    Returns
    -------
    bool
        Whether it is dark ink on flat light paper, level and not small, and little was removed.
        False if its recipe tells how to render it.
    """
    if cleaned.recipe.render != Recipe().render:
        return False
    if cleaned.rest.lost > _EDGES or cleaned.rest.apart > _HARDLY:
        return False
    if cleaned.pictures or not _is_dark_on_flat_paper(cleaned) or not _is_large(cleaned):
        return False
    return not cleaned.skew and cleaned.perspective is None


def without_rest(cleaned: Cleaned) -> Pixels:
    """Return a plain page as it came, but paper where something was removed.

    Parameters
    ----------
    cleaned : Cleaned
        The page.

    Returns
    -------
    ndarray of uint8, (H, W, 3)
        RGB.
    """
    pixels = cleaned.source.pixels
    if not cleaned.rest.apart:
        return pixels
    paper = np.median(thinned(pixels)[thinned(cleaned.ink) <= 0.0], axis=0)
    rest = grown(cleaned.removed > UNSEEN, 3) & ~edged(cleaned.ink)
    return np.where(rest[..., None], np.rint(paper).astype(np.uint8), pixels)


def _is_large(cleaned: Cleaned) -> bool:
    return cleaned.scale.x_height >= _TALL and (cleaned.smallest or _SMALL) >= _SMALL


def _is_dark_on_flat_paper(cleaned: Cleaned) -> bool:
    level, ink = gray(thinned(cleaned.source.pixels)), thinned(cleaned.ink)
    paper, dense = level[ink <= 0.0], level[ink >= 1.0]
    if not paper.size or not dense.size:
        return False
    low, middle, high = np.percentile(paper, (1.0, 50.0, 99.0))
    is_flat = low > middle - _FLAT and high < middle + _FLAT
    return bool(middle >= _LIGHT and is_flat and np.median(dense) < middle - _DARKER)
