"""The fonts that scenes are drawn with.

``load()`` gives the large set of Debian's packages when all of it is installed
(``python -m lab.fonts.fetch``), else the few files bundled here. Both are divided the same way:
a family belongs to exactly one of train, dev and test.
"""

from __future__ import annotations

from lab.fonts.face import Face
from lab.fonts.fontset import FontSet, FontsMissingError, load
from lab.fonts.splits import SPLITS

__all__ = ["SPLITS", "Face", "FontSet", "FontsMissingError", "load"]
