"""Letters behind a text of one color go, on layers put together by hand."""

from dataclasses import replace

import numpy as np
import pytest

from foretext.choose.strays.ghosts import without_ghosts
from foretext.ink import Scale
from tests.stages import frozen, lettering
from tests.test_marks import as_layer

SHAPE = (120, 420)
WORD = lettering(SHAPE, ((20, 20), "Harbor", 60))
BEHIND = lettering(SHAPE, ((280, 14), "KETTLE", 40), ((20, 84), "winter", 30))
EVERYTHING = np.maximum(WORD, BEHIND)
# The network saw the first letter behind, half.
SEEN = BEHIND.copy()
SEEN[:, 310:] = SEEN[70:] = 0.0
INK = frozen(np.maximum(WORD, np.float32(0.6) * SEEN))


def layers(wanted=0.97, of_behind=0.05, **looks_like):
    text = replace(as_layer(WORD, EVERYTHING, share=0.5), wanted=wanted)
    looks = {"share": 0.5, "color": (150, 40, 30), **looks_like}
    other = replace(as_layer(BEHIND, EVERYTHING, **looks), wanted=of_behind)
    return [text, other]


def test_a_letter_of_the_words_behind_goes():
    assert (INK * (BEHIND > 0)).sum() > 50
    found = without_ghosts(INK, layers(), INK)
    assert np.array_equal(found, np.where(BEHIND > 0, 0.0, WORD).astype(np.float32))


@pytest.mark.parametrize(
    "found",
    [
        layers(wanted=0.7),  # the network is not sure of the text
        layers(of_behind=0.5),  # nor is the rest all unwanted
        layers(contrast=0.1),  # it can hardly be seen
        layers(color=(30, 20, 10)),  # it has the color of the text
        layers()[1:],  # there is no other text
    ],
)
def test_if_it_is_not_certain_nothing_goes(found):
    assert without_ghosts(INK, found, INK) is INK


def test_two_colors_are_no_text_of_one():
    ink = frozen(np.maximum(np.float32(0.7) * WORD, BEHIND))
    assert without_ghosts(ink, layers(of_behind=0.1), ink) is ink


def test_what_crosses_the_text_is_left_to_the_network():
    line = np.zeros(SHAPE, np.float32)
    line[44:50, 10:270] = 1.0
    curve = as_layer(line, np.maximum(WORD, line), color=(150, 40, 30))
    found = [layers()[0], replace(curve, wanted=0.1)]
    ink = frozen(np.maximum(WORD, 0.4 * line).astype(np.float32))
    assert without_ghosts(ink, found, ink) is ink


def test_a_panel_is_no_word():
    panel = np.zeros(SHAPE, np.float32)
    panel[10:110, 280:400] = 1.0
    large = as_layer(panel, np.maximum(WORD, panel), color=(150, 40, 30))
    ink = frozen(np.maximum(WORD, 0.4 * panel).astype(np.float32))
    assert without_ghosts(ink, [layers()[0], replace(large, wanted=0.0)], ink) is ink


def tones():
    """Return the text, and words behind it in stripes of two tones."""
    stripes = np.broadcast_to(np.arange(SHAPE[1]) // 6 % 2, SHAPE)
    text = layers()[0]
    found = [
        as_layer(np.where(stripes == k, BEHIND, 0.0), EVERYTHING, share=0.25, color=color)
        for k, color in enumerate([(150, 40, 30), (190, 100, 90)])
    ]
    # As large as a stamp, no words like those of the text.
    large = Scale(3.0 * text.stroke_width, 3.0 * text.x_height)
    return [text, *(replace(one, wanted=0.1, scale=large) for one in found)]


def test_a_letter_of_several_tones_goes_if_the_network_is_not_sure_of_it():
    found = without_ghosts(INK, tones(), INK)
    assert found[BEHIND > 0.5].sum() < 0.02 * INK[BEHIND > 0.5].sum()
    assert np.array_equal(found[WORD > 0], INK[WORD > 0])


def test_a_letter_on_a_stamp_of_which_the_network_is_sure_stays():
    assert without_ghosts(INK, tones(), frozen(np.minimum(2.0 * INK, 1.0))) is INK
