"""A comma keeps its tail, and an i its dot, unless the page is full of specks."""

from __future__ import annotations

import numpy as np

from foretext.choose.missed.tails import with_whole_marks
from foretext.pieces import labeled_pieces, pixels_of
from tests.stages import lettering

SHAPE = (90, 420)
TEXT = lettering(SHAPE, ((10, 20), "again, 24, 191, 305", 36))
HEIGHT = 18.0


def torn(text):
    """Return the text without most of its small pieces, and where those are."""
    pieces, labels = labeled_pieces(text > 0.12)
    small = pixels_of(labels, pieces.height < 0.8 * HEIGHT)
    return np.where(small, text * np.float32(0.4), text), small


def test_what_was_kept_in_part_is_kept_whole():
    ink, small = torn(TEXT)
    assert small.any()
    whole = with_whole_marks(ink, TEXT, ink, HEIGHT)
    np.testing.assert_array_equal(whole[small], TEXT[small])
    np.testing.assert_array_equal(whole[~small], ink[~small])


def test_what_is_nearly_gone_stays_gone():
    ink, small = torn(TEXT)
    ink[small] *= np.float32(0.2)
    assert with_whole_marks(ink, TEXT, ink, HEIGHT) is ink


def test_among_specks_nothing_is_put_back():
    ink, _ = torn(TEXT)
    specks = np.zeros(SHAPE, np.float32)
    specks[2:18:6, 4::8] = specks[74::6, 4::8] = 1.0
    assert with_whole_marks(ink, np.maximum(TEXT, specks), ink, HEIGHT) is ink
