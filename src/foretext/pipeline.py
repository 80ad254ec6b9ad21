"""The one room that knows the order of things."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import numpy as np

from foretext.arrays import Ink, Labels
from foretext.choose import Choice, choose
from foretext.cleaned import Cleaned
from foretext.errors import UsageError
from foretext.image import DEFAULT_MAX_PIXELS, load
from foretext.ink import Scale, mask_of, measure
from foretext.layer import Layer
from foretext.reading import Box, Line, Reading
from foretext.recipe import STAGES, Recipe, as_recipe
from foretext.recognize.engine import Layout
from foretext.separate import separate
from foretext.steps import Step

if TYPE_CHECKING:
    import os

    from foretext.image import Source

# Taking away more than this share of the ink may change what the text measures.
_RESIZES = 0.01
# Less coverage than this is taken away without a verdict: it can't be seen.
_UNSEEN = 0.1


def clean(
    source: Source,
    *,
    keep: str | int | None = None,
    recipe: Recipe | str | os.PathLike[str] | None = None,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> Cleaned:
    """Find the wanted text in a picture and remove the rest.

    Parameters
    ----------
    source : path, bytes, binary file, PIL image or ndarray
        The picture. Arrays are (H, W), (H, W, 3) or (H, W, 4), as uint8, uint16, bool or
        float in [0, 1].
    keep : str or int, optional
        Which text is wanted: ``"auto"`` (the default), ``"largest"``, ``"darkest"``, the number
        of a layer, a color (``"#666"``), or a range of colors (``"gray:100-105"``,
        ``"rgb(102,102,102)±6"``).
    recipe : Recipe or path, optional
        Stages and settings; the default one if left out.
    max_pixels : int
        Larger pictures are refused before they are decoded.

    Returns
    -------
    Cleaned

    Raises
    ------
    InputError
        If the picture can't be taken in; see `foretext.errors` for the kinds.
    KeepError
        If `keep` is not understood or names nothing in this picture.
    RecipeError
        If the recipe can't be used.

    Examples
    --------
    >>> import foretext
    >>> cleaned = foretext.clean("examples/YabVzu.png")
    >>> cleaned.ink.shape
    (75, 160)
    >>> cleaned.wanted[0].hex
    '#666666'
    """
    plan = as_recipe(recipe)
    wish = plan.keep if keep is None else keep
    image = load(source, max_pixels=max_pixels)
    started = time.perf_counter()
    separation = separate(image.pixels)
    separated = time.perf_counter()
    choice = choose(separation, image.pixels, wish)
    everything = _everything(choice)
    steps = [
        _step("separate", {}, _found(choice.layers), separated - started),
        _step(
            "choose",
            {"keep": wish},
            choice.reason,
            time.perf_counter() - separated,
            removed=_sum(_removed(everything, choice.ink)) / max(_sum(everything), 1.0),
        ),
    ]
    scale = measure(choice.ink)
    ink, verdicts, reasons, done = _restore(choice.ink, everything, scale, plan)
    if any(step.removed > _RESIZES for step in done):
        # Lines join characters; only without them does the text show its size.
        scale = measure(ink)
    return Cleaned(
        ink=ink,
        removed=_removed(everything, ink),
        verdicts=verdicts,
        reasons=reasons,
        scale=scale,
        layers=choice.layers,
        wanted=choice.wanted,
        reason=choice.reason,
        steps=(*steps, *done),
        source=image,
        recipe=replace(plan, keep=str(wish)),
    )


def layers(source: Source, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> list[Layer]:
    """Find the text layers of a picture, the most likely wanted one first.

    Parameters
    ----------
    source : path, bytes, binary file, PIL image or ndarray
        As for `clean`.
    max_pixels : int
        Larger pictures are refused before they are decoded.

    Returns
    -------
    list of Layer
        Empty if the picture holds no ink.

    Raises
    ------
    InputError
        If the picture can't be taken in.
    """
    image = load(source, max_pixels=max_pixels)
    return list(choose(separate(image.pixels), image.pixels).layers)


def read(
    source: Source,
    *,
    engine: str | None = None,
    keep: str | int | None = None,
    recipe: Recipe | str | os.PathLike[str] | None = None,
    lang: str | None = None,
    layout: Layout | None = None,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> Reading:
    """Clean a picture and read it.

    Parameters
    ----------
    source : path, bytes, binary file, PIL image or ndarray
        As for `clean`.
    engine : str, optional
        ``"tesseract"`` (the default) or ``"rapidocr"``.
    keep, recipe, max_pixels
        As for `clean`.
    lang : str, optional
        Language by Tesseract's code; ``"eng"`` by default.
    layout : {"line", "block", "page", "sparse"}, optional
        How the text stands; by default the ink tells.

    Returns
    -------
    Reading
        Boxes are in pixels of the input. Without lines if there is nothing to read.

    Raises
    ------
    InputError, KeepError, RecipeError
        As for `clean`.
    EngineError
        If the engine can't start or fails.

    Examples
    --------
    >>> import foretext
    >>> foretext.read("examples/YabVzu.png").text
    'YabVzu'
    """
    cleaned = clean(source, keep=keep, recipe=recipe, max_pixels=max_pixels)
    return read_cleaned(cleaned, engine=engine, lang=lang, layout=layout)


def read_cleaned(
    cleaned: Cleaned,
    *,
    engine: str | None = None,
    lang: str | None = None,
    layout: Layout | None = None,
) -> Reading:
    """Read a picture that has been cleaned; parameters and errors as for `read`."""
    from foretext.recognize import get_engine
    from foretext.recognize.case import settle_case

    wish = cleaned.recipe.read
    reader = get_engine(engine or wish["engine"], lang=lang or wish["lang"])
    if not cleaned.mask.any():
        return Reading((), reader.name)
    how = layout or cast("Layout | Literal['auto']", wish["layout"])
    if how not in ("auto", *get_args(Layout)):
        known = ", ".join(get_args(Layout))
        raise UsageError(
            f"there is no layout {how!r}; there are {known}", hint=f"choose from {known}"
        )
    lines = reader.read(cleaned.image, layout=cleaned.layout if how == "auto" else how)
    mapped = [_mapped(line, cleaned) for line in lines]
    return Reading(tuple(settle_case(line, cleaned.mask) for line in mapped), reader.name)


def _everything(choice: Choice) -> Ink:
    """Return the coverage of all ink, wanted or not."""
    if not choice.layers:
        return choice.ink
    return np.maximum(choice.layers[0].all_ink, choice.ink)


def _restore(
    ink: Ink, everything: Ink, scale: Scale, plan: Recipe
) -> tuple[Ink, Labels, tuple[str, ...], list[Step]]:
    """Run the stages of restoring; tell what each removed."""
    total = max(_sum(everything), 1.0)
    reasons = ["", "another layer"]
    verdicts = ((everything - ink) > _UNSEEN).astype(np.uint8)
    steps: list[Step] = []
    for name, settings in plan.stages:
        stage = STAGES[name]
        started = time.perf_counter()
        extra = {"over": mask_of(_removed(everything, ink))} if stage.wants_over else {}
        after: Ink = stage.function(ink, scale, **settings, **extra) if ink.any() else ink
        reasons.append(stage.verdict or name)
        removed = added = 0.0
        if after is not ink:
            change = after - ink
            verdicts[change < -_UNSEEN] = len(reasons) - 1
            net, gross = _sum(change), _sum(np.abs(change))
            removed, added = (gross - net) / 2.0 / total, (gross + net) / 2.0 / total
        note = f"removed {removed:.1%}, added {added:.1%} of the ink"
        seconds = time.perf_counter() - started
        steps.append(_step(name, settings, note, seconds, removed=removed, added=added))
        ink = after
    verdicts[ink >= everything - _UNSEEN] = 0
    return ink, verdicts, tuple(reasons), steps


def _sum(ink: Ink) -> float:
    return float(ink.sum(dtype=np.float64))


def _removed(everything: Ink, ink: Ink) -> Ink:
    return np.asarray(np.clip(everything - ink, 0.0, 1.0), np.float32)


def _found(found: tuple[Layer, ...]) -> str:
    return f"{len(found)} layer{'' if len(found) == 1 else 's'} of text"


def _step(
    name: str,
    settings: Mapping[str, Any],
    note: str,
    seconds: float,
    *,
    removed: float = 0.0,
    added: float = 0.0,
) -> Step:
    return Step(name, dict(settings), note, removed, added, seconds)


def _mapped(line: Line, cleaned: Cleaned) -> Line:
    """Return a line with its boxes in the coordinates of the input."""
    made = cleaned.rendering
    height, width = cleaned.ink.shape

    def back(box: Box) -> Box:
        return box.mapped(made.factor, made.dx, made.dy).clipped(height, width)

    words = tuple(
        replace(
            word,
            box=back(word.box),
            characters=tuple(replace(c, box=back(c.box)) for c in word.characters),
        )
        for word in line.words
    )
    return replace(line, words=words, box=back(line.box))
