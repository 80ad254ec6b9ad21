"""Rubber stamps and seals as coverage: round with lettering along the rim, or boxed."""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np

from lab.fonts import Face
from lab.scenes import paper, strokes
from lab.scenes.colors import RGB, gray, tint
from lab.scenes.inscription import fitted, inscribe, width
from lab.scenes.language import sentences
from lab.scenes.language.vocabulary import PLACES, SURNAMES
from lab.scenes.lettering import Pose, advance, letter
from lab.scenes.patch import Patch, draw
from lab.scenes.scatter import placed
from lab.scenes.scene import Coverage
from lab.scenes.studio import Studio

_WORDS: Final = (
    "RECEIVED", "PAID", "APPROVED", "COPY", "URGENT", "ENTERED", "CANCELED", "FINAL", "CHECKED",
)  # fmt: skip


def seal(studio: Studio, size: int) -> Coverage:
    """Draw a round seal on a square of ``size`` pixels."""
    face = studio.face(_rim_alphabet(), ["sans", "serif"], ["regular", "bold"])
    radius = size * 0.46
    cap = size * studio.between(0.055, 0.075)
    rings = [_ring(size, radius), _ring(size, radius - cap * 2.1)]
    coverage = strokes.trace(rings, (size, size), size * studio.between(0.008, 0.016))
    name = f"{studio.one_of(PLACES)} of {studio.one_of(SURNAMES)}".upper()
    rim = _around(face, f"{name} * {sentences.date(studio).upper()} *", cap, size, radius)
    middle = _middle(studio, face, studio.one_of(_WORDS), size)
    return np.maximum(coverage, draw([*rim, *middle], (size, size)))


def boxed(studio: Studio, size: int) -> Coverage:
    """Draw a boxed stamp of one or two lines, ``size`` pixels wide."""
    lines = [studio.one_of(_WORDS)]
    if studio.chance(0.6):
        lines.append(sentences.date(studio).upper())
    face = studio.face(_rim_alphabet(), ["sans", "mono"], ["bold"])
    caps = [
        min(size * 0.2, size * 0.2 * size * 0.82 / width(face, text, size * 0.2)) for text in lines
    ]
    shape = (round(sum(caps) * 1.5 + size * 0.12), size)
    patches: list[Patch] = []
    y = size * 0.05
    for text, cap in zip(lines, caps, strict=True):
        y += cap * (1.6 if patches else 1.3)
        x = (size - width(face, text, cap)) / 2
        patches += [patch for word in inscribe(face, text, cap, (x, y)) for patch in word]
    frame = strokes.trace([_frame(shape, size * 0.02)], shape, size * studio.between(0.01, 0.025))
    return np.maximum(frame, draw(patches, shape))


def pressed(studio: Studio, stamp: Coverage, shape: tuple[int, int]) -> Coverage:
    """Press a stamp somewhere on a picture: turned, uneven, partly without ink."""
    height, wide = stamp.shape
    x = studio.between(0.25, 0.75) * shape[1]
    y = studio.between(0.25, 0.75) * shape[0]
    matrix = cv2.getRotationMatrix2D((wide / 2, height / 2), studio.between(-35, 35), 1.0)
    matrix[:, 2] += (x - wide / 2, y - height / 2)
    mark = np.asarray(cv2.warpAffine(stamp, matrix, (shape[1], shape[0])), np.float32)
    patchy = 0.8 + 0.6 * paper.clouds(studio, shape, studio.between(15, 60))
    speckled = 0.9 + 0.5 * paper.clouds(studio, shape, 1.6)
    return np.asarray(mark * np.clip(patchy, 0.15, 1) * np.clip(speckled, 0.4, 1), np.float32)


def color(studio: Studio) -> RGB:
    """Draw the color of an ink pad: red, violet, blue or green, seldom gray."""
    if studio.chance(0.15):
        return gray(studio.between(20, 90))
    hue = studio.one_of([0.0, 0.98, 0.62, 0.66, 0.75, 0.38])
    return tint(hue + studio.between(-0.02, 0.02), studio.between(0.7, 1), studio.between(50, 120))


def _rim_alphabet() -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,*"


def _ring(size: int, radius: float) -> strokes.Path:
    turn = np.linspace(0, 2 * np.pi, 181)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    return np.asarray(size / 2 + radius * circle, np.float64)


def _frame(shape: tuple[int, int], inset: float) -> strokes.Path:
    height, wide = shape
    right, bottom = wide - inset, height - inset
    return np.array(
        [[inset, inset], [right, inset], [right, bottom], [inset, bottom], [inset, inset]]
    )


def _around(face: Face, text: str, cap: float, size: int, radius: float) -> list[Patch]:
    """Set ``text`` clockwise inside a circle, filling it from 9 o'clock around."""
    em = face.em_for_cap(cap)
    inner = radius - cap * 1.5
    length = sum(advance(face, character, em) for character in text)
    spread = 2 * math.pi * inner / length
    patches, pen = [], 0.0
    for character in text:
        wide = advance(face, character, em)
        turn = math.pi + (pen + wide / 2) * spread / inner
        if character != " ":
            patches.append(_on_circle(face, character, em, size / 2, (inner, turn)))
        pen += wide
    return patches


def _on_circle(
    face: Face, character: str, em: float, center: float, polar: tuple[float, float]
) -> Patch:
    radius, turn = polar
    patch = letter(face, character, em, pose=Pose(angle=-math.degrees(turn) - 90))
    # The patch is turned about the middle of the glyph, which has to lie above the baseline.
    straight = letter(face, character, em)
    radius -= (straight.top + straight.bottom) / 2
    x, y = (center + radius * part for part in (math.cos(turn), math.sin(turn)))
    return placed(patch, x, y)


def _middle(studio: Studio, face: Face, text: str, size: int) -> list[Patch]:
    cap = fitted(face, text, size * 0.14, size * 0.6)
    x = (size - width(face, text, cap)) / 2
    rise = math.tan(math.radians(studio.one_of([0, 0, 12])))
    words = inscribe(face, text, cap, (x, size / 2 + cap / 2 + rise * size * 0.3))
    return [patch.moved(0, -round(rise * (patch.left - x))) for word in words for patch in word]
