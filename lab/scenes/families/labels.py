"""Words on a label, tag, plate or button that fills much of the picture, or beside an icon."""

from __future__ import annotations

from typing import Final, NamedTuple

import cv2
import numpy as np

from lab.scenes import paper, strokes
from lab.scenes.colors import RGB, apart, gray, text_color, tint
from lab.scenes.draft import Draft
from lab.scenes.panels import fill_color
from lab.scenes.scene import Coverage
from lab.scenes.studio import Studio
from lab.scenes.supersample import averaged
from lab.scenes.wear import everyday
from lab.scenes.words import Words, words

_FINE: Final = 4


class _Place(NamedTuple):
    """Words, and the room that an icon has beside them: left, top and size."""

    text: Words
    icon: tuple[float, float, float] | None


def labels(studio: Studio) -> Draft:
    """Make a scene of the family."""
    place = _place(studio)
    text, shape = place.text, place.text.shape
    ground = paper.light_color(studio, 120) if studio.chance(0.6) else paper.dark_color(studio, 120)
    draft = Draft(paper.textured(studio, shape, ground, studio.dial(0.3, 0.8)))
    under = ground
    if place.icon is None or studio.chance(0.6):
        under = _lay_panel(studio, draft, text, place.icon, ground)
    if place.icon is not None:
        _lay_icon(studio, draft, place.icon, under)
    text.write(draft, text_color(studio, under, studio.dial(130, 75)))
    draft.wear = everyday(studio)
    return draft


def _place(studio: Studio) -> _Place:
    """Set words with room around them, and perhaps for an icon at their left."""
    text = words(studio, studio.between(studio.dial(26, 12), 40), most=2, centered=True)
    height, width = text.shape
    pad = text.cap * studio.between(0.3, 1.5)
    size = text.cap * studio.between(1.0, 2.2) if studio.chance(0.45) else 0.0
    shape = (round(height + 2 * pad), round(width + 2 * pad + 1.4 * size))
    moved = text.moved(pad + 1.4 * size, pad, shape)
    if not size:
        return _Place(moved, None)
    left, top, _, bottom = moved.box
    return _Place(moved, (left - 1.4 * size, (top + bottom - size) / 2, size))


def _lay_panel(
    studio: Studio,
    draft: Draft,
    text: Words,
    icon: tuple[float, float, float] | None,
    ground: RGB,
) -> RGB:
    """Lay a panel behind words and icon, and return its color."""
    left, top, right, bottom = text.box
    left = left if icon is None else min(left, icon[0])
    pad = text.cap * studio.between(0.35, 0.9)
    outline = _outline(studio, (left - pad, top - pad, right + pad, bottom + pad), text.cap)
    color = fill_color(studio, ground)
    shade = paper.textured(studio, draft.shape, color, studio.dial(0.2, 0.6), 60)
    draft.lay("panel", _filled(outline, draft.shape), shade)
    if studio.chance(0.4):
        pen = studio.between(1, max(1.5, 0.1 * text.cap))
        rim = np.vstack([outline, outline[:1]])
        draft.lay("rim", strokes.trace([rim], draft.shape, pen), text_color(studio, color, 40))
    if studio.chance(0.3):
        x, y = outline[:, 0].min() + 0.45 * text.cap, (top + bottom) / 2
        if x + 0.3 * text.cap < left:
            hole = strokes.discs(np.array([[x, y]]), [0.18 * text.cap], draft.shape)
            draft.lay("hole", hole, ground)
    return color


def _outline(studio: Studio, box: tuple[float, float, float, float], cap: float) -> strokes.Path:
    """Draw the outline of a label around a box: cornered, rounded, pointed, or an oval."""
    left, top, right, bottom = box
    kind = studio.whole(0, 3)
    if kind == 0:
        return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    if kind == 1:
        tip = [left - studio.between(0.5, 1.5) * cap, (top + bottom) / 2]
        return np.array([tip, [left, top], [right, top], [right, bottom], [left, bottom]])
    turn = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    # A superellipse; its power is 2 for an oval, and large for a box with round corners.
    power = 2 / (2.6 if kind == 2 else studio.between(6, 14))
    way = np.column_stack([np.cos(turn), np.sin(turn)])
    bent = np.sign(way) * np.abs(way) ** power
    grown = 1.18 if kind == 2 else 1.04
    half = np.array([right - left, bottom - top]) / 2 * grown
    return np.asarray(np.array([(left + right) / 2, (top + bottom) / 2]) + bent * half, np.float64)


def _lay_icon(studio: Studio, draft: Draft, place: tuple[float, float, float], under: RGB) -> None:
    """Lay a filled shape and smaller ones in it, as icons are drawn."""
    x, y, size = place
    color = _seen_on(studio, under)
    middle = np.array([x + size / 2, y + size / 2])
    body = _body(studio, draft, middle, size / 2)
    draft.lay("icon", body, color)
    inner = under if studio.chance(0.6) else _seen_on(studio, color)
    for _ in range(studio.whole(0, 3)):
        at = middle + studio.rng.uniform(-0.25, 0.25, 2) * size
        if studio.chance(0.5):
            part = strokes.discs(at[None], [size * studio.between(0.05, 0.15)], draft.shape)
        else:
            way = studio.rng.uniform(-0.3, 0.3, (studio.whole(2, 4), 2)) * size
            part = strokes.trace([middle + way], draft.shape, size * studio.between(0.05, 0.15))
        draft.lay("icon", part * (body if studio.chance(0.8) else 1), inner)


def _body(studio: Studio, draft: Draft, middle: strokes.Path, radius: float) -> Coverage:
    kind = studio.whole(0, 3)
    if kind == 0:
        return strokes.discs(middle[None], [radius], draft.shape)
    corners = studio.one_of([3, 4, 4, 4, 6, 10])
    turn = studio.between(0, 2 * np.pi) + np.linspace(0, 2 * np.pi, corners, endpoint=False)
    if corners == 4 and studio.chance(0.7):
        turn = np.pi / 4 + np.arange(4) * np.pi / 2
    far = np.full(corners, radius)
    if corners == 10:
        far[::2] *= 0.45
    outline = middle + far[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    if kind == 1:
        ring = np.vstack([outline, outline[:1]])
        return strokes.trace([ring], draft.shape, radius * studio.between(0.1, 0.3))
    return _filled(outline, draft.shape)


def _filled(outline: strokes.Path, shape: tuple[int, int]) -> Coverage:
    """Coverage of what an outline encloses."""
    canvas = np.zeros((shape[0] * _FINE, shape[1] * _FINE), np.uint8)
    cv2.fillPoly(canvas, [np.rint(outline * _FINE).astype(np.int32)], 255)
    return np.asarray(averaged(canvas, _FINE), np.float32)


def _seen_on(studio: Studio, ground: RGB) -> RGB:
    for _ in range(20):
        color = tint(studio.between(0, 1), studio.between(0, 1), studio.between(10, 245))
        if apart(color, ground) > 60:
            return color
    return gray(255 if sum(ground) < 384 else 0)
