"""Every spelling of what to keep; and anything else is refused with a hint."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foretext.errors import KeepError
from foretext.keep import ByColor, ByNumber, ByRange, ByRank, parse_keep

GRAY_RANGE = ByRange((96, 96, 96), (108, 108, 108))


@pytest.mark.parametrize("word", ["auto", "largest", "darkest"])
@pytest.mark.parametrize("spelling", ["{}", " {} ", "\t{}\n"])
def test_words(word, spelling):
    assert parse_keep(spelling.format(word)) == ByRank(word)
    assert parse_keep(spelling.format(word).upper()) == ByRank(word)


@pytest.mark.parametrize("keep", [2, "2", " 2 ", "layer 2", "layer2", "Layer 2", "layers 2", "02"])
def test_one_number(keep):
    assert parse_keep(keep) == ByNumber((2,))


@pytest.mark.parametrize("keep", ["3,1", "3, 1", "3+1", "3 + 1", "layers 3,1", "3,1,3,1"])
def test_several_numbers(keep):
    assert parse_keep(keep) == ByNumber((3, 1))


@pytest.mark.parametrize(
    ("keep", "color"),
    [
        ("#666", (102, 102, 102)),
        ("#666666", (102, 102, 102)),
        ("#FA0", (255, 170, 0)),
        ("#ffAA00", (255, 170, 0)),
        ("#000", (0, 0, 0)),
        (" #fff ", (255, 255, 255)),
        ("rgb(102,102,102)", (102, 102, 102)),
        ("rgb(0, 128, 255)", (0, 128, 255)),
        ("RGB( 0 ,128 , 255 )", (0, 128, 255)),
        ("gray:102", (102, 102, 102)),
        ("grey:0", (0, 0, 0)),
        ("gray: 255", (255, 255, 255)),
        ("black", (0, 0, 0)),
        ("White", (255, 255, 255)),
    ],
)
def test_colors(keep, color):
    assert parse_keep(keep) == ByColor(color)


@pytest.mark.parametrize("name", ["gray", "grey", "red", "green", "blue"])
def test_names_of_colors_mean_that_color(name):
    wish = parse_keep(name)
    assert isinstance(wish, ByColor)
    channels = ("red", "green", "blue")
    if name in channels:
        others = [part for other, part in zip(channels, wish.color, strict=True) if other != name]
        assert wish.color[channels.index(name)] > 100 + max(others)
    else:
        assert len(set(wish.color)) == 1


@pytest.mark.parametrize(
    "keep",
    [
        "gray:96-108",
        "grey: 96 - 108",
        "gray:102±6",
        "#666±6",
        "#666666 ± 6",
        "rgb(102,102,102)±6",
        "rgb(102, 102, 102) +- 6",
        "rgb(102,102,102)+/-6",
        "rgb(102,102,102)~6",
    ],
)
def test_ranges(keep):
    assert parse_keep(keep) == GRAY_RANGE


@pytest.mark.parametrize(
    ("keep", "low", "high"),
    [
        ("#000±9", (0, 0, 0), (9, 9, 9)),
        ("white±9", (246, 246, 246), (255, 255, 255)),
        ("rgb(2,100,250)±10", (0, 90, 240), (12, 110, 255)),
        ("#666±0", (102, 102, 102), (102, 102, 102)),
        ("#666±999", (0, 0, 0), (255, 255, 255)),
        ("gray:0-255", (0, 0, 0), (255, 255, 255)),
        ("gray:102-102", (102, 102, 102), (102, 102, 102)),
    ],
)
def test_ranges_end_with_the_scale(keep, low, high):
    assert parse_keep(keep) == ByRange(low, high)


@pytest.mark.parametrize(
    "keep",
    [
        *("", " ", "biggest", "all", "none", "auto,largest", "pink"),
        *("#66", "#6666", "#xyz", "'#666'", "rgb(1,2)", "rgb(1,2,3", "rgb 1,2,3", "hsl(1,2,3)"),
        *("gray:", "gray:-5", "gray:100-105±6", "±6", "auto±6", "2±6", "#666±", "#666±-1"),
        *("#666±6±6", "1,", ",1", "1;2", "1 2", "-1", "+1", "1.5", "layer", "layer two"),
    ],
)
def test_what_is_not_understood_is_refused_with_all_spellings(keep):
    with pytest.raises(KeepError, match="not understood") as caught:
        parse_keep(keep)
    assert repr(keep) in str(caught.value)
    for spelling in ("auto", "largest", "darkest", "#666", "gray:100-105", "rgb("):
        assert spelling in caught.value.hint


def test_every_spelling_in_the_hint_is_understood():
    with pytest.raises(KeepError) as caught:
        parse_keep("?")
    spellings = re.findall(r"'([^\s']+)'", caught.value.hint)
    assert len(spellings) >= 3
    for spelling in spellings:
        parse_keep(spelling)


@pytest.mark.parametrize("keep", [None, True, False, 1.0, (102, 102, 102), b"auto", ["auto"]])
def test_other_types_are_refused(keep):
    with pytest.raises(KeepError, match="not understood"):
        parse_keep(keep)


@pytest.mark.parametrize("keep", [0, -1, "0", "1,0", "layer 0"])
def test_layers_are_numbered_from_one(keep):
    with pytest.raises(KeepError, match="from 1") as caught:
        parse_keep(keep)
    assert "foretext layers" in caught.value.hint


@pytest.mark.parametrize("keep", ["gray:256", "gray:300-400", "gray:105-100", "gray:0-256"])
def test_gray_levels_out_of_scale_are_refused(keep):
    with pytest.raises(KeepError, match="0 to 255"):
        parse_keep(keep)


@pytest.mark.parametrize("keep", ["rgb(256,0,0)", "rgb(0,0,999)±6"])
def test_parts_of_colors_out_of_scale_are_refused(keep):
    with pytest.raises(KeepError, match="0 to 255"):
        parse_keep(keep)


@pytest.mark.parametrize("shape", ["{}", "layer {}", "gray:{}", "rgb({},0,0)", "#666±{}"])
def test_endless_numbers_are_refused(shape):
    with pytest.raises(KeepError):
        parse_keep(shape.format("9" * 5000))


# --- anything at all ---------------------------------------------------------------------------

PIECES = [
    "auto",
    "#666",
    "#",
    "rgb(",
    "gray:",
    "grey:",
    "102",
    ",",
    "-",
    "±",
    "+-",
    ")",
    " ",
    "layer",
]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(text=TEXTS)
@example(text="\N{SUPERSCRIPT TWO}")
@example(text="\N{ARABIC-INDIC DIGIT ONE}")
@example(text="gray:\N{ARABIC-INDIC DIGIT ONE}-\N{ARABIC-INDIC DIGIT FIVE}")
@example(text="\N{GREEK CAPITAL LETTER ALPHA}UTO")
@example(text="\x00")
def test_any_text_is_understood_or_refused(text):
    try:
        wish = parse_keep(text)
    except KeepError as error:
        wish = error
    assert_sound(wish)


def assert_sound(wish):
    if isinstance(wish, KeepError):
        assert str(wish)
        assert wish.hint
    elif isinstance(wish, ByRank):
        assert wish.order in {"auto", "largest", "darkest"}
    elif isinstance(wish, ByNumber):
        assert wish.numbers
        assert min(wish.numbers) >= 1
        assert len(set(wish.numbers)) == len(wish.numbers)
    elif isinstance(wish, ByColor):
        assert all(0 <= part <= 255 for part in wish.color)
    else:
        parts = zip(wish.low, wish.high, strict=True)
        assert all(0 <= low <= high <= 255 for low, high in parts)


CHANNEL = st.integers(0, 255)
COLORS = st.tuples(CHANNEL, CHANNEL, CHANNEL)


@settings(deadline=None, derandomize=True)
@given(color=COLORS, margin=st.integers(0, 300))
def test_any_color_is_understood_in_both_notations(color, margin):
    notations = "#{:02x}{:02x}{:02x}".format(*color), "rgb({},{},{})".format(*color)
    assert {parse_keep(notation) for notation in notations} == {ByColor(color)}
    (near,) = {parse_keep(f"{notation}±{margin}") for notation in notations}
    assert near.low == tuple(max(part - margin, 0) for part in color)
    assert near.high == tuple(min(part + margin, 255) for part in color)


@settings(deadline=None, derandomize=True)
@given(numbers=st.lists(st.integers(1, 99), min_size=1, unique=True))
def test_any_numbers_are_understood_in_their_order(numbers):
    assert parse_keep(",".join(map(str, numbers))) == ByNumber(tuple(numbers))
