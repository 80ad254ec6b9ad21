"""The same shapes laid anew: other paper, other colors, other order, other kinds of letters."""

from __future__ import annotations

import cv2
import numpy as np

from lab.train.letterforms import reshaped
from lab.train.patch import Float, Patch, bytes_of

#: How far colors are apart at least, in gray levels of the channel where they differ most.
_PALE = 38.0
#: How often letters are of another kind.
_RESHAPED = 0.25


def recolored(patch: Patch, rng: np.random.Generator) -> Patch:
    """Lay unwanted things and text on plain paper, in colors of any kind.

    Only for scenes whose text is known by shape, as colors tell nothing afterwards.
    """
    paper = _paper(rng)
    ink, fill = patch.ink, None
    if rng.random() < _RESHAPED:
        ink, fill = reshaped(patch, rng)
    text = _text_colors(ink, paper, rng)
    picture = np.broadcast_to(paper, patch.picture.shape).astype(np.float32)
    if rng.random() < 0.3:
        picture = picture + _slope(ink.shape, rng)[..., None]
    layers = [(patch.unwanted, _other_colors(patch, text, paper, rng))]
    if fill is not None:
        layers.append((fill, _fill_color(paper, rng)))
    layers.insert(len(layers) if rng.random() < 0.6 else 0, (ink, text))
    for coverage, color in layers:
        picture = picture + coverage[..., None] * (color - picture)
    unwanted = patch.unwanted if fill is None else np.maximum(patch.unwanted, fill)
    return Patch(bytes_of(picture), ink, unwanted, patch.x_height)


def _paper(rng: np.random.Generator) -> Float:
    if rng.random() < 0.5:
        return np.full(3, rng.uniform(225, 255), np.float32)
    return rng.uniform(170, 255, 3).astype(np.float32)


def _visible(paper: Float, rng: np.random.Generator, least: float) -> Float:
    for _ in range(50):
        gray = rng.random() < 0.3
        color = np.full(3, rng.uniform(0, 235)) if gray else rng.uniform(0, 235, 3)
        if float((paper - color).max()) > least:
            return color.astype(np.float32)
    return np.zeros(3, np.float32)


def _text_colors(ink: Float, paper: Float, rng: np.random.Generator) -> Float:
    """Return one color for all of the text, or one for each connected piece of it."""
    least = _PALE if rng.random() < 0.25 else 80.0
    if rng.random() < 0.6:
        color = _visible(paper, rng, least)
        if least == _PALE and rng.random() < 0.6:
            # Pale letters, as faint as 15 % of the way from paper to ink.
            color = paper + (color - paper) * np.float32(rng.uniform(0.15, 0.5))
            color = np.where(np.abs(paper - color).max() < 30, paper - 38, color)
        return np.broadcast_to(color, (*ink.shape, 3)).astype(np.float32)
    number, labels = cv2.connectedComponents((ink > 0).astype(np.uint8))
    colors = np.stack([_visible(paper, rng, least) for _ in range(min(number, 300))])
    return np.asarray(colors[labels % len(colors)], np.float32)


def _other_colors(patch: Patch, text: Float, paper: Float, rng: np.random.Generator) -> Float:
    """Return the color of the text, one other, or several by place."""
    kind = rng.random()
    if kind < 0.35:
        return text if kind < 0.1 else np.asarray(text[_somewhere(patch.ink, rng)], np.float32)
    if kind < 0.7:
        return _visible(paper, rng, 25.0)
    number, labels = cv2.connectedComponents((patch.unwanted > 0).astype(np.uint8))
    colors = np.stack([_visible(paper, rng, 25.0) for _ in range(min(number, 12))])
    return np.asarray(colors[labels % len(colors)], np.float32)


def _somewhere(ink: Float, rng: np.random.Generator) -> tuple[int, int]:
    rows, columns = np.nonzero(ink > 0.5)
    if not len(rows):
        return 0, 0
    chosen = int(rng.integers(len(rows)))
    return int(rows[chosen]), int(columns[chosen])


def _fill_color(paper: Float, rng: np.random.Generator) -> Float:
    return np.asarray(
        paper + (_visible(paper, rng, 25.0) - paper) * rng.uniform(0.1, 0.7), np.float32
    )


def _slope(shape: tuple[int, ...], rng: np.random.Generator) -> Float:
    height, width = shape
    x, y = rng.uniform(-20, 20, 2)
    rows = np.linspace(-y, y, height, dtype=np.float32)[:, None]
    return np.asarray(rows + np.linspace(-x, x, width, dtype=np.float32), np.float32)
