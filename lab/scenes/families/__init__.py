"""All families of scenes, in one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from lab.scenes.draft import Draft
from lab.scenes.families.clean import clean_characters, clean_words
from lab.scenes.families.drawn import colored_lines, noise_lines
from lab.scenes.families.many_colors import many_colors
from lab.scenes.families.outlined import outlined
from lab.scenes.families.same_color import same_color
from lab.scenes.families.scattered import scattered_darker, scattered_equal, scattered_lighter
from lab.scenes.families.word_cloud import word_cloud
from lab.scenes.studio import Studio


class Family(NamedTuple):
    """One kind of scene.

    Attributes
    ----------
    make : callable
        Makes a draft with what a studio offers.
    kind : str
        What the text has to be told from.
    is_clean : bool
        Whether there is nothing to remove.
    description : str
        One line for people.
    """

    make: Callable[[Studio], Draft]
    kind: str
    is_clean: bool
    description: str


FAMILIES: Final[dict[str, Family]] = {
    "word_cloud": Family(
        word_cloud, "text behind", False, "waved bold characters over a cloud of thin words"
    ),
    "scattered_lighter": Family(
        scattered_lighter, "text behind", False, "text over scattered text that is lighter"
    ),
    "scattered_equal": Family(
        scattered_equal, "text behind", False, "text over scattered text as dark in other colors"
    ),
    "scattered_darker": Family(
        scattered_darker, "text behind", False, "text over scattered text that is darker"
    ),
    "same_color": Family(
        same_color, "text behind", False, "text over smaller or thinner text of its own color"
    ),
    "colored_lines": Family(
        colored_lines, "lines", False, "characters under colored lines, curves and dots"
    ),
    "many_colors": Family(
        many_colors, "lines", False, "characters of many colors among a few lines"
    ),
    "outlined": Family(
        outlined, "lines", False, "outlined characters, hollow or filled, among curves"
    ),
    "noise_lines": Family(
        noise_lines, "lines", False, "characters crossed by lines and dots of their own color"
    ),
    "clean_characters": Family(clean_characters, "none", True, "characters alone"),
    "clean_words": Family(clean_words, "none", True, "one to three lines of words alone"),
}
