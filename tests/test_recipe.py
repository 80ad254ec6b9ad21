"""Recipes: written and read alike, old ones forever, wrong ones refused; and all of it counts."""

from __future__ import annotations

import inspect
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foretext
from foretext import Recipe, RecipeError
from foretext.keep import parse_keep
from foretext.recipe import PICTURES, STAGES, as_recipe
from tests.stages import BLACK, RED, bar, lettering, paint, paper, picture

OLD = Path(__file__).parent / "data" / "recipe-v1.toml"
SHAPE = (80, 240)


def full(recipe):
    """Return all that a recipe says, comparable."""
    stages = [(name, dict(settings)) for name, settings in recipe.stages]
    ways = dict(recipe.render), dict(recipe.read), recipe.network, recipe.pictures
    return recipe.name, recipe.keep, stages, *ways


# --- the table of stages -----------------------------------------------------------------------


@pytest.mark.parametrize("stage", STAGES.values(), ids=lambda stage: stage.name)
def test_table_and_function_agree(stage):
    parameters = inspect.signature(stage.function).parameters
    settings_of = {
        name: parameter.default
        for name, parameter in parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is not parameter.empty
    }
    assert settings_of == {key: default for key, (default, _, _) in stage.settings.items()}
    assert ("over" in parameters) == stage.wants_over
    for default, least, most in stage.settings.values():
        assert least <= default <= most


def test_default_recipe_has_all_stages_in_the_order_of_the_table():
    assert [name for name, _ in Recipe().stages] == list(STAGES)


# --- there and back ----------------------------------------------------------------------------


def test_default_comes_back_from_toml():
    assert full(Recipe.from_toml(Recipe().to_toml())) == full(Recipe())


def test_toml_is_versioned_and_says_everything():
    data = tomllib.loads(Recipe().to_toml())
    assert data["version"] == 1
    assert data["network"] is True
    assert [stage.pop("name") for stage in data["stage"]] == list(STAGES)
    assert data["stage"] == [dict(settings) for _, settings in Recipe().stages]
    assert data["render"] == dict(Recipe().render)
    assert data["read"] == dict(Recipe().read)


@st.composite
def recipes(draw):
    def values(known):
        return {
            key: draw(st.floats(least, most, allow_nan=False))
            for key, (_, least, most) in known.items()
        }

    names = draw(st.lists(st.sampled_from(list(STAGES)), max_size=5))
    return Recipe(
        name=draw(st.text()),
        keep=draw(st.sampled_from(["auto", "2", "#666", "gray:100-105", "rgb(1,2,3)±6"])),
        network=draw(st.booleans()),
        pictures=draw(st.sampled_from(PICTURES)),
        stages=tuple((name, values(STAGES[name].settings)) for name in names),
        render={
            key: draw(st.booleans() if value is True else st.floats(0.9 * value, 1.1 * value))
            for key, value in Recipe().render.items()
        },
        read={
            "engine": draw(st.sampled_from(["auto", "tesseract", "rapidocr"])),
            "effort": draw(st.sampled_from(["fast", "normal", "thorough"])),
            "lang": draw(st.text()),
            "layout": draw(st.sampled_from(["auto", "line", "block", "page", "sparse"])),
        },
    )


@settings(deadline=None, derandomize=True)
@given(recipe=recipes())
def test_any_recipe_comes_back_from_toml(recipe):
    assert full(Recipe.from_toml(recipe.to_toml())) == full(recipe)


@pytest.mark.parametrize("network", [True, False])
def test_network_comes_back_from_toml(network):
    toml = Recipe(network=network).to_toml()
    assert tomllib.loads(toml)["network"] is network
    assert Recipe.from_toml(toml).network is network
    assert full(Recipe.from_toml(toml)) == full(Recipe(network=network))


@pytest.mark.parametrize("straighten", [True, False])
def test_straighten_comes_back_from_toml(straighten):
    toml = Recipe(render=dict(Recipe().render) | {"straighten": straighten}).to_toml()
    assert tomllib.loads(toml)["render"]["straighten"] is straighten
    assert Recipe.from_toml(toml).render["straighten"] is straighten


def test_straighten_is_a_switch():
    with pytest.raises(RecipeError, match="straighten must be true or false, not 1"):
        Recipe.from_toml("version = 1\n[render]\nstraighten = 1\n")


@pytest.mark.parametrize("name", ['"', "\\", "a\nb\tc\x00\x7f", "Ω…😀", "\U000e0001", "'''", '"""'])
def test_any_name_comes_back_from_toml(name):
    assert Recipe.from_toml(Recipe(name=name).to_toml()).name == name


# --- old files ---------------------------------------------------------------------------------


def test_stored_recipe_of_version_1_loads_with_the_values_it_was_stored_with():
    # Never change the stored file: it stands for all that users keep.
    recipe = Recipe.load(OLD)
    stored = tomllib.loads(OLD.read_text(encoding="utf-8"))
    assert stored["version"] == 1
    assert (recipe.name, recipe.keep) == (stored["name"], stored["keep"])
    assert "network" not in stored
    assert recipe.network is True
    assert [name for name, _ in recipe.stages] == ["lines", "bridge", "despeckle"]
    for (_, settings_now), settings_then in zip(recipe.stages, stored["stage"], strict=True):
        assert settings_now.items() >= without_name(settings_then).items()
    # Settings that have come since have their defaults.
    assert dict(recipe.render) == dict(Recipe().render) | stored["render"]
    assert dict(recipe.read) == dict(Recipe().read) | stored["read"]


def without_name(settings_of_stage):
    return {key: value for key, value in settings_of_stage.items() if key != "name"}


def test_short_recipe_has_the_defaults():
    recipe = Recipe.from_toml("version = 1")
    assert full(recipe)[1:] == full(Recipe())[1:]
    short = Recipe.from_toml("version = 1\n[[stage]]\nname = 'despeckle'\n[render]\nmargin = 2")
    (despeckle,) = (stage for stage in full(Recipe())[2] if stage[0] == "despeckle")
    assert full(short)[2:4] == ([despeckle], dict(Recipe().render) | {"margin": 2.0})


def test_keep_may_be_a_number():
    assert parse_keep(Recipe.from_toml("version = 1\nkeep = 2").keep) == parse_keep(2)


# --- wrong ones --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("version = ", "TOML"),
        ("", "version"),
        ("name = 'mine'", "version"),
        ("version = 2", "2"),
        ("version = '1'", "'1'"),
        ("version = 1\ncolour = 'red'", "colour"),
        ("version = 1\nname = 5", "name"),
        ("version = 1\nkeep = 'biggest'", "biggest"),
        ("version = 1\nkeep = ['auto']", "auto"),
        ("version = 1\nkeep = true", "True"),
        ("version = 1\nnetwork = 1", "network must be true or false, not 1"),
        ("version = 1\nnetwork = 'yes'", "network must be true or false, not 'yes'"),
        ("version = 1\nnetwork = []", "network"),
        ("version = 1\npictures = 'frame'", "choose from keep, remove"),
        ("version = 1\npictures = true", "choose from keep, remove"),
        ("version = 1\n[network]\nweights = 'mine'", "network"),
        ("version = 1\nstage = 'lines'", "stage"),
        ("version = 1\nstage = ['lines']", "stage"),
        ("version = 1\n[stage]\nname = 'lines'", "stage"),
        ("version = 1\n[[stage]]\nname = 'sharpen'", "lines, bridge, despeckle"),
        ("version = 1\n[[stage]]\narea = 1", "None"),
        ("version = 1\n[[stage]]\nname = ['lines']", "lines, bridge, despeckle"),
        ("version = 1\n[[stage]]\nname = 'lines'\nwidth = 1", "length, thickness"),
        ("version = 1\n[[stage]]\nname = 'lines'\nlength = '5'", "'5'"),
        ("version = 1\n[[stage]]\nname = 'lines'\nlength = true", "True"),
        ("version = 1\n[[stage]]\nname = 'lines'\nlength = nan", "from 2.0 to 1000.0"),
        ("version = 1\n[[stage]]\nname = 'lines'\nlength = inf", "from 2.0 to 1000.0"),
        ("version = 1\n[[stage]]\nname = 'despeckle'\narea = -0.1", "from 0.0 to 10.0"),
        ("version = 1\nrender = 3", "render"),
        ("version = 1\n[render]\nheight = 30", "x_height"),
        ("version = 1\n[render]\nx_height = 7", "from 8.0 to 200.0"),
        ("version = 1\nread = []", "read"),
        ("version = 1\n[read]\nlanguage = 'eng'", "lang"),
        ("version = 1\n[read]\nlang = 1", "lang"),
        ("version = 1\n[read]\nengine = 'abbyy'", "rapidocr, tesseract"),
        ("version = 1\n[read]\nlayout = 'column'", "auto, line, block, page, sparse"),
    ],
)
def test_wrong_recipe_is_refused_in_words(toml, said):
    with pytest.raises(RecipeError) as caught:
        Recipe.from_toml(toml)
    assert said in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"version = 1\nname = '\xe9'", b"\x89PNG\r\n\x1a\n"]
)
def test_file_that_is_no_text_is_refused(tmp_path, content):
    path = tmp_path / "recipe.toml"
    path.write_bytes(content)
    with pytest.raises(RecipeError, match=r"recipe\.toml"):
        Recipe.load(path)


@pytest.mark.parametrize("name", ["missing.toml", ".", "with\0nul.toml"])
def test_path_that_can_not_be_read_is_refused(tmp_path, name):
    with pytest.raises(RecipeError, match="can't be read"):
        Recipe.load(f"{tmp_path}/{name}")


# --- what a recipe changes ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def ruled():
    """Return a picture of a text, a line through it and a speck."""
    text = lettering(SHAPE, ((20, 18), "Kep4wKA", 44))
    pixels = paint(paper(SHAPE), (np.maximum(text, bar(SHAPE, 60, 1)), BLACK))
    pixels[3, 3] = 0
    return pixels


def written(tmp_path, *lines):
    path = tmp_path / "recipe.toml"
    path.write_text("\n".join(["version = 1", *lines]), encoding="utf-8")
    return path


def test_recipe_is_taken_as_object_path_or_default(tmp_path):
    path = written(tmp_path, "name = 'mine'")
    mine = Recipe(name="ours")
    assert full(as_recipe(mine)) == full(mine)
    assert as_recipe(path).name == as_recipe(str(path)).name == "mine"
    assert full(as_recipe(None)) == full(Recipe())


def test_file_tells_which_stages_run(tmp_path, ruled):
    # The network would know the line before any stage does.
    none = foretext.clean(ruled, recipe=written(tmp_path, "network = false", "stage = []"))
    assert [step.name for step in none.steps] == ["separate", "choose"]
    assert none.ink[3, 3] > 0.5
    assert none.ink[60].mean() > 0.9
    path = written(tmp_path, "network = false", "[[stage]]", "name = 'despeckle'")
    some = foretext.clean(ruled, recipe=path)
    assert [step.name for step in some.steps] == ["separate", "choose", "despeckle"]
    assert some.ink[3, 3] == 0.0
    assert some.ink[60].mean() > 0.9
    everything = foretext.clean(ruled)
    assert everything.ink[3, 3] == 0.0
    assert everything.ink[60].mean() < 0.5


def test_settings_reach_their_stage(tmp_path, ruled):
    path = written(tmp_path, "network = false", "[[stage]]", "name = 'lines'", "length = 900")
    cleaned = foretext.clean(ruled, recipe=path)
    assert cleaned.ink[60].mean() > 0.9
    assert cleaned.steps[-1].settings == {"length": 900.0, "thickness": 0.7}


def test_network_of_the_file_is_the_one_asked(tmp_path, ruled):
    for network in (True, False):
        path = written(tmp_path, f"network = {str(network).lower()}", "stage = []")
        cleaned = foretext.clean(ruled, recipe=path)
        assert cleaned.recipe.network is network
        assert cleaned.steps[1].settings == {"keep": "auto", "network": network}
        assert (cleaned.layers[0].wanted is not None) == network
        assert (cleaned.ink[60].mean() < 0.6) == network


def test_render_settings_reach_the_picture_for_ocr(tmp_path, ruled):
    path = written(tmp_path, "network = false", "[render]", "x_height = 90", "margin = 0")
    cleaned = foretext.clean(ruled, recipe=path)
    assert cleaned.scale.x_height * cleaned.rendering.factor == pytest.approx(90.0)
    # Without a margin, ink reaches all four borders.
    dark = cleaned.image < 128
    assert all(edge.any() for edge in (dark[:3], dark[-3:], dark[:, :3], dark[:, -3:]))


def test_keep_of_the_recipe_gives_way_to_keep_of_the_call(tmp_path):
    shape = (60, 300)
    words = lettering(shape, ((10, 8), "left", 40)), lettering(shape, ((160, 8), "right", 40))
    pixels = paint(paper(shape), (words[0], RED), (words[1], BLACK))
    path = written(tmp_path, f"keep = '#{RED[0]:02x}{RED[1]:02x}{RED[2]:02x}'")
    told = foretext.clean(pixels, recipe=path)
    overruled = foretext.clean(pixels, recipe=path, keep="#000")
    assert [layer.color for layer in told.wanted] == [RED]
    assert [layer.color for layer in overruled.wanted] == [BLACK]
    assert overruled.recipe.keep == "#000"


@pytest.mark.parametrize(
    "recipe",
    [Recipe(), Recipe(stages=()), Recipe(network=False)],
    ids=["default", "no stages", "no network"],
)
def test_result_can_be_made_again_from_its_recipe(ruled, recipe):
    first = foretext.clean(ruled, keep="largest", recipe=recipe)
    again = foretext.clean(ruled, recipe=Recipe.from_toml(first.recipe.to_toml()))
    assert np.array_equal(first.ink, again.ink)
    assert [step.name for step in first.steps] == [step.name for step in again.steps]
    assert first.reason == again.reason


def test_engine_and_layout_come_from_the_recipe(tmp_path):
    path = written(tmp_path, "[read]", "engine = 'rapidocr'", "layout = 'line'")
    assert foretext.read(picture("text"), recipe=path).engine == "rapidocr"
    assert foretext.read(picture("text"), recipe=path, engine="tesseract").engine == "tesseract"
