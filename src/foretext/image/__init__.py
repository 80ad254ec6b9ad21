"""Taking pictures in, and saving them whole or not at all.

This is the only door for pictures: what lies behind it may trust that an `Image` is RGB, upright,
not empty and not too large.
"""

from foretext.image.limits import DEFAULT_MAX_PIXELS, check_limit
from foretext.image.loading import Image, Source, load
from foretext.image.saving import SAVE_SUFFIXES, encode, format_of, save

__all__ = [
    "DEFAULT_MAX_PIXELS",
    "SAVE_SUFFIXES",
    "Image",
    "Source",
    "check_limit",
    "encode",
    "format_of",
    "load",
    "save",
]
