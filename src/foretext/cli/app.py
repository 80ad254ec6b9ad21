"""All commands. Each takes its inputs one by one and makes one call into the face for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import foretext
from foretext.cli import examples, options
from foretext.cli.batch import each, wants_bar
from foretext.cli.inputs import Item, expand, single
from foretext.cli.leaving import Leaving, WithExamples
from foretext.cli.options import Format, ReadFormat, View
from foretext.cli.outputs import check_inputs_are_safe, destinations, folders, lone_page
from foretext.cli.paged import Page, note_turned, write_json, write_pages, write_pages_json
from foretext.cli.pdf import (
    check_suffixes,
    clean_one,
    fail_for,
    pdf_settings,
    read_one,
    refuse_pages,
)
from foretext.cli.settings import reader_of, settings_of
from foretext.cli.talk import Teller, line_of, write

if TYPE_CHECKING:
    from foretext.cleaned import Cleaned

_INDENT = 2
_DOCUMENTS = (ReadFormat.HOCR, ReadFormat.ALTO)

app = typer.Typer(
    cls=Leaving,
    epilog=examples.FORETEXT,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
recipe_app = typer.Typer(
    cls=Leaving,
    epilog=examples.RECIPE,
    no_args_is_help=True,
    help="Recipes: which stages, which settings.",
)
app.add_typer(recipe_app, name="recipe")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"foretext {foretext.__version__}")
        raise typer.Exit


@app.callback()
def _foretext(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Find the wanted text in a picture or PDF, keep it soft-edged, remove the rest, read it."""


@app.command(cls=WithExamples, epilog=examples.CLEAN)
def clean(
    inputs: options.Inputs,
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            show_default=False,
            help="A file, or - for standard output (PNG). A folder for several inputs, or if it "
            "exists or ends in /; names are kept, and .png is used where a format can't be "
            "written.",
        ),
    ],
    keep: options.Keep = None,
    recipe: options.RecipeFile = None,
    pictures: options.Photographs = None,
    view: Annotated[
        View,
        typer.Option(
            **options.one_of(View, "view"),
            help="ink: the text, soft-edged, in the size of the input; image: enlarged for OCR; "
            "mask: hard black and white; removed: what was taken away.",
        ),
    ] = View.INK,
    as_json: Annotated[
        bool, typer.Option("--json", help="Tell on standard output what was done.")
    ] = False,
    pages: options.Pages = None,
    password: options.Password = None,
    rasterize: options.Rasterize = False,
    max_megapixels: options.MaxMegapixels = None,
    debug: options.Debug = False,
) -> None:
    """Remove all but the wanted text."""
    given = expand(inputs)
    settings = settings_of(keep, recipe, max_megapixels, pictures)
    pdf = pdf_settings(given, pages, password, rasterize)
    outputs = destinations(given, output)
    if as_json and None in outputs:
        raise foretext.UsageError("--json and a picture can't both go to standard output")
    output_of = dict(zip(given.items, outputs, strict=True))
    check_suffixes(output_of)
    lone = {item: lone_page(item, pages, path) for item, path in output_of.items()}

    def work(item: Item, tell: Teller) -> None:
        path = output_of[item]
        if item.is_pdf:
            report = clean_one(item, path, tell, view=view.value, **settings, **pdf)
            if as_json:
                write_json(report.to_dict(), many=given.many, output=str(path))
            fail_for(report)
            return
        if item.pages > 1 and lone[item] is None:
            from foretext.cli.multipage import Pages, clean_pages

            paged = Pages(item, tell, settings)
            done = clean_pages(paged, path, pages, view.value)
            if as_json:
                about = {"foretext": foretext.__version__, "source": item.name, "pages": done}
                write_json(about, many=given.many, output=str(path))
            paged.check()
            return
        cleaned = foretext.clean(item.source(), page=lone[item], **settings)
        _note_blank(cleaned, item, tell)
        if path is None:
            write(cleaned.encode(view=view.value))
        else:
            cleaned.save(path, view=view.value)
        if as_json:
            _write_json(cleaned, many=given.many, output=str(path))

    each(given.items, work, debug=debug, bar=wants_bar(many=given.long, prints=as_json))


@app.command(cls=WithExamples, epilog=examples.READ)
def read(
    inputs: options.Inputs,
    *,
    engine: options.EngineName = None,
    format_: Annotated[
        ReadFormat,
        typer.Option(
            "--format",
            **options.one_of(ReadFormat, "format"),
            help="text: the text alone, below headers if there are several inputs, and with a form "
            "feed after each page of a PDF; json: one object with text, boxes, layers and steps "
            "(of a PDF: with its pages), or for several inputs one in each line; "
            "hocr (1.2) and alto (4.4): a document with boxes and confidences down to the "
            "characters, of one picture.",
        ),
    ] = ReadFormat.TEXT,
    characters: options.Characters = None,
    keep: options.Keep = None,
    recipe: options.RecipeFile = None,
    lang: options.Lang = None,
    layout: options.LayoutName = None,
    effort: options.EffortName = None,
    alphabet: options.Alphabet = None,
    pattern: options.Pattern = None,
    pages: options.Pages = None,
    password: options.Password = None,
    rasterize: options.Rasterize = False,
    max_megapixels: options.MaxMegapixels = None,
    debug: options.Debug = False,
) -> None:
    """Print the wanted text."""
    given = expand(inputs)
    _check_format(format_, many=given.many)
    if format_ in _DOCUMENTS or characters is not None:
        refuse_pages(given, f"--format {format_.value}" if characters is None else "--characters")
    settings = settings_of(keep, recipe, max_megapixels)
    pdf = pdf_settings(given, pages, password, rasterize)
    reader = reader_of(
        settings["recipe"], engine, lang, layout, effort=effort, alphabet=alphabet, pattern=pattern
    )
    folder_of = folders(given, characters)
    heads = _Heads(given.many)

    def work(item: Item, tell: Teller) -> None:
        if item.is_pdf or item.pages > 1:
            found = _read_pages(item, tell, settings, reader, pdf)
            if format_ is ReadFormat.JSON:
                write_pages_json(item, found, many=given.many)
            else:
                write_pages(found, heads.next(item.name))
            return
        cleaned = foretext.clean(item.source(), **settings)
        reading = foretext.read_cleaned(cleaned, **reader)
        if not reading.text:
            tell(line_of(item.name, f"{item.name}: no text found"))
        note_turned(reading, item.name, item.name, tell)
        if item in folder_of:
            _save_characters(reading, folder_of[item], given.items)
            _note_inkless(reading, item, tell)
        if format_ is ReadFormat.JSON:
            _write_json(cleaned, reading, many=given.many, characters=bool(folder_of))
        elif format_ is ReadFormat.TEXT:
            write(heads.next(item.name) + (f"{reading.text}\n" if reading.text else ""))
        else:
            write(_document(cleaned, reading, format_))

    each(given.items, work, debug=debug, bar=wants_bar(many=given.long, prints=True))


@app.command(cls=WithExamples, epilog=examples.LAYERS)
def layers(
    source: options.Input,
    *,
    keep: options.Keep = None,
    recipe: options.RecipeFile = None,
    format_: Annotated[
        Format,
        typer.Option(
            "--format", **options.one_of(Format, "format"), help="A table (text), or JSON."
        ),
    ] = Format.TEXT,
    page: options.Page = None,
    password: options.Password = None,
    max_megapixels: options.MaxMegapixels = None,
    debug: options.Debug = False,
) -> None:
    """List the kinds of text that a picture holds, and which of them is kept."""
    settings = settings_of(keep, recipe, max_megapixels)

    def work(item: Item, tell: Teller) -> None:
        cleaned = _cleaned_page(item, page, password, settings, tell)
        _note_blank(cleaned, item, tell)
        if format_ is Format.JSON:
            _write_json(cleaned, many=False)
        elif cleaned.layers:
            from foretext.cli.table import show_layers

            write(show_layers(cleaned))

    each(single(source).items, work, debug=debug)


@app.command(cls=WithExamples, epilog=examples.EXPLAIN)
def explain(
    source: options.Input,
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            show_default=False,
            help="A file, or - for standard output (PNG).",
        ),
    ],
    engine: options.EngineName = None,
    keep: options.Keep = None,
    recipe: options.RecipeFile = None,
    lang: options.Lang = None,
    layout: options.LayoutName = None,
    effort: options.EffortName = None,
    alphabet: options.Alphabet = None,
    pattern: options.Pattern = None,
    page: options.Page = None,
    password: options.Password = None,
    max_megapixels: options.MaxMegapixels = None,
    debug: options.Debug = False,
) -> None:
    """Draw on one sheet what was found, kept, removed (and why) and read."""
    given = single(source)
    settings = settings_of(keep, recipe, max_megapixels)
    reader = reader_of(
        settings["recipe"], engine, lang, layout, effort=effort, alphabet=alphabet, pattern=pattern
    )
    (path,) = destinations(given, output, as_picture=True)

    def work(item: Item, tell: Teller) -> None:
        from foretext.export.sheet import draw_sheet
        from foretext.image import encode, save

        cleaned = _cleaned_page(item, page, password, settings, tell)
        sheet = draw_sheet(cleaned, foretext.read_cleaned(cleaned, **reader))
        if path is None:
            write(encode(sheet))
        else:
            save(path, sheet)

    each(given.items, work, debug=debug)


@recipe_app.command(cls=WithExamples, epilog=examples.RECIPE)
def show(
    recipe: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", show_default=False, help="Show this one, completed, not the default."
        ),
    ] = None,
) -> None:
    """Print a recipe as TOML, with all settings written out."""
    plan = foretext.Recipe() if recipe is None else foretext.Recipe.load(recipe)
    write(plan.to_toml())


class _Heads:
    """Headers between the texts of several inputs, like those of ``head`` and ``tail``."""

    def __init__(self, many: bool) -> None:
        self._many = many
        self._between = ""

    def next(self, name: str) -> str:
        if not self._many:
            return ""
        head = f"{self._between}==> {name} <==\n"
        self._between = "\n"
        return head


def _read_pages(
    item: Item, tell: Teller, settings: dict[str, Any], reader: dict[str, Any], pdf: dict[str, Any]
) -> Iterator[Page]:
    """Return what is read of a PDF, or of a TIFF of several pages, page by page."""
    if item.is_pdf:
        return read_one(item, tell, **settings, **reader, **pdf)
    from foretext.cli.multipage import Pages, read_pages

    return read_pages(Pages(item, tell, settings), pdf["pages"], reader)


def _cleaned_page(
    item: Item, page: int | None, password: str | None, settings: dict[str, Any], tell: Teller
) -> Cleaned:
    """Clean one page of a picture or PDF, and tell if it has others."""
    source: Any = item.source()
    count = item.pages
    if item.is_pdf:
        from foretext.pages.picture import picture_of_page

        limit = {k: v for k, v in settings.items() if k == "max_pixels"}
        source, count = picture_of_page(
            source, 1 if page is None else page, password=password, **limit
        )
    elif password:
        raise foretext.UsageError("--password is for PDFs, and the input is none")
    if page is None and count > 1:
        tell(line_of(item.name, f"{item.name}: page 1 of {count}; --page names another"))
        page = 1
    return foretext.clean(source, page=None if item.is_pdf else page, **settings)


def _note_blank(cleaned: Cleaned, item: Item, tell: Teller) -> None:
    if not cleaned.layers:
        tell(line_of(item.name, f"{item.name}: the picture holds no ink"))


def _check_format(format_: ReadFormat, *, many: bool) -> None:
    if many and format_ in _DOCUMENTS:
        raise foretext.UsageError(
            f"{format_.value} is a document of one picture",
            hint="name one picture at a time, or use --format json",
        )


def _document(cleaned: Cleaned, reading: foretext.Reading, format_: ReadFormat) -> str:
    from foretext.export.alto import to_alto
    from foretext.export.hocr import to_hocr

    return (to_hocr if format_ is ReadFormat.HOCR else to_alto)(cleaned, reading)


def _save_characters(reading: foretext.Reading, folder: Path, items: Sequence[Item]) -> None:
    from foretext.export.glyphs import character_pictures, save_characters

    check_inputs_are_safe(items, [folder / name for name, _ in character_pictures(reading)])
    save_characters(reading, folder)


def _note_inkless(reading: foretext.Reading, item: Item, tell: Teller) -> None:
    missing = [character.text for character in reading.characters if character.ink is None]
    if missing:
        which = " ".join(missing)
        tell(line_of(item.name, f"{item.name}: no ink, so no picture, of the characters {which}"))


def _write_json(
    cleaned: Cleaned, reading: foretext.Reading | None = None, *, many: bool, **more: Any
) -> None:
    from foretext.export.to_json import to_json

    write(to_json(cleaned, reading, indent=None if many else _INDENT, **more) + "\n")
