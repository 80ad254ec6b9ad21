"""The order of cleaning: which room the picture goes through after which."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from foretext.arrays import Ink, Labels, Pixels
from foretext.choose import choose
from foretext.choose.choice import Choice
from foretext.cleaned import Cleaned
from foretext.image import DEFAULT_MAX_PIXELS, Image, load
from foretext.ink import UNSEEN, Scale, amount, measure
from foretext.layer import Layer
from foretext.mend import mend, removed_from
from foretext.pictograms import without_pictograms
from foretext.pictures import find_areas, rows_and_columns
from foretext.reading import Box
from foretext.recipe import Recipe, as_recipe
from foretext.reduced import (
    enlarged,
    enlarged_labels,
    enlarged_scale,
    reduced,
    working_factor,
)
from foretext.rest import Rest
from foretext.scraps import without_scraps, without_scraps_of_masses
from foretext.separate import separate
from foretext.separate.contrast import Contrast
from foretext.sharpen import left_over, sharpened
from foretext.steps import Step
from foretext.threads import side_by_side

if TYPE_CHECKING:
    import os

    from foretext.image import Source

# Taking away more than this share of the ink may change what the text measures.
_RESIZES = 0.002


def clean(
    source: Source,
    *,
    keep: str | int | None = None,
    recipe: Recipe | str | os.PathLike[str] | None = None,
    page: int | None = None,
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
    page : int, optional
        Which page of a TIFF of several, from 1 on; see `foretext.count_pages`.
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
    UsageError
        If there is no such page.

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
    image = load(source, page=page, max_pixels=max_pixels)
    factor = working_factor(image.pixels)
    contrast, choice, chosen = _chosen(reduced(image.pixels, factor), wish, plan)
    mended = _mended(chosen, plan, choice)
    alone = _without_pictograms(mended) if str(wish) == "auto" else mended
    small = _without_scraps(alone, contrast, plan)
    is_reduced = factor != 1.0 and bool(small.layers)
    found = _at_full_size(small, factor, contrast, image) if is_reduced else small
    return Cleaned(
        ink=found.ink,
        rest=_rest(small, found, contrast, image),
        reasons=found.reasons,
        scale=found.scale,
        layers=found.layers,
        wanted=found.wanted,
        reason=choice.reason,
        steps=found.steps,
        source=image,
        recipe=replace(plan, keep=str(wish)),
        foreground=choice.foreground if factor == 1.0 else None,
        pictures=found.pictures,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What has been found of a picture so far; fields as of `Cleaned`, and all ink."""

    ink: Ink
    everything: Ink
    layers: tuple[Layer, ...]
    wanted: tuple[Layer, ...]
    steps: tuple[Step, ...]
    scale: Scale
    verdicts: Labels
    reasons: tuple[str, ...] = ()
    pictures: tuple[Box, ...] = ()


def _chosen(pixels: Pixels, wish: str | int, plan: Recipe) -> tuple[Contrast, Choice, _Found]:
    """Take a picture apart and choose the wanted text."""
    started = time.perf_counter()
    separation = separate(pixels)
    separated = time.perf_counter()
    choice = choose(separation, pixels, wish, network=plan.network)
    everything = _everything(choice)
    share = amount(removed_from(everything, choice.ink)) / max(amount(everything), 1.0)
    took, settings = time.perf_counter() - separated, {"keep": wish, "network": plan.network}
    steps = (
        _step("separate", {}, _counted(choice.layers), separated - started),
        _step("choose", settings, choice.reason, took, removed=share),
    )
    nothing = np.zeros(pixels.shape[:2], np.uint8)
    found = _Found(
        choice.ink, everything, choice.layers, choice.wanted, steps, measure(choice.ink), nothing
    )
    return separation.contrast, choice, found


def _mended(found: _Found, plan: Recipe, choice: Choice) -> _Found:
    """Restore the strokes of the wanted text."""
    mended = mend(found.ink, found.everything, found.scale, plan, choice.foreground)
    # Lines join characters; only without them does the text show its size.
    resized = any(step.removed > _RESIZES for step in mended.steps)
    return replace(
        found,
        ink=mended.ink,
        verdicts=mended.verdicts,
        reasons=mended.reasons,
        steps=(*found.steps, *mended.steps),
        scale=measure(mended.ink) if resized else found.scale,
    )


def _without_scraps(found: _Found, contrast: Contrast, plan: Recipe) -> _Found:
    """Find photographs, and leave scraps of ink out that are left of them and of dark areas."""
    started = time.perf_counter()
    x_height = found.scale.x_height
    pictures, masses = find_areas(contrast, found.ink, x_height)
    ink = without_scraps_of_masses(found.ink, masses, x_height)
    ink = without_scraps(ink, pictures, x_height)
    if ink is found.ink and not pictures:
        return found
    left = _left_out(found, ink, "of a picture")
    seconds = time.perf_counter() - started
    step = _pictures_step(pictures, plan, _share_lost(found, ink), seconds)
    return replace(
        left,
        verdicts=_of_pictures(left.verdicts, pictures, len(found.reasons)),
        steps=(*found.steps, step),
        pictures=pictures,
    )


def _without_pictograms(found: _Found) -> _Found:
    """Leave out what stands beside a text and is no character."""
    started = time.perf_counter()
    ink = without_pictograms(found.ink, found.scale)
    if ink is found.ink:
        return found
    share, seconds = _share_lost(found, ink), time.perf_counter() - started
    step = _step("pictograms", {}, "removed beside the text", seconds, removed=share)
    left = _left_out(found, ink, "a pictogram")
    return replace(left, steps=(*found.steps, step), scale=measure(ink))


def _left_out(found: _Found, ink: Ink, reason: str) -> _Found:
    """Return what was found with less ink, and why."""
    verdict = np.uint8(len(found.reasons))
    verdicts = np.where(found.ink > ink + UNSEEN, verdict, found.verdicts)
    return replace(found, ink=ink, verdicts=verdicts, reasons=(*found.reasons, reason))


def _share_lost(found: _Found, ink: Ink) -> float:
    return (amount(found.ink) - amount(ink)) / max(amount(found.everything), 1.0)


def _at_full_size(found: _Found, factor: float, contrast: Contrast, image: Image) -> _Found:
    """Return what was found in a reduced picture as found in the whole."""
    shape = image.pixels.shape[:2]
    ink = sharpened(found.ink, image.pixels, contrast, found.scale.x_height)
    # One layer, one copy, whether it is wanted or not.
    grown = dict(zip(map(id, found.layers), _enlarged(found.layers, factor, image), strict=True))
    wanted = tuple(
        grown.get(id(one)) or _enlarged((one,), factor, image)[0] for one in found.wanted
    )
    pictures = tuple(box.mapped(factor, 0.0, 0.0).clipped(*shape) for box in found.pictures)
    return replace(
        found,
        ink=ink,
        scale=enlarged_scale(found.scale, factor),
        layers=tuple(grown.values()),
        wanted=wanted,
        pictures=pictures,
    )


def _rest(small: _Found, found: _Found, contrast: Contrast, image: Image) -> Rest:
    """Return what was removed; of a picture that was worked reduced, when it is asked for."""
    removed = removed_from(small.everything, small.ink)
    rest = Rest.known(removed, small.verdicts, small.ink)
    if found is small:
        return rest
    told = small.ink, image.pixels, contrast, small.scale.x_height
    return Rest(rest.lost, rest.apart, partial(_rest_at_full_size, found.ink, small.verdicts, told))


def _rest_at_full_size(
    ink: Ink, verdicts: Labels, told: tuple[Ink, Pixels, Contrast, float]
) -> tuple[Ink, Labels]:
    removed = left_over(ink, *told)
    verdicts = enlarged_labels(verdicts, removed.shape)
    verdicts[removed <= UNSEEN] = 0
    return removed, verdicts


def layers(
    source: Source,
    *,
    recipe: Recipe | str | os.PathLike[str] | None = None,
    page: int | None = None,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> list[Layer]:
    """Find the text layers of a picture, the most likely wanted one first.

    Parameters
    ----------
    source : path, bytes, binary file, PIL image or ndarray
        As for `clean`.
    recipe : Recipe or path, optional
        Tells whether the network has a say in their order; what it keeps does not matter.
    page, max_pixels : int
        As for `clean`. Larger pictures are refused before they are decoded.

    Returns
    -------
    list of Layer
        Numbered as `clean` with that recipe numbers them; empty if the picture holds no ink.

    Raises
    ------
    InputError
        If the picture can't be taken in.
    RecipeError
        If the recipe can't be used.
    """
    plan = as_recipe(recipe)
    image = load(source, page=page, max_pixels=max_pixels)
    factor = working_factor(image.pixels)
    pixels = reduced(image.pixels, factor)
    found = choose(separate(pixels), pixels, network=plan.network).layers
    return list(found if factor == 1.0 else _enlarged(found, factor, image))


def _enlarged(layers: tuple[Layer, ...], factor: float, image: Image) -> tuple[Layer, ...]:
    shape = image.pixels.shape[:2]
    return tuple(side_by_side(lambda layer: enlarged(layer, factor, shape), layers))


def _of_pictures(verdicts: Labels, pictures: tuple[Box, ...], verdict: int) -> Labels:
    """Return verdicts that tell of what was removed within pictures that it is of them."""
    verdicts = verdicts.copy()
    for box in pictures:
        part = verdicts[rows_and_columns(box)]
        part[part > 0] = verdict
    return verdicts


def _pictures_step(pictures: tuple[Box, ...], plan: Recipe, removed: float, seconds: float) -> Step:
    number, fate = len(pictures), "kept" if plan.pictures == "keep" else "removed"
    note = f"{number} picture{'' if number == 1 else 's'} {fate}"
    if not pictures:
        note = "scraps of dark areas removed"
    return _step("pictures", {"pictures": plan.pictures}, note, seconds, removed=removed)


def _everything(choice: Choice) -> Ink:
    """Return the coverage of all ink, wanted or not."""
    if not choice.layers:
        return choice.ink
    return np.maximum(choice.layers[0].all_ink, choice.ink)


def _counted(layers: tuple[Layer, ...]) -> str:
    return f"{len(layers)} layer{'' if len(layers) == 1 else 's'} of text"


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
