"""Recipes: which stages run with which settings; and the table of all stages."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from foretext.errors import KeepError, RecipeError
from foretext.files import reason_of
from foretext.keep import parse_keep
from foretext.recognize import ENGINES
from foretext.recognize.engine import Layout
from foretext.restore.bridge import bridge
from foretext.restore.despeckle import despeckle
from foretext.restore.lines import remove_lines

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of restoring, as the recipe knows it.

    Attributes
    ----------
    name : str
        What recipes call it.
    function : callable
        ``function(ink, scale, **settings) -> ink``.
    settings : mapping
        The settings it takes, with their defaults and (least, most).
    verdict : str
        What is said of ink that it removes.
    wants_over : bool
        Whether it also takes ``over=``, a mask of what has been taken away before.
    looks_at_all : bool
        Whether it is also run on all ink, to find there what it removes.
    """

    name: str
    function: Callable[..., Any]
    settings: Mapping[str, tuple[float, float, float]]
    verdict: str
    wants_over: bool = False
    looks_at_all: bool = False


#: All stages, in the order of the default recipe.
STAGES: Mapping[str, Stage] = MappingProxyType(
    {
        stage.name: stage
        for stage in (
            Stage(
                "lines",
                remove_lines,
                {"length": (5.0, 2.0, 1000.0), "thickness": (0.7, 0.1, 1.0)},
                "a line",
                looks_at_all=True,
            ),
            Stage("bridge", bridge, {"width": (1.5, 0.1, 5.0)}, "", wants_over=True),
            Stage("despeckle", despeckle, {"area": (0.3, 0.0, 10.0)}, "too small"),
        )
    }
)

_RENDER = {
    "x_height": (30.0, 8.0, 200.0),
    "margin": (0.4, 0.0, 10.0),
    "softness": (0.04, 0.0, 0.5),
}
_RENDER_SWITCHES = {"straighten": True}
_READ_DEFAULTS = {"engine": "auto", "effort": "normal", "lang": "eng", "layout": "auto"}
#: What may be asked for beside the names of engines and layouts.
EFFORTS = ("fast", "normal", "thorough")
#: What may become of photographs on a page.
PICTURES = ("keep", "remove")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which stages run, in which order, with which settings.

    Attributes
    ----------
    name : str
        What people call it.
    keep : str
        Which text is wanted, as for `foretext.clean`.
    network : bool
        Whether the network is asked what is wanted; without it color and size alone decide.
    pictures : str
        What becomes of photographs on a page of text: ``keep`` leaves them in the cleaned picture
        as they were, ``remove`` takes them away. OCR never sees them.
    stages : tuple of (str, mapping)
        Names of stages in their order, with all their settings.
    render : mapping
        ``x_height``: how tall (in pixels) characters are made for OCR; ``margin``: how much
        white is put around, ``softness``: how far edges are softened, both in x-heights;
        ``straighten`` (true or false): whether turned, waved and slanted text is made straight.
    read : mapping
        ``engine`` (auto, tesseract or rapidocr), ``effort`` (fast, normal or thorough), ``lang``
        and ``layout`` (auto, line, block, page or sparse).
    """

    name: str = "default"
    keep: str = "auto"
    network: bool = True
    pictures: str = "keep"
    stages: tuple[tuple[str, Mapping[str, float]], ...] = field(
        default_factory=lambda: tuple((name, _defaults(s.settings)) for name, s in STAGES.items())
    )
    render: Mapping[str, Any] = field(default_factory=lambda: _rendering({}))
    read: Mapping[str, str] = field(default_factory=lambda: dict(_READ_DEFAULTS))

    @classmethod
    def from_toml(cls, text: str) -> Recipe:
        """Read a recipe.

        Parameters
        ----------
        text : str
            TOML, as `to_toml` writes it. What is left out has its default; a file without
            any ``[[stage]]`` has those of the default recipe.

        Raises
        ------
        RecipeError
            If it is not TOML, is of a version not known, or holds what is not understood.
        """
        try:
            data = tomllib.loads(_text(text, "a recipe"))
        except tomllib.TOMLDecodeError as error:
            raise RecipeError(f"the recipe is not valid TOML: {error}") from error
        return _recipe(data)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Recipe:
        """Read a recipe from a file.

        Raises
        ------
        RecipeError
            If the file can't be read, or is no recipe.
        """
        try:
            text = Path(path).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:  # ValueError: no UTF-8, or a NUL in the path
            raise RecipeError(
                f"the recipe {os.fspath(path)!r} can't be read: {reason_of(error)}"
            ) from error
        return cls.from_toml(text)

    def to_toml(self) -> str:
        """Return the recipe as TOML, with all settings written out."""
        lines = [f"version = {_VERSION}", f"name = {_quoted(self.name)}"]
        lines.append(f"keep = {_quoted(self.keep)}")
        lines.append(f"network = {'true' if self.network else 'false'}")
        lines.append(f"pictures = {_quoted(self.pictures)}")
        if not self.stages:
            # Left out, it would mean the default ones.
            lines.append("stage = []")
        for name, settings in self.stages:
            lines += ["", "[[stage]]", f"name = {_quoted(name)}"]
            lines += [f"{key} = {_value(value)}" for key, value in settings.items()]
        lines += ["", "[render]", *(f"{k} = {_value(v)}" for k, v in self.render.items())]
        lines += ["", "[read]", *(f"{k} = {_quoted(v)}" for k, v in self.read.items())]
        return "\n".join(lines) + "\n"


def as_recipe(recipe: Recipe | str | os.PathLike[str] | None) -> Recipe:
    """Return a recipe from what a user gave: one, the path of one, or None for the default."""
    if recipe is None:
        return Recipe()
    if isinstance(recipe, Recipe):
        return _completed(recipe)
    if not isinstance(recipe, str | os.PathLike):
        raise RecipeError(f"a recipe is a Recipe or a path, not {recipe!r}")
    return Recipe.load(recipe)


def _completed(recipe: Recipe) -> Recipe:
    """Check a recipe that was made in Python, and fill in what it leaves out."""
    stages = [{**settings, "name": name} for name, settings in recipe.stages]
    return replace(
        recipe,
        keep=_keep(recipe.keep),
        network=_switch(recipe.network, "network"),
        pictures=_pictures(recipe.pictures),
        stages=_stages(stages),
        render=_rendering(recipe.render),
        read=_reading(recipe.read),
    )


def _recipe(data: dict[str, Any]) -> Recipe:
    version = data.pop("version", None)
    if version is None:
        raise RecipeError("the recipe does not say its version", hint="add `version = 1`")
    if version != _VERSION:
        raise RecipeError(f"recipe version {version!r} is not known; this foretext reads 1")
    _only(data, {"name", "keep", "network", "pictures", "stage", "render", "read"}, "the recipe")
    default = Recipe()
    stages = _stages(data["stage"]) if "stage" in data else default.stages
    return Recipe(
        name=_text(data.get("name", "unnamed"), "name"),
        keep=_keep(data.get("keep", default.keep)),
        network=_switch(data.get("network", default.network), "network"),
        pictures=_pictures(data.get("pictures", default.pictures)),
        stages=stages,
        render=_rendering(_table(data.get("render", {}), "[render]")),
        read=_reading(_table(data.get("read", {}), "[read]")),
    )


def _keep(value: Any) -> str:
    try:
        parse_keep(value)
    except KeepError as error:
        raise RecipeError(f"in the recipe, {error}", hint=error.hint) from error
    return str(value)


def _pictures(value: Any) -> str:
    if value not in PICTURES:
        raise RecipeError(f"pictures = {value!r}: choose from {', '.join(PICTURES)}")
    return str(value)


def _switch(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise RecipeError(f"{where} must be true or false, not {value!r}")
    return value


def _stages(entries: Any) -> tuple[tuple[str, Mapping[str, float]], ...]:
    if not isinstance(entries, list):
        raise RecipeError("stages are written as [[stage]] tables")
    stages = []
    for entry in entries:
        settings = dict(_table(entry, "[[stage]]"))
        name = settings.pop("name", None)
        if not isinstance(name, str) or name not in STAGES:
            known = ", ".join(STAGES)
            raise RecipeError(f"there is no stage {name!r}; there are {known}")
        stages.append((name, _numbers(settings, STAGES[name].settings, f"stage {name!r}")))
    return tuple(stages)


def _rendering(given: Mapping[str, Any]) -> Mapping[str, Any]:
    _only(given, {*_RENDER, *_RENDER_SWITCHES}, "[render]")
    numbers = {key: value for key, value in given.items() if key in _RENDER}
    switches = {
        key: _switch(given.get(key, default), f"[render] {key}")
        for key, default in _RENDER_SWITCHES.items()
    }
    return {**_numbers(numbers, _RENDER, "[render]"), **switches}


def _reading(given: Mapping[str, Any]) -> Mapping[str, str]:
    _only(given, set(_READ_DEFAULTS), "[read]")
    read = _READ_DEFAULTS | {key: _text(value, f"[read] {key}") for key, value in given.items()}
    choices = {
        "engine": ("auto", *ENGINES),
        "effort": EFFORTS,
        "layout": ("auto", *get_args(Layout)),
    }
    for key, known in choices.items():
        if read[key] not in known:
            raise RecipeError(f"[read] {key} = {read[key]!r}: choose from {', '.join(known)}")
    return read


def _numbers(
    given: Mapping[str, Any], known: Mapping[str, tuple[float, float, float]], where: str
) -> Mapping[str, float]:
    _only(given, set(known), where)
    values = _defaults(known)
    for key, value in given.items():
        _, least, most = known[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise RecipeError(f"{where}: {key} must be a number, not {value!r}")
        if not least <= value <= most:
            raise RecipeError(f"{where}: {key} must be from {least} to {most}, not {value}")
        values[key] = float(value)
    return values


def _defaults(known: Mapping[str, tuple[float, float, float]]) -> dict[str, float]:
    return {key: default for key, (default, _, _) in known.items()}


def _only(given: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        raise RecipeError(f"{where} has no {unknown[0]!r}; it takes {', '.join(sorted(known))}")


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RecipeError(f"{where} must be a table")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise RecipeError(f"{where} must be a text, not {value!r}")
    return value


def _value(value: float) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(float(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'
