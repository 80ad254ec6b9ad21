"""The one room that knows the order of things."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import numpy as np

from foretext.arrays import Ink
from foretext.choose import Choice, choose
from foretext.cleaned import Cleaned
from foretext.errors import UsageError
from foretext.image import DEFAULT_MAX_PIXELS, Image, load
from foretext.ink import measure
from foretext.layer import Layer
from foretext.mend import UNSEEN, amount, mend, removed_from
from foretext.reading import Box, Line, Reading
from foretext.recipe import Recipe, as_recipe
from foretext.recognize.engine import Layout
from foretext.reduced import (
    enlarged,
    enlarged_labels,
    enlarged_scale,
    reduced,
    sharpened,
    working_factor,
)
from foretext.separate import separate
from foretext.steps import Step

if TYPE_CHECKING:
    import os

    from foretext.image import Source
    from foretext.recognize.engine import Engine

# Two inks of a picture of up to so many pixels are both read if they differ by more than this
# share, and the one by color is believed if it reads surer by this.
_SMALL = 500_000
_DISAGREE = 0.04
_SURER = 0.02
# Taking away more than this share of the ink may change what the text measures.
_RESIZES = 0.01


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
    factor = working_factor(image.pixels)
    pixels = reduced(image.pixels, factor)
    separation = separate(pixels)
    separated = time.perf_counter()
    choice = choose(separation, pixels, wish, network=plan.network)
    everything = _everything(choice)
    steps = [
        _step("separate", {}, _found(choice.layers), separated - started),
        _step(
            "choose",
            {"keep": wish, "network": plan.network},
            choice.reason,
            time.perf_counter() - separated,
            removed=amount(removed_from(everything, choice.ink)) / max(amount(everything), 1.0),
        ),
    ]
    scale = measure(choice.ink)
    mended = mend(choice.ink, everything, scale, plan)
    ink, verdicts = mended.ink, mended.verdicts
    if any(step.removed > _RESIZES for step in mended.steps):
        # Lines join characters; only without them does the text show its size.
        scale = measure(ink)
    layers, wanted = choice.layers, choice.wanted
    if factor != 1.0 and layers:
        shape = image.pixels.shape[:2]
        ink, everything = sharpened(ink, image.pixels, separation.contrast, scale.x_height)
        verdicts = enlarged_labels(verdicts, shape)
        verdicts[ink >= everything - UNSEEN] = 0
        scale = enlarged_scale(scale, factor)
        layers, wanted = (_enlarged(some, factor, image) for some in (layers, wanted))
    return Cleaned(
        ink=ink,
        removed=removed_from(everything, ink),
        verdicts=verdicts,
        reasons=mended.reasons,
        scale=scale,
        layers=layers,
        wanted=wanted,
        reason=choice.reason,
        steps=(*steps, *mended.steps),
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
    factor = working_factor(image.pixels)
    pixels = reduced(image.pixels, factor)
    found = choose(separate(pixels), pixels).layers
    return list(found if factor == 1.0 else _enlarged(found, factor, image))


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
    """Read a picture that has been cleaned; parameters and errors as for `read`.

    Notes
    -----
    Where the network and color alone disagree on what is wanted, and the picture is small, both
    inks are read; the one that the engine is surer of is believed, `Reading.ink` tells which.
    """
    from foretext.recognize import get_engine

    wish = cleaned.recipe.read
    reader = get_engine(engine or wish["engine"], lang=lang or wish["lang"])
    how = layout or cast("Layout | Literal['auto']", wish["layout"])
    if how not in ("auto", *get_args(Layout)):
        known = ", ".join(get_args(Layout))
        raise UsageError(
            f"there is no layout {how!r}; there are {known}", hint=f"choose from {known}"
        )
    reading = _read(cleaned, reader, how)
    other = _by_color(cleaned)
    if other is None:
        return reading
    second = _read(other, reader, how)
    if second.confidence <= reading.confidence + _SURER:
        return reading
    return replace(second, ink="color")


def _read(cleaned: Cleaned, reader: Engine, how: Layout | Literal["auto"]) -> Reading:
    from foretext.recognize.case import settle_case

    if not cleaned.mask.any():
        return Reading((), reader.name)
    lines = reader.read(cleaned.image, layout=cleaned.layout if how == "auto" else how)
    mapped = [_mapped(line, cleaned) for line in lines]
    return Reading(tuple(settle_case(line, cleaned.mask) for line in mapped), reader.name)


def _by_color(cleaned: Cleaned) -> Cleaned | None:
    """Return the picture cleaned by color alone, if that is another ink and soon read."""
    plan = cleaned.recipe
    if not plan.network or plan.keep != "auto" or cleaned.ink.size > _SMALL:
        return None
    other = clean(cleaned.source, recipe=replace(plan, network=False))
    apart = amount(np.abs(other.ink - cleaned.ink))
    same = apart <= _DISAGREE * max(amount(cleaned.ink), amount(other.ink))
    return None if same else other


def _enlarged(layers: tuple[Layer, ...], factor: float, image: Image) -> tuple[Layer, ...]:
    return tuple(enlarged(layer, factor, image.pixels.shape[:2]) for layer in layers)


def _everything(choice: Choice) -> Ink:
    """Return the coverage of all ink, wanted or not."""
    if not choice.layers:
        return choice.ink
    return np.maximum(choice.layers[0].all_ink, choice.ink)


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
