"""Training: what the network is shown, crops that repeat, what a few steps learn, the file."""

from dataclasses import replace

import numpy as np
import pytest

from foretext.separate.contrast import contrast
from lab.train import pool
from lab.train.inputs import gain_of, network_input, padded

FAMILIES = ("clean_characters", "noise_lines")


@pytest.fixture(scope="module", autouse=True)
def bundled():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORETEXT_LAB_FONTS", "bundled")
        yield


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


# -- pool and crops ----------------------------------------------------------------------------


def test_every_start_of_the_plan_has_all_families():
    shards = pool.plan()
    assert {shard.family for shard in shards[:40]} == set(pool.SHARDS)
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
    assert len(further.losses) == 3
    assert further.losses != first.losses
    assert further.rate == first.rate


@pytest.mark.usefixtures("one_thread")
def test_a_few_steps_of_training_beat_a_constant_guess(torch, scenes):
    from lab.train import evaluate, state
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
    kept.step, kept.seconds = 7, 1.5
    state.save(kept, tmp_path)
    again = state.load(tmp_path, "cpu")
    assert (again.step, again.seconds) == (7, 1.5)
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
    assert exported.size < 4_000_000
    session = onnxruntime.InferenceSession(exported.path, providers=["CPUExecutionProvider"])
    (ink,) = session.run([OUTPUT], {INPUT: np.zeros((2, 3, 64, 96), np.float32)})
    assert ink.shape == (2, 1, 64, 96)
