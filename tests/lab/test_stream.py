"""Training from memory: what is drawn, kept and cut; other letters; a start at shipped weights."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lab.fonts import load
from lab.fonts.spelling import Spelled, respelled
from lab.scenes import make
from lab.scenes.seeds import generator
from lab.train import package, pool, stream

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch", reason="torch (lab/requirements.txt) is not installed")


def planes_of(height, width, seed=0):
    rng = np.random.default_rng(seed)
    planes = rng.uniform(0, 1, (stream.PLANES, height, width)).astype(np.float32)
    planes[:3] = 3 * planes[:3] - 1.5
    planes[4] *= 2
    return planes


def test_planes_survive_as_bytes(torch):
    from lab.train.replay import Replay, Shape

    planes = planes_of(40, 64)
    kept = Replay(2, torch.device("cpu"))
    kept.put(stream.coded(planes))
    cut = kept.cut(Shape(3, 40, 64), np.random.default_rng(0)).numpy()
    assert cut.shape == (3, stream.PLANES, 40, 64)
    # Half a step of 1 / 84.
    assert np.abs(cut - planes).max() < 0.007


def test_crops_are_parts_of_what_is_kept_with_paper_beyond(torch):
    from lab.train.replay import Replay, Shape

    planes = planes_of(20, 30)
    kept = Replay(4, torch.device("cpu"))
    kept.put(stream.coded(planes))
    for one in kept.cut(Shape(8, 32, 16), np.random.default_rng(1)).numpy():
        inside = np.abs(one[4] - 0.1) > 1e-6
        assert inside.any(1).sum() == 20
        top = int(np.flatnonzero(inside.any(1))[0])
        beyond = np.delete(one, np.arange(top, top + 20), axis=1)
        assert np.abs(beyond[:4]).max() < 1e-6
        found = one[:, top : top + 20]
        nearest = [np.abs(found - planes[:, :, left : left + 16]).max() for left in range(15)]
        assert min(nearest) < 0.007


def test_the_oldest_makes_room(torch):
    from lab.train.replay import Replay, Shape

    kept = Replay(2, torch.device("cpu"))
    for level in (0.1, 0.5, 0.9):
        kept.put(stream.coded(np.full((stream.PLANES, 8, 8), level, np.float32)))
    levels = kept.cut(Shape(30, 8, 8), np.random.default_rng(0))[:, 3, 0, 0]
    assert {f"{level:.1f}" for level in levels.tolist()} == {"0.5", "0.9"}


def test_processes_draw_scenes_of_all_kinds_until_they_are_ended():
    code = (
        "import time\n"
        "from lab.train.stream import Stream\n"
        "with Stream(1) as made:\n"
        "    found = []\n"
        "    while len(found) < 60:\n"
        "        time.sleep(0.05)\n"
        "        found += [(d.planes.shape, int(d.planes[3].max()), d.is_page)"
        " for d in made.take()]\n"
        "    assert made.made >= 60\n"
        "print(len({page for _, _, page in found}), max(ink for _, ink, _ in found))\n"
        "print(max(shape[1] for shape, _, _ in found), max(shape[2] for shape, _, _ in found))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True
    )
    kinds, ink, height, width = map(int, answer.stdout.split())
    assert (kinds, ink) == (2, 255)
    assert (height, width) <= (stream.ROWS, stream.COLUMNS)


@pytest.mark.parametrize("more", [0, 8], ids=["as wide", "wider"])
def test_the_kept_weights_are_a_start_that_answers_as_they_do(torch, more):
    pytest.importorskip("onnx", reason="onnx (lab/requirements.txt) is not installed")
    import onnxruntime

    from lab.train import shipped
    from lab.train.model import WIDTHS

    path = package.KEPT
    shown = torch.from_numpy(planes_of(64, 96)[None, :3])
    begun = shipped.begun(path, shown, "cpu", [width + more for width in WIDTHS])
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    other = planes_of(64, 128, seed=1)[None, :3]
    (there,) = session.run(None, {"contrast": other})
    for network in (begun.network, begun.average):
        with torch.no_grad():
            here = torch.sigmoid(network.eval()(torch.from_numpy(other))).numpy()
        assert np.abs(here - there).max() < 1e-4
    # The normalizations are fed what they think usual, so that training may go on.
    first = begun.network.stem[0]
    assert torch.allclose(first[0](shown).mean((0, 2, 3)), first[1].running_mean, atol=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_fonts_that_have_the_letters_draw_them(seed):
    fonts = respelled(load("bundled"), generator("test", seed))
    anew = [face for face in fonts.faces if isinstance(face, Spelled)]
    assert len(anew) < len(fonts.faces)
    assert all(face.split == "train" for face in anew)
    for face in anew:
        assert face.has("Basket")
        assert face.spelled("ceoru BASKET") != "ceoru BASKET"
        assert face.spelled("12,5 %") == "12,5 %"


def test_only_scenes_of_training_are_spelled_anew():
    for index in range(12):
        sample = pool.sample_of("clean_words", "dev", index)
        assert np.array_equal(sample.picture, make("clean_words", "dev", index).picture)
    plain = [
        np.array_equal(
            pool.sample_of("clean_words", "train", index).picture,
            make("clean_words", "train", index).picture,
        )
        for index in range(12)
    ]
    assert any(plain)
