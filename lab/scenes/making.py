"""From the name of a scene to the scene."""

from __future__ import annotations

import numpy as np

from lab.fonts import SPLITS, FontSet, load
from lab.scenes.draft import Draft
from lab.scenes.families import FAMILIES
from lab.scenes.scene import Scene, compose
from lab.scenes.seeds import generator
from lab.scenes.studio import Studio


def make(
    family: str,
    split: str,
    index: int,
    difficulty: float | None = None,
    *,
    fonts: FontSet | None = None,
) -> Scene:
    """Make a scene: the same one for the same arguments, on every machine.

    Parameters
    ----------
    family : str
        A name of `FAMILIES`.
    split : {"train", "dev", "test"}
        Decides fonts and chance.
    index : int
        Any number from 0.
    difficulty : float, optional
        From 0 (plain) to 1 (as hard as a person can still read); by default drawn by chance.
    fonts : FontSet, optional
        What to draw with; by default what `lab.fonts.load` gives here. Scenes drawn with other
        fonts are other scenes: ``Scene.fonts`` tells them apart.

    Returns
    -------
    Scene
        The picture and its truth.
    """
    _check(family, split, index, difficulty)
    rng = generator(family, split, index)
    # Drawn even when given, so that the dial alone changes.
    drawn = float(rng.random())
    studio = Studio(rng, split, drawn if difficulty is None else difficulty, fonts or load())
    draft = FAMILIES[family].make(studio)
    return _finished(draft, studio, family, index)


def _check(family: str, split: str, index: int, difficulty: float | None) -> None:
    if family not in FAMILIES:
        message = f"no family {family!r}; there are {', '.join(FAMILIES)}"
        raise ValueError(message)
    if split not in SPLITS:
        message = f"no split {split!r}; there are {', '.join(SPLITS)}"
        raise ValueError(message)
    if index < 0 or not (difficulty is None or 0 <= difficulty <= 1):
        message = f"index must be 0 or more and difficulty in 0 to 1: {index}, {difficulty}"
        raise ValueError(message)


def _finished(draft: Draft, studio: Studio, family: str, index: int) -> Scene:
    composed = compose(draft.paper, draft.layers)
    return Scene(
        picture=draft.wear.apply(composed, studio.rng),
        ink=np.clip(draft.coverage(wanted=True), 0, 1),
        unwanted=np.clip(draft.coverage(wanted=False), 0, 1),
        text="\n".join(draft.lines),
        word_boxes=tuple(draft.word_boxes),
        character_boxes=tuple(draft.character_boxes),
        disturbance=FAMILIES[family].kind,
        family=family,
        split=studio.split,
        index=index,
        difficulty=studio.difficulty,
        fonts=studio.fonts.name,
        paper=draft.paper,
        layers=tuple(draft.layers),
    )
