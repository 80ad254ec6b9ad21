"""Setting a short text: characters on a baseline, each a patch of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lab.fonts import Face
from lab.scenes.lettering import LEVEL, Pose, Wave, advance, letter
from lab.scenes.patch import Patch
from lab.scenes.studio import Studio


@dataclass(frozen=True)
class Manner:
    """How freely characters stand on their line.

    Attributes
    ----------
    slant : float
        Common lean to the right, in pixels a pixel upward.
    turn : float
        Largest turn of a single character, in degrees.
    hop : float
        Largest step of a single character off the baseline, in cap heights.
    rise : float
        Climb of the baseline, in pixels a pixel.
    tracking : float
        Extra room after each character, in cap heights; negative makes them touch.
    stretch : float
        Width relative to the font's own.
    wave : Wave
        What bends the whole line.
    outline : float
        Cap heights by which the characters are fattened all around.
    hollow : bool
        Whether only that outline is drawn.
    """

    slant: float = 0.0
    turn: float = 0.0
    hop: float = 0.0
    rise: float = 0.0
    tracking: float = 0.0
    stretch: float = 1.0
    wave: Wave = LEVEL
    outline: float = 0.0
    hollow: bool = False


STRAIGHT = Manner()

Stance = tuple[float, float]
"""How one character stands: its turn and its hop, each from -1 to 1."""


def width(face: Face, text: str, cap: float, manner: Manner = STRAIGHT) -> float:
    """Give the length in pixels of ``text`` set with capitals ``cap`` pixels high."""
    em = face.em_for_cap(cap)
    natural = sum(advance(face, character, em) for character in text)
    return natural * manner.stretch + manner.tracking * cap * max(len(text) - 1, 0)


def stances(studio: Studio, text: str) -> list[Stance]:
    """Draw how each character of ``text`` stands."""
    return [(studio.between(-1, 1), studio.between(-1, 1)) for _ in text]


def inscribe(
    face: Face,
    text: str,
    cap: float,
    start: tuple[float, float],
    manner: Manner = STRAIGHT,
    *,
    stand: Sequence[Stance] = (),
) -> list[list[Patch]]:
    """Set one line of text.

    Parameters
    ----------
    face : Face
        The font.
    text : str
        The line.
    cap : float
        Height of a capital in pixels.
    start : tuple of float
        Where the baseline begins, as x and y.
    manner : Manner, optional
        How freely the characters stand.
    stand : sequence of Stance, optional
        How each character uses that freedom; not at all by default.

    Returns
    -------
    list of list of Patch
        The words, each a list of its characters.
    """
    em = face.em_for_cap(cap)
    words: list[list[Patch]] = [[]]
    pen, y = start
    for character, (turn, hop) in zip(text, stand or [(0.0, 0.0)] * len(text), strict=True):
        if character == " ":
            words.append([])
        else:
            pose = Pose(turn * manner.turn, manner.slant, manner.stretch, manner.wave)
            height = y - manner.rise * (pen - start[0]) + hop * manner.hop * cap
            fat = manner.outline * cap
            words[-1].append(
                letter(face, character, em, (pen, height), pose, outline=fat, hollow=manner.hollow)
            )
        pen += advance(face, character, em) * manner.stretch + manner.tracking * cap
    return [word for word in words if word]


def fitted(face: Face, text: str, cap: float, room: float, manner: Manner = STRAIGHT) -> float:
    """Give the largest cap height up to ``cap`` at which ``text`` is no wider than ``room``."""
    return cap * min(1.0, room / max(width(face, text, cap, manner), 1e-6))


def lively(studio: Studio, cap: float, strength: float) -> Manner:
    """Draw a manner that is livelier with ``strength``, from 0 (straight) to 1."""
    manner = Manner(
        slant=studio.between(-0.1, 0.35) * strength,
        turn=studio.between(0, 10) * strength,
        hop=studio.between(0, 0.12) * strength,
        tracking=studio.between(-0.04 * strength, 0.18),
        stretch=1 + studio.between(-0.15, 0.2) * strength,
    )
    if not studio.chance(strength):
        return manner
    wave = Wave(
        studio.between(0.04, 0.24) * cap, studio.between(3.5, 9) * cap, studio.between(0, 6.3)
    )
    return replace(manner, wave=wave)


def shift_inside(
    words: list[list[Patch]], shape: tuple[int, int], cut: float = 0.0
) -> tuple[int, int]:
    """Give the shift right and down after which no edge cuts off more than ``cut`` pixels.

    A line wider than the picture is pushed to the left edge.
    """
    patches = [patch for word in words for patch in word]
    left, top = min(p.left for p in patches), min(p.top for p in patches)
    right, bottom = max(p.right for p in patches), max(p.bottom for p in patches)
    return _shift(left, right, shape[1], cut), _shift(top, bottom, shape[0], cut)


def shifted(words: list[list[Patch]], shift: tuple[int, int]) -> list[list[Patch]]:
    """Give the words moved by whole pixels."""
    return [[patch.moved(*shift) for patch in word] for word in words]


def inside(words: list[list[Patch]], shape: tuple[int, int], cut: float = 0.0) -> list[list[Patch]]:
    """Give the words moved so that no edge cuts off more than ``cut`` pixels."""
    return shifted(words, shift_inside(words, shape, cut))


def _shift(low: int, high: int, size: int, cut: float) -> int:
    if low < -cut:
        return round(-cut - low)
    if high > size + cut:
        return max(round(size + cut - high), round(-cut - low))
    return 0
