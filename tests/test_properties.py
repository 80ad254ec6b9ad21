"""What holds for every stage on every picture; and that cleaning accounts for all ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

import foretext
from foretext import Recipe
from foretext.recipe import STAGES as RESTORING
from tests.stages import (
    BLACK,
    BLUE,
    PICTURES,
    STAGES,
    cloud,
    frozen,
    lettering,
    paint,
    paper,
    picture,
)

PIXELS = arrays(
    np.uint8,
    array_shapes(min_dims=2, max_dims=2, max_side=24).map(lambda shape: (*shape, 3)),
    elements=st.sampled_from([0, 1, 40, 102, 128, 200, 254, 255]),
)
# Less removed ink than this needs no verdict: nobody sees it.
UNSEEN = 0.1

every_stage = pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
every_picture = pytest.mark.parametrize("name", PICTURES)


# --- every stage on every picture --------------------------------------------------------------


def check(value, shape):
    """Check one thing that a stage gave; `shape` is None where it may have any."""
    if isinstance(value, np.ndarray):
        check_array(value, shape)
    elif isinstance(value, dict):
        # Only a network that was not asked has nothing to say.
        check([v for key, v in value.items() if (key, v) != ("wanted", None)], shape)
    elif isinstance(value, list | tuple):
        for part in value:
            check(part, shape)
    elif not isinstance(value, str):
        assert np.isfinite(value)


def check_array(array, shape):
    assert array.ndim == 2
    assert shape is None or array.shape == shape
    assert array.size > 0
    assert array.dtype in (np.float32, np.uint8, np.bool_)
    if array.dtype == np.float32:
        # A NaN fails both.
        assert array.min() >= 0.0
        assert array.max() <= 1.0


def same(first, second):
    if isinstance(first, np.ndarray):
        return first.dtype == second.dtype and np.array_equal(first, second)
    if isinstance(first, tuple):
        return len(first) == len(second) and all(map(same, first, second))
    return first == second


def run(stage, pixels):
    """Call a stage on a picture that can't be written to, check and return what it gives."""
    given_in = stage.input_from(pixels)
    before = given_in.copy()
    result = stage.call(given_in)
    assert np.array_equal(given_in, before)
    check(result, None if stage.resizes else pixels.shape[:2])
    return result


@every_picture
@every_stage
def test_stage_gives_what_it_promises_and_the_same_again(stage, name):
    first = run(stage, picture(name))
    assert first != () or stage.name in {"separate", "layers"}
    assert same(first, run(stage, picture(name)))


@every_stage
@settings(max_examples=25, deadline=None, derandomize=True)
@given(pixels=PIXELS)
def test_stage_keeps_its_promises_on_any_small_picture(stage, pixels):
    run(stage, pixels)


@every_stage
def test_stage_takes_views_like_arrays(stage):
    pixels = stage.input_from(picture("text over words"))
    padded = np.pad(pixels, ((3, 3), (5, 5), *[(0, 0)] * (pixels.ndim - 2)))
    view = padded[3:-3, 5:-5]
    assert not view.flags.c_contiguous
    assert same(stage.call(pixels), stage.call(view))


def test_a_difference_would_be_seen():
    # The checks above are only as good as these.
    ink = np.zeros((2, 3), np.float32)
    assert not same((ink,), (ink + np.float32(0.1),))
    assert not same((ink,), (ink.astype(np.float64),))
    for bad in (ink + 2, ink - 1, ink * np.nan, ink.astype(np.float64), ink[None], float("nan")):
        with pytest.raises(AssertionError):
            check((bad,), (2, 3))
    with pytest.raises(AssertionError):
        check((ink,), (3, 2))


def test_every_restoring_step_is_in_the_table():
    assert set(RESTORING) <= {stage.name for stage in STAGES}


@pytest.mark.parametrize("name", ["white", "black", "one white pixel", "one red pixel"])
def test_bare_paper_holds_no_ink(name):
    cleaned = foretext.clean(picture(name))
    assert not cleaned.ink.any()
    assert not cleaned.removed.any()
    assert cleaned.layers == ()
    assert (cleaned.image == 255).all()


# --- accounting --------------------------------------------------------------------------------


def assert_accounted(cleaned):
    """Every pixel taken away has a verdict in words; none that was kept has one."""
    for ink in (cleaned.ink, cleaned.removed):
        assert ink.dtype == np.float32
        assert 0.0 <= ink.min() <= ink.max() <= 1.0
    assert cleaned.verdicts.shape == cleaned.ink.shape
    assert cleaned.verdicts.max() < len(cleaned.reasons)
    told = np.array([bool(reason) for reason in cleaned.reasons])[cleaned.verdicts]
    assert told[cleaned.removed > UNSEEN + 1e-3].all()
    assert not told[cleaned.removed < UNSEEN - 1e-3].any()


@pytest.mark.parametrize("network", [True, False], ids=["network", "color"])
@every_picture
def test_all_removed_ink_has_a_verdict(name, network):
    assert_accounted(foretext.clean(picture(name), recipe=foretext.Recipe(network=network)))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(pixels=PIXELS)
def test_all_removed_ink_has_a_verdict_on_any_small_picture(pixels):
    assert_accounted(foretext.clean(pixels))


@pytest.fixture(scope="module")
def two_layers():
    """Return a text, the words behind it, and the picture of both."""
    shape = (90, 260)
    text = lettering(shape, ((16, 18), "Hx8mPq", 52))
    behind = cloud(shape, 13)
    return text, behind, paint(paper(shape), (behind, BLUE), (text, BLACK))


def test_what_was_kept_and_what_was_removed_are_all_ink(two_layers):
    text, behind, pixels = two_layers
    cleaned = foretext.clean(pixels)
    union = 1 - (1 - text) * (1 - behind)
    whole = cleaned.ink + cleaned.removed
    assert (whole[union > 0.5] > 0.4).mean() > 0.995
    assert (whole[union == 0.0] == 0.0).all()
    touching = cv2.dilate(text, np.ones((3, 3), np.uint8)) > 0.0
    assert cleaned.removed[(behind > 0.9) & ~touching].min() > 0.5


def test_words_behind_are_removed_as_another_layer(two_layers):
    _, _, pixels = two_layers
    cleaned = foretext.clean(pixels)
    shares = cleaned.removed_by_reason()
    total = float(cleaned.ink.sum() + cleaned.removed.sum())
    assert max(shares, key=shares.__getitem__) == "another layer"
    assert shares["another layer"] == pytest.approx(float(cleaned.removed.sum()) / total, abs=0.03)
    assert "" not in shares


def test_steps_tell_how_much_each_took():
    speckled = picture("text").copy()
    speckled[[2, 2, 66, 66], [3, 190, 8, 180]] = BLACK
    # Left to itself, the network would leave specks out.
    cleaned = foretext.clean(frozen(speckled), recipe=Recipe(network=False))
    assert [step.name for step in cleaned.steps] == ["separate", "choose", *RESTORING]
    assert all(step.seconds >= 0.0 and step.note for step in cleaned.steps)
    despeckled = next(step for step in cleaned.steps if step.name == "despeckle")
    assert 0.0 < despeckled.removed < 0.01
    assert "too small" in cleaned.removed_by_reason()
    assert cleaned.reasons[cleaned.verdicts[2, 3]] == "too small"
