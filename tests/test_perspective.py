"""Pages photographed from one side are made level before they are read, and all others left."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import foretext
from foretext.ink import mask_of, measure
from foretext.pieces import pieces_of
from foretext.restore.perspective import perspective
from foretext.restore.skew import skew
from foretext.restore.straighten import straighten
from tests.stages import frozen, lettering
from tests.test_straighten import turned

SHAPE = (900, 1100)
SENTENCES = [
    "The crowded farmer measured the bicycle beyond the library",
    "and the doctor carefully opened the plain carpet before noon",
]
ROWS = [((70, 40 + 54 * k), SENTENCES[k % 2], 30) for k in range(15)]
PAGE = lettering(SHAPE, *ROWS)


def seen_from(ink, amount, *, side="left"):
    """Return a page of which one side is farther away, lower by a part of its height."""
    height, width = ink.shape
    lost = amount * height
    near = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    far = near.copy()
    if side == "right":
        far[[1, 2], 1] += [lost, -lost]
        far[[1, 2], 0] -= amount * width / 2
    else:
        far[[0, 3], 1] += [lost, -lost]
        far[[0, 3], 0] += amount * width / 2
    seen = cv2.warpPerspective(ink, cv2.getPerspectiveTransform(near, far), (width, height))
    return frozen(np.clip(seen, 0.0, 1.0)), far


def as_pixels(ink):
    return np.repeat(np.rint(255 * (1 - ink)).astype(np.uint8)[..., None], 3, axis=2)


def measured(ink):
    pieces = pieces_of(mask_of(ink))
    return perspective(pieces, skew(pieces))


@pytest.mark.parametrize("angle", [0.0, -1.0, 4.0, -9.0])
def test_parallel_lines_do_not_converge(angle):
    assert measured(turned(PAGE, angle)) is None


@pytest.mark.parametrize(
    "ink",
    [
        pytest.param(np.zeros(SHAPE, np.float32), id="nothing"),
        pytest.param(lettering(SHAPE, *ROWS[:2]), id="two lines"),
        pytest.param(lettering(SHAPE, *ROWS[:1], ((70, 94), SENTENCES[0], 27)), id="of two sizes"),
        pytest.param(cv2.GaussianBlur(PAGE, (0, 0), 30.0), id="a stain"),
        pytest.param(
            (np.random.default_rng(3).random(SHAPE) < 0.01).astype(np.float32), id="specks"
        ),
    ],
)
def test_what_has_no_lines_does_not_converge(ink):
    assert measured(ink) is None


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("amount", [0.06, 0.1, 0.14])
def test_lines_that_converge_are_leveled(amount, side):
    ink, corners = seen_from(PAGE, amount, side=side)
    turn = skew(pieces_of(mask_of(ink)))
    found = measured(ink)
    assert found is not None
    # The lines through the corners fall as the upper and the lower side of the sheet do.
    for one, other in ((0, 1), (3, 2)):
        fall = (corners[other][1] - corners[one][1]) / (corners[other][0] - corners[one][0])
        middle = (corners[one][1] + corners[other][1]) / 2
        angle = np.deg2rad(turn) + np.arctan(found.slope + found.convergence * (middle - found.y))
        assert np.tan(angle) == pytest.approx(fall, abs=0.03)
    made = straighten(ink, measure(ink), single_line=False, skew=turn, perspective=found)
    assert measured(made.ink) is None


@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
@pytest.mark.parametrize("angle", [0.0, 3.0])
def test_they_are_read(engine, angle):
    ink, _ = seen_from(PAGE, 0.12)
    ink = turned(ink, angle) if angle else ink
    reading = foretext.read(as_pixels(ink), engine=engine)
    assert reading.text.split() == [word for (_, text, _) in ROWS for word in text.split()]


def test_boxes_are_where_the_words_were():
    ink, _ = seen_from(PAGE, 0.12)
    reading = foretext.read(as_pixels(ink), engine="tesseract")
    for word in (reading.words[0], reading.words[-1]):
        assert ink[word.box.slices].sum() > 0.5 * 0.3 * len(word.text) * 30
        assert 8 <= word.box.bottom - word.box.top <= 48
    covered = np.zeros(ink.shape, np.bool_)
    for character in reading.characters:
        covered[character.box.slices] = True
    assert covered[ink > 0.5].mean() > 0.97


def test_a_recipe_can_leave_it_out():
    ink, _ = seen_from(PAGE, 0.12)
    plan = foretext.Recipe.from_toml("version = 1\n[render]\nstraighten = false")
    assert foretext.clean(as_pixels(ink), recipe=plan).perspective is None
    assert foretext.clean(as_pixels(ink)).perspective is not None
