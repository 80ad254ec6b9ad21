"""The face of the package: what it shows, what it costs to look at, and its tree of errors."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import inspect
import pickle
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import foretext
from foretext import errors

EXAMPLE = Path(__file__).parents[1] / "examples" / "YabVzu.png"
HEAVY = ("cv2", "numpy", "onnxruntime", "PIL", "rapidocr", "rich", "tesserocr", "typer")
ERRORS = {
    name: value
    for name, value in vars(errors).items()
    if inspect.isclass(value) and issubclass(value, errors.ForetextError)
}


def python(code):
    """Run code in a fresh interpreter; return what it printed."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- names -------------------------------------------------------------------------------------


def test_all_is_sorted():
    assert foretext.__all__ == sorted(foretext.__all__)


def test_all_and_homes_agree():
    assert {*foretext._HOMES, "__version__"} == set(foretext.__all__)
    assert list(foretext._HOMES) == sorted(foretext._HOMES)


@pytest.mark.parametrize("name", foretext._HOMES)
def test_name_comes_from_its_home(name):
    home = importlib.import_module(f"foretext.{foretext._HOMES[name]}")
    assert getattr(foretext, name) is getattr(home, name)
    assert getattr(foretext, name).__module__ == home.__name__
    assert getattr(foretext, name).__doc__


def test_type_checkers_see_the_same_names():
    tree = ast.parse(Path(foretext.__file__).read_text(encoding="utf-8"))
    (guarded,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname: str(node.module).removeprefix("foretext.")
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == foretext._HOMES


def test_package_is_marked_as_typed():
    assert Path(foretext.__file__).with_name("py.typed").is_file()


def test_dir_shows_all_names_before_they_are_used():
    shown = python("import foretext; print(*dir(foretext))").split()
    assert set(foretext.__all__) <= set(shown)


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'foretext' has no attribute 'clear'"):
        foretext.clear  # noqa: B018
    with pytest.raises(ImportError, match="clear"):
        from foretext import clear  # noqa: F401


def test_star_brings_exactly_the_public_names():
    namespace = {}
    exec("from foretext import *", namespace)
    assert {*namespace} - {"__builtins__"} == set(foretext.__all__)


def test_names_stay_what_they_are_when_every_module_has_been_imported():
    # `layers` is a function; a module of that name would take its place.
    code = """
import importlib, importlib.util, pkgutil, types, foretext
left = {"foretext.__main__"}
if importlib.util.find_spec("ocrmypdf") is None:
    left.add("foretext.ocrmypdf_plugin")
for found in pkgutil.walk_packages(foretext.__path__, "foretext."):
    if found.name not in left:
        importlib.import_module(found.name)
values = {name: getattr(foretext, name) for name in foretext.__all__}
print([name for name, value in values.items() if isinstance(value, types.ModuleType)])
print(foretext.layers is importlib.import_module("foretext.pipeline").layers)
"""
    assert python(code).split("\n")[:2] == ["[]", "True"]


# --- cost --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    ["import foretext", "from foretext import ForetextError, KeepError", "import foretext.errors"],
)
def test_importing_loads_nothing_heavy(statement):
    loaded = python(f"import sys; {statement}; print(*sys.modules)").split()
    assert "foretext" in loaded
    assert not set(HEAVY) & set(loaded)


def test_cleaning_loads_no_engine_and_no_command_line():
    code = "import sys, foretext; foretext.clean, foretext.layers; print(*sys.modules)"
    loaded = set(python(code).split())
    assert "foretext.pipeline" in loaded
    assert not {"onnxruntime", "rapidocr", "tesserocr", "typer", "rich"} & loaded
    assert not {name for name in loaded if name.startswith("foretext.cli")}


# --- version -----------------------------------------------------------------------------------


def test_version_is_one():
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev\d+|(a|b|rc)\d+)?", foretext.__version__)


def test_version_is_that_of_the_installed_package():
    try:
        installed = importlib.metadata.version("foretext")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("foretext runs from its folder, not installed")
    assert installed == foretext.__version__


# --- errors ------------------------------------------------------------------------------------


def drawn_tree():
    """Return {name: (exit code, name of its base)} as drawn in the docstring."""
    tree, bases = {}, {}
    for line in str(errors.__doc__).splitlines():
        if match := re.match(r"    (?P<rail>[ │├└─]*)(?P<name>\w+Error) +(?P<code>\d+)\b", line):
            depth = len(match["rail"]) // 4
            tree[match["name"]] = int(match["code"]), bases.get(depth - 1, "Exception")
            bases[depth] = match["name"]
    return tree


def test_tree_of_errors_is_as_drawn():
    true = {name: (value.exit_code, value.__base__.__name__) for name, value in ERRORS.items()}
    assert drawn_tree() == true


def test_all_errors_and_the_warning_are_public():
    assert {*ERRORS, "ForetextWarning"} <= set(foretext.__all__)
    assert errors.ForetextWarning.__mro__[1] is UserWarning


def test_exit_codes_tell_kinds_apart():
    codes = [error.exit_code for error in ERRORS.values()]
    assert 0 not in codes
    assert {code for code in codes if codes.count(code) > 1} == {errors.UsageError.exit_code}


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
def test_error_says_what_is_wrong_and_what_to_try(error):
    raised = error("the cup is empty")
    assert str(raised) == "the cup is empty"
    assert raised.hint == error.default_hint
    assert error("empty", hint="fill it").hint == "fill it"
    assert error("empty", hint="").hint == ""
    assert error.__doc__


def test_usage_and_input_errors_always_have_a_hint():
    kinds = errors.UsageError, errors.InputError
    assert all(error.default_hint for error in ERRORS.values() if issubclass(error, kinds))


def test_results_can_be_sent_to_another_process():
    cleaned = foretext.clean(EXAMPLE)
    again = pickle.loads(pickle.dumps(cleaned))
    np.testing.assert_array_equal(again.ink, cleaned.ink)
    np.testing.assert_array_equal(again.layers[1].ink, cleaned.layers[1].ink)
    assert foretext.read_cleaned(again).text == "YabVzu"


def test_a_result_is_shown_in_a_line():
    assert len(repr(foretext.clean(EXAMPLE))) < 500


def test_a_traceback_tells_what_to_do_next():
    with pytest.raises(foretext.KeepError) as caught:
        foretext.clean(EXAMPLE, keep="layer nine")
    assert caught.value.hint
    assert caught.value.hint in caught.value.__notes__
