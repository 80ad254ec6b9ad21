"""TIFFs of several pages: one page from Python, all of them on the command line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
import pytest

import foretext
from foretext.image import Page, load, save_pages, write_pages

WORDS = ("Harbor 72", "Kettle 15", "Garden 38")


def written(text, size=(300, 70)):
    picture = PIL.Image.new("RGB", size, "white")
    font = PIL.ImageFont.load_default(40)
    PIL.ImageDraw.Draw(picture).text((14, 8), text, (20, 20, 60), font)
    return picture


def blank():
    return PIL.Image.new("RGB", (300, 70), "white")


@pytest.fixture
def saved(tmp_path):
    def save(*pictures, name="fax.tif"):
        path = tmp_path / name
        pictures[0].save(path, save_all=True, append_images=pictures[1:], dpi=(200, 200))
        return path

    return save


@pytest.fixture
def fax(saved):
    return saved(*map(written, WORDS))


def command(*args, stdin=None):
    line = [sys.executable, "-W", "error", "-m", "foretext", *map(str, args)]
    return subprocess.run(line, check=False, capture_output=True, input=stdin, timeout=120)


def pages_of(source):
    with PIL.Image.open(source) as picture:
        for number in range(picture.n_frames):
            picture.seek(number)
            yield picture.copy()


def damaged(path):
    """The directory of the second page leads to strips beyond the end of the file."""
    data = bytearray(path.read_bytes())
    order = "little" if data[:2] == b"II" else "big"

    def number(at, size):
        return int.from_bytes(data[at : at + size], order)

    first = number(4, 4)
    second = number(first + 2 + 12 * number(first, 2), 4)
    for k in range(number(second, 2)):
        entry = second + 2 + 12 * k
        if number(entry, 2) == 273:  # StripOffsets
            data[entry + 8 : entry + 12] = (len(data) + 1000).to_bytes(4, order)
    path.write_bytes(data)
    return path


def test_pages_are_counted(fax):
    assert foretext.count_pages(fax) == foretext.count_pages(fax.read_bytes()) == 3
    assert foretext.count_pages(np.zeros((5, 5), np.uint8)) == 1
    film = io.BytesIO()
    written("a").save(film, "GIF", save_all=True, append_images=[written("b")])
    assert foretext.count_pages(film.getvalue()) == 1


@pytest.mark.parametrize(
    "source", [Path, Path.read_bytes, lambda path: io.BytesIO(path.read_bytes())]
)
def test_a_page_is_named(fax, source):
    for number, text in enumerate(WORDS, start=1):
        assert foretext.read(source(fax), page=number).text == text
    assert foretext.clean(fax, page=2).source.dpi == (200, 200)
    assert foretext.layers(fax, page=3)[0].hex == "#14143c"
    assert foretext.layers(fax, page=np.int64(3))[0].hex == "#14143c"


@pytest.mark.parametrize("page", [0, 4, -1, True, "2", 1.0])
def test_a_page_that_there_is_not_is_refused(fax, page):
    with pytest.raises(foretext.UsageError) as caught:
        foretext.clean(fax, page=page)
    assert caught.value.hint == "it has pages 1 to 3"


@pytest.mark.parametrize("source", [np.zeros((5, 5), np.uint8), written("a")])
def test_other_sources_have_one_page(source):
    assert load(source, page=1).height == load(source).height
    with pytest.raises(foretext.UsageError, match="has no page 2"):
        load(source, page=2)


def test_pages_are_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "out.tif"
    path.write_bytes(b"old")

    def pages():
        yield Page(np.zeros((4, 5), np.uint8), (150.0, 150.0))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save_pages(path, pages())
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]
    with pytest.raises(foretext.OutputError, match="can't write"):
        save_pages(tmp_path / "none" / "out.tif", [])
    with pytest.raises(foretext.UnsupportedImageError):
        write_pages(io.BytesIO(), [Page(np.zeros((4, 5), np.float32), None)])


def test_pages_of_any_kind_are_written(tmp_path):
    path = tmp_path / "out.tif"
    gray, color = np.full((4, 5), 7, np.uint8), np.full((3, 2, 3), 9, np.uint8)
    save_pages(path, [Page(gray, (150.0, 75.0)), Page(color, None), Page(gray > 9, None)])
    found = list(pages_of(path))
    assert [one.mode for one in found] == ["L", "RGB", "1"]
    assert (np.asarray(found[0]) == gray).all()
    assert (np.asarray(found[1]) == color).all()
    assert load(path, page=1).dpi == (150.0, 75.0)


def test_all_pages_are_read(fax):
    done = command("read", fax)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "".join(f"{text}\n\f" for text in WORDS)
    piped = command("read", "-", "--pages", "2-", stdin=fax.read_bytes())
    assert piped.stdout.decode() == "".join(f"{text}\n\f" for text in WORDS[1:])


def test_all_pages_are_read_as_json(fax):
    told = json.loads(command("read", fax, "--format", "json").stdout)
    assert told["source"] == str(fax)
    assert [(page["page"], page["text"]) for page in told["pages"]] == list(enumerate(WORDS, 1))
    assert told["pages"][0]["lines"]


def test_all_pages_are_cleaned(fax, tmp_path):
    target = tmp_path / "clean.tif"
    done = command("clean", fax, "-o", target, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [page["page"] for page in told["pages"]] == [1, 2, 3]
    assert told["output"] == str(target)
    assert [one.mode for one in pages_of(target)] == ["L"] * 3
    assert foretext.clean(target, page=3).source.dpi == (200, 200)
    assert foretext.read(target, page=3).text == WORDS[2]


def test_pages_that_are_not_asked_for_are_copied(fax, tmp_path):
    target = tmp_path / "clean.tif"
    assert command("clean", fax, "-o", target, "--pages", "1,3").returncode == 0
    assert [one.mode for one in pages_of(target)] == ["L", "RGB", "L"]


def test_into_a_folder_and_a_pipe(fax, tmp_path):
    assert command("clean", fax, "-o", f"{tmp_path}/out/").returncode == 0
    assert len(list(pages_of(tmp_path / "out" / "fax.tif"))) == 3
    piped = command("clean", "-", "-o", "-", stdin=fax.read_bytes())
    assert len(list(pages_of(io.BytesIO(piped.stdout)))) == 3


def test_one_page_fits_any_picture(fax, tmp_path):
    target = tmp_path / "clean.png"
    refused = command("clean", fax, "-o", target)
    assert refused.returncode == 2
    assert b"has 3 pages" in refused.stderr
    assert not target.exists()
    assert command("clean", fax, "-o", target, "--pages", "2").returncode == 0
    assert foretext.read(target).text == WORDS[1]


def test_a_page_that_keep_does_not_fit_is_left_as_it_was(saved, tmp_path):
    source = saved(written(WORDS[0]), blank())
    target = tmp_path / "clean.tif"
    done = command("clean", source, "-o", target, "--keep", "1")
    assert done.returncode == 19
    assert b"page 2: left as it was" in done.stderr
    assert b"1 of 2 pages could not be cleaned" in done.stderr
    assert [one.mode for one in pages_of(target)] == ["L", "RGB"]


def test_a_damaged_page_takes_no_other_with_it(fax, tmp_path):
    source, target = damaged(fax), tmp_path / "clean.tif"
    done = command("clean", source, "-o", target)
    assert done.returncode == 19
    assert b"page 2: left out" in done.stderr
    assert [foretext.read(target, page=k).text for k in (1, 2)] == [WORDS[0], WORDS[2]]
    done = command("read", source)
    assert done.returncode == 19
    assert done.stdout.decode() == f"{WORDS[0]}\n\f\f{WORDS[2]}\n\f"


def test_if_no_page_can_be_taken_in_nothing_is_written(fax, tmp_path):
    target = tmp_path / "clean.tif"
    done = command("clean", fax, "-o", target, "--max-megapixels", "0.001")
    assert done.returncode == 19
    assert b"none of 3 pages" in done.stderr
    assert not target.exists()


def test_a_blank_page_is_told(saved):
    done = command("read", saved(written(WORDS[0]), blank()))
    assert (done.returncode, done.stdout.decode()) == (0, f"{WORDS[0]}\n\f\f")
    assert b"page 2: no text found" in done.stderr


@pytest.mark.parametrize("options", [("--format", "hocr"), ("--characters", "letters")])
def test_what_is_of_one_picture_is_refused(fax, tmp_path, options):
    done = command("read", fax, *options)
    assert done.returncode == 2
    assert b"several pages" in done.stderr


def test_layers_of_a_page(fax):
    first, second = (command("layers", fax, *more) for more in ((), ("--page", "2")))
    assert first.returncode == second.returncode == 0
    assert b"page 1 of 3" in first.stderr
    assert second.stderr == b""


def test_warnings_point_at_the_line_that_led_to_them(fax):
    with pytest.warns(foretext.ForetextWarning) as log:
        foretext.read(fax, pattern=r"\d")
    assert [warning.filename for warning in log] == [__file__] * 2


def test_pages_keep_their_mode_and_compression_if_they_are_copied(saved, tmp_path):
    source = tmp_path / "fax.tif"
    bilevel = [written(text).convert("1") for text in WORDS[:2]]
    bilevel[0].save(
        source, save_all=True, append_images=bilevel[1:], compression="group4", dpi=(204, 196)
    )
    target = tmp_path / "clean.tif"
    assert command("clean", source, "-o", target, "--pages", "2").returncode == 0
    before, after = (list(pages_of(path)) for path in (source, target))
    assert [one.mode for one in after] == ["1", "L"]
    assert after[0].info["compression"] == "group4"
    assert np.array_equal(np.asarray(before[0]), np.asarray(after[0]))
    assert load(target, page=1).dpi == (204.0, 196.0)


def test_thumbnails_are_no_pages(tmp_path):
    source = tmp_path / "with.tif"
    page = written(WORDS[0])
    small = page.resize((60, 14))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    page.save(source, save_all=True, append_images=[small])
    with PIL.Image.open(source) as picture:
        assert picture.n_frames == 2
    assert foretext.count_pages(source) == 1
    assert foretext.read(source).text == WORDS[0]
    assert command("read", source).stdout.decode() == f"{WORDS[0]}\n"


def lost_behind(path):
    """The last page leads to another one, beyond the end of the file."""
    data = bytearray(path.read_bytes())
    at = int.from_bytes(data[4:8], "little")
    while True:
        link = at + 2 + 12 * int.from_bytes(data[at : at + 2], "little")
        at = int.from_bytes(data[link : link + 4], "little")
        if not at:
            data[link : link + 4] = (len(data) + 5000).to_bytes(4, "little")
            path.write_bytes(data)
            return path


@pytest.mark.parametrize("count", [1, 2])
def test_what_can_not_be_found_takes_no_page_with_it(saved, count):
    source = lost_behind(saved(*map(written, WORDS[:count])))
    assert foretext.count_pages(source) == count
    done = command("read", source)
    assert done.returncode == 0
    assert [text.strip() for text in done.stdout.decode().split("\f") if text] == list(
        WORDS[:count]
    )
    assert f"damaged behind page {count}".encode() in done.stderr


def test_a_pipe_with_a_name_has_all_its_pages(fax, tmp_path):
    line = f"{sys.executable} -m foretext read <(cat {fax})"
    done = subprocess.run(["bash", "-c", line], check=False, capture_output=True, timeout=120)
    assert done.stdout.decode() == "".join(f"{text}\n\f" for text in WORDS)


def test_a_failed_page_is_told_in_json_as_the_others_are(fax):
    told = json.loads(command("read", damaged(fax), "--format", "json").stdout)
    assert [page["text"] for page in told["pages"]] == [WORDS[0], "", WORDS[2]]
    assert told["pages"][1]["lines"] == []
    assert "damaged" in told["pages"][1]["note"]
