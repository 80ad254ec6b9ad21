"""Taking pictures in, and saving them whole or not at all.

This is the only door for pictures: what lies behind it may trust that an `Image` is RGB, upright,
not empty and not too large.
"""

from foretext.image.limits import DEFAULT_MAX_PIXELS, check_limit
from foretext.image.loading import Image, Source, count_pages, load, untouched
from foretext.image.multipage import Page, save_pages, write_pages
from foretext.image.saving import SAVE_SUFFIXES, encode, format_of, save

__all__ = [
    "DEFAULT_MAX_PIXELS",
    "SAVE_SUFFIXES",
    "Image",
    "Page",
    "Source",
    "check_limit",
    "count_pages",
    "encode",
    "format_of",
    "load",
    "save",
    "save_pages",
    "untouched",
    "write_pages",
]
