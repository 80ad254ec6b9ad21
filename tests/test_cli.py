"""The command line: results on stdout, troubles as one line each, and nothing half done."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
import PIL.ImageOps
import pytest

import foretext
from foretext.cli import main
from foretext.cli.batch import each, wants_bar
from foretext.cli.inputs import Item
from foretext.cli.talk import Teller, line_of
from foretext.image import DEFAULT_MAX_PIXELS, SAVE_SUFFIXES

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "YabVzu.png"
HEAVY = {"PIL", "cv2", "onnxruntime", "rapidocr", "tesserocr"}


@dataclass(frozen=True)
class Result:
    code: int
    stdout: bytes
    stderr: str

    @property
    def text(self) -> str:
        return self.stdout.decode()

    @property
    def complaint(self) -> str:
        """The only line on stderr."""
        (line,) = self.stderr.splitlines()
        return line


Run = Callable[..., Result]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line within this process."""
    monkeypatch.setattr(PIL.Image, "MAX_IMAGE_PIXELS", PIL.Image.MAX_IMAGE_PIXELS)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*args: object, stdin: bytes = b"") -> Result:
        stream = io.TextIOWrapper(io.BytesIO(stdin))
        monkeypatch.setattr(sys, "argv", ["foretext", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsysbinary.readouterr()
        return Result(int(left.value.code or 0), captured.out, captured.err.decode())

    return run


def command(*args: object) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "foretext", *map(str, args)]


def process(*args: object, **options: Any) -> Result:
    """Runs the command line as users do."""
    options = {"stdout": subprocess.PIPE, **options}
    done = subprocess.run(
        command(*args), check=False, stderr=subprocess.PIPE, timeout=120, **options
    )
    return Result(done.returncode, done.stdout or b"", done.stderr.decode())


def png_start(width: int, height: int) -> bytes:
    """A black and white PNG that promises this size and ends before the first row is complete."""

    def chunk(body: bytes) -> bytes:
        return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))

    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(header) + chunk(b"IDAT" + zlib.compress(b"\0"))


def opened(source: Path | bytes) -> PIL.Image.Image:
    return PIL.Image.open(io.BytesIO(source if isinstance(source, bytes) else source.read_bytes()))


def save(path: Path, picture: PIL.Image.Image, **options: Any) -> Path:
    picture.save(path, **options)
    return path


def written(text: str, size: tuple[int, int] = (260, 60)) -> PIL.Image.Image:
    picture = PIL.Image.new("RGB", size, "white")
    font = PIL.ImageFont.load_default(36)
    PIL.ImageDraw.Draw(picture).text((14, 8), text, (20, 20, 60), font)
    return picture


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return save(tmp_path / "good.png", written("Harbor 72"))


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return save(tmp_path / "blank.png", PIL.Image.new("L", (90, 40), 255))


# What each kind of bad file is and how the command line ends.
BAD: dict[str, tuple[Callable[[], bytes | None], int]] = {
    "missing.png": (lambda: None, 11),
    "empty.png": (lambda: b"", 12),
    "notes.png": (lambda: b"These are only words.", 13),
    "damaged.png": (lambda: b"\x89PNG\r\n\x1a\nnonsense", 14),
    "truncated.png": (lambda: EXAMPLE.read_bytes()[:4000], 14),
    "huge.png": (lambda: png_start(30_000, 30_000), 15),
}


@pytest.fixture(params=BAD)
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, int]:
    make, code = BAD[request.param]
    path, data = tmp_path / request.param, make()
    if data is not None:
        path.write_bytes(data)
    return path, code


# The first picture.


@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
def test_the_first_picture_is_read_by_both_engines(engine: str) -> None:
    assert process("read", EXAMPLE, "--engine", engine) == Result(0, b"YabVzu\n", "")


def test_the_first_picture_goes_through_a_pipe() -> None:
    data = EXAMPLE.read_bytes()
    cleaned = process("clean", "-", "-o", "-", input=data)
    assert (cleaned.code, cleaned.stderr) == (0, "")
    pixels = np.asarray(opened(cleaned.stdout))
    np.testing.assert_array_equal(pixels, foretext.clean(EXAMPLE).picture)
    assert process("read", "-", input=cleaned.stdout) == Result(0, b"YabVzu\n", "")


@pytest.mark.parametrize(
    ("mode", "name"),
    [
        ("RGB", "rgb.bmp"),
        ("CMYK", "cmyk.tif"),
        ("P", "palette.png"),
        ("RGBA", "alpha.webp"),
        ("L", "gray.jp2"),
        ("I;16", "deep.png"),
    ],
)
def test_pictures_of_every_kind_are_read(run: Run, tmp_path: Path, mode: str, name: str) -> None:
    picture = written("Harbor 72")
    if mode == "I;16":
        gray = np.asarray(picture.convert("L")).astype(np.uint16)
        picture = PIL.Image.fromarray(gray * 257)
    elif mode == "RGBA":
        ink = PIL.ImageOps.invert(picture.convert("L"))
        picture = PIL.Image.new("RGBA", picture.size, "#14143c")
        picture.putalpha(ink)
    else:
        picture = picture.convert(mode, palette=PIL.Image.Palette.ADAPTIVE)
    options = {"lossless": True, "exact": True} if name.endswith("webp") else {}
    path = save(tmp_path / name, picture, **options)
    assert run("read", path) == Result(0, b"Harbor 72\n", "")


# Help.


def test_help_and_version_load_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from foretext.cli import main\n"
        "for args in ['--version'], ['--help'], ['clean', '--help'], ['recipe', '--help']:\n"
        "    sys.argv = ['foretext', *args]\n"
        "    try:\n"
        "        main()\n"
        "    except SystemExit as left:\n"
        "        assert not left.code, left.code\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    assert (first, last) == (f"foretext {foretext.__version__}", "[]")


@pytest.mark.parametrize("name", ["clean", "read", "layers", "explain"])
def test_help_shows_examples_line_by_line(run: Run, name: str) -> None:
    lines = run(name, "--help").text.splitlines()
    assert " Examples:" in lines
    assert sum(line.startswith(f"   foretext {name} ") for line in lines) >= 1
    assert max(map(len, lines)) <= 100


def test_help_tells_the_true_limit(run: Run) -> None:
    folded = " ".join(run("clean", "--help").text.replace("│", " ").split())
    assert f"{DEFAULT_MAX_PIXELS / 1e6:g} is the default" in folded


def test_nothing_to_do_shows_help(run: Run) -> None:
    result = run()
    assert "Usage: foretext" in result.text + result.stderr


# Troubles.


@pytest.mark.parametrize("name", ["read", "layers"])
def test_bad_input_is_one_line_and_its_exit_code(
    run: Run, bad: tuple[Path, int], name: str
) -> None:
    path, code = bad
    result = run(name, path)
    assert (result.code, result.stdout) == (code, b"")
    assert result.complaint.startswith("foretext: ")
    assert result.complaint.count(str(path)) == 1
    assert result.complaint.endswith(")")  # the hint


@pytest.mark.parametrize("name", ["clean", "explain"])
def test_bad_input_leaves_no_file(run: Run, bad: tuple[Path, int], name: str) -> None:
    path, code = bad
    output = path.with_name("out.png")
    before = sorted(path.parent.iterdir())
    assert run(name, path, "-o", output).code == code
    assert sorted(path.parent.iterdir()) == before


@pytest.mark.parametrize("name", ["clean", "explain"])
def test_failure_leaves_the_old_file(run: Run, tmp_path: Path, name: str) -> None:
    old = tmp_path / "out.png"
    old.write_bytes(b"old")
    assert run(name, tmp_path / "missing.png", "-o", old).code == 11
    assert old.read_bytes() == b"old"


def test_bad_input_does_not_stop_the_others(good: Path, tmp_path: Path) -> None:
    notes, other = tmp_path / "notes.txt", tmp_path / "other.png"
    notes.write_text("no picture")
    shutil.copy(EXAMPLE, other)
    result = process("read", good, notes, other)
    assert result.code == 13
    assert result.text == f"==> {good} <==\nHarbor 72\n\n==> {other} <==\nYabVzu\n"
    assert result.complaint.startswith(f"foretext: {notes}: is not a picture (")


def test_failures_of_several_kinds_exit_with_one(run: Run, tmp_path: Path) -> None:
    empty, notes = tmp_path / "empty.png", tmp_path / "notes.png"
    empty.touch()
    notes.write_text("no picture")
    assert run("read", empty, empty).code == 12
    assert run("read", empty, notes).code == 1


def test_bug_is_one_line_and_does_not_stop_the_others(
    run: Run, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = foretext.clean
    strange = save(tmp_path / "strange.png", written("Strange"))

    def fail(source: Path, **settings: Any) -> foretext.Cleaned:
        if source == strange:
            raise ValueError("line one\nline two")
        return clean(source, **settings)

    monkeypatch.setattr(foretext, "clean", fail)
    result = run("read", strange, good)
    assert (result.code, result.text) == (1, f"==> {good} <==\nHarbor 72\n")
    said = f"foretext: {strange}: unexpected ValueError: line one line two (this is a bug"
    assert result.complaint.startswith(said)
    shown = run("read", strange, "--debug").stderr
    assert shown.startswith("Traceback")
    assert shown.splitlines()[-1] == result.complaint


def test_too_little_memory_is_no_bug(run: Run, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> foretext.Cleaned:
        raise MemoryError

    monkeypatch.setattr(foretext, "clean", fail)
    result = run("read", good)
    assert (result.code, "bug" in result.complaint) == (1, False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_interrupt_is_quiet(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.png"
    os.mkfifo(fifo)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # What was started in the background ignores interrupts, and so would the child.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with subprocess.Popen(command("read", fifo), **pipes) as child:
            with fifo.open("wb", 0) as pipe:
                # More than a pipe holds: this returns when the child is reading, and not before.
                pipe.write(bytes(1 << 20))
                child.send_signal(signal.SIGINT)
            output = child.communicate(timeout=60)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (child.returncode, *output) == (130, b"", b"")


def test_closed_output_is_quiet(good: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = process("read", good, good, stdout=writing)
    os.close(writing)
    assert (result.code, result.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_output_is_told_once(good: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = process("read", good, good, stdout=full)
    assert result.code == 30
    assert result.complaint.startswith("foretext: can't write to standard output: ")


def test_animation_is_read_with_a_warning(run: Run, tmp_path: Path) -> None:
    frames = [written("Harbor 72"), written("Other")]
    path = save(tmp_path / "film.gif", frames[0], save_all=True, append_images=frames[1:])
    result = run("read", path)
    assert (result.code, result.text) == (0, "Harbor 72\n")
    assert result.complaint.startswith(f"foretext: {path}: holds 2 frames")


def test_blank_picture_is_no_failure(run: Run, blank: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.png"
    said = f"foretext: {blank}: the picture holds no ink\n"
    assert run("read", blank) == Result(0, b"", f"foretext: {blank}: no text found\n")
    assert run("layers", blank) == Result(0, b"", said)
    assert run("clean", blank, "-o", output) == Result(0, b"", said)
    assert np.asarray(opened(output)).min() == 255
    assert run("explain", blank, "-o", output).code == 0


@pytest.mark.parametrize(
    ("name", "message", "line"),
    [
        ("a.png", "a.png holds no bytes", "foretext: a.png: holds no bytes (look)"),
        ("a.png", "can't read a.png: gone", "foretext: can't read a.png: gone (look)"),
        ("a", "can't read it", "foretext: a: can't read it (look)"),
        ("x/a.png", "no layer", "foretext: x/a.png: no layer (look)"),
        ("a\nb\x1b[2J", "no layer\r\nhere", "foretext: a b\\x1b[2J: no layer here (look)"),
        ("", "no layer", "foretext: no layer (look)"),
    ],
)
def test_messages_are_one_line_and_name_the_input_once(name: str, message: str, line: str) -> None:
    assert line_of(name, message, "look") == line


# Wrong usage.


@pytest.fixture
def desk(
    good: Path, blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Path]:
    """Some pictures that get in each other's way."""
    monkeypatch.chdir(tmp_path)
    folder, twins = tmp_path / "folder", tmp_path / "twins"
    folder.mkdir()
    twins.mkdir()
    shutil.copy(good, folder)
    twin = Path(shutil.copy(good, twins / "GOOD.PNG"))
    gif = save(twins / "good.gif", written("Harbor 72"))
    return {"good": good, "blank": blank, "folder": folder, "twin": twin, "gif": gif}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["read", "-", "-"], "only once"),
        (["clean", "{good}", "{good}", "-o", "-"], "several pictures"),
        (["clean", "{good}", "-o", "-", "--json"], "--json"),
        (["clean", "{good}", "-o", "{good}"], "would be overwritten"),
        (["clean", "{folder}", "-o", "{folder}"], "would be overwritten"),
        (["explain", "{good}", "-o", "{good}"], "would be overwritten"),
        (["clean", "{good}", "{twin}", "-o", "out/"], "would both become"),
        (["clean", "{good}", "{blank}", "-o", "new.png"], "called like a file"),
        (["clean", "{folder}", "-o", "new.pdf"], "-o new/"),
        (["clean", "{good}", "{blank}", "-o", "{blank}"], "is a file"),
        (["layers", "{folder}"], "is a folder"),
        (["explain", "{folder}", "-o", "out.png"], "is a folder"),
        (["read", "{good}", "--keep", "wanted"], "not understood"),
        (["read", "{good}", "--keep", "7"], "no layer 7"),
        (["read", "{good}", "--engine", "teseract"], "did you mean 'tesseract'"),
        (["read", ""], "an input has no name"),
        (["layers", ""], "an input has no name"),
        (["read", "{good}", "--engine", ""], "no engine ''"),
        (["read", "{good}", "--effort", "best"], "no effort 'best' (choose from fast, "),
        (["read", "{good}", "--layout", "column"], "no layout 'column' (choose from auto, "),
        (["read", "{good}", "--format", "xml"], "no format 'xml' (choose from text, "),
        (["clean", "{good}", "-o", "out.png", "--view", "all"], "no view 'all' (choose from ink, "),
        (["read", "{good}", "--max-megapixels", "x"], "must be a number above 0, not 'x'"),
        (["read", "{good}", "--pattern", "["], "can't be used"),
        (["read", "{good}", "--lang", "../eng"], "name of a language"),
        (["read", "{good}", "--recipe", "{good}"], "recipe"),
        (["read", "{good}", "--recipe", "missing.toml"], "missing.toml"),
        (["recipe", "show", "--recipe", "missing.toml"], "missing.toml"),
    ],
)
def test_wrong_usage_is_told_before_any_work(
    run: Run, desk: dict[str, Path], tmp_path: Path, args: list[str], said: str
) -> None:
    contents = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = run(*(arg.format(**desk) for arg in args))
    assert (result.code, result.stdout) == (2, b"")
    assert said in result.complaint
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == contents


def test_pictures_of_one_name_keep_what_tells_them_apart(
    run: Run, desk: dict[str, Path], tmp_path: Path
) -> None:
    assert run("clean", desk["good"], desk["gif"], "-o", "out/").code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"good.png", "good.gif.png"}


def test_what_is_called_a_pdf_and_is_none_is_told_so(run: Run, tmp_path: Path) -> None:
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"no PDF at all")
    result = run("clean", junk, "-o", tmp_path / "out.pdf")
    assert result.code == 17
    assert "is not a PDF" in result.complaint
    assert run("read", junk).code == 17


@pytest.mark.parametrize("limit", ["0", "-1", "nan", "inf", "many"])
def test_limit_must_be_a_number(run: Run, good: Path, limit: str) -> None:
    result = run("read", good, "--max-megapixels", limit)
    assert (result.code, result.stdout) == (2, b"")
    assert "--max-megapixels" in result.stderr


def test_link_to_the_input_is_not_overwritten(run: Run, good: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.png"
    link.symlink_to(good)
    before = good.read_bytes()
    assert run("clean", good, "-o", link).code == 2
    assert good.read_bytes() == before


def test_picture_is_not_sent_to_a_terminal(
    run: Run, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    result = run("clean", good, "-o", "-")
    assert (result.code, result.stdout) == (2, b"")
    assert "terminal" in result.complaint


# Limits.


def test_limit_can_be_lowered(run: Run, good: Path) -> None:
    result = run("read", good, "--max-megapixels", "0.01")
    assert (result.code, result.stdout) == (15, b"")


def test_limit_can_be_raised_beyond_pillows_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(png_start(15_000, 12_000))  # 180 megapixels; Pillow's limit is 178.9
    assert run("read", path, "--max-megapixels", "179.9").code == 15
    # Within the limit it is looked into, and found to be cut short.
    assert run("read", path, "--max-megapixels", "180").code == 14


# Outputs.


def test_results_of_several_inputs_go_to_a_folder(run: Run, tmp_path: Path) -> None:
    inputs = [save(tmp_path / f"{name}", written("Harbor 72")) for name in ("a.jpg", "b.gif")]
    folder = tmp_path / "made" / "for this"
    assert run("clean", *inputs, "-o", folder) == Result(0, b"", "")
    assert sorted(path.name for path in folder.iterdir()) == ["a.jpg", "b.png"]
    assert opened(folder / "a.jpg").format == "JPEG"


@pytest.mark.parametrize("existing", [True, False])
def test_one_result_goes_to_a_folder_that_is_named_as_one(
    run: Run, good: Path, tmp_path: Path, existing: bool
) -> None:
    folder = tmp_path / "folder"
    if existing:
        folder.mkdir()
    assert run("clean", good, "-o", folder if existing else f"{folder}/").code == 0
    assert [path.name for path in folder.iterdir()] == [good.name]


def test_standard_input_gets_a_name_in_a_folder(run: Run, good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    assert run("clean", "-", "-o", f"{folder}/", stdin=good.read_bytes()).code == 0
    assert [path.name for path in folder.iterdir()] == ["stdin.png"]


@pytest.mark.parametrize("view", ["ink", "image", "mask", "removed"])
def test_views_are_those_of_python(run: Run, tmp_path: Path, view: Any) -> None:
    output = tmp_path / "out.tif"
    assert run("clean", EXAMPLE, "-o", output, "--view", view) == Result(0, b"", "")
    expected = foretext.clean(EXAMPLE).view(view)
    np.testing.assert_array_equal(np.asarray(opened(output)), expected)


def test_dpi_is_kept_where_the_size_is(run: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "scan.png", written("Harbor 72"), dpi=(300, 300))
    output = tmp_path / "out.png"
    run("clean", path, "-o", output)
    assert opened(output).info["dpi"] == pytest.approx((300, 300), abs=0.1)
    piped = run("clean", path, "-o", "-").stdout
    assert piped == output.read_bytes()
    run("clean", path, "-o", output, "--view", "image")
    assert "dpi" not in opened(output).info


@pytest.mark.parametrize("name", ["out.xyz", "missing/out.png"])
def test_result_that_cannot_be_written(run: Run, good: Path, tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    result = run("clean", good, "-o", tmp_path / name)
    assert result.code == 30
    assert str(tmp_path / name) in result.complaint
    assert sorted(tmp_path.rglob("*")) == before


def test_every_suffix_that_can_be_written_is_kept(run: Run, good: Path, tmp_path: Path) -> None:
    inputs = []
    for number, suffix in enumerate(SAVE_SUFFIXES):
        inputs.append(shutil.copy(good, tmp_path / f"{number}{suffix}"))  # Pillow looks inside
    run("clean", *inputs, "-o", tmp_path / "out")
    found = {path.suffix for path in (tmp_path / "out").iterdir()}
    assert found == set(SAVE_SUFFIXES)


# Inputs.


def test_folder_stands_for_its_pictures(run: Run, good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    for name in ("b.PNG", "a.png", ".hidden.png", "inner/c.png"):
        shutil.copy(good, folder / name)
    (folder / "notes.txt").write_text("no picture")
    result = run("read", folder)
    headers = [line for line in result.text.splitlines() if line.startswith("==>")]
    assert headers == [f"==> {folder / name} <==" for name in ("a.png", "b.PNG")]
    assert (result.code, result.stderr) == (0, "")


def test_folder_without_pictures_is_a_failure_like_others(
    run: Run, good: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    result = run("read", folder, good)
    assert (result.code, result.text) == (11, f"==> {good} <==\nHarbor 72\n")
    assert result.complaint.startswith(f"foretext: {folder}: is a folder without pictures")


def test_names_that_no_file_can_have(run: Run) -> None:
    result = run("read", "x" * 5000)
    assert result.code == 11
    assert result.complaint


# What is printed.


def test_json_of_one_picture_is_one_object(run: Run) -> None:
    result = run("read", EXAMPLE, "--format", "json")
    assert result.stdout.isascii()
    found = json.loads(result.text)
    assert (found["text"], found["engine"], found["size"]) == ("YabVzu", "rapidocr", [160, 75])
    assert found["source"] == str(EXAMPLE)
    assert [layer["number"] for layer in found["layers"] if layer["kept"]] == [1]
    assert found["layers"][0]["color"] == "#666666"
    assert 0.3 < found["removed_by_reason"]["another layer"] < 0.8
    assert [step["name"] for step in found["steps"]][:2] == ["separate", "choose"]
    (line,) = found["lines"]
    left, top, right, bottom = line["words"][0]["box"]
    assert 0 <= left < right <= 160
    assert 0 <= top < bottom <= 75


def test_json_of_several_pictures_is_one_line_each(run: Run, good: Path, blank: Path) -> None:
    result = run("read", good, blank, "missing.png", "--format", "json")
    found = [json.loads(line) for line in result.text.splitlines()]
    assert [entry["source"] for entry in found] == [str(good), str(blank)]
    assert [entry["text"] for entry in found] == ["Harbor 72", ""]
    assert result.code == 11


@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
def test_hocr_and_alto_are_documents(run: Run, engine: str) -> None:
    for format_ in ("hocr", "alto"):
        result = run("read", EXAMPLE, "--format", format_, "--engine", engine)
        assert (result.code, result.stderr) == (0, "")
        root = ET.fromstring(result.stdout)
        assert root.tag.endswith({"hocr": "html", "alto": "alto"}[format_])
        assert "YabVzu" in result.text


@pytest.mark.parametrize("format_", ["hocr", "alto"])
def test_a_document_is_of_one_picture(run: Run, good: Path, format_: str) -> None:
    result = run("read", good, EXAMPLE, "--format", format_)
    assert (result.code, result.stdout) == (2, b"")
    assert "--format json" in result.complaint


def test_characters_are_written_one_by_one(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    result = run("read", EXAMPLE, "--characters", folder, "--format", "json")
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{k:03}_{c}.png" for k, c in enumerate("YabVzu", start=1)]
    (word,) = json.loads(result.text)["lines"][0]["words"]
    for name, character in zip(names, word["characters"], strict=True):
        left, _, right, _ = character["box"]
        with PIL.Image.open(folder / name) as picture:
            assert 4 <= picture.width - (right - left) <= 12


def test_characters_without_ink_are_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = foretext.read(EXAMPLE)
    (line,) = reading.lines
    (word,) = line.words
    first, *others = word.characters
    word = replace(word, characters=(replace(first, ink=None), *others))
    inkless = replace(reading, lines=(replace(line, words=(word,)),))
    monkeypatch.setattr(foretext, "read_cleaned", lambda *_, **__: inkless)
    result = run("read", EXAMPLE, "--characters", tmp_path / "letters")
    assert (result.code, result.text) == (0, "YabVzu\n")
    assert result.complaint.endswith("no ink, so no picture, of the characters Y")
    assert min(path.name for path in (tmp_path / "letters").iterdir()) == "002_a.png"


def test_characters_of_several_pictures_have_folders(run: Run, good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    result = run("read", good, EXAMPLE, "missing.png", "--characters", folder)
    assert result.code == 11
    assert sorted(path.name for path in folder.iterdir()) == sorted([good.stem, "YabVzu"])
    assert len(list((folder / "YabVzu").iterdir())) == 6
    assert len(list((folder / good.stem).iterdir())) == 8


def test_characters_of_two_pictures_of_one_name_are_refused(
    run: Run, good: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / good.name
    other.parent.mkdir()
    shutil.copy(good, other)
    result = run("read", good, other, "--characters", tmp_path / "letters")
    assert (result.code, result.stdout) == (2, b"")
    assert str(other) in result.complaint
    assert not (tmp_path / "letters").exists()


def test_a_character_never_overwrites_an_input(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "001_Y.png"
    shutil.copy(EXAMPLE, source)
    result = run("read", source, "--characters", tmp_path)
    assert result.code == 2
    assert "overwritten" in result.complaint
    assert source.read_bytes() == EXAMPLE.read_bytes()
    assert list(tmp_path.iterdir()) == [source]


def test_a_file_can_not_be_the_folder_of_characters(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("mine")
    result = run("read", EXAMPLE, "--characters", tmp_path / "letters")
    assert (result.code, result.stdout) == (2, b"")
    assert (tmp_path / "letters").read_text() == "mine"


def test_json_of_clean_names_the_output(run: Run, good: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.png"
    found = json.loads(run("clean", good, "-o", output, "--json").text)
    assert found["output"] == str(output)
    assert "text" not in found
    assert output.exists()


def test_keep_and_recipe_reach_the_picture(run: Run, tmp_path: Path) -> None:
    recipe = tmp_path / "my.toml"
    recipe.write_text('version = 1\nkeep = "2"\n')

    def kept(*args: object) -> list[int]:
        found = json.loads(run("layers", EXAMPLE, "--format", "json", *args).text)
        return [layer["number"] for layer in found["layers"] if layer["kept"]]

    assert kept() == [1]
    assert kept("--keep", "3,4") == [3, 4]
    assert kept("--recipe", recipe) == [2]
    assert kept("--recipe", recipe, "--keep", "auto") == [1]
    assert kept("--keep", "gray:100-105") == [0]


def test_layers_are_a_table_that_pipes_do_not_cut(run: Run) -> None:
    lines = run("layers", EXAMPLE).text.splitlines()
    found = foretext.layers(EXAMPLE)
    assert len(lines) == len(found) + 2
    for line, layer in zip(lines[1:], found, strict=False):
        assert line.split()[:2] == [str(layer.number), layer.hex]
        assert line.endswith(layer.reason)
    assert [" yes " in line for line in lines[1:3]] == [True, False]
    assert lines[-1].startswith("Kept: ")


def test_layers_have_swatches_in_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FORCE_COLOR": "1", "COLORTERM": "truecolor", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    assert "\x1b[48;2;102;102;102m    " in run("layers", EXAMPLE).text
    monkeypatch.setenv("NO_COLOR", "1")
    assert "48;2" not in run("layers", EXAMPLE).text


def test_recipe_is_shown_completed(run: Run, tmp_path: Path) -> None:
    default = run("recipe", "show").text
    assert default == foretext.Recipe().to_toml()
    mine = tmp_path / "mine.toml"
    mine.write_text('version = 1\nname = "mine"\n')
    assert run("recipe", "show", "--recipe", mine).text == default.replace('"default"', '"mine"')


def test_explain_draws_a_sheet(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "why.png"
    assert run("explain", EXAMPLE, "-o", output, "--engine", "rapidocr") == Result(0, b"", "")
    sheet = opened(output)
    assert sheet.mode == "RGB"
    assert run("explain", EXAMPLE, "-o", "-").stdout.startswith(b"\x89PNG")


# Progress.


@pytest.mark.parametrize(
    ("what", "terminals", "wanted"),
    [
        ({"many": True, "prints": False}, {"stdout", "stderr"}, True),
        ({"many": True, "prints": True}, {"stderr"}, True),
        ({"many": True, "prints": True}, {"stdout", "stderr"}, False),  # the results tell
        ({"many": True, "prints": False}, {"stdout"}, False),
        ({"many": False, "prints": False}, {"stdout", "stderr"}, False),
    ],
)
def test_bar_is_for_people_who_wait(
    monkeypatch: pytest.MonkeyPatch, what: dict[str, bool], terminals: set[str], wanted: bool
) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(getattr(sys, name), "isatty", lambda name=name: name in terminals)
    assert wants_bar(**what) is wanted


def test_bar_stays_out_of_the_results(
    run: Run, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    missing = tmp_path / "missing.png"
    result = run("read", good, missing)
    assert (result.code, result.text) == (11, f"==> {good} <==\nHarbor 72\n")
    assert "2/2" in result.stderr
    assert f"foretext: can't read {missing}: No such file" in result.stderr


def test_pages_have_a_bar_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    def work(_: Item, tell: Teller) -> None:
        tell.pages(1, 7)
        tell("a line")
        tell.pages(7, 7)

    each([Item("a.pdf", Path("a.pdf"))], work, bar=True)
    assert capsys.readouterr().err.splitlines()[0].rstrip() == "a line"
    each([Item("a.pdf", Path("a.pdf"))], work)
    assert capsys.readouterr().err == "a line\n"


def test_lines_are_not_torn_by_the_bar(capsys: pytest.CaptureFixture[str]) -> None:
    items = [Item(name, Path(name)) for name in ("a.png", "[b].png")]
    each(items, lambda item, tell: tell(f"{item.name} " + "long " * 60), bar=True)
    lines = [line.rstrip() for line in capsys.readouterr().err.splitlines()]
    for item in items:
        assert f"{item.name} {'long ' * 60}".rstrip() in lines


def test_a_pattern_that_nothing_matches_is_told(run):
    result = run("read", EXAMPLE, "--pattern", r"\d{4}")
    assert (result.code, result.text) == (0, "YabVzu\n")
    assert "matches the pattern" in result.stderr
    result = run("read", EXAMPLE, "--pattern", "6")
    assert (result.code, result.text, result.stderr) == (0, "YabVzu\n", "")


def test_a_picture_that_was_turned_is_told(run, tmp_path):
    path = save(tmp_path / "lying.png", written("Harbor 72").rotate(90, expand=True))
    result = run("read", path)
    assert (result.code, result.text) == (0, "Harbor 72\n")
    said = "lies on its side: read turned by 90 degrees clockwise"
    assert result.stderr == f"foretext: {path}: {said}\n"


def test_a_format_that_can_not_be_written_is_told_before_any_work(run, good, monkeypatch):
    monkeypatch.setattr("foretext.clean", None)
    for command in ("clean", "explain"):
        result = run(command, good, "-o", "out.bmp")
        assert result.code == 30
        assert "no picture is written as .bmp" in result.complaint


def test_what_a_folder_can_not_give_is_told(run, good, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    shutil.copy(good, folder)
    (folder / "lost.png").symlink_to(tmp_path / "nowhere.png")
    result = run("read", folder)
    assert result.code == 11
    assert "lost.png" in result.complaint
    assert "Harbor 72" in result.text


def test_addresses_are_not_fetched_and_that_is_told(run):
    result = run("read", "https://example.org/scan.png")
    assert result.code == 11
    assert "downloads nothing" in result.complaint


def test_a_tiny_limit_is_a_limit(run, good):
    result = run("read", good, "--max-megapixels", "1e-9")
    assert result.code == 15
    assert "limit" in result.complaint
