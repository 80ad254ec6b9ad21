"""The bench on ratios of time, on memory, and on readings but for case."""

from dataclasses import replace

import pytest

from foretext.image import encode
from lab.bench import ratios
from lab.bench.memory import peak_of
from lab.bench.pages import page_seconds, tesseract_alone
from lab.bench.ratios import RAPIDOCR, TESSERACT, TOLD, Ratios, ours, timings
from lab.bench.report import ratios as report
from lab.bench.report.case import case_table
from lab.bench.report.results import Results
from lab.bench.rows import Row
from lab.bench.subjects import page
from lab.scenes import make

pytestmark = pytest.mark.usefixtures("bench")


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_way_reads_a_small_picture():
    scene = make("clean_characters", "dev", 2)
    data = encode(scene.picture)
    read = {name: way(data) for name, way in ratios.ways().items() if "detector" not in name}
    assert len(read) == 3 + 3 * 3
    assert set(read.values()) == {scene.text}


def test_ways_take_turns_and_the_first_pictures_warm_them_up():
    calls = []

    def way(name, answer):
        return lambda data: calls.append((name, data)) or answer

    pictures = [(b"1", "yes"), (b"2", "no"), (b"3", "yes")]
    milliseconds, exact = timings(pictures, {"a": way("a", "yes"), "b": way("b", "no")}, 2)
    assert calls[:4] == [("a", b"1"), ("b", b"1"), ("a", b"2"), ("b", b"2")]
    assert calls[4:8] == [("a", b"1"), ("b", b"1")] * 2
    assert len(calls) == 4 + 3 * 2 * 2
    assert exact == {"a": [1, 0, 1], "b": [0, 1, 0]}
    assert all(len(times) == 3 and min(times) > 0 for times in milliseconds.values())


def test_parts_of_a_page_are_timed():
    found = page_seconds("page_stamp", 1, {75: (160, 800), 90: (200, 1000)})
    assert list(found) == ["raw", "clean", "read", "clean 90"]
    assert min(found.values()) > 0


def test_pages_are_made_in_any_size():
    made = page("page_lines", 900, 300)
    assert made.shape == (900, 300, 3)
    assert (made == page("page_lines", 900, 300)).all()


def test_memory_of_an_engine_alone(tmp_path):
    file = tmp_path / "page.png"
    file.write_bytes(encode(page("page_stamp", 300, 400)))
    assert peak_of("import", file) < peak_of("load", file) < peak_of("tesseract", file)


def found():
    small = {name: [10.0, 20.0, 30.0] for name in ratios.ways()}
    small[TESSERACT] = [5.0, 10.0, 15.0]
    small[ours("normal", "auto")] = [30.0, 60.0, 90.0]
    exact = {name: [1.0, 0.0, 1.0] for name in small}
    pages = {
        "page_stamp": {"raw": 2.0, "clean": 1.0, "read": 1.5, "clean 600": 3.0},
        "page_lines": {"raw": 2.0, "clean": 1.0, "read": 3.5, "clean 600": 4.0},
    }
    peaks = {"import": 30.0, "load": 100.0, "tesseract": 200.0, "clean": 430.0, "read": 500.0}
    return Ratios(small, exact, pages, {"A4 at 300 dpi": peaks})


def test_ratios_are_those_of_medians_and_sums():
    assert report.ratio([10, 20, 60], [5, 10, 10]).value == 2
    head, _, *lines = report.small_table(found()).splitlines()
    normal = next(cells(line) for line in lines if "normal, auto" in line)
    assert cells(head)[3:6] == [f"x {TESSERACT}", f"x {TOLD}", f"x {RAPIDOCR}"]
    assert normal[1] == "3"
    assert [cell.split()[0] for cell in normal[3:6]] == ["6.00", "3.00", "3.00"]
    stamp, lines, both = report.pages_table(found().pages).splitlines()[2:]
    assert cells(stamp) == ["page_stamp", "2.00", "1.00", "1.50", "0.75", "3.00"]
    assert cells(both) == ["all", "4.00", "2.00", "5.00", "1.25", "7.00"]
    assert cells(report.memory_table(found()).splitlines()[-1])[-1] == "400"


def test_the_page_tells_what_was_asked():
    text = report.page(found())
    assert "- foretext, fast, auto: 2.00 (2.00 to 2.00) times the time of Tesseract alone\n" in text
    assert "- foretext, normal, auto: 3.00 (" in text
    assert "## Memory" in text
    without = report.page(Ratios({}, {}, found().pages, found().memory))
    assert "Small pictures" not in without
    assert "## A4 pages" in without
    assert "cores" not in without


def test_what_all_cores_do_is_told():
    one = found()
    text = report.page(replace(one, cores=one.pages, count=4))
    assert "### On 4 cores" in text
    assert text.count("| all | 4.00 | 2.00 | 5.00 | 1.25 | 7.00 |") == 2


def test_tesseract_alone_reads_a_page():
    scene = make("clean_words", "dev", 2)
    assert tesseract_alone(scene.picture).split() == scene.text.split()


def read(item, peer, exact, nocase, group="characters/digits"):
    return Row(
        item,
        "e",
        peer,
        "p",
        "rapidocr",
        group,
        2,
        3,
        exact=exact,
        exact_nocase=nocase,
        cer=1 - exact,
    )


def test_exact_but_case_is_told_of_pictures_that_both_read():
    results = Results(
        [
            *(read(item, "raw", 0.0, float(item == "a")) for item in "abcd"),
            *(read(item, "foretext", float(item == "a"), 1.0) for item in "abc"),
            read("z", "raw", 1.0, 1.0, "characters/outlined"),
        ]
    )
    groups = ["characters/digits", "characters/outlined"]
    head, _, line = case_table(results, groups, "rapidocr").splitlines()
    assert cells(head)[0] == "read by rapidocr"
    name, count, raw, raw_nocase, exact, nocase, gain = cells(line)
    assert (name, count) == (groups[0], "3")
    assert [cell.split()[0] for cell in (raw, raw_nocase, exact)] == ["0", "33", "33"]
    assert nocase.startswith("**100")
    assert gain.startswith("66.7")
    assert case_table(results, ["characters/outlined"], "rapidocr") == ""
    assert case_table(results, groups, "tesseract") == ""
    more = Results(
        [read("y", peer, 1.0, 1.0, group) for peer in ("raw", "foretext") for group in groups]
    )
    assert cells(case_table(more, groups, "rapidocr").splitlines()[-1])[:2] == ["all", "2"]
