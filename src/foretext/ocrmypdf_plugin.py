"""foretext inside OCRmyPDF.

OCRmyPDF finds this module by its entry point whenever foretext is installed, so nothing is done
unless one of these is given:

``--foretext``
    What OCR sees is cleaned; the visible page stays as it was.
``--remove-background``
    The visible page is cleaned, too. OCRmyPDF has this option, but nothing behind it.

OCRmyPDF makes pages anew only in some of its modes, and for all pages alike. So for
``--remove-background`` its mode is set to ``force`` once it is known which pages hold no text,
and its work is narrowed to those.
"""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from ocrmypdf import hookimpl

from foretext.errors import ForetextError, KeepError, RecipeError
from foretext.pictures import dithered
from foretext.render import as_picture

if TYPE_CHECKING:
    import PIL.Image

    from foretext.cleaned import Cleaned

_log = logging.getLogger(__name__)

# Where the wish for --remove-background is kept once OCRmyPDF must not see it any more.
_VISIBLE = "foretext_visible"
_CLEAN = "foretext.png"
_GRAYS = 16
_QUALITY = 85


@hookimpl
def add_options(parser: ArgumentParser) -> None:
    """Add the options."""
    group = parser.add_argument_group("foretext", "Cleaning by foretext")
    group.add_argument(
        "--foretext",
        action="store_true",
        default=False,
        help="Show OCR the wanted text alone; the visible page stays as it was. "
        "--remove-background cleans the visible page, too.",
    )
    group.add_argument(
        "--foretext-keep",
        metavar="TEXT",
        help="Which text is wanted: auto (the default), largest, darkest, a layer's number (2 or "
        "1,3), a color or a range of colors, as for `foretext clean --keep`.",
    )
    group.add_argument(
        "--foretext-recipe",
        metavar="FILE",
        help="Stages and settings, as `foretext recipe show` writes them.",
    )


@hookimpl
def check_options(options: Any) -> None:
    """Take --remove-background over; refuse wishes that no page can fulfill."""
    if options.remove_background:
        options.extra_attrs[_VISIBLE] = True
        options.remove_background = False
    keep, recipe = _asked(options, "foretext_keep"), _asked(options, "foretext_recipe")
    if keep or recipe:
        _check(keep, recipe)
        if not _is_on(options):
            _log.warning("--foretext-... has no effect without --foretext or --remove-background")


@hookimpl
def validate(pdfinfo: Any, options: Any) -> None:
    """Let the pages be made anew that are to be cleaned visibly."""
    from ocrmypdf._options import ProcessingMode

    mode = ProcessingMode
    if not _asked(options, _VISIBLE) or options.mode not in (mode.default, mode.skip):
        return
    pages = [
        page
        for page in pdfinfo.pages
        if page is not None and (not options.pages or page.pageno in options.pages)
    ]
    if options.mode == mode.default and any(page.has_text for page in pages):
        return  # OCRmyPDF is about to refuse it, and says what can be done
    scans = {page.pageno for page in pages if page.images and not page.has_text}
    if not scans:
        _log.warning("--remove-background: no page is a scan without text; nothing is cleaned")
        return
    if len(scans) < len(pages):
        _log.info("pages that hold text, or no picture, are left as they are")
        options.pages = scans
        # OCRmyPDF can't hand a choice of pages to worker processes: it hangs.
        options.use_threads = True
    options.mode = mode.force


@hookimpl(wrapper=True)
def filter_ocr_image(page: Any, image: PIL.Image.Image) -> Generator[None, Any, Any]:
    """Clean what OCR sees, after OCRmyPDF has made it as small as its engine needs it."""
    given = yield
    if not _is_on(page.options):
        return given
    shown = image if given is None else given
    cleaned = _cleaned(page, shown)
    if cleaned is None:
        return given
    if shown is image and _visible_is_same(page.options):
        _save(cleaned, page.get_path(_CLEAN), shown)
    return _for_ocr(cleaned, shown)


@hookimpl
def filter_page_image(page: Any, image_filename: Path) -> Path | None:
    """Clean the visible page, if asked for."""
    import PIL.Image

    if not _asked(page.options, _VISIBLE):
        return None
    clean: Path = page.get_path(_CLEAN)
    if clean.exists():
        return clean
    with PIL.Image.open(image_filename) as image:
        cleaned = _cleaned(page, image)
        if cleaned is None:
            return image_filename
        _save(cleaned, clean, image)
    return clean


def _asked(options: Any, name: str) -> Any:
    """Return an option; None where OCRmyPDF is called without it."""
    return getattr(options, name, None)


def _is_on(options: Any) -> bool:
    return bool(_asked(options, "foretext") or _asked(options, _VISIBLE))


def _check(keep: str | None, recipe: str | None) -> None:
    from ocrmypdf.exceptions import BadArgsError

    from foretext.keep import parse_keep
    from foretext.recipe import as_recipe

    try:
        if keep is not None:
            parse_keep(keep)
        as_recipe(recipe)
    except (KeepError, RecipeError) as error:
        raise BadArgsError(f"foretext: {error} ({error.hint})") from error


def _visible_is_same(options: Any) -> bool:
    """Tell whether the visible page is to be made of the picture that OCR sees."""
    apart = options.remove_vectors or options.clean != options.clean_final
    return bool(_asked(options, _VISIBLE)) and not apart and not options.max_ocr_image_mpixels


def _cleaned(page: Any, image: PIL.Image.Image) -> Cleaned | None:
    """Clean a picture of a page; None, and a word to the user, if it is to stay as it is."""
    from foretext.pipeline import clean

    options = page.options
    try:
        cleaned = clean(
            np.asarray(image.convert("RGB")),
            keep=_asked(options, "foretext_keep"),
            recipe=_asked(options, "foretext_recipe"),
            max_pixels=image.width * image.height,  # OCRmyPDF has a limit of its own
        )
    except ForetextError as error:
        _log.warning("page %d is not cleaned: %s", page.pageno + 1, error)
        return None
    if not cleaned.mask.any():
        _log.info("page %d is not cleaned: no text was found on it", page.pageno + 1)
        return None
    return cleaned


def _for_ocr(cleaned: Cleaned, image: PIL.Image.Image) -> PIL.Image.Image:
    """Return the clean picture, of the size and resolution that the image has."""
    import PIL.Image

    picture = PIL.Image.fromarray(as_picture(cleaned.ink))
    picture.info["dpi"] = image.info["dpi"]
    return picture


def _save(cleaned: Cleaned, path: Path, image: PIL.Image.Image) -> None:
    """Write the clean page.

    In black and white if the image is so, else in few grays, to be small; by JPEG, if there are
    photographs on it.
    """
    import PIL.Image

    if image.mode == "1":
        hard = dithered(cleaned.binarized, cleaned.source.pixels, cleaned.kept_pictures)
        PIL.Image.fromarray(~hard).save(path, dpi=image.info["dpi"])
        return
    if cleaned.kept_pictures:
        page = PIL.Image.fromarray(cleaned.picture)
        page.save(path, format="JPEG", quality=_QUALITY, dpi=image.info["dpi"])
        return
    white = _GRAYS - 1
    levels = PIL.Image.fromarray((white - np.rint(cleaned.ink * white)).astype(np.uint8), "P")
    levels.putpalette([level * 255 // white for level in range(_GRAYS) for _ in "RGB"])
    levels.save(path, dpi=image.info["dpi"], bits=4)
