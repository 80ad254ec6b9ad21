"""Cleaning PDFs, page by page."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TypeAlias, get_args

from foretext.errors import ForetextError, OutputError, UsageError, warn
from foretext.files import reason_of, replacing
from foretext.image import DEFAULT_MAX_PIXELS, check_limit
from foretext.keep import parse_keep
from foretext.pages.attempt import attempt, hinted
from foretext.pages.content import content_of
from foretext.pages.damage import check_pictures
from foretext.pages.document import PdfSource, held, is_binary, name_of, opened, require
from foretext.pages.encoding import encode_ink, encode_mask, encode_photograph
from foretext.pages.ranges import Progress, parse_pages, told
from foretext.pages.raster import check_size, draw
from foretext.pages.report import PdfPage, PdfReport
from foretext.pages.rewriting import CleanPage, replace_all, replace_pictures
from foretext.pages.streams import only_pictures
from foretext.pages.survey import Survey, survey
from foretext.pictures import dithered, rows_and_columns
from foretext.pipeline import clean
from foretext.reading import Box
from foretext.recipe import Recipe, as_recipe
from foretext.steps import Step

if TYPE_CHECKING:
    import pikepdf

    from foretext.cleaned import Cleaned

PdfView: TypeAlias = Literal["ink", "mask"]
"""How cleaned pages are written: soft-edged, or in hard black and white."""

_SIGNED = 1  # the bit of /SigFlags


@dataclass(frozen=True, slots=True)
class _Plan:
    keep: str | int | None
    recipe: Recipe
    view: PdfView
    rasterize: bool
    max_pixels: int


def clean_pdf(
    source: PdfSource,
    target: str | os.PathLike[str] | BinaryIO,
    *,
    pages: str | Iterable[int] | None = None,
    keep: str | int | None = None,
    recipe: Recipe | str | os.PathLike[str] | None = None,
    view: PdfView = "ink",
    rasterize: bool = False,
    password: str | None = None,
    progress: Progress | None = None,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> PdfReport:
    """Remove all but the wanted text from the scanned pages of a PDF.

    Pages keep their sizes, and the document its outline, page labels, links and metadata. What
    lies over a scan as real text or drawing stays, and so does the invisible text of an earlier
    OCR. Pages of real text or drawings are copied untouched, as are pages that fail or that are
    not asked for.

    Parameters
    ----------
    source : path, bytes or binary file
        The PDF.
    target : path or binary file
        Where the result goes; a path is written all at once or not at all.
    pages : str or iterable of int, optional
        Which pages to clean: ``"1-3,7"``, ``"5-"``, or numbers from 1 on; all by default.
    keep, recipe
        As for `foretext.clean`, for each page by itself.
    view : {"ink", "mask"}
        Soft-edged, or hard black and white. Scans that are black and white stay so.
    rasterize : bool
        Make pictures of pages of real text, too, and clean them; their text is then one no more.
    password : str, optional
        Of an encrypted PDF. The result is encrypted alike.
    progress : callable, optional
        Is called with the numbers of pages done and of all.
    max_pixels : int
        Pages that would have more pixels fail, before they are drawn.

    Returns
    -------
    PdfReport
        What became of each page.

    Raises
    ------
    PdfError
        If it can't be opened; see there for the kinds.
    InputNotFoundError, EmptyInputError
        If it can't be read, or holds no bytes or pages.
    UsageError
        If `pages`, `keep`, `recipe`, `view`, `target` or another wish can't be used.
    OutputError
        If the result can't be written.
    MissingExtraError
        If the packages for PDFs are not installed.

    Warns
    -----
    ForetextWarning
        For each page that failed.

    Notes
    -----
    One page at a time is held in memory, and what its cleaned picture takes in the file. A
    cleaned page never takes more bytes than its pictures did, if black and white can do that:
    it has 16 grays, or 4, or 2.

    Examples
    --------
    >>> import foretext
    >>> report = foretext.clean_pdf("scan.pdf", "clean.pdf", pages="1-3,7")  # doctest: +SKIP
    >>> report.cleaned[0].note  # doctest: +SKIP
    'cleaned'
    """
    require()
    check_limit(max_pixels)
    if view not in get_args(PdfView):
        raise UsageError(f"a PDF has no view {view!r}; it has ink and mask")
    if keep is not None:
        parse_keep(keep)
    plan = _Plan(keep, as_recipe(recipe), view, rasterize, max_pixels)
    name, kept = name_of(source), held(source)
    _check_target(kept, target)
    with opened(kept, name, password) as pdf, opened(kept, name, password) as scratch:
        numbers = parse_pages(pages, len(pdf.pages))
        done = tuple(_cleaned(pdf, scratch, n, plan) for n in told(numbers, progress))
        report = PdfReport(name, done, tuple(_notes(pdf)))
        _save(pdf, target, name)
    return report


def _cleaned(pdf: pikepdf.Pdf, scratch: pikepdf.Pdf, number: int, plan: _Plan) -> PdfPage:
    """Clean one page, or say why it is left as it was."""
    page = attempt(lambda: _clean_page(pdf, scratch, number, plan))
    if not isinstance(page, ForetextError):
        return page
    warn(f"page {number}: left as it was: {hinted(page)}")
    return PdfPage(number, "failed", str(page), error=page)


def _clean_page(pdf: pikepdf.Pdf, scratch: pikepdf.Pdf, number: int, plan: _Plan) -> PdfPage:
    started = time.perf_counter()
    page = scratch.pages[number - 1]
    content = content_of(page)
    found = survey(page, content)
    if found.kind == "empty" or (found.kind == "text" and not plan.rasterize):
        return PdfPage(number, "copied", found.note)
    check_size(found, f"page {number}", plan.max_pixels)
    check_pictures(content)
    flat = plan.rasterize
    pixels = draw(scratch, number, found, None if flat else only_pictures(scratch, content))
    drawn = Step(
        "draw", {"dpi": round(found.dpi, 1)}, found.note, 0.0, 0.0, time.perf_counter() - started
    )
    cleaned = clean(pixels, keep=plan.keep, recipe=plan.recipe, max_pixels=plan.max_pixels)
    del pixels
    if not cleaned.mask.any():
        return PdfPage(number, "copied", "no text was found on it", found.dpi, steps=(drawn,))
    clean_page = _encoded(cleaned, found, plan)
    if flat:
        replace_all(pdf, number, found, clean_page)
    else:
        replace_pictures(pdf, number, content_of(pdf.pages[number - 1]), found, clean_page)
    return PdfPage(
        number,
        "cleaned",
        cleaned.reason,
        found.dpi,
        clean_page.text.bits,
        found.size,
        clean_page.size,
        (drawn, *cleaned.steps),
    )


def _encoded(cleaned: Cleaned, found: Survey, plan: _Plan) -> CleanPage:
    if found.bilevel or plan.view == "mask":
        hard = dithered(cleaned.binarized, cleaned.source.pixels, cleaned.kept_pictures)
        return CleanPage(encode_mask(hard))
    photographs = []
    for box in cleaned.kept_pictures:
        rows, columns = rows_and_columns(box)
        place = Box(columns.start, rows.start, columns.stop, rows.stop)
        photographs.append((place, encode_photograph(cleaned.source.pixels[rows, columns])))
    most = found.size if found.kind == "scan" else None
    if most is not None:
        most = max(0, most - sum(len(photograph.data) for _, photograph in photographs))
    return CleanPage(encode_ink(cleaned.ink, most=most), photographs)


def _notes(pdf: pikepdf.Pdf) -> list[str]:
    form: Any = pdf.Root.get("/AcroForm", {})
    if int(form.get("/SigFlags", 0)) & _SIGNED:
        return ["it was signed; the signature no longer holds"]
    return []


def _check_target(source: Path | bytes, target: str | os.PathLike[str] | BinaryIO) -> None:
    if not isinstance(target, (str, os.PathLike)):
        if not is_binary(target, "write"):
            raise UsageError(
                f"a PDF can't be written to {type(target).__name__}",
                hint="give a path or a file that is open as binary",
            )
        return
    if isinstance(source, bytes):
        return
    if Path(target).exists() and source.samefile(target):
        raise OutputError(f"{source} would be overwritten", hint="choose another file")


def _save(pdf: pikepdf.Pdf, target: str | os.PathLike[str] | BinaryIO, name: str) -> None:
    import pikepdf

    try:
        if isinstance(target, (str, os.PathLike)):
            with replacing(target) as file:
                pdf.save(file, encryption=pdf.is_encrypted)
        else:
            pdf.save(target, encryption=pdf.is_encrypted)
    except pikepdf.PikepdfError as error:
        raise OutputError(f"{name} is too damaged to be written: {error}", hint="") from error
    except (OSError, ValueError) as error:
        where = target if isinstance(target, (str, os.PathLike)) else "the PDF"
        raise OutputError(f"can't write {where}: {reason_of(error)}") from error
