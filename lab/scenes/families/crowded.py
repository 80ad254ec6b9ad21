"""Characters of uneven size that lean, touch and overlap, under dots and a curve."""

from __future__ import annotations

from collections.abc import Iterator

from lab.fonts import Face
from lab.scenes import paper
from lab.scenes.colors import RGB, text_color
from lab.scenes.draft import Draft
from lab.scenes.families.drawn import lay_dots, lay_stroke, line_color
from lab.scenes.language import strings
from lab.scenes.lettering import Pose, advance, letter
from lab.scenes.patch import Patch
from lab.scenes.short_text import ShortText, framed
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def crowded(studio: Studio) -> Draft:
    """Make a scene of the family."""
    text = _text(studio)
    ground = paper.dark_color(studio) if studio.chance(0.15) else paper.light_color(studio)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.1, 0.5)))
    color = text_color(studio, ground, studio.dial(120, 50))
    for _ in range(studio.whole(0, round(studio.dial(1, 3)))):
        lay_stroke(studio, draft, text, _drawn_color(studio, color, ground), widest=0.08)
    if studio.chance(0.5):
        text.write(draft, color)
    else:
        text.write_each(draft, [_of_character(studio, color, ground) for _ in text.patches])
    for _ in range(studio.whole(0, round(studio.dial(1, 3)))):
        lay_stroke(studio, draft, text, _drawn_color(studio, color, ground), widest=0.08)
    if studio.chance(0.6):
        lay_dots(studio, draft, text, _drawn_color(studio, color, ground))
    draft.wear = everyday(studio)
    return draft


def _drawn_color(studio: Studio, color: RGB, ground: RGB) -> RGB:
    return color if studio.chance(0.6) else line_color(studio, ground)


def _of_character(studio: Studio, color: RGB, ground: RGB) -> RGB:
    return color if studio.chance(0.3) else text_color(studio, ground, studio.dial(100, 45))


def _text(studio: Studio) -> ShortText:
    """Set characters one by one, each of its own size, turn, lean and distance."""
    text = strings.short(studio).replace(" ", "")
    face = studio.face(text, [], [studio.one_of(["regular", "bold", "bold"])])
    cap = studio.between(20, 48)
    patches = list(_characters(studio, face, text, cap))
    shape, words = framed(studio, patches, 1.7, 1.4)
    return ShortText(shape, face, cap, words)


def _characters(studio: Studio, face: Face, text: str, cap: float) -> Iterator[Patch]:
    turn = studio.dial(8, 30)
    uneven = studio.dial(0.05, 0.3)
    apart = studio.between(studio.dial(0.02, -0.22), 0.2)
    pen = 0.0
    for character in text:
        em = face.em_for_cap(cap * studio.between(1 - uneven, 1 + uneven))
        pose = Pose(
            studio.between(-turn, turn),
            studio.between(-0.2, 0.3) * studio.difficulty,
            studio.between(0.85, 1.2),
        )
        height = studio.between(-0.2, 0.2) * cap * studio.difficulty
        yield letter(face, character, em, (pen, height), pose)
        wide = advance(face, character, em) * pose.stretch
        pen += max(wide + (apart + studio.between(-0.08, 0.08)) * cap, 0.4 * wide)
