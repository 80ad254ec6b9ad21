"""The wanted text as a small network sees it, which has learnt what a foreground looks like.

How it was trained is told in ``docs/network.md``; the code is in ``lab/train``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product
from typing import TYPE_CHECKING

import numpy as np

from foretext.arrays import Float, Ink, quantile, thinned
from foretext.ink import x_height_of
from foretext.networks import session
from foretext.pieces import labeled_pieces, pixels_with_edges, sums_within
from foretext.separate.contrast import Contrast
from foretext.threads import threads_for

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_FILE = "network.onnx"
_SHA256 = "a93f6ec9844129999418ea4605987d23d0c3ad1978ed23aeea5320f880b98185"
# The strongest half percent of a picture is ink, and is shown to the network as 1, unless it is
# too faint to be ink at all.
_DENSE = 0.995
_FAINTEST = 40.0
_LIMIT = 1.5
# Heights of text (in pixels) that the network finds as it is, and the one other text is brought to.
_LEARNT = 7.0, 49.0
_USUAL = 28.0
# Text that is thought taller is shown smaller from the first.
_TALLEST = 60.0
# A picture with more pixels than this is shown smaller, as long as its text is taller than that.
_LARGE = 600_000
_SMALLEST = 8.0
# What is small enough for it is looked at once more, so many times larger, if so much of its ink is
# in doubt somewhere. Less ink than this part of a place is a speck.
_CLOSER = 1.25
_DOUBTFUL = 0.2, 0.8
_MUCH = 0.4
_FEW = 0.05
# Characters lower than this, in pixels, are blurred to it: of some it sees half, at most.
_BLURRED = 10.0
_HALF_SEEN = 0.35
_HALF = 0.5
# No line of text has so few characters that one is this part of the picture's width.
_NO_TEXT = 0.3
# Finding less of the ink than this, the network has seen no text.
_FINDS = 0.05
# Nothing is enlarged to more pixels than this.
_MOST = 1_500_000
# Rows and columns with less ink than this at the border of a page are its margins.
_BLANK = 0.002
_MARGIN = 96
# What is larger than a page is worked in tiles of so many rows and columns, each with so much of
# its surroundings. All begin at multiples of 32: so what the network's five levels join is the same
# as in the whole picture, which does more than wider surroundings.
_TILE = 1536
_AROUND = 64
_MULTIPLE = 32


def foreground(paperless: Contrast, x_height: float, *, is_running: bool = False) -> Ink:
    """Find the wanted text by its looks: form, size and place, whatever its color.

    Parameters
    ----------
    paperless : Contrast
        The picture without its paper.
    x_height : float
        About how tall characters are, in pixels; 0 if unknown. A large picture is worked
        smaller, as far as they allow.
    is_running : bool
        Whether that is known, of running text: then larger words among what is found are but
        headlines, or a watermark.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage in [0, 1].

    Raises
    ------
    ForetextError
        If the file of the network is damaged.

    Notes
    -----
    The network has learnt text of 9 to 40 pixels, and bears some more. If what it finds is
    taller or smaller than that, it looks once more, at another size. Where a small picture has ink
    that it is not sure of then, it looks once more from nearer, and the mean is what it sees.
    """
    inside = _inked(paperless)
    signed, strength = paperless.signed[inside], paperless.strength[inside]
    gain, light = _gain(strength), paperless.paper.light
    pixels = signed.shape[0] * signed.shape[1]
    if x_height > _NO_TEXT * signed.shape[1]:
        x_height = 0.0
    factor = _first(pixels, x_height)
    found = _at(factor, signed, gain, light=light)
    inked = np.count_nonzero(strength > paperless.noise)
    if factor < _first(pixels, 0.0) and np.count_nonzero(found > 0.5) < _FINDS * inked:
        # What was thought to be tall text is the lines of a table, say.
        factor = _first(pixels, 0.0)
        found = _at(factor, signed, gain, light=light)
    tall = x_height_of(found) * factor
    again = _second(pixels, factor, tall, x_height * factor)
    if is_running and again < factor:
        again = factor
    first = found
    if again != factor:
        found = _at(again, signed, gain, light=light)
    closer = again * _CLOSER
    if pixels * closer**2 <= _LARGE and _is_in_doubt(found, strength, gain, tall / factor):
        # Two looks err less than one.
        found = np.float32(0.5) * (found + _at(closer, signed, gain, light=light))
    if again < factor:
        found = _with_small_print(found, first, again)
    if pixels > _LARGE:
        _give_back()
    ink = np.zeros(paperless.strength.shape, np.float32)
    ink[inside] = found
    return ink


def _is_in_doubt(found: Ink, strength: Float, gain: float, x_height: float) -> bool:
    """Tell whether much of the ink may be wanted or not, anywhere within two characters' height."""
    import cv2

    least, most = _DOUBTFUL
    seen = (found > least) & (strength * gain > _HALF * 255.0)
    side = 2 * round(x_height) + 1
    much, doubtful = (
        cv2.boxFilter(mask.astype(np.float32), -1, (side, side), borderType=cv2.BORDER_CONSTANT)
        for mask in (seen, seen & (found < most))
    )
    return not seen.any() or bool((doubtful > _MUCH * np.maximum(much, _FEW)).any())


def _with_small_print(found: Ink, first: Ink, factor: float) -> Ink:
    """Take what was too low for the last look, but was text to both, from the first one."""
    pieces, labels = labeled_pieces(first > _HALF)
    seen, whole = sums_within(labels, len(pieces), found, first)
    small = (pieces.height * factor < _BLURRED) & (seen > _HALF_SEEN * whole)
    blurred = pixels_with_edges(labels, small)
    return np.asarray(np.where(blurred, np.maximum(found, first), found), np.float32)


def _at(factor: float, signed: Float, gain: float, *, light: bool) -> Ink:
    """Run the network on a picture at some part of its size, and return ink of its size."""
    import cv2

    height, width = signed.shape[:2]
    size = max(1, round(width * factor)), max(1, round(height * factor))
    if size == (width, height):
        return _tiled(signed, gain, light=light)
    method = cv2.INTER_AREA if factor < 1.0 else cv2.INTER_CUBIC
    resized = cv2.resize(signed, size, interpolation=method).reshape(size[1], size[0], -1)
    found = _tiled(np.asarray(resized, np.float32), gain, light=light)
    return np.asarray(
        cv2.resize(found, (width, height), interpolation=cv2.INTER_LINEAR), np.float32
    )


def _inked(paperless: Contrast) -> tuple[slice, slice]:
    """Return the rows and columns within blank margins, which tell nothing and take time."""
    strength = paperless.strength
    inked = strength > paperless.noise
    spans = []
    for axis in (1, 0):
        at = np.flatnonzero(np.count_nonzero(inked, axis=axis) > _BLANK * strength.shape[axis])
        if not len(at):
            return slice(None), slice(None)
        spans.append(slice(max(0, int(at[0]) - _MARGIN), int(at[-1]) + 1 + _MARGIN))
    return spans[0], spans[1]


def _first(pixels: int, x_height: float) -> float:
    """Return at which part of its size to look at a picture, whose text may be so tall.

    Lines may join characters, so text may be less than half as tall as is thought.
    """
    factor = min(1.0, _TALLEST / max(x_height, 1.0))
    if pixels > _LARGE:
        factor = min(factor, max(_SMALLEST / max(x_height, 1.0), (_LARGE / pixels) ** 0.5))
    return float(factor)


def _second(pixels: int, factor: float, tall: float, thought: float) -> float:
    """Return at which part to look again: the same if what was found has a height it knows."""
    least, most = _LEARNT
    if not tall or least <= tall <= most:
        return factor
    if tall < least and thought > 4.0 * least:
        # Fragments of something that it does not see as a whole.
        return factor
    if tall < least and pixels * (factor * _SMALLEST / tall) ** 2 > _LARGE:
        # Of a large picture no more is looked at than must be.
        return float(min(factor * _SMALLEST / tall, max(factor, 1.0)))
    limit = max(1.0, (_MOST / pixels) ** 0.5)
    return float(min(factor * np.clip(_USUAL / tall, 0.1, 3.0), limit))


def _gain(strength: Float) -> float:
    return 255.0 / max(quantile(thinned(strength), _DENSE), _FAINTEST)


def _shown(signed: Float, gain: float, *, light: bool) -> Float:
    """Return contrast as the network knows it, (3, H, W): 0 is paper, 1 dense ink."""
    factor = np.float32((-gain if light else gain) / 255.0)
    scaled = np.clip(signed * factor, -_LIMIT, _LIMIT).transpose(2, 0, 1)
    return np.broadcast_to(scaled, (3, *signed.shape[:2]))


def _tiled(signed: Float, gain: float, *, light: bool) -> Ink:
    """Run the network over a picture tile by tile: the memory it takes does not grow."""
    ink = np.empty(signed.shape[:2], np.float32)
    tiles = product(*map(_spans, ink.shape))
    for (rows, outer_rows), (columns, outer_columns) in tiles:
        part = _run(_shown(signed[outer_rows, outer_columns], gain, light=light))
        top, left = rows.start - outer_rows.start, columns.start - outer_columns.start
        ink[rows, columns] = part[
            top : top + rows.stop - rows.start, left : left + columns.stop - columns.start
        ]
    return ink


def _give_back() -> None:
    """Return the memory that a page was worked in, which is a third of what it takes."""
    from onnxruntime import RunOptions

    options = RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    least = np.zeros((1, 3, _MULTIPLE, _MULTIPLE), np.float32)
    _session(_LARGE).run(None, {"contrast": least}, options)


def _spans(length: int) -> Iterator[tuple[slice, slice]]:
    """Yield the parts that a side is worked in, each also with its surroundings."""
    for number in count(1):
        step = _up(-(-length // number))
        # A tile at the border has its surroundings on one side only.
        if step + min(number - 1, 2) * _AROUND <= _TILE + 2 * _AROUND:
            break
    for start in range(0, length, step):
        stop = min(start + step, length)
        yield slice(start, stop), slice(max(0, start - _AROUND), min(length, stop + _AROUND))


def _run(shown: Float) -> Ink:
    height, width = shown.shape[1:]
    padded = np.zeros((1, 3, _up(height), _up(width)), np.float32)
    padded[0, :, :height, :width] = shown
    (ink,) = _session(height * width).run(None, {"contrast": padded})
    return np.asarray(ink[0, 0, :height, :width], np.float32)


def _up(length: int) -> int:
    return -(-length // _MULTIPLE) * _MULTIPLE


def _session(pixels: int) -> InferenceSession:
    return session("foretext.separate", _FILE, _SHA256, threads_for(pixels))
