"""Scenes: the same everywhere, exactly true, and drawn with the fonts of their split."""

import csv
import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lab.fonts import SPLITS, FontsMissingError, load
from lab.fonts.catalog import FAMILIES as FONT_FAMILIES
from lab.fonts.fontset import BUNDLED_TABLE, INSTALLED_TABLE
from lab.fonts.splits import by_kin
from lab.scenes import FAMILIES, make
from lab.scenes.__main__ import main
from lab.scenes.colors import luminance, tint
from lab.scenes.language.strings import ALPHABET, DIGITS
from lab.scenes.lettering import Pose, letter
from lab.scenes.page import SAMPLE
from lab.scenes.patch import draw
from lab.scenes.seeds import generator

FONTS = load("bundled")
SMALL = [name for name in FAMILIES if "page" not in name]


@pytest.fixture(scope="module")
def scenes():
    """One scene of each family, made once."""
    return {name: make(name, "dev", 3, fonts=FONTS) for name in FAMILIES}


def digest(scene):
    return hashlib.sha256(scene.picture.tobytes() + scene.ink.tobytes()).hexdigest()


def load_pixels(path):
    with Image.open(path) as picture:
        return np.asarray(picture)


@pytest.mark.parametrize("family", FAMILIES)
def test_scene_is_well_formed(scenes, family):
    scene = scenes[family]
    shape = scene.picture.shape[:2]
    assert scene.picture.shape == (*shape, 3)
    assert scene.picture.dtype == np.uint8
    for coverage in (scene.ink, scene.unwanted, *(layer.coverage for layer in scene.layers)):
        assert coverage.shape == shape
        assert coverage.dtype == np.float32
        assert coverage.min() >= 0
        assert coverage.max() <= 1
    assert scene.ink.max() > 0.9
    assert scene.text.strip() == scene.text != ""
    assert (scene.family, scene.split, scene.index) == (family, "dev", 3)
    assert scene.fonts == FONTS.name


@pytest.mark.parametrize("family", FAMILIES)
def test_truth_is_exact(scenes, family):
    scene = scenes[family]
    rebuilt = scene.paper.astype(np.float64)
    bare = {True: np.ones(scene.ink.shape), False: np.ones(scene.ink.shape)}
    for layer in scene.layers:
        alpha = layer.coverage[..., None].astype(np.float64)
        rebuilt = rebuilt * (1 - alpha) + alpha * layer.color
        bare[layer.wanted] *= 1 - layer.coverage
    assert np.abs(scene.composed - rebuilt).max() < 0.01
    assert np.abs(scene.ink - (1 - bare[True])).max() < 1e-5
    assert np.abs(scene.unwanted - (1 - bare[False])).max() < 1e-5


@pytest.mark.parametrize("family", FAMILIES)
def test_clean_means_nothing_else(scenes, family):
    scene = scenes[family]
    if family != "page_degraded":  # a faded receipt may have nothing on it but its text
        assert (scene.unwanted.max() == 0) == FAMILIES[family].is_clean
    assert (scene.disturbance == "none") == FAMILIES[family].is_clean


@pytest.mark.parametrize("family", FAMILIES)
def test_boxes_tell_where_the_text_is(scenes, family):
    scene = scenes[family]
    height, width = scene.ink.shape
    outside = scene.ink.copy()
    for box in (*scene.word_boxes, *scene.character_boxes):
        assert 0 <= box.left < box.right <= width
        assert 0 <= box.top < box.bottom <= height
        assert scene.ink[box.top : box.bottom, box.left : box.right].max() > 0.1
        outside[box.top : box.bottom, box.left : box.right] = 0
    assert outside.max() < 0.2
    assert [box.text for box in scene.word_boxes] == scene.text.split()
    if scene.character_boxes:
        assert "".join(box.text for box in scene.character_boxes) == "".join(scene.text.split())


@pytest.mark.parametrize("family", ["word_cloud", "clean_words"])
@pytest.mark.parametrize("difficulty", [0.0, 1.0])
def test_easy_scenes_are_worn_no_more_than_hard_ones(family, difficulty):
    scene = make(family, "test", 0, difficulty, fonts=FONTS)
    assert scene.difficulty == difficulty
    if family == "word_cloud" and difficulty == 0:
        assert np.array_equal(scene.picture, np.rint(scene.composed).astype(np.uint8))


@pytest.mark.parametrize("family", SMALL)
def test_same_name_same_scene(scenes, family):
    assert digest(make(family, "dev", 3, fonts=FONTS)) == digest(scenes[family])


def test_same_scene_in_a_fresh_process(scenes):
    names = ["word_cloud", "page_stamp", "outlined"]
    code = (
        "import hashlib\nfrom lab.fonts import load\nfrom lab.scenes import make\n"
        f"for name in {names}:\n"
        "    scene = make(name, 'dev', 3, fonts=load('bundled'))\n"
        "    data = scene.picture.tobytes() + scene.ink.tobytes()\n"
        "    print(hashlib.sha256(data).hexdigest())\n"
    )
    root = Path(__file__).parents[2]
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True
    )
    assert answer.stdout.split() == [digest(scenes[name]) for name in names]


def test_names_decide():
    pictures = {digest(make("clean_characters", "dev", i, fonts=FONTS)) for i in range(4)}
    pictures.add(digest(make("clean_characters", "test", 0, fonts=FONTS)))
    assert len(pictures) == 5
    assert generator("a", "dev", 1).random() == generator("a", "dev", 1).random()
    assert generator("a", "dev", 11).random() != generator("a", "dev1", 1).random()


@pytest.mark.parametrize(
    "arguments", [("nothing", "dev", 0), ("word_cloud", "val", 0), ("word_cloud", "dev", -1)]
)
def test_wrong_names_are_refused(arguments):
    with pytest.raises(ValueError, match=r"word_cloud|train|index"):
        make(*arguments, fonts=FONTS)
    with pytest.raises(ValueError, match="difficulty"):
        make("word_cloud", "dev", 0, 1.5, fonts=FONTS)


@pytest.mark.parametrize("table", [INSTALLED_TABLE, BUNDLED_TABLE], ids=["installed", "bundled"])
def test_no_font_is_in_two_splits(table):
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for key in ("family", "kin", "file"):
        owners = {split: {r[key] for r in rows if r["split"] == split} for split in SPLITS}
        assert all(owners.values())
        assert sum(map(len, owners.values())) == len(set().union(*owners.values()))
    splits = by_kin(FONT_FAMILIES.values())
    assert all(row["split"] == splits[row["kin"]] for row in rows)
    assert rows == sorted(rows, key=lambda row: row["family"])


def test_bundled_fonts_can_write_and_carry_licenses():
    for face in FONTS.faces:
        assert face.has(ALPHABET + DIGITS + SAMPLE), face.path.name
        assert not face.has("\uffff")
        assert 0.02 < face.stem(1) < 0.4
    size = sum(path.stat().st_size for path in BUNDLED_TABLE.parent.iterdir())
    assert size < 2_000_000
    assert len(list(BUNDLED_TABLE.parent.glob("LICENSE-*.txt"))) >= 5


def test_wishes_for_fonts_are_met_or_dropped():
    rng = generator("fonts")
    assert FONTS.pick(rng, "dev", kinds=["serif"], text="Text").kind == "serif"
    assert FONTS.pick(rng, "dev", kinds=["mono"], italic=True).split == "dev"
    with pytest.raises((ValueError, FontsMissingError)):
        FONTS.pick(rng, "dev", text="\uffff")


@given(
    x=st.floats(-3, 40), y=st.floats(5, 45), angle=st.floats(-180, 180), slant=st.floats(-0.4, 0.4)
)
@settings(max_examples=25, deadline=None)
def test_posing_a_letter_keeps_its_ink(x, y, angle, slant):
    face = FONTS.faces[0]
    plain = letter(face, "R", 30, (20, 30))
    posed = letter(face, "R", 30, (x, y), Pose(angle=angle, slant=slant))
    # A lean and a turn keep areas.
    assert posed.coverage.sum() == pytest.approx(plain.coverage.sum(), rel=0.02)


def test_a_letter_moves_by_fractions_of_a_pixel():
    face = FONTS.faces[0]
    shape = (60, 60)
    columns = np.arange(shape[1])
    places = [
        (draw([letter(face, "H", 30, (20 + step / 4, 40))], shape).sum(0) * columns).sum()
        for step in range(5)
    ]
    ink = letter(face, "H", 30).coverage.sum()
    assert np.diff(places) / ink == pytest.approx(0.25, abs=0.02)


@given(hue=st.floats(0, 1), saturation=st.floats(0, 1), level=st.floats(0, 255))
def test_tints_have_the_luminance_asked_for(hue, saturation, level):
    color = tint(hue, saturation, level)
    assert all(0 <= part <= 255 for part in color)
    assert luminance(color) == pytest.approx(level, abs=1.5)


def test_commands_write_files(tmp_path, monkeypatch):
    monkeypatch.setenv("FORETEXT_LAB_FONTS", "bundled")
    main(["write", str(tmp_path), "--families", "clean_characters", "--n", "2", "--start", "5"])
    folder = tmp_path / "clean_characters"
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    scene = make("clean_characters", "dev", 5, fonts=FONTS)
    assert rows[0] == {"file": "005.png", "text": scene.text}
    assert np.array_equal(load_pixels(folder / "005.png"), scene.picture)
    truth = load_pixels(folder / "005_truth.png") / 255
    assert np.abs(1 - truth - scene.ink).max() <= 0.5 / 255 + 1e-6
    main(["sheet", "clean_characters", "--n", "2", "-o", str(tmp_path / "sheet.png")])
    assert load_pixels(tmp_path / "sheet.png").shape[1] > 800
