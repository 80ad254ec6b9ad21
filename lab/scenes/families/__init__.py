"""All families of scenes, in one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from lab.scenes.draft import Draft
from lab.scenes.families.clean import clean_characters, clean_words
from lab.scenes.families.clean_signs import clean_signs, clean_titles
from lab.scenes.families.crowded import crowded
from lab.scenes.families.drawn import colored_lines, noise_lines
from lab.scenes.families.labels import labels
from lab.scenes.families.loose import loose
from lab.scenes.families.many_colors import many_colors
from lab.scenes.families.outlined import outlined
from lab.scenes.families.page_bleed_through import page_bleed_through
from lab.scenes.families.page_clean import clean_page
from lab.scenes.families.page_degraded import page_degraded
from lab.scenes.families.page_handwritten import page_handwritten
from lab.scenes.families.page_headline import page_headline
from lab.scenes.families.page_lines import page_lines
from lab.scenes.families.page_mixed import page_mixed, page_panels
from lab.scenes.families.page_pictures import page_pictures
from lab.scenes.families.page_security import page_security
from lab.scenes.families.page_sparse import page_sparse
from lab.scenes.families.page_stamp import page_stamp
from lab.scenes.families.page_watermark import page_watermark
from lab.scenes.families.same_color import same_color
from lab.scenes.families.scattered import scattered_darker, scattered_equal, scattered_lighter
from lab.scenes.families.shaded import shaded
from lab.scenes.families.spaced import spaced
from lab.scenes.families.stamped import stamped
from lab.scenes.families.subtitles import subtitles
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
    "crowded": Family(
        crowded, "lines", False, "uneven characters that overlap, under dots and curves"
    ),
    "shaded": Family(
        shaded, "lines", False, "letters of a thin outline and its shade, under curves"
    ),
    "loose": Family(
        loose, "lines", False, "characters far apart and at all heights, among dots and frames"
    ),
    "spaced": Family(
        spaced, "lines", False, "characters set wide, of one color or many, under thin lines"
    ),
    "subtitles": Family(
        subtitles, "pictures", False, "words over a photograph, outlined, shadowed or boxed"
    ),
    "labels": Family(
        labels, "panels", False, "words on a label, plate or button, or beside an icon"
    ),
    "stamped": Family(stamped, "stamp", False, "words under a stamp, or struck with a pen"),
    "page_watermark": Family(
        page_watermark, "watermark", False, "a page with a watermark under or over its text"
    ),
    "page_bleed_through": Family(
        page_bleed_through, "bleed-through", False, "a page through which its other side shows"
    ),
    "page_stamp": Family(page_stamp, "stamp", False, "a page with stamps or seals over its text"),
    "page_lines": Family(
        page_lines, "rules", False, "a page with rules, grid, table, underlines or marker"
    ),
    "page_security": Family(
        page_security, "security print", False, "a page on guilloches, rosettes and micro text"
    ),
    "page_degraded": Family(
        page_degraded, "damage", False, "a page with specks, folds, stains, shade or faded print"
    ),
    "page_handwritten": Family(
        page_handwritten, "damage", False, "an old page by hand: uneven ink, bleed-through, stains"
    ),
    "page_pictures": Family(
        page_pictures, "pictures", False, "a page with photographs, prints, drawings or charts"
    ),
    "page_panels": Family(
        page_panels, "panels", False, "text in colored bars, tables, buttons and bubbles"
    ),
    "page_sparse": Family(
        page_sparse, "watermark", False, "a page of few lines, most of it watermark or stamp"
    ),
    "page_headline": Family(
        page_headline, "none", True, "a page under a headline much larger than its text"
    ),
    "page_mixed": Family(
        page_mixed, "none", True, "texts of many sizes and colors beside each other"
    ),
    "clean_characters": Family(clean_characters, "none", True, "characters alone"),
    "clean_words": Family(clean_words, "none", True, "one to three lines of words alone"),
    "clean_signs": Family(
        clean_signs,
        "none",
        True,
        "lines with signs: prices, dashes, marks; or few characters",
    ),
    "clean_titles": Family(clean_titles, "none", True, "a large line with small print beside it"),
    "clean_page": Family(clean_page, "none", True, "a page of text and headings alone"),
}
