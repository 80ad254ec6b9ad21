"""Words over a photograph, told from it by an outline, a shadow or a box of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from lab.scenes import paper, photos
from lab.scenes.board import Panel, filled
from lab.scenes.colors import RGB, gray, tint
from lab.scenes.draft import Draft
from lab.scenes.inscription import STRAIGHT, Manner
from lab.scenes.patch import Patch, draw
from lab.scenes.scene import Color
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday
from lab.scenes.words import Words, words


def subtitles(studio: Studio) -> Draft:
    """Make a scene of the family."""
    text = words(studio, studio.between(studio.dial(26, 13), 36), most=2, centered=True)
    light = studio.chance(0.8)
    draft = Draft(paper.flat(text.shape, gray(0 if light else 255)))
    lay = studio.one_of(_WAYS)
    draft.lay("picture", np.ones(text.shape, np.float32), _behind(studio, text, lay, light=light))
    lay(studio, draft, text, _far_from(studio, light=light))
    text.write(draft, _fill(studio, light=light))
    draft.wear = everyday(studio)
    return draft


def _outline(studio: Studio, draft: Draft, text: Words, color: RGB) -> None:
    draft.lay_patches("outline", _fat(text, studio.between(0.06, 0.14)), color)


def _shadow(studio: Studio, draft: Draft, text: Words, color: RGB) -> None:
    away = max(1, round(text.cap * studio.between(0.06, 0.14)))
    fat = _fat(text, studio.between(0, 0.06))
    shadow = draw([patch.moved(away, away) for patch in fat], draft.shape)
    draft.lay("shadow", shadow * np.float32(studio.between(0.7, 1)), color)


def _box(studio: Studio, draft: Draft, text: Words, color: RGB) -> None:
    left, top, right, bottom = text.box
    pad = text.cap * studio.between(0.2, 0.6)
    panel = Panel(left - pad, top - pad, right + pad, bottom + pad, 0.0, color)
    clear = np.float32(studio.between(0.55, 1))
    draft.lay("box", filled(panel, draft.shape) * clear, color)


def _nothing(_studio: Studio, _draft: Draft, _text: Words, _color: RGB) -> None:
    """Leave the words to be told by their color alone."""


_WAYS: Final[tuple[Callable[[Studio, Draft, Words, RGB], None], ...]] = (
    *(_outline, _outline, _outline, _outline, _shadow, _box, _nothing),
)


def _behind(studio: Studio, text: Words, lay: Callable[..., None], *, light: bool) -> Color:
    """Take a photograph, or lay shapes; where nothing parts words from it, keep it far from them.

    Where there is an outline or a box, it may have all colors.
    """
    make = photos.photograph if studio.chance(0.6) else _shapes
    colors = make(studio, text.shape).color
    if lay in (_outline, _box) and studio.chance(0.7):
        return colors
    share = np.float32(studio.between(0.35, studio.dial(0.45, 0.65)))
    return np.asarray(colors * share if light else 255 - (255 - colors) * share, np.float32)


def _shapes(studio: Studio, shape: tuple[int, int]) -> photos.Print:
    """Lay patches of color over each other, soft or sharp."""
    colors = paper.grained(studio, shape, tint(studio.between(0, 1), 0.5, 120), 60)
    for _ in range(studio.whole(2, 8)):
        cover = paper.clouds(studio, shape, studio.between(12, 120)) + studio.between(-0.5, 0.5)
        cover = np.clip(cover * studio.one_of([1.0, 4.0, 30.0]), 0, 1) * studio.between(0.3, 1)
        color = tint(studio.between(0, 1), studio.between(0, 1), studio.between(20, 235))
        colors = colors + cover[..., None] * (np.asarray(color, np.float32) - colors)
    return photos.Print(np.ones(shape, np.float32), np.asarray(colors, np.float32))


def _fat(text: Words, by: float) -> list[Patch]:
    """Set words fatter by so many cap heights all around."""
    manner = Manner(outline=by) if by else STRAIGHT
    return [patch for line in text.set(manner) for word in line for patch in word]


def _fill(studio: Studio, *, light: bool) -> RGB:
    if studio.chance(0.6):
        return gray(studio.between(235, 255) if light else studio.between(0, 25))
    level = studio.between(195, 240) if light else studio.between(10, 60)
    return tint(studio.between(0, 1), studio.between(0.4, 1), level)


def _far_from(studio: Studio, *, light: bool) -> RGB:
    level = studio.between(0, 45) if light else studio.between(215, 255)
    return gray(level) if studio.chance(0.8) else tint(studio.between(0, 1), 0.7, level)
