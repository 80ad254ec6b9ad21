"""Pages of dark ink on flat light paper, of which nothing was removed: they are read as they came.

An engine reads the ink of such a page as well, but here and there otherwise: it takes one stop for
a comma, or words below each other for a column. No cleaning should cost that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from foretext.arrays import thinned
from foretext.recipe import Recipe
from foretext.recognize.engine import gray

if TYPE_CHECKING:
    from foretext.cleaned import Cleaned

# If less than this of all ink was removed, none was.
_NOTHING: Final = 0.001
# Paper is at least so light (of 255), hardly any of it differs from the rest by so much, and ink is
# so much darker.
_LIGHT: Final = 160.0
_FLAT: Final = 24.0
_DARKER: Final = 96.0
# Text that is lower, in pixels, is read better as rendered.
_TALL: Final = 11.0


def is_plain(cleaned: Cleaned) -> bool:
    """Tell whether cleaning has nothing to add to a page.

    Parameters
    ----------
    cleaned : Cleaned
        The page.

    Returns
    -------
    bool
        Whether it is dark ink on flat light paper, level and not small, and nothing was removed.
        False if its recipe tells how to render it.
    """
    if cleaned.recipe.render != Recipe().render:
        return False
    if cleaned.rest.lost > _NOTHING or cleaned.pictures or cleaned.scale.x_height < _TALL:
        return False
    if not _is_dark_on_flat_paper(cleaned):
        return False
    return not cleaned.skew and cleaned.perspective is None


def _is_dark_on_flat_paper(cleaned: Cleaned) -> bool:
    level, ink = gray(thinned(cleaned.source.pixels)), thinned(cleaned.ink)
    paper, dense = level[ink <= 0.0], level[ink >= 1.0]
    if not paper.size or not dense.size:
        return False
    low, middle, high = np.percentile(paper, (1.0, 50.0, 99.0))
    is_flat = low > middle - _FLAT and high < middle + _FLAT
    return bool(middle >= _LIGHT and is_flat and np.median(dense) < middle - _DARKER)
