"""Nothing to remove: characters and words that a cleaner must leave alone."""

from __future__ import annotations

from lab.scenes import paper
from lab.scenes.colors import RGB, text_color
from lab.scenes.draft import Draft
from lab.scenes.families.outlined import write_outlined
from lab.scenes.inscription import inscribe, width
from lab.scenes.language import sentences, strings
from lab.scenes.language.vocabulary import WORDS
from lab.scenes.patch import Patch
from lab.scenes.short_text import setting, short_text
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday


def clean_characters(studio: Studio) -> Draft:
    """Make a scene of characters alone, of one color or of many."""
    ground = _ground(studio)
    if studio.chance(0.15):
        return _clean_outlined(studio, ground)
    text = short_text(studio)
    draft = Draft(paper.textured(studio, text.shape, ground, studio.dial(0.1, 0.6)))
    least = studio.dial(140, 70)
    if studio.chance(0.3):
        text.write_each(draft, [text_color(studio, ground, least, 0.9) for _ in text.patches])
    else:
        text.write(draft, text_color(studio, ground, least))
    draft.wear = everyday(studio)
    return draft


def _clean_outlined(studio: Studio, ground: RGB) -> Draft:
    plan = setting(studio, None, ["bold"], outline=studio.between(0.03, 0.05))
    draft = Draft(paper.textured(studio, plan.shape, ground, studio.dial(0.1, 0.4)))
    write_outlined(studio, draft, plan, ground)
    draft.wear = everyday(studio)
    return draft


def clean_words(studio: Studio) -> Draft:
    """Make a scene of one to three lines of words alone."""
    ground = _ground(studio)
    cap = studio.between(studio.dial(14, 8), 26)
    lines = [_line(studio) for _ in range(studio.whole(1, 3))]
    face = studio.face("".join(lines))
    wide = max(width(face, line, cap) for line in lines)
    leading = cap * studio.between(1.9, 2.4)
    margin = cap * studio.between(0.7, 2)
    shape = (round(leading * len(lines) + 2 * margin), round(wide + 2 * margin))
    draft = Draft(paper.textured(studio, shape, ground, studio.dial(0, 0.5)))
    color = text_color(studio, ground, studio.dial(150, 80))
    for number, line in enumerate(lines):
        y = margin + leading * number + leading / 2 + cap / 2
        _write(draft, inscribe(face, line, cap, (margin, y)), color)
    draft.wear = everyday(studio)
    return draft


def _write(draft: Draft, words: list[list[Patch]], color: RGB) -> None:
    draft.write(words, color)
    draft.note(words)


def _line(studio: Studio) -> str:
    if studio.chance(0.4):
        return " ".join(sentences.sentence(studio).split()[: studio.whole(3, 7)])
    words = [strings.cased(studio, studio.one_of(WORDS)) for _ in range(studio.whole(1, 4))]
    if studio.chance(0.3):
        words.append(strings.characters(studio, studio.whole(2, 5), strings.DIGITS))
    return " ".join(words)


def _ground(studio: Studio) -> RGB:
    return paper.dark_color(studio) if studio.chance(0.25) else paper.light_color(studio)
