"""Small helpers on arrays give what numpy gives."""

from __future__ import annotations

import numpy as np
import pytest

from foretext.arrays import quantile
from foretext.separate.levels import median_color


@pytest.mark.parametrize("shape", [(1,), (2,), (7,), (40, 31)])
@pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 0.995, 1.0])
def test_a_quantile_is_that_of_numpy(shape, part):
    values = np.random.default_rng(3).normal(0.0, 50.0, shape).astype(np.float32)
    before = values.copy()
    assert quantile(values, part) == pytest.approx(np.quantile(values, part), rel=1e-5)
    assert np.array_equal(values, before)


@pytest.mark.parametrize("count", [1, 2, 5, 1000])
def test_a_median_color_is_that_of_numpy(count):
    colors = np.random.default_rng(4).integers(0, 256, (3, count), np.uint8)
    found = median_color(colors)
    assert found.dtype == np.float32
    assert found.tolist() == np.median(colors, axis=1).tolist()
