"""PDFs on the command line, as users run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import PIL.Image
import pytest

from tests.pdfs import add_page, add_scan, picture, saved, text


def foretext(*args, stdin=None):
    command = [sys.executable, "-W", "error", "-m", "foretext", *map(str, args)]
    return subprocess.run(command, check=False, capture_output=True, input=stdin, timeout=120)


@pytest.fixture
def mixed(tmp_path):
    with pikepdf.new() as pdf:
        add_scan(pdf, picture(watermark=False))
        add_page(pdf, text("Real words"))
        return saved(pdf, tmp_path / "mixed.pdf")


@pytest.fixture
def damaged(tmp_path):
    with pikepdf.new() as pdf:
        add_scan(pdf, picture(watermark=False))
        page = add_scan(pdf)
        page.obj["/Contents"] = pdf.make_stream(b"/None Do")
        return saved(pdf, tmp_path / "damaged.pdf")


def pages_in(data):
    with pikepdf.open(data) as pdf:
        return len(pdf.pages)


def test_clean(mixed, tmp_path):
    target = tmp_path / "out.pdf"
    done = foretext("clean", mixed, "-o", target)
    assert (done.returncode, done.stdout) == (0, b"")
    said = f"foretext: {mixed}: page 2: left as it was: it holds real text or drawings and no scan"
    assert done.stderr.decode().splitlines() == [said]
    assert pages_in(target) == 2


def test_clean_tells_what_was_done_as_json(mixed, tmp_path):
    done = foretext("clean", mixed, "-o", tmp_path / "out.pdf", "--json", "--pages", "1")
    told = json.loads(done.stdout)
    assert [(page["page"], page["action"]) for page in told["pages"]] == [(1, "cleaned")]
    assert {"draw", "separate", "choose"} <= {step["name"] for step in told["pages"][0]["steps"]}
    assert told["output"].endswith("out.pdf")


def test_clean_in_a_pipe(mixed, tmp_path):
    done = foretext("clean", "-", "-o", "-", stdin=mixed.read_bytes())
    target = tmp_path / "out.pdf"
    target.write_bytes(done.stdout)
    assert pages_in(target) == 2


def test_a_folder_of_both_kinds(mixed, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    mixed.rename(folder / "mixed.pdf")
    PIL.Image.fromarray(picture()).save(folder / "picture.png")
    done = foretext("clean", folder, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "mixed.pdf",
        "picture.png",
    ]


def test_read_puts_a_form_feed_after_each_page(mixed):
    done = foretext("read", mixed)
    assert done.returncode == 0
    first, second, rest = done.stdout.decode().split("\f")
    assert first.split() == ["SOLID", "GROUND"]
    assert (second, rest) == ("Real words\n", "")


def test_read_as_json(mixed):
    told = json.loads(foretext("read", mixed, "--format", "json").stdout)
    assert [page["page"] for page in told["pages"]] == [1, 2]
    assert [page["engine"] for page in told["pages"]] == ["rapidocr", "pdf"]
    assert told["pages"][0]["size"] == [400, 200]


@pytest.mark.parametrize("command", ["clean", "read"])
def test_one_bad_page(damaged, tmp_path, command):
    output = ("-o", tmp_path / "out.pdf") if command == "clean" else ()
    done = foretext(command, damaged, *output)
    first, last = done.stderr.decode().splitlines()
    assert done.returncode == 19
    assert "page 2" in first
    assert "missing from the file" in first
    assert "1 of 2 pages could not be" in last
    if command == "clean":
        assert pages_in(tmp_path / "out.pdf") == 2
    else:
        assert done.stdout.split() == [b"SOLID", b"GROUND"]


def test_encrypted(tmp_path):
    with pikepdf.new() as pdf:
        add_page(pdf, text("Real words"))
        lock = pikepdf.Encryption(user="open", owner="owner")
        path = saved(pdf, tmp_path / "locked.pdf", encryption=lock)
    without = foretext("read", path)
    assert (without.returncode, without.stdout) == (18, b"")
    assert b"--password" in without.stderr
    assert foretext("read", path, "--password", "wrong").returncode == 18
    assert foretext("read", path, "--password", "open").stdout == b"Real words\n\f"
    assert foretext("layers", path).returncode == 18
    assert foretext("layers", path, "--password", "open").returncode == 0


def test_broken(tmp_path):
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7 and no more")
    done = foretext("clean", path, "-o", tmp_path / "out.pdf")
    assert done.returncode == 17
    assert len(done.stderr.decode().splitlines()) == 1
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clean", "mixed.pdf", "-o", "out.png"), "let -o end in .pdf"),
        (("clean", "mixed.pdf", "-o", "mixed.pdf"), "would be overwritten"),
        (("clean", "mixed.pdf", "-o", "out.pdf", "--pages", "9"), "no page 9"),
        (("clean", "mixed.pdf", "-o", "out.pdf", "--view", "removed"), "no view"),
        (("read", "mixed.pdf", "--format", "alto"), "not for PDFs"),
        (("read", "mixed.pdf", "--characters", "out"), "not for PDFs"),
        (("read", "picture.png", "--pages", "1"), "--pages is for PDFs"),
        (("read", "picture.png", "--rasterize"), "--rasterize is for PDFs"),
    ],
)
def test_wrong_usage(mixed, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    PIL.Image.fromarray(picture()).save("picture.png")
    done = foretext(*arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert not Path("out.pdf").exists()


@pytest.mark.parametrize("options", [(), ("--page", "2")])
def test_layers_of_a_page(mixed, options):
    done = foretext("layers", mixed, *options, "--format", "json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["source"] == f"{mixed}, page {2 if options else 1}"
    assert told["layers"]
    said = f"foretext: {mixed}: page 1 of 2; --page names another"
    assert done.stderr.decode().splitlines() == ([] if options else [said])


def test_a_page_is_explained(mixed, tmp_path):
    sheet = tmp_path / "out.png"
    done = foretext("explain", mixed, "--page", 2, "-o", sheet)
    assert (done.returncode, done.stderr) == (0, b"")
    with PIL.Image.open(sheet) as picture:
        assert picture.width > 100


def test_a_sheet_in_a_folder_is_a_picture(mixed, tmp_path):
    assert foretext("explain", mixed, "-o", f"{tmp_path}/out/").returncode == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mixed.png"]
    refused = foretext("explain", mixed, "-o", tmp_path / "why.pdf")
    assert refused.returncode == 30


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_there_is_not(mixed, page):
    done = foretext("layers", mixed, "--page", page)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"there are pages 1 to 2" in done.stderr


def test_a_page_on_its_side_is_told(tmp_path):
    from tests.test_turning import PAGE, lying, page

    with pikepdf.new() as pdf:
        add_scan(pdf, lying(page(), 180))
        source = saved(pdf, tmp_path / "lying.pdf")
    done = foretext("read", source)
    assert done.returncode == 0
    assert done.stdout.decode().rstrip("\f\n").splitlines() == list(PAGE)
    said = "page 1: lies upside down: read turned by 180 degrees clockwise"
    assert done.stderr.decode() == f"foretext: {source}: {said}\n"
