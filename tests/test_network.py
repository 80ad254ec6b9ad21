"""The network: pictures of any size, worked in tiles; its file; how many threads it takes.

What it should see is tested where users are promised it. Here is what holds for any weights.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib import resources

import numpy as np
import pytest

import foretext
from foretext import ForetextError, Recipe, networks, threads
from foretext.cli import main
from foretext.ink import measure
from foretext.separate import network
from foretext.separate.contrast import contrast
from foretext.separate.network import foreground
from tests.stages import (
    BLACK,
    EXAMPLES,
    GRAY,
    WHITE,
    cloud,
    colored_cloud,
    f_measure,
    frozen,
    lettering,
    paint,
    paper,
    picture,
)

# More than four megabytes would be felt by everyone who installs foretext.
MOST_BYTES = 4_000_000

SHAPE = (240, 700)
ROWS = lettering(
    SHAPE,
    ((14, 4), "Harbor gets 72 new boats", 48),
    ((14, 80), "silver forest and 19 kings", 48),
    ((14, 156), "Marked by Quill 58 times", 48),
)


@pytest.fixture(scope="module")
def paperless():
    """Return text over words without its paper, wider than one tile."""
    return contrast(paint(paper(SHAPE), *colored_cloud(SHAPE, 12), (ROWS, GRAY)))


@pytest.fixture
def unloaded():
    """Let the network be loaded anew within a test, and after it."""
    networks._loaded.cache_clear()
    yield
    networks._loaded.cache_clear()


def noise(*shape):
    return np.random.default_rng(5).integers(0, 256, (*shape, 3), np.uint8)


# --- any size ----------------------------------------------------------------------------------


@pytest.mark.parametrize("x_height", [0.0, 1.0, 7.0, 22.0, 400.0])
@pytest.mark.parametrize("shape", [(1, 1), (8, 8), (1, 90), (90, 1), (33, 1000), (97, 31)])
def test_picture_of_any_size_is_worked(shape, x_height):
    ink = foreground(contrast(noise(*shape)), x_height)
    assert ink.shape == shape
    assert ink.dtype == np.float32
    assert 0.0 <= ink.min() <= ink.max() <= 1.0


@pytest.mark.parametrize("shape", [(1, 1), (70, 90), (300, 2100)])
def test_bare_paper_holds_no_text(shape):
    for level in (0, 128, 255):
        pixels = np.full((*shape, 3), level, np.uint8)
        assert foreground(contrast(pixels), 0.0).max() < 0.5


def test_text_over_words_is_seen(paperless):
    # Not how well, but that it is this network, fed as it wants it.
    ink = foreground(paperless, 30.0)
    assert ink[ROWS > 0.9].mean() > 0.6
    assert ink[ROWS == 0.0].mean() < 0.1


@pytest.mark.parametrize("ground", [WHITE, (250, 235, 200), (190, 215, 240)])
def test_negative_is_seen_like_the_picture(ground):
    pixels = paint(paper(SHAPE, ground), *colored_cloud(SHAPE, 12), (ROWS, BLACK))
    ink = foreground(contrast(pixels), 30.0)
    assert ink.max() > 0.5
    assert np.abs(foreground(contrast(255 - pixels), 30.0) - ink).max() < 1e-3


def test_faint_picture_is_seen_like_a_strong_one():
    inks = [
        foreground(contrast(paint(paper(SHAPE), (ROWS, (level, level, level)))), 30.0)
        for level in (0, 150)
    ]
    assert inks[0].max() > 0.5
    assert np.abs(inks[0] - inks[1]).mean() < 0.02


def test_blank_paper_around_does_not_change_what_is_seen():
    shape = (60, 220)
    text = lettering(shape, ((10, 8), "Harbor 72", 36))
    slip = paint(paper(shape), (cloud(shape, 11), (170, 170, 185)), (text, BLACK))
    sheet = np.full((900, 900, 3), 255, np.uint8)
    inside = slice(420, 480), slice(340, 560)
    sheet[inside] = slip
    on_slip, on_sheet = foreground(contrast(slip), 24.0), foreground(contrast(sheet), 24.0)[inside]
    assert f_measure(on_slip > 0.5, text > 0.5) > 0.9
    assert f_measure(on_sheet > 0.5, on_slip > 0.5) > 0.95


# --- at which size -----------------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch):
    """Let the network take all ink for wanted; return the (H, W) of all that it is shown."""
    sizes = []

    def look(part):
        sizes.append(part.shape[1:])
        return np.clip(part[0], 0.0, 1.0)

    monkeypatch.setattr(network, "_run", look)
    monkeypatch.setattr(network, "_TILE", 100_000)
    # No second look from nearer.
    monkeypatch.setattr(network, "_CLOSER", 1e9)
    return sizes


def row_of(size, width=5):
    """Return the coverage of a row of text."""
    shape = (size * 2, size * width)
    return lettering(shape, ((size // 4, size // 4), "Harbor noon " * 9, size))


@pytest.mark.parametrize("size", [20, 28, 40, 56])
def test_text_of_a_size_that_it_knows_is_shown_as_it_is(shown, size):
    text = row_of(size)
    ink = foreground(contrast(paint(paper(text.shape), (text, BLACK))), 0.0)
    assert shown == [text.shape]
    assert f_measure(ink > 0.5, text > 0.5) > 0.95


@pytest.mark.parametrize(("seen", "looks"), [(1.0, 1), (0.5, 2), (0.0, 2)])
def test_only_what_is_in_doubt_is_looked_at_from_nearer(shown, monkeypatch, seen, looks):
    # Half of the text is seen surely; of the other half it depends.
    def look(part):
        shown.append(part.shape[1:])
        ink = (part[0] > 0.5).astype(np.float32)
        ink[:, : ink.shape[1] // 2] *= seen
        return ink if seen else np.zeros_like(ink)

    monkeypatch.setattr(network, "_run", look)
    monkeypatch.setattr(network, "_CLOSER", 1.25)
    text = row_of(28)
    foreground(contrast(paint(paper(text.shape), (text, BLACK))), 0.0)
    assert len(shown) == looks
    assert all(later > text.shape for later in shown[1:])


@pytest.mark.parametrize("size", [9, 120, 250])
@pytest.mark.parametrize("told", [0.0, 22.0])
def test_text_of_another_size_is_brought_to_one_that_it_knows(shown, size, told):
    # Whatever size it was told.
    text = row_of(size)
    ink = foreground(contrast(paint(paper(text.shape), (text, BLACK))), told)
    assert ink.shape == text.shape
    assert f_measure(ink > 0.5, text > 0.5) > 0.85
    assert len(shown) == 2
    factor = shown[-1][0] / text.shape[0]
    assert (factor > 1.0) == (size < 20)
    assert 9.0 <= factor * measure(text).x_height <= 40.0


def test_small_print_beside_large_letters_is_as_sharp_as_they_are():
    shape = (340, 700)
    line = "The doctor described the notebook by the workshop."
    print_ = lettering(shape, ((20, 290), line, 24))
    headline = lettering(shape, ((20, 5), "Crowded", 120), ((20, 130), "Bicycle", 120))
    text = np.maximum(print_, headline)
    ink = foreground(contrast(paint(paper(shape), (text, BLACK))), 84.0)
    assert f_measure(ink[285:] > 0.5, text[285:] > 0.5) > 0.85


@pytest.mark.parametrize("repeats", [1, 100])
def test_small_picture_is_looked_at_from_nearer_too(shown, monkeypatch, repeats):
    monkeypatch.setattr(network, "_CLOSER", 1.25)
    text = np.tile(row_of(28), (repeats, 2))
    ink = foreground(contrast(paint(paper(text.shape), (text, BLACK))), 14.0)
    assert f_measure(ink > 0.5, text > 0.5) > 0.95
    height, width = shown[0]
    closer = [(round(1.25 * height), round(1.25 * width))] if repeats == 1 else []
    assert shown[1:] == closer


def test_work_on_a_page_of_small_print_stays_within_bounds(shown):
    text = np.tile(row_of(9, 40), (60, 4))
    assert text.size > 1_500_000
    foreground(contrast(paint(paper(text.shape), (text, BLACK))), 0.0)
    assert sum(height * width for height, width in shown) < 5 * text.size


def test_large_picture_is_shown_smaller_but_its_text_not_too_small(shown):
    text = np.tile(row_of(60), (9, 4))
    paperless = contrast(paint(paper(text.shape), (text, BLACK)))
    assert text.size > 1_000_000
    for told, least, most in ((measure(text).x_height, 7.5, 30.0), (12.0, 20.0, 60.0)):
        shown.clear()
        ink = foreground(paperless, told)
        assert f_measure(ink > 0.5, text > 0.5) > 0.9
        factor = shown[0][0] / text.shape[0]
        assert least <= factor * measure(text).x_height <= most


def test_margins_are_not_shown(shown):
    shape = (1200, 900)
    text = lettering(shape, ((300, 500), "in the middle", 30), ((300, 550), "of a sheet", 30))
    ink = foreground(contrast(paint(paper(shape), (text, BLACK))), 12.0)
    assert ink.shape == shape
    assert ink[text > 0.9].min() > 0.5
    assert not ink[:400].any()
    assert not ink[:, 700:].any()
    assert sum(height * width for height, width in shown) < 0.2 * text.size


@pytest.mark.parametrize("shape", [(900, 700), (40, 30_000), (30_000, 40)])
def test_nothing_but_ink_to_the_borders_is_all_shown(shown, shape):
    foreground(contrast(noise(*shape)), 12.0)
    assert sum(height * width for height, width in shown[:1]) > 0.8 * 600_000


# --- tiles -------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(1, 1), (8, 8), (95, 97), (96, 500), (333, 130), (33, 1000)])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("tile", [32, 64, 512])
def test_tiles_put_together_are_the_picture(monkeypatch, shape, channels, tile):
    monkeypatch.setattr(network, "_TILE", tile)
    monkeypatch.setattr(network, "_AROUND", 16)
    monkeypatch.setattr(network, "_run", lambda shown: shown[0])
    signed = np.random.default_rng(1).uniform(-255, 255, (*shape, channels)).astype(np.float32)
    for gain, light in ((1.0, True), (2.5, False)):
        found = network._tiled(signed, gain, light=light)
        expected = np.clip(signed[..., 0] * gain / (-255 if light else 255), -1.5, 1.5)
        assert np.allclose(found, expected, atol=1e-6)


def test_no_tile_is_large(monkeypatch):
    sizes = []

    def look(shown):
        sizes.append(shown.shape[1:])
        return shown[0]

    monkeypatch.setattr(network, "_run", look)
    network._tiled(np.zeros((1700, 4100, 1), np.float32), 1.0, light=True)
    assert len(sizes) >= 4
    assert max(map(max, sizes)) <= 1664


def test_tiles_begin_where_the_network_joins_pixels():
    for length in (1700, 2100, 4100, 9999):
        parts = list(network._spans(length))
        assert len(parts) > 1
        assert all(outer.start % 32 == 0 for _, outer in parts)
        assert {outer.stop - stop.stop for stop, outer in parts[:-1]} == {network._AROUND}


def test_tiles_see_what_the_whole_picture_sees(monkeypatch, paperless):
    monkeypatch.setattr(network, "_TILE", 4096)
    whole = foreground(paperless, 30.0)
    for tile, most in ((320, 0.004), (224, 0.015)):
        monkeypatch.setattr(network, "_TILE", tile)
        parts = foreground(paperless, 30.0)
        differs = np.abs(parts - whole) > 0.25
        assert differs.mean() < most
        # Where no seam is near, they are all but the same.
        seams = [columns.start for columns, _ in network._spans(SHAPE[1])][1:]
        assert seams
        from_seam = np.abs(np.arange(SHAPE[1]) - np.array(seams)[:, None]).min(axis=0)
        far = from_seam > network._AROUND
        assert 0 < far.sum() < SHAPE[1]
        assert differs[:, far].mean() < 0.003


def test_threads_change_nothing_of_what_it_says(monkeypatch, paperless):
    inks = []
    for count in (1, 2, 5):
        monkeypatch.setattr(network, "threads_for", lambda pixels, count=count: count)
        inks.append(foreground(paperless, 30.0))
    assert all(np.array_equal(inks[0], ink) for ink in inks[1:])


# --- the file ----------------------------------------------------------------------------------


def test_file_is_small_and_the_one_the_code_means():
    data = resources.files("foretext.separate").joinpath("network.onnx").read_bytes()
    assert hashlib.sha256(data).hexdigest() == network._SHA256
    assert len(data) <= MOST_BYTES


def test_damaged_file_is_told_with_a_way_out(monkeypatch, unloaded):
    monkeypatch.setattr(network, "_SHA256", "0" * 64)
    with pytest.raises(ForetextError, match=r"network\.onnx is damaged") as caught:
        foretext.clean(picture("text"))
    assert "pip install" in caught.value.hint
    assert caught.value.exit_code == 1
    # Color alone does without it, and so does a sheet with nothing on it.
    assert foretext.clean(picture("text"), recipe=Recipe(network=False)).ink.any()
    assert not foretext.clean(picture("white")).ink.any()


def test_damaged_file_is_one_line_on_the_command_line(monkeypatch, unloaded, capsys):
    monkeypatch.setattr(network, "_SHA256", "0" * 64)
    monkeypatch.setattr(sys, "argv", ["foretext", "read", str(EXAMPLES / "YabVzu.png")])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    assert line.startswith("foretext: ")
    assert "network.onnx is damaged" in line
    assert "pip install" in line
    assert "bug" not in line


def test_failure_to_load_is_not_kept(monkeypatch, unloaded):
    with monkeypatch.context() as damaged:
        damaged.setattr(network, "_SHA256", "0" * 64)
        with pytest.raises(ForetextError):
            foreground(contrast(picture("text")), 30.0)
    assert foreground(contrast(picture("text")), 30.0).max() > 0.5


def test_it_is_loaded_once_whoever_asks(monkeypatch, unloaded, paperless):
    monkeypatch.setattr(network, "_TILE", 64)
    monkeypatch.setattr(threads, "worker_count", lambda: 4)
    foreground(paperless, 30.0)
    foreground(paperless, 30.0)
    assert networks._loaded.cache_info().misses == 1


def test_it_is_loaded_only_when_it_is_asked():
    code = (
        "import sys\n"
        "def report(): print('onnxruntime' in sys.modules)\n"
        "import foretext; report()\n"
        "import foretext.separate.network, foretext.choose, foretext.pipeline; report()\n"
        "import numpy as np\n"
        "pixels = np.full((40, 90, 3), 255, np.uint8); report()\n"
        "foretext.clean(pixels); report()\n"
        "pixels[10:30, 20:24] = pixels[10:30, 40:44] = 0\n"
        "foretext.clean(pixels, recipe=foretext.Recipe(network=False)); report()\n"
        "foretext.clean(pixels); report()\n"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.stderr == ""
    assert done.stdout.split() == ["False"] * 5 + ["True"]


# --- the user's will ---------------------------------------------------------------------------


def test_recipe_without_the_network_never_loads_it(monkeypatch):
    def refuse(pixels):
        pytest.fail(f"the network was loaded for {pixels} pixels")

    monkeypatch.setattr(network, "_session", refuse)
    for name in ("text", "text over words", "YabVzu", "white"):
        cleaned = foretext.clean(picture(name), recipe=Recipe(network=False))
        assert all(layer.wanted is None for layer in cleaned.layers)
        assert cleaned.steps[1].settings["network"] is False
    with pytest.raises(pytest.fail.Exception):
        foretext.clean(picture("text"))


@pytest.mark.parametrize("keep", ["#666", "gray:98-106", 1])
def test_what_the_user_keeps_overrules_the_network(monkeypatch, keep):
    by_color = foretext.clean(picture("YabVzu"), keep=keep, recipe=Recipe(network=False))
    monkeypatch.setattr(network, "_run", lambda shown: np.zeros(shown.shape[1:], np.float32))
    cleaned = foretext.clean(picture("YabVzu"), keep=keep)
    assert cleaned.layers[0].wanted == 0.0
    assert cleaned.wanted[0].color == pytest.approx(GRAY, abs=6)
    assert np.array_equal(cleaned.ink, by_color.ink)


# --- threads -----------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch):
    """Return a function that asks for threads on a machine of eight cores."""
    monkeypatch.setattr(threads, "core_count", lambda: 8)

    def ask(value):
        if value is None:
            monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
        else:
            monkeypatch.setenv("OMP_NUM_THREADS", value)

    return ask


@pytest.mark.parametrize(
    ("value", "small", "large"),
    [
        (None, 1, 8),
        ("1", 1, 1),
        ("3", 3, 3),
        ("8", 8, 8),
        ("99999999999999999999", 8, 8),
        ("0", 1, 1),
        ("007", 7, 7),
        # What means nothing is as if it was not said.
        ("", 1, 8),
        ("-2", 1, 8),
        ("two", 1, 8),
        ("1.5", 1, 8),
        (" 3 ", 1, 8),
        ("4,2", 1, 8),
        ("²", 1, 8),
    ],
)
def test_threads_are_as_many_as_asked_for(asked, value, small, large):
    asked(value)
    assert (threads.thread_count(), threads.worker_count()) == (small, large)


def test_there_is_at_least_one_core():
    assert 1 <= threads.core_count() <= (os.cpu_count() or 1)


@pytest.mark.parametrize(
    ("value", "pixels", "count"),
    [(None, 12_000, 1), (None, 900_000, 8), ("2", 12_000, 2), ("2", 900_000, 2), ("no", 12_000, 1)],
)
def test_network_takes_as_many_threads_as_asked_for(asked, unloaded, value, pixels, count):
    asked(value)
    options = network._session(pixels).get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (count, 1)


def test_input_is_left_as_it_is():
    paperless = contrast(frozen(noise(50, 70)))
    for array in (paperless.signed, paperless.strength):
        array.flags.writeable = False
    signed, strength = paperless.signed.copy(), paperless.strength.copy()
    for x_height in (0.0, 5.0, 80.0):
        foreground(paperless, x_height)
    assert np.array_equal(paperless.signed, signed)
    assert np.array_equal(paperless.strength, strength)
