"""What the network of letters learns from, its training, and its way into the package."""

from __future__ import annotations

import itertools
from importlib.util import find_spec

import numpy as np
import pytest

from foretext.recognize import letters
from foretext.recognize.letters import HEIGHT, NAMES
from lab.fonts.fontset import bundled
from lab.letters import cleaned, samples, wear
from lab.letters.cleaned import Cleaned
from lab.letters.drawing import drawn_line
from lab.scenes.seeds import generator
from lab.train import package

needs_torch = pytest.mark.skipif(
    find_spec("torch") is None or find_spec("onnx") is None,
    reason="torch or onnx is not installed: pip install -r lab/requirements.txt",
)


@pytest.fixture(autouse=True)
def few_fonts(monkeypatch):
    """Draw with the fonts that are everywhere."""
    monkeypatch.setattr(samples, "load", bundled)


def lines(number, seed=0):
    rng = generator("test letters", seed)
    return [drawn_line(rng, bundled(), "train") for _ in range(number)]


def test_lines_are_ink_with_what_they_say():
    for ink, text in lines(30):
        assert ink.dtype == np.float32
        assert ink.min() == 0
        assert 0.7 < ink.max() <= 1
        assert text == " ".join(text.split())
        assert set(text) <= set(NAMES)


def test_the_same_seed_draws_the_same():
    for (one, first), (other, second) in zip(lines(5), lines(5), strict=True):
        assert first == second
        assert np.array_equal(one, other)
    assert [text for _, text in lines(5, 1)] != [text for _, text in lines(5)]


@pytest.mark.parametrize("worn", [wear.worn, wear.slightly_worn])
def test_worn_ink_is_ink_and_the_ink_stays(worn):
    (ink, _), rng = lines(1)[0], np.random.default_rng(0)
    ink.flags.writeable = False
    changed = [worn(ink, rng) for _ in range(20)]
    assert all(0 <= some.min() <= some.max() <= 1 for some in changed)
    assert all(some.dtype == np.float32 for some in changed)
    assert len({some.tobytes() for some in changed}) > 10


def test_batches_hold_what_was_drawn():
    made = samples.batches(np.random.default_rng(0), share=40)
    for batch in itertools.islice(made, 4):
        count, height, width = batch.strips.shape
        assert height == HEIGHT
        assert width in samples.SIZES
        assert len(batch.texts) == len(batch.lengths) == count
        for numbers, length in zip(batch.texts, batch.lengths, strict=True):
            assert (numbers[:length] > 0).all()
            assert not numbers[length:].any()


def test_cleaned_inks_are_among_what_is_learnt():
    ink = np.zeros((40, 40), np.uint8)
    ink[5:35, 5:35] = 255
    made = samples.batches(np.random.default_rng(0), share=40, inks=[Cleaned(ink, "~")])
    said = [numbers[0] for batch in itertools.islice(made, 3) for numbers in batch.texts]
    assert said.count(samples.NUMBERS["~"]) > 0.3 * len(said)


def test_inks_of_pictures_are_kept_and_made_once(tmp_path, monkeypatch):
    monkeypatch.setattr(cleaned, "_SHARD", 4)
    (path,) = cleaned.produce(tmp_path, 1)
    inks = cleaned.read(tmp_path)
    assert 1 <= len(inks) <= 4
    assert all(one.text and one.ink.dtype == np.uint8 and one.ink.max() > 77 for one in inks)
    assert not list(cleaned.produce(tmp_path, 1))
    assert path.exists()


def test_a_character_has_the_number_that_the_package_gives_it():
    assert [NAMES[number - 1] for number in samples.NUMBERS.values()] == list(samples.NUMBERS)


def test_the_package_has_a_place_for_the_digest():
    room = package.PACKAGE.parent / "recognize"
    package.check(room, "letters.py")
    assert package.shipped(room, "letters.onnx").sha256 == letters._SHA256


@needs_torch
def test_training_lowers_the_loss_and_leaves_weights(tmp_path):
    import torch

    from lab.letters import loop, weights
    from lab.letters.model import Network

    torch.manual_seed(0)
    network = Network()
    made = samples.batches(np.random.default_rng(0), share=64)
    shown = [torch.from_numpy(part) for part in next(made)]
    before = loop.loss_of(network.eval(), shown).item()
    settings = loop.Settings(4.0, workers=0, share=64)
    trained = loop.train(network, settings, tmp_path)
    assert loop.loss_of(trained, shown).item() < 0.7 * before
    kept = weights.load(tmp_path / weights.FILE)
    assert loop.loss_of(kept, shown).item() == pytest.approx(
        loop.loss_of(trained, shown).item(), rel=0.02
    )


@needs_torch
def test_what_is_shipped_answers_as_its_weights_do(tmp_path):
    import torch

    from lab.letters import weights

    (ink, _) = lines(1)[0]
    strip = letters.strip_of(ink)
    strip = strip[:, : strip.shape[1] // 32 * 32]
    with torch.inference_mode():
        logits = weights.load(weights.KEPT)(torch.from_numpy(strip)[None, None])
    wanted = torch.softmax(logits, 2)[0].numpy()
    assert np.abs(letters.likely(strip) - wanted).mean() < 0.01


@needs_torch
def test_ship_puts_file_and_digest_into_a_package(tmp_path):
    import torch

    from lab.letters import weights
    from lab.letters.__main__ import main

    room, out = tmp_path / "room", tmp_path / "out"
    room.mkdir()
    (room / "letters.py").write_text('_SHA256 = ""\n')
    torch.manual_seed(0)
    weights.save(weights.load(weights.KEPT), out)
    assert main(["ship", "--out", str(out), "--package", str(room)]) == 0
    digest = package.shipped(room, "letters.onnx").sha256
    assert (room / "letters.py").read_text() == f'_SHA256 = "{digest}"\n'


@needs_torch
def test_a_package_without_a_place_is_told_before_training(tmp_path, capsys):
    from lab.letters.__main__ import main

    assert main(["--ship", "--out", str(tmp_path), "--package", str(tmp_path)]) == 1
    assert "there is no" in capsys.readouterr().err
