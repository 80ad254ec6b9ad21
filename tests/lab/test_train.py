"""Training: what the network is shown, crops that repeat, what a few steps learn, the file."""

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foretext.separate.contrast import contrast
from lab.train import card, evaluate, inputs, package, pool
from lab.train.inputs import gain_of, network_input, padded
from lab.train.journal import append_row, last_row

FAMILIES = ("clean_characters", "noise_lines")


@pytest.fixture(scope="module", autouse=True)
def bundled():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORETEXT_LAB_FONTS", "bundled")
        yield


@pytest.fixture(scope="module")
def run_time():
    """What the package does with the network."""
    return pytest.importorskip("foretext.separate.network", reason="the package has no network")


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch", reason="torch (lab/requirements.txt) is not installed")


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    from lab.train.crops import Pool

    folder = tmp_path_factory.mktemp("pool")
    list(pool.produce(folder, [pool.Shard(family, 0, 10) for family in FAMILIES]))
    found = Pool(folder)
    assert found.refresh() == 20
    return found


# -- input -------------------------------------------------------------------------------------


def shown(picture):
    seen = contrast(picture)
    return network_input(seen.signed, light=seen.paper.light, gain=gain_of(seen.strength))


@pytest.mark.parametrize("gray", [True, False])
def test_paper_is_zero_and_dense_ink_is_one_whatever_the_polarity(gray):
    picture = np.full((60, 90, 3), 240, np.uint8)
    picture[20:40, 30:60] = 100 if gray else (100, 140, 140)
    for one in (picture, 255 - picture):
        x = shown(one)
        assert x.shape == (3, 60, 90)
        assert x.dtype == np.float32
        assert np.abs(x[:, :10]).max() < 0.05
        assert x.max() == pytest.approx(1, abs=0.05)


def test_faint_ink_is_raised_and_noise_is_not():
    picture = np.full((60, 90, 3), 250, np.uint8)
    picture[20:40, 30:60] = 190
    assert shown(picture).max() == pytest.approx(1, abs=0.05)
    picture[20:40, 30:60] = 246
    assert shown(picture).max() < 0.2


def test_input_is_limited_and_padded_with_paper():
    x = network_input(np.full((33, 40, 1), -255, np.float32), light=True, gain=6)
    assert (x == 1.5).all()
    assert padded(x).shape == (3, 64, 64)
    assert padded(x)[:, 33:].max() == 0
    assert padded(x[:, :32, :32]).shape == (3, 32, 32)


def of_the_kind(kind):
    """A picture whose ink differs in strength, its noise on both sides of the paper."""
    rng = np.random.default_rng(7)
    picture = np.full((70, 110, 3), 235.0)
    picture[20:40, 20:50] = 60 if kind == "gray" else (40, 90, 150)
    picture[30:60, 60:90] = 180 if kind == "gray" else (210, 150, 225)
    picture += rng.normal(0, 6, (70, 110, 1 if kind == "gray" else 3))
    picture = np.clip(picture, 0, 255).astype(np.uint8)
    return 255 - picture if kind == "light on dark" else picture


@pytest.mark.parametrize("kind", ["gray", "color", "light on dark"])
def test_the_package_shows_the_network_what_training_did(run_time, kind):
    seen = contrast(of_the_kind(kind))
    light, gain = seen.paper.light, gain_of(seen.strength)
    assert light == (kind != "light on dark")
    assert seen.signed.shape[2] == (1 if kind == "gray" else 3)
    assert run_time._gain(seen.strength) == pytest.approx(gain, rel=1e-6)
    there = run_time._shown(seen.signed, gain, light=light)
    here = network_input(seen.signed, light=light, gain=gain)
    assert there.dtype == here.dtype
    assert np.array_equal(there, here)
    assert here.min() < 0
    assert here.max() > 0.9


@pytest.mark.parametrize("shape", [(40, 50), (447, 448), (1300, 1100)])
@pytest.mark.parametrize("most", [0.0, 30.0, 250.0])
def test_the_package_takes_the_gain_of_any_picture_as_training_did(run_time, shape, most):
    strength = np.random.default_rng(1).uniform(0, 1, shape).astype(np.float32) * np.float32(most)
    assert run_time._gain(strength) == pytest.approx(gain_of(strength), rel=1e-6)


def test_the_package_pads_as_training_did(run_time):
    assert run_time._MULTIPLE == inputs.MULTIPLE
    for length in (1, 32, 33, 64):
        assert padded(np.zeros((length, 32), np.float32)).shape[0] == run_time._up(length)


# -- pool and crops ----------------------------------------------------------------------------


def test_every_start_of_the_plan_has_all_families():
    shards = pool.plan()
    assert {shard.family for shard in shards[:48]} == set(pool.SHARDS)
    assert len(set(shards)) == len(shards)
    assert set(pool.plan(0.1)) < set(shards)


def test_a_pool_goes_on_where_it_was(tmp_path):
    shard = pool.Shard("clean_characters", 0, 2)
    (path,) = pool.produce(tmp_path, [shard])
    assert list(pool.produce(tmp_path, [shard])) == []
    sample = pool.read(path)[1]
    again = pool.sample_of("clean_characters", "train", 1)
    assert np.array_equal(sample.picture, again.picture)
    assert np.array_equal(sample.ink, again.ink)
    assert sample.x_height == pytest.approx(again.x_height)


def test_crops_repeat_and_are_in_range(scenes):
    from lab.train.crops import HEIGHT, WIDTH, batch

    one, same, other = (batch(scenes, step, 6) for step in (5, 5, 6))
    assert one.shown.shape == (6, 3, HEIGHT, WIDTH)
    assert all(np.array_equal(a, b) for a, b in zip(one, same, strict=True))
    assert not np.array_equal(one.shown, other.shown)
    assert not np.array_equal(one.shown, batch(scenes, 5, 6, seed=1).shown)
    assert np.abs(one.shown).max() <= 1.5
    assert one.truth.min() >= 0
    assert one.truth.max() <= 1
    assert one.weight.min() > 0


def test_disturbances_leave_the_truth_alone():
    from lab.train.disturb import disturb
    from lab.train.patch import Patch, coverage_of

    sample = pool.sample_of("clean_characters", "train", 0)
    ink, unwanted = coverage_of(sample.ink), coverage_of(sample.unwanted)
    patch = Patch(sample.picture, ink, unwanted, sample.x_height)
    for seed in range(20):
        changed = disturb(patch, np.random.default_rng(seed))
        assert changed.ink is patch.ink
        touched = (changed.picture != patch.picture).any(axis=2)
        # Rounding aside, nothing changes but where it is said to.
        assert not (touched & (changed.unwanted == 0)).any()


# -- learning ----------------------------------------------------------------------------------


#: A network that learns from few steps; full networks and small rates take minutes.
QUICK = (8, 12, 16, 24, 24)


@pytest.fixture
def one_thread(torch):
    """With several, sums are rounded in an order that the number of cores decides."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.usefixtures("one_thread")
def test_a_run_of_so_many_steps_repeats_and_goes_on(torch, scenes):
    from lab.train import state
    from lab.train.loop import Settings, train

    settings = Settings(steps=3, size=2, workers=0)
    one, same = (state.fresh(seed=0, device="cpu", widths=QUICK) for _ in range(2))
    first = train(one, scenes, settings)
    # No time at all is time enough: steps are what counts.
    assert train(same, scenes, replace(settings, seconds=0)).losses == first.losses
    assert all(map(torch.equal, one.network.parameters(), same.network.parameters()))
    assert one.step == len(first.losses) == 3
    further = train(one, scenes, settings)
    assert one.step == 6
    assert one.crops == 12
    assert len(further.losses) == 3
    assert further.losses != first.losses
    assert further.rate == first.rate


@pytest.mark.usefixtures("one_thread")
def test_a_few_steps_of_training_beat_a_constant_guess(torch, scenes):
    from lab.train import state
    from lab.train.crops import batch
    from lab.train.loop import Settings, predictor, train
    from lab.train.loss import loss_of

    begun = state.fresh(seed=0, device="cpu", widths=QUICK)
    train(begun, scenes, Settings(steps=80, peak=2e-2, size=8, workers=0))

    crops = batch(scenes, 10**6, 32)
    fresh, truth, weight = map(torch.from_numpy, crops)
    with torch.no_grad():
        loss = float(loss_of(begun.average.eval()(fresh), truth, weight))
        guesses = torch.linspace(-6, 4, 21)
        constant = min(float(loss_of(torch.full_like(truth, g), truth, weight)) for g in guesses)
    # About 0.3 with any of four seeds.
    assert loss < 0.5 * constant

    items = [
        evaluate.item_of(pool.sample_of(family, "dev", index))
        for family in FAMILIES
        for index in range(5)
    ]
    learnt = evaluate.scores(evaluate.answers(items, predictor(begun.average)))
    everything = evaluate.scores((item, np.ones_like(item.truth)) for item in items)
    # From 0.82 to 0.88, against 0.18 and 0.19.
    assert all(learnt[family] > everything[family] + 0.4 for family in FAMILIES)


def test_a_checkpoint_restores_all(torch, tmp_path):
    from lab.train import state

    kept = state.fresh(seed=3, device="cpu", widths=QUICK)
    kept.step, kept.crops, kept.seconds = 7, 112, 1.5
    state.save(kept, tmp_path)
    again = state.load(tmp_path, "cpu")
    assert (again.step, again.crops, again.seconds) == (7, 112, 1.5)
    for name, value in kept.average.state_dict().items():
        assert torch.equal(value, again.average.state_dict()[name])


def test_the_rate_rises_and_falls():
    pytest.importorskip("torch", reason="torch (lab/requirements.txt) is not installed")
    from lab.train.loop import rate_at

    rates = [rate_at(p, 1.0) for p in np.linspace(0, 1, 101)]
    assert max(rates) == pytest.approx(1, abs=0.01)
    assert rates[0] < 0.1
    assert rates[-1] < 0.02
    assert rates[5:] == sorted(rates[5:], reverse=True)


def test_eight_bits_answer_nearly_alike(run_time):
    pytest.importorskip("onnx", reason="onnx (lab/requirements.txt) is not installed")
    import onnxruntime

    from lab.train.quantize import quantized

    shown = [
        evaluate.item_of(pool.sample_of(family, "train", index)).shown
        for family in FAMILIES
        for index in range(2)
    ]
    weights = package.KEPT.read_bytes()
    content = quantized(weights, shown, "contrast")
    assert quantized(weights, shown, "contrast") == content
    assert len(content) < 0.6 * len(weights)
    whole, rounded = (
        onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
        for data in (weights, content)
    )
    for picture in shown:
        ink, other = (
            session.run(None, {"contrast": picture[None]})[0] for session in (whole, rounded)
        )
        assert np.abs(ink - other).sum() < 0.05 * ink.sum()


def test_the_exported_file_answers_alike(torch, tmp_path):
    pytest.importorskip("onnx", reason="onnx (lab/requirements.txt) is not installed")
    import onnxruntime

    from lab.train import state
    from lab.train.export import INPUT, OUTPUT, export

    network = state.fresh(seed=0, device="cpu").network
    # Normalization that does something, so that folding it in is put to the test.
    network.train()(torch.rand(2, 3, 64, 64))
    exported = export(network.eval(), tmp_path / "network.onnx")
    assert exported.deviation < 1e-4
    # In 8 bits it is half as large.
    assert exported.size < 8_000_000
    session = onnxruntime.InferenceSession(exported.path, providers=["CPUExecutionProvider"])
    (ink,) = session.run([OUTPUT], {INPUT: np.zeros((2, 3, 64, 96), np.float32)})
    assert ink.shape == (2, 1, 64, 96)


# -- into the package --------------------------------------------------------------------------

OLD = "0" * 64
MODULE = f'''"""A module."""

_FILE = "network.onnx"
_SHA256 = "{OLD}"
OTHER = "_SHA256"
'''


@pytest.fixture
def room(tmp_path):
    """A copy of the folder that the network goes to."""
    folder = tmp_path / "separate"
    folder.mkdir()
    (folder / package.MODULE).write_bytes(MODULE.encode())
    (folder / package.FILE).write_bytes(b"old")
    return folder


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "made.onnx"
    path.write_bytes(b"new")
    return path


NEW = hashlib.sha256(b"new").hexdigest()


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_file_and_digest_go_into_the_package_together(room, made):
    (room / package.MODULE).chmod(0o640)
    assert package.put(made, room) == (room / package.FILE, NEW, 3)
    changed = MODULE.replace(OLD, NEW).encode()
    assert contents(room) == {package.FILE: b"new", package.MODULE: changed}
    assert (room / package.MODULE).stat().st_mode & 0o777 == 0o640
    package.put(made, room)
    assert (room / package.MODULE).read_bytes() == changed


@pytest.mark.parametrize("line", ['_SHA256: Final = "ab"', '_SHA256: Final[str] = ""'])
def test_the_constant_may_have_a_type_and_line_ends_are_kept(room, made, line):
    (room / package.MODULE).write_bytes(f"first\r\n{line}\r\n".encode())
    package.put(made, room)
    wanted = f'first\r\n{line.partition(chr(34))[0]}"{NEW}"\r\n'
    assert (room / package.MODULE).read_bytes() == wanted.encode()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("_DIGEST = 1\n", "has 0"),
        ('_SHA256 = ""\n_SHA256 = ""\n', "has 2"),
        ('def f():\n    _SHA256 = ""\n', "has 0"),
        (None, "there is no"),
    ],
)
def test_a_package_without_the_constant_is_told_and_left_alone(room, made, code, reason):
    (room / package.MODULE).unlink()
    if code is not None:
        (room / package.MODULE).write_text(code)
    before = contents(room)
    with pytest.raises(package.PackageError, match=reason):
        package.put(made, room)
    assert contents(room) == before


def test_what_is_too_large_is_not_shipped(room, made):
    made.write_bytes(bytes(package.LARGEST + 1))
    before = contents(room)
    with pytest.raises(package.PackageError, match="4,000,001 bytes"):
        package.put(made, room)
    assert contents(room) == before


def test_nothing_is_left_behind_if_a_file_cannot_be_written(room, made, monkeypatch):
    before = contents(room)

    def full(path, data):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="no space"):
            package.put(made, room)
    assert contents(room) == before


def test_the_package_has_a_place_for_the_digest(run_time):
    package.check(package.PACKAGE)
    assert package.shipped(package.PACKAGE).sha256 == run_time._SHA256


# -- the command -------------------------------------------------------------------------------


def items_of(folder, number=12, families=(), *, split="dev"):
    """A picture, made at once."""
    return [evaluate.item_of(pool.sample_of("word_cloud", split, 0))]


@pytest.fixture
def command(torch, monkeypatch, tmp_path):
    pytest.importorskip("onnx", reason="onnx (lab/requirements.txt) is not installed")
    from lab.train.__main__ import main

    monkeypatch.setattr(evaluate, "items_of", items_of)
    return lambda told: main([*told, "--weights", str(tmp_path / package.WEIGHTS)])


def kept_checkpoint(folder, step=5):
    from lab.train import state

    kept = state.fresh(seed=0, device="cpu", widths=QUICK)
    kept.step, kept.seconds = step, 60.0
    folder.mkdir(exist_ok=True)
    state.save(kept, folder)


def test_a_checkpoint_is_shipped(command, tmp_path, room, capsys):
    import onnxruntime

    out = tmp_path / "out"
    kept_checkpoint(out)
    append_row(out / "curves.csv", {"seconds": 50, "step": 4})
    assert command(["export", "--out", str(out), "--package", str(room)]) == 0
    assert (room / package.FILE).read_bytes() == b"old"
    assert command(["ship", "--out", str(out), "--package", str(room)]) == 0
    content = (room / package.FILE).read_bytes()
    assert content == (out / package.FILE).read_bytes()
    assert f'"{hashlib.sha256(content).hexdigest()}"' in (room / package.MODULE).read_text()
    onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    weights = (out / package.WEIGHTS).read_bytes()
    assert (tmp_path / package.WEIGHTS).read_bytes() == weights
    assert "of step 5" in capsys.readouterr().out
    # The scores are those of the file.
    row = last_row(out / "curves.csv")
    assert row["step"] == 5
    assert row["word_cloud"] == row["mean"]


def test_one_command_trains_and_ships(command, tmp_path, room, monkeypatch):
    from lab.train import run

    asked = []

    def quickly(out, settings, **options):
        asked.append((settings.seconds, options))
        kept_checkpoint(out)

    monkeypatch.setattr(run, "run", quickly)
    out = tmp_path / "out"
    told = ["--minutes", "2", "--scenes", "0.5", "--out", str(out), "--package", str(room)]
    assert command(told) == 0
    assert (room / package.FILE).read_bytes() == b"old"
    assert command([*told, "--ship"]) == 0
    assert asked == [(120.0, {"resume": False, "scale": 0.5, "threads": 0})] * 2
    assert (room / package.FILE).read_bytes() == (out / package.FILE).read_bytes()


def test_nothing_is_trained_that_could_not_be_shipped(command, tmp_path, room, monkeypatch, capsys):
    from lab.train import run

    monkeypatch.setattr(run, "run", lambda *_, **__: pytest.fail("trained"))
    (room / package.MODULE).write_text("nothing here")
    assert command(["--ship", "--out", str(tmp_path / "out"), "--package", str(room)]) == 1
    assert "_SHA256" in capsys.readouterr().err


class Producer:
    """A process that adds a scene each time it is asked about, and then ends."""

    def __init__(self, returncode, last=10**6):
        self.returncode, self.asked, self.last = returncode, 0, last

    def poll(self):
        self.asked += 1
        return self.returncode if self.asked > self.last else None

    def refresh(self):
        return self.asked * 100


def test_training_waits_for_scenes_but_not_for_ever(torch, monkeypatch):
    from lab.train import run

    monkeypatch.setattr(run, "_PAUSE", 0)
    enough = Producer(None)
    run.wait_for(enough, enough)
    assert enough.asked == 5
    # A small pool is whole before there are so many.
    small = Producer(0, last=2)
    run.wait_for(small, small)
    assert small.asked == 3
    broken = Producer(1, last=2)
    with pytest.raises(RuntimeError, match="exit status 1"):
        run.wait_for(broken, broken)


# -- the card ----------------------------------------------------------------------------------


@pytest.fixture
def out(tmp_path, room):
    """A folder of a training whose network was shipped."""
    folder = tmp_path / "out"
    (folder / "pool").mkdir(parents=True)
    for name in ("word_cloud-00000-25", "word_cloud-00025-25", "page_stamp-00000-5"):
        (folder / "pool" / f"{name}.npz").touch()
    (folder / package.FILE).write_bytes(b"new")
    package.put(folder / package.FILE, room)
    for step in (10, 4321):
        row = {"seconds": 0.6 * step, "step": step, "crops": 10 * step}
        append_row(folder / "curves.csv", {**row, "mean": 0.9, "word_cloud": step / 5000})
    return folder


def test_a_table_may_gain_columns(tmp_path):
    table = tmp_path / "curves.csv"
    append_row(table, {"step": 1, "mean": 0.5})
    append_row(table, {"step": 2, "mean": 0.25, "new": 0.75})
    assert last_row(table) == {"step": 2, "mean": 0.25, "new": 0.75}
    assert table.read_text().splitlines() == ["step,mean,new", "1,0.5,", "2,0.25,0.75"]


def test_curves_are_drawn_of_rows_without_a_loss(tmp_path):
    pytest.importorskip("matplotlib", reason="a dependency of the lab alone")
    from lab.train.journal import draw_curves

    # An export scores the network, and adds a row of scores alone.
    rows = {"seconds": 60, "step": 1, "crops": 16, "loss": 0.1, "rate": 1e-3, "mean": 0.5}
    table, picture = tmp_path / "curves.csv", tmp_path / "curves.png"
    scores = {f"family {n}": 0.5 for n in range(45)}
    append_row(table, {**rows, **scores})
    append_row(table, {"seconds": 60, "step": 1, "crops": 16, "mean": 0.5, **scores})
    draw_curves(table, picture)
    assert picture.stat().st_size > 1000


def test_the_card_is_filled_in_anew(out, room, tmp_path, capsys):
    from lab.train.__main__ import main

    page = tmp_path / "card.md"
    page.write_text(f"# Card\n\n{card.BEGIN}\nstale\n{card.END}\n\nMore.\n")
    told = ["card", "--out", str(out), "--package", str(room), "--page", str(page)]
    assert main(told) == 0
    once = page.read_text()
    assert main(told) == 0
    assert page.read_text() == once
    assert once.startswith(f"# Card\n\n{card.BEGIN}\n")
    assert once.endswith(f"{card.END}\n\nMore.\n")
    assert "stale" not in once
    for line in (
        "| Steps | 4,321 |",
        "| Crops | 43,210 |",
        "| Time | 43 minutes |",
        "| Scenes | 50 small pictures, 5 pages |",
        "| Size of the file | 3 bytes |",
        f"| Its sha256 | `{NEW}` |",
        "| `word_cloud` | 0.864 |",
        "| mean | 0.900 |",
    ):
        assert line in once.splitlines()


def test_the_card_is_of_what_was_shipped(out, room, tmp_path, capsys):
    from lab.train.__main__ import main

    page = tmp_path / "card.md"
    page.write_text("no marks")
    told = ["card", "--out", str(out), "--package", str(room), "--page", str(page)]
    assert main(told) == 1
    assert "scores" in capsys.readouterr().err
    (room / package.FILE).write_bytes(b"other")
    assert main(told) == 1
    assert "ship that one first" in capsys.readouterr().err
    (out / "curves.csv").unlink()
    assert main(told) == 1
    assert "no scores" in capsys.readouterr().err
    assert page.read_text() == "no marks"


def test_the_last_row_is_read_as_numbers(tmp_path):
    table = tmp_path / "curves.csv"
    assert last_row(table) == {}
    append_row(table, {"step": 1, "mean": 0.25})
    append_row(table, {"step": 2, "mean": 0.5})
    assert last_row(table) == {"step": 2, "mean": 0.5}


def test_the_model_card_is_of_the_shipped_file_once_it_is_filled_in(run_time):
    text = card.PAGE.read_text(encoding="utf-8")
    assert text.count(card.BEGIN) == text.count(card.END) == 1
    written = re.findall(r"`([0-9a-f]{64})`", text)
    assert written in ([], [run_time._SHA256])


def test_torch_is_imported_only_to_train_and_export():
    free = "__main__ augment card crops disturb evaluate inputs journal package patch pool produce"
    names = ", ".join(f"lab.train.{name}" for name in (*free.split(), "recolor", "stream"))
    code = f"import sys; sys.modules['torch'] = None; import {names}"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=package.PACKAGE.parents[2])
