"""Run the stages of a recipe on ink, and tell what each of them took away."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from foretext.arrays import Ink, Labels, Mask
from foretext.ink import UNSEEN, Scale, amount, is_page, mask_of
from foretext.recipe import STAGES, Recipe, Stage
from foretext.steps import Step

# Rulings go through so much of the picture.
_LONG = 0.4
# Lines of which the network left out this much are no text; this much of rulings is straight.
_MOSTLY = 0.6
# Where the network is so sure, it half sees text under other things.
_SEEN = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Mended:
    """Ink after all stages.

    Attributes
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of what was kept.
    verdicts : ndarray of uint8, (H, W)
        Why each pixel was removed, as an index into `reasons`; 0 where it was not.
    reasons : tuple of str
        In words.
    steps : tuple of Step
        What each stage did.
    """

    ink: Ink
    verdicts: Labels
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]


def mend(
    ink: Ink, everything: Ink, scale: Scale, plan: Recipe, foreground: Ink | None = None
) -> Mended:
    """Run the stages of restoring; tell what each removed.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage of the wanted text.
    everything : ndarray of float32, (H, W)
        Coverage of all ink.
    scale : Scale
        Of the wanted text.
    plan : Recipe
        Tells the stages.
    foreground : ndarray of float32, (H, W), optional
        What the network takes for wanted text, in [0, 1]; None if color alone chose the ink. That
        can't tell a line of the text's own color, nor what is under a thing that lies over the
        text; the network can, and has left out the one and half seen the other.

    Returns
    -------
    Mended
    """
    total = max(amount(everything), 1.0)
    reasons = ["", "another layer"]
    verdicts = ((everything - ink) > UNSEEN).astype(np.uint8)
    steps: list[Step] = []
    is_seen = foreground is not None and is_page(ink.size, scale.x_height)
    for name, settings in plan.stages:
        stage = STAGES[name]
        started = time.perf_counter()
        is_idle = stage.wants_over and is_seen and bool(ink.any())
        run = partial(stage.function, scale=scale, **settings)
        after = ink if is_idle or not ink.any() else _after(stage, run, ink, everything, foreground)
        reasons.append(stage.verdict or name)
        removed = added = 0.0
        if after is not ink:
            change = after - ink
            verdicts[change < -UNSEEN] = len(reasons) - 1
            net, gross = amount(change), amount(np.abs(change))
            removed, added = (gross - net) / 2.0 / total, (gross + net) / 2.0 / total
        note = f"removed {removed:.1%}, added {added:.1%} of the ink"
        if is_idle:
            note = "not needed: the network sees what is under other things on a page"
        seconds = time.perf_counter() - started
        steps.append(Step(name, dict(settings), note, removed, added, seconds))
        ink = after
    verdicts[ink >= everything - UNSEEN] = 0
    return Mended(ink, verdicts, tuple(reasons), tuple(steps))


def _after(
    stage: Stage, run: Callable[..., Ink], ink: Ink, everything: Ink, foreground: Ink | None
) -> Ink:
    """Return the ink after a stage, which `run` runs."""
    if stage.wants_over:
        after = run(ink, over=mask_of(removed_from(everything, ink)))
        if foreground is None or after is ink:
            return after
        return np.asarray(np.where(foreground > _SEEN, after, ink))
    after = run(ink)
    if stage.looks_at_all:
        # Cut by what was removed before, only stubs would be left to see.
        without = run(everything)
        least = without if foreground is None else _without_stubs(ink, everything, without)
        after = after if least is ink else np.minimum(after, least)
    return after


def _without_stubs(ink: Ink, everything: Ink, without: Ink) -> Ink:
    """Remove what was left of rulings, if most of them is gone already; else it is the same ink."""
    if without is everything:
        return ink
    line = (everything - without) > UNSEEN
    if not _are_rulings(line):
        return ink
    gone = np.count_nonzero(line & ~mask_of(ink))
    return np.minimum(ink, without) if gone > _MOSTLY * np.count_nonzero(line) else ink


def _are_rulings(line: Mask) -> bool:
    """Tell whether lines are level, or upright, and long: others are seldom known to the pixel."""
    total = np.count_nonzero(line)
    level, upright = (
        counts[counts > _LONG * line.shape[1 - axis]].sum()
        for axis, counts in enumerate((np.count_nonzero(line, 1), np.count_nonzero(line, 0)))
    )
    return bool(max(level, upright) > _MOSTLY * total)


def removed_from(everything: Ink, ink: Ink) -> Ink:
    """Return the coverage of what was not kept."""
    rest = everything - ink
    return np.asarray(np.clip(rest, 0.0, 1.0, out=rest), np.float32)
