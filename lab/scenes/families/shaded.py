"""Display letters of a thin outline and the shade they cast, under some curves."""

from __future__ import annotations

import math

import cv2
import numpy as np

from lab.scenes import paper
from lab.scenes.colors import RGB, text_color
from lab.scenes.draft import Draft
from lab.scenes.families.drawn import lay_dots, lay_stroke, line_color
from lab.scenes.inscription import inside
from lab.scenes.patch import Patch
from lab.scenes.short_text import Setting, ShortText, setting
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def shaded(studio: Studio) -> Draft:
    """Make a scene of the family."""
    ground = paper.dark_color(studio) if studio.chance(0.15) else paper.light_color(studio)
    plan = setting(studio, None, ["bold"], outline=studio.between(0.015, 0.03))
    draft = Draft(paper.textured(studio, plan.shape, ground, studio.dial(0.1, 0.4)))
    text = _text(studio, plan)
    for _ in range(studio.whole(0, round(studio.dial(1, 3)))):
        lay_stroke(studio, draft, text, line_color(studio, ground), widest=0.05)
    _write(studio, draft, text, ground)
    for _ in range(studio.whole(1, round(studio.dial(2, 6)))):
        lay_stroke(studio, draft, text, line_color(studio, ground), widest=0.05)
    if studio.chance(0.2):
        lay_dots(studio, draft, text, line_color(studio, ground))
    draft.wear = everyday(studio)
    return draft


def _text(studio: Studio, plan: Setting) -> ShortText:
    """Set the characters as outline and shade, the light falling on all from one side."""
    angle, far = studio.between(0, 2 * math.pi), studio.between(0.03, 0.1) * plan.cap
    cast = far * math.cos(angle), far * math.sin(angle)
    outline = max(1.0, studio.between(0.02, 0.05) * plan.cap) if studio.chance(0.9) else 0.0
    bodies = plan.words(plan.manner)
    words = [[_shaded(body, cast, outline) for body in word] for word in bodies]
    return ShortText(plan.shape, plan.face, plan.cap, inside(words, plan.shape))


def _write(studio: Studio, draft: Draft, text: ShortText, ground: RGB) -> None:
    """Write it in one color, or each character in its own."""
    far = studio.dial(140, 60)
    if studio.chance(0.4):
        text.write(draft, text_color(studio, ground, far))
    else:
        text.write_each(draft, [text_color(studio, ground, far, colored=0.8) for _ in text.patches])


def _shaded(patch: Patch, cast: tuple[float, float], outline: float) -> Patch:
    """Return the outline of a character and the shade beside it, its body left bare."""
    room = math.ceil(max(map(abs, cast))) + 1
    body = np.pad(patch.coverage, room)
    move = np.array([[1, 0, cast[0]], [0, 1, cast[1]]], np.float32)
    shade = cv2.warpAffine(body, move, body.shape[::-1]) * (1 - body)
    # The shape less what is left of it when it shrinks by the line's width.
    depth = cv2.distanceTransform((body > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    ring = np.clip(body - np.clip(depth - outline, 0, 1), 0, 1) if outline else 0
    ink = np.asarray(np.maximum(ring, shade), np.float32)
    return Patch(patch.text, ink, patch.left - room, patch.top - room)
