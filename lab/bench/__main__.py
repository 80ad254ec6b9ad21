"""The bench's commands.

``python -m lab.bench run --quick``                      every family, few pictures
``python -m lab.bench run --split test --families 'page_*:2' word_cloud:50 --peers raw foretext``
``python -m lab.bench time``                             where the time goes
``python -m lab.bench ratios``                           how long it takes beside an engine alone
``python -m lab.bench binarization``                     old and dirty pages, beside their masks
``python -m lab.bench dev``                              by color, by network, by both; for tuning
``python -m lab.bench characters``                       how right the boxes of characters are
``python -m lab.bench exactness``                        short texts read without any error
``python -m lab.bench scans``                            pages as large as scans of A4
``python -m lab.bench confidence``                       of sure readings, how many are right
``python -m lab.bench harm``                             clean pictures that read worse
``python -m lab.bench pdf``                              a noisy scan, through OCRmyPDF too
``python -m lab.bench report``                           write docs/benchmarks
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lab.bench.digests import LAB

_OUT: Final = LAB / "out" / "bench"
_DOCS: Final = LAB.parent / "docs" / "benchmarks"
_ENGINES: Final = ("tesseract", "rapidocr")
# Pages with something over, under or around their print.
_NOISY: Final = (
    *("page_watermark", "page_bleed_through", "page_stamp"),
    *("page_lines", "page_security", "page_degraded"),
)
# All pages but handwritten ones, which Tesseract can't read.
_PAGES: Final = ("page_[!h]*", "clean_page")
# Families with one short text and the box of each character.
_BOXED: Final = ("word_cloud", "scattered_*", "many_colors", "clean_[cw]*")
# Families of one short text over other text.
_NO_PAGES: Final = ("[!cp]*", "colored_lines", "crowded")
_SMALL: Final = ("[!cp]*", "colored_lines", "crowded", "clean_[cw]*")
# What is shown beside foretext where nothing but ink counts.
_BINARIZERS: Final = (
    *("foretext", "colors_alone", "network_alone", "all_ink"),
    *("otsu", "sauvola", "wolf", "isauvola", "su", "gatos"),
)
_QUICK: Final = {
    "split": "dev",
    "sets": ["first", "wordcloud:10", "clean/lines:10", "characters/*:4"],
    "peers": ["raw", "truth", "foretext", "reply_*", "otsu", "sauvola", "isauvola"],
    "n": 10,
    "n_pages": 2,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m lab.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    _add_run(commands.add_parser("run", help="measure; what is measured already is skipped"))
    report = commands.add_parser("report", help="write tables, charts and contact sheets")
    report.add_argument("--docs", type=Path, default=_DOCS, help="where to")
    report.add_argument("--no-sheets", action="store_true", help="leave the contact sheets out")
    clock = commands.add_parser("time", help="tell where the time goes")
    clock.add_argument("--repeats", type=int, default=15)
    _add_ratios(commands.add_parser("ratios", help="tell what it takes beside an engine alone"))
    masks = commands.add_parser("binarization", help="measure old and dirty pages, write the page")
    masks.add_argument("--docs", type=Path, default=_DOCS, help="where to")
    masks.add_argument("--peers", nargs="+", default=_BINARIZERS, help="name or pattern")
    masks.add_argument("--jobs", type=int, default=2, help="processes")
    masks.add_argument("--no-sheets", action="store_true", help="leave the contact sheets out")
    parts = commands.add_parser("dev", help="tell what color and network find, each and together")
    parts.add_argument("--families", nargs="+", default=["*"], help="name or pattern")
    parts.add_argument("--n", type=int, default=6, help="scenes of each family of small pictures")
    parts.add_argument("--n-pages", type=int, default=2, help="scenes of each family of pages")
    parts.add_argument("--jobs", type=int, default=2, help="processes")
    boxes = commands.add_parser("characters", help="tell how right the boxes of characters are")
    boxes.add_argument("--families", nargs="+", default=_BOXED, help="name or pattern")
    boxes.add_argument("--engines", nargs="+", choices=_ENGINES, default=_ENGINES)
    boxes.add_argument("--split", choices=("dev", "test"), default="test", help="of the scenes")
    boxes.add_argument("--n", type=int, default=40, help="scenes of each family")
    sure = commands.add_parser("confidence", help="tell how right readings are that are so sure")
    sure.add_argument("--families", nargs="+", default=_SMALL, help="name or pattern")
    sure.add_argument("--engines", nargs="+", choices=("auto", *_ENGINES), default=_ENGINES)
    sure.add_argument("--split", choices=("dev", "test"), default="test", help="of the scenes")
    sure.add_argument("--n", type=int, default=40, help="scenes of each family")
    sure.add_argument("--chart", type=Path, help="draw the tables, too, into this picture")
    sure.add_argument("--told", type=Path, help="draw those of this Markdown; measure nothing")
    whole = commands.add_parser("exactness", help="tell how many short texts are read exactly")
    whole.add_argument("--families", nargs="+", default=_NO_PAGES, help="name or pattern")
    whole.add_argument(
        "--engines",
        nargs="+",
        choices=("auto", *_ENGINES),
        default=("tesseract", "auto"),
    )
    whole.add_argument("--split", choices=("dev", "test"), default="test", help="of the scenes")
    whole.add_argument("--n", type=int, default=150, help="scenes of each family")
    whole.add_argument("--jobs", type=int, default=2, help="processes")
    scans = commands.add_parser("scans", help="tell how pages as large as A4 at 300 dpi are read")
    scans.add_argument("--families", nargs="+", default=_PAGES, help="name or pattern, of pages")
    scans.add_argument("--split", choices=("dev", "test"), default="test", help="of the scenes")
    scans.add_argument("--n", type=int, default=12, help="scenes of each family")
    scans.add_argument("--jobs", type=int, default=2, help="processes")
    _add_harm(commands.add_parser("harm", help="tell which clean pictures read worse cleaned"))
    paper = commands.add_parser("pdf", help="clean and OCR a noisy PDF; needs OCRmyPDF")
    paper.add_argument("--split", choices=("dev", "test"), default="test", help="of the scenes")
    paper.add_argument("--pages", type=int, default=10)
    for command in commands.choices.values():
        command.add_argument("--out", type=Path, default=_OUT, help="where the results are")
    return parser


def _add_ratios(ratios: argparse.ArgumentParser) -> None:
    ratios.add_argument("--docs", type=Path, default=_DOCS, help="where to")
    ratios.add_argument("--families", nargs="+", default=_NOISY, help="name or pattern, of pages")
    ratios.add_argument("--repeats", type=int, default=3, help="the median of so many counts")


def _add_harm(harms: argparse.ArgumentParser) -> None:
    harms.add_argument("--families", nargs="+", default=["*"], help="name or pattern")
    harms.add_argument("--engines", nargs="+", choices=_ENGINES, default=_ENGINES)
    harms.add_argument("--split", choices=("dev", "test"), default="test", help="of the scenes")
    harms.add_argument("--skip", type=int, default=40, help="so many scenes of each family")
    harms.add_argument("--n", type=int, default=60, help="scenes of each family after those")
    harms.add_argument("--jobs", type=int, default=2, help="processes")


def _add_run(run: argparse.ArgumentParser) -> None:
    name = "name or pattern"
    run.add_argument("--families", nargs="+", default=["*"], help=f"{name}, :N for so many; none")
    run.add_argument("--sets", nargs="+", default=["*"], help=f"{name}, :N for so many; none")
    run.add_argument("--peers", nargs="+", default=["*"], help=name)
    run.add_argument("--engines", nargs="+", choices=_ENGINES, default=["tesseract"])
    run.add_argument("--split", choices=("dev", "test"), default="test", help="of the scenes")
    run.add_argument("--n", type=int, default=20, help="scenes of each family of small pictures")
    run.add_argument("--n-pages", type=int, default=4, help="scenes of each family of pages")
    run.add_argument("--jobs", type=int, default=2, help="processes")
    run.add_argument("--quick", action="store_true", help="few pictures and peers")


def _run(options: argparse.Namespace) -> None:
    from rich.console import Console

    from lab.bench import rows
    from lab.bench.plan import Wish, tasks_for
    from lab.bench.runner import run

    console = Console(stderr=True)
    table = options.out / "results.jsonl"
    wish = Wish(
        families=options.families,
        sets=options.sets,
        peers=options.peers,
        engines=options.engines,
        split=options.split,
        count=options.n,
        pages=options.n_pages,
    )
    tasks, notes = tasks_for(wish, {row.key for row in rows.read(table)})
    for note in notes:
        console.print(f"left out {note}")
    added = run(tasks, table, jobs=options.jobs, console=console)
    console.print(f"{added} new rows in {table}")


def _report(options: argparse.Namespace) -> None:
    from lab.bench.report import write

    print(write(options.out, options.docs, sheets=not options.no_sheets))


def _time(options: argparse.Namespace) -> None:
    from lab.bench.timing import write

    print(write(options.out / "time.json", repeats=options.repeats))


def _ratios(options: argparse.Namespace) -> None:
    from lab.bench.chosen import chosen_families
    from lab.bench.ratios import measure
    from lab.bench.report.ratios import page

    families = chosen_families(options.families)
    text = page(measure(options.out, families, repeats=options.repeats))
    options.docs.mkdir(parents=True, exist_ok=True)
    (options.docs / "ratios.md").write_text(text, encoding="utf-8")
    print(text)


def _binarization(options: argparse.Namespace) -> None:
    from rich.console import Console

    from lab.bench.binarization import write

    text = write(
        options.out,
        options.docs,
        options.peers,
        jobs=options.jobs,
        console=Console(stderr=True),
        sheets=not options.no_sheets,
    )
    print(text)


def _dev(options: argparse.Namespace) -> None:
    from lab.bench.dev import tell

    n, pages = options.n, options.n_pages
    print(tell(options.families, count=n, pages=pages, jobs=options.jobs))


def _characters(options: argparse.Namespace) -> None:
    from lab.bench.characters import tell

    print(tell(options.families, options.engines, split=options.split, count=options.n))


def _confidence(options: argparse.Namespace) -> None:
    from lab.bench.confidence import tell
    from lab.bench.report.reliability import reliability_chart

    if options.told:
        tables = options.told.read_text(encoding="utf-8")
    else:
        tables = tell(options.families, options.engines, split=options.split, count=options.n)
        print(tables)
    if options.chart:
        reliability_chart(tables, options.chart)


def _exactness(options: argparse.Namespace) -> None:
    from lab.bench.exactness import tell

    told = {"split": options.split, "count": options.n, "jobs": options.jobs}
    print(tell(options.families, options.engines, **told))


def _scans(options: argparse.Namespace) -> None:
    from lab.bench.scans import tell

    print(tell(options.families, split=options.split, count=options.n, jobs=options.jobs))


def _harm(options: argparse.Namespace) -> None:
    from lab.bench.harms import tell

    told = {"split": options.split, "skip": options.skip, "count": options.n, "jobs": options.jobs}
    print(tell(options.families, options.engines, **told))


def _pdf(options: argparse.Namespace) -> None:
    from lab.bench.pdfs import measure

    print(measure(options.out / "pdf", split=options.split, pages=options.pages))


_COMMANDS: Final = {
    "run": _run,
    "report": _report,
    "time": _time,
    "ratios": _ratios,
    "binarization": _binarization,
    "dev": _dev,
    "characters": _characters,
    "confidence": _confidence,
    "exactness": _exactness,
    "scans": _scans,
    "harm": _harm,
    "pdf": _pdf,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the arguments say."""
    options = _parser().parse_args(arguments)
    if options.command == "run" and options.quick:
        vars(options).update(_QUICK)
    try:
        _COMMANDS[options.command](options)
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
