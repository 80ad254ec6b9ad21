"""Text layers by color: every pixel of ink is given to one ink color."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from foretext.arrays import Float, Labels, Mask
from foretext.pieces import grown
from foretext.separate.contrast import Contrast
from foretext.separate.palette import Palette, squared_distance
from foretext.threads import side_by_side

# The tones of one soft thin stroke lie side by side; those of two texts seldom do.
_SAME_TEXT = 0.75
# Thin text: almost all of a tone is in letters of the ink, and most of the ink in letters that
# have the tone.
_SAME_LETTERS = 0.85
_MOST_LETTERS = 0.5
# The size of a small letter in pixels: strokes of larger ones are not thin.
_LETTER = 17
# An ink with less than this share of its pixels inside of strokes is thin.
_INSIDE = 0.1
# So many pixels, in strips of so many rows, show how inks lie beside one another.
_ENOUGH = 1_500_000
_STRIP = 96
# Tones this near (in bandwidths) may be of one ink.
_NEAR = 3.0
# Tones paler than this part of the ink are but its edges, and what JPEG leaves around it.
_PALEST = 0.33
# How far from the line between paper and ink a mixture of both may be, in bandwidths.
_COLLINEAR = 1.25


@dataclass(frozen=True, slots=True, eq=False)
class ColorLayer:
    """All ink of one color.

    Attributes
    ----------
    ink_color : ndarray of float32, (C,)
        Its full contrast to the paper, in the units of `Contrast.signed`.
    tolerance : float
        How far a pixel wholly covered by it may be from `ink_color`.
    solid : ndarray of bool, (H, W)
        The pixels wholly covered by it.
    """

    ink_color: Float
    tolerance: float
    solid: Mask

    def body(self, contrast: Contrast) -> Mask:
        """Return the solid pixels with the stronger half of the soft edges around them."""
        import cv2

        around = cv2.dilate(self.solid.view(np.uint8), np.ones((3, 3), np.uint8))
        half = 0.5 * float(np.abs(self.ink_color).max())
        return self.solid | (around.view(np.bool_) & (contrast.strength >= half))


def color_layers(contrast: Contrast, palette: Palette) -> list[ColorLayer]:
    """Find the pixels that are wholly covered by each ink.

    Parameters
    ----------
    contrast : Contrast
        The picture without its paper.
    palette : Palette
        The candidates' colors.

    Returns
    -------
    list of ColorLayer
        The most frequent ink first. Tones that are only the soft parts of another ink's
        strokes have been joined to it.
    """
    inked = contrast.strength > contrast.noise
    colors = contrast.signed[inked]
    squared = np.einsum("ij,ij->i", colors, colors)
    groups = _same_texts(_seeds(contrast, palette), palette)
    return side_by_side(
        lambda group: _layer(inked, colors, squared, group, palette), groups, inked.size
    )


def _layer(
    inked: Mask, colors: Float, squared: Float, group: list[int], palette: Palette
) -> ColorLayer:
    root, *tones = group
    full = float(np.linalg.norm(palette.inks[root]))
    tones = [k for k in tones if np.linalg.norm(palette.inks[k]) >= _PALEST * full]

    def covered(inks: list[int]) -> Mask:
        """Return the pixels that are wholly of one of some inks."""
        solid = np.zeros(inked.shape, np.bool_)
        solid[inked] = np.logical_or.reduce(
            [
                squared_distance(colors, squared, palette.inks[k]) <= palette.tolerances[k] ** 2
                for k in inks
            ]
        )
        return solid

    solid = covered([root])
    if tones:
        # Elsewhere the same tone is that of another ink: all edges are alike in a JPEG.
        solid |= covered(tones) & grown(solid, _LETTER)
    return ColorLayer(palette.inks[root], float(palette.tolerances[root]), solid)


def _seeds(contrast: Contrast, palette: Palette) -> Labels:
    """Return, for each pixel on top of a stroke, which ink is nearest, from 1 on; else 0.

    Of a large picture only some strips are looked at.
    """
    tops, signed = _some_strips(palette.tops), _some_strips(contrast.signed)
    colors = signed[tops]
    squared = np.einsum("ij,ij->i", colors, colors)
    nearest = np.zeros(len(colors), np.uint8)
    least = np.full(len(colors), np.float32((2.0 * palette.bandwidth) ** 2))
    for k, ink in enumerate(palette.inks, start=1):
        distance = squared_distance(colors, squared, ink)
        nearest[distance < least] = k
        np.minimum(least, distance, out=least)
    seeds = np.zeros(tops.shape, np.uint8)
    seeds[tops] = nearest
    return seeds


def _same_texts(seeds: Labels, palette: Palette) -> list[list[int]]:
    """Group the inks by text: first the full ink, then its tones.

    A tone is a mixture of a stronger ink and paper, or nearly the ink itself, and lies beside
    it. Thin strokes are seldom covered wholly: from letter to letter and within each they
    change their tone. So for thin text a tone has only to be in the same letters, if most of
    the text has such tones.
    """
    inks = palette.inks
    count = len(inks)
    if not count:
        return []
    tones = _tones(inks, palette.bandwidth)
    closeness = np.where(tones, _beside(seeds, np.any(tones, axis=0), 5), 0.0)
    joinable = closeness >= _SAME_TEXT
    thin = _is_thin(seeds, count)
    candidates = tones & thin[:, None] & thin[None, :]
    if candidates.any():
        in_letter = _beside(seeds, np.any(candidates | candidates.T, axis=0), _LETTER)
        both = (in_letter >= _SAME_LETTERS) & (in_letter.T >= _MOST_LETTERS)
        joinable |= candidates & both
    parent = list(range(count))
    for tone in np.argsort(np.linalg.norm(inks, axis=1), kind="stable"):
        best = int(np.where(joinable[tone], closeness[tone] + 1.0, 0.0).argmax())
        if joinable[tone, best] and _root(parent, best) != tone:
            parent[tone] = best
    roots = [_root(parent, k) for k in range(count)]
    return [
        [root] + [k for k in range(count) if roots[k] == root and k != root]
        for root in sorted(set(roots))
    ]


def _some_strips(plane: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return enough of a large picture to tell what lies beside what: every n-th strip."""
    every = -(-plane.shape[0] * plane.shape[1] // _ENOUGH)
    if every == 1:
        return plane
    tops = range(0, plane.shape[0], _STRIP * every)
    return np.concatenate([plane[top : top + _STRIP] for top in tops])


def _is_thin(seeds: Labels, count: int) -> npt.NDArray[np.bool_]:
    """Return (K,): whether hardly any stroke of an ink has an inside."""
    import cv2

    kernel = np.ones((3, 3), np.uint8)
    inside = np.where(cv2.erode(seeds, kernel) == cv2.dilate(seeds, kernel), seeds, 0)
    total = np.maximum(np.bincount(seeds.ravel(), minlength=count + 1)[1 : count + 1], 1)
    within = np.bincount(inside.ravel(), minlength=count + 1)[1 : count + 1]
    thin: npt.NDArray[np.bool_] = within < _INSIDE * total
    return thin


def _root(parent: list[int], k: int) -> int:
    while parent[k] != k:
        k = parent[k]
    return k


def _tones(inks: Float, bandwidth: float) -> npt.NDArray[np.bool_]:
    """Return (K, K): whether the first may be a tone of the second."""
    squared = np.einsum("ij,ij->i", inks, inks)
    inner = inks @ inks.T
    along = inner / np.maximum(squared[None, :], 1.0)
    off = np.sqrt(np.maximum(squared[:, None] - along * inner, 0.0))
    mixed = (along > 0.0) & (along < 1.0) & (off <= _COLLINEAR * bandwidth)
    # JPEG and scanners give one ink several near tones, neither of them a mixture; the more
    # frequent one, which comes first, is the ink.
    apart = squared[:, None] - 2.0 * inner + squared[None, :]
    near = np.tril(apart <= (_NEAR * bandwidth) ** 2, -1)
    tones: npt.NDArray[np.bool_] = mixed | near
    np.fill_diagonal(tones, val=False)
    return tones


def _beside(seeds: Labels, asked: npt.NDArray[np.bool_], size: int) -> Float:
    """Return (K, K): which share of the first's seeds have seeds of the second around.

    Around is a square of `size` pixels. For a second that is not `asked` for it is 0.
    """
    import cv2

    count = len(asked)
    kernel = np.ones((size, size), np.uint8)
    at = np.flatnonzero(seeds)
    of = np.take(seeds, at)
    total = np.maximum(np.bincount(of, minlength=count + 1)[1:], 1)
    shares = np.zeros((count, count), np.float32)
    for other in np.flatnonzero(asked):
        around = cv2.dilate((seeds == other + 1).view(np.uint8), kernel)
        hits = np.bincount(of, np.take(around, at), minlength=count + 1)[1:]
        shares[:, other] = hits / total
    return shares
