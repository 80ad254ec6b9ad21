"""Imports run one way through the house."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import foretext

HOME = Path(foretext.__file__).parent

# The rooms, from the ground up. A room may import from those on lower floors and, if it is a
# folder, from itself.
FLOORS = (
    {"_version", "arrays", "errors", "files", "numbers", "reading", "steps", "threads"},
    {"image", "keep", "networks", "pieces", "srgb"},
    {"ink", "rows"},
    {"leaders", "pictograms", "rest"},
    {"layer", "recognize", "restore"},
    {"separate"},
    {"binarize", "choose", "pictures", "recipe", "reduced", "render", "sharpen"},
    {"cleaned", "mend", "scraps"},
    {"pipeline"},
    {"reader"},
    {"export"},
    {"pages"},
    {"cli", "ocrmypdf_plugin"},
)
# Against the stream: nothing.
UPWARD: set[tuple[str, str]] = set()
# Rooms whose files are alternatives: none knows another. What they share has its own files.
SHARED = {
    "restore": {"baseline", "perspective", "rows", "slant"},
    "recognize": {
        *("alignment", "api", "bands", "ctc", "engine", "languages", "letters", "long_lines"),
        *("pattern", "placing", "recognizer", "rows", "strips", "tessdata"),
        *("boxes.assign", "boxes.atoms", "boxes.characters", "page.cells"),
        *("settle.inked", "settle.typeface", "settle.words"),
    },
}


@cache
def modules():
    """Return {dotted name without "foretext.": syntax tree} of every module but the face."""
    found = {}
    for path in sorted(HOME.rglob("*.py")):
        parts = path.relative_to(HOME).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    del found[""], found["__main__"]
    return found


def room(module):
    return module.split(".")[0]


def for_type_checkers(tree):
    """Return the nodes that never run."""
    return {
        node
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.unparse(branch.test)
        for statement in branch.body
        for node in ast.walk(statement)
    }


def in_functions(tree):
    """Return the nodes that run only when they are called."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return {
        node
        for function in ast.walk(tree)
        if isinstance(function, functions)
        for node in ast.walk(function)
    }


def imported(nodes):
    """Return the full names of all that these nodes import."""
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def own(names):
    """Return those of our modules that the names are of or in."""
    found = set()
    for name in names:
        short = name.removeprefix("foretext").removeprefix(".")
        if not name.startswith("foretext"):
            continue
        candidates = (short, short.rpartition(".")[0])
        found |= {next((module for module in candidates if module in modules()), "")}
    return found


@cache
def edges():
    """Return {module: modules that it imports, sooner or later}; "" is the face."""
    return {
        name: own(imported(set(ast.walk(tree)) - for_type_checkers(tree)))
        for name, tree in modules().items()
    }


def floor(name):
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def test_every_room_is_on_one_floor():
    placed = [name for rooms in FLOORS for name in rooms]
    assert sorted(placed) == sorted({room(module) for module in modules()})


def test_imports_are_found():
    # The tests below see nothing wrong in a house without imports.
    assert "errors" in edges()["keep"]
    assert "separate" in edges()["choose"]
    assert "separate.network" in edges()["separate"]
    assert "threads" in edges()["separate.network"]
    assert "restore.bridge" in edges()["recipe"]
    assert "recognize.boxes.characters" in edges()["reader.unplaced"]
    assert "render" in edges()["cleaned"]
    assert "recipe" not in edges()["cleaned"]
    assert "" in edges()["cli.app"]


def test_imports_run_one_way():
    upward = {
        (room(module), room(other))
        for module, others in edges().items()
        for other in others - {""}
        if room(other) != room(module) and floor(room(other)) >= floor(room(module))
    }
    assert upward == UPWARD


def test_only_the_command_line_uses_the_face():
    assert {room(module) for module, others in edges().items() if "" in others} == {"cli"}


def test_modules_import_one_another_in_no_circle():
    at_once = {
        name: own(imported(set(ast.walk(tree)) - for_type_checkers(tree) - in_functions(tree)))
        for name, tree in modules().items()
    }
    try:
        order = tuple(TopologicalSorter(at_once).static_order())
    except CycleError as error:
        pytest.fail(f"circle: {error.args[1]}")
    assert set(modules()) <= set(order)


@pytest.mark.parametrize("package", SHARED)
def test_alternatives_do_not_know_one_another(package):
    inside = {name for name in modules() if name.startswith(f"{package}.")}
    shared = {f"{package}.{name}" for name in SHARED[package]}
    assert shared <= inside
    known = {name: edges()[name] & (inside - shared - {name}) for name in inside}
    assert {name: others for name, others in known.items() if others} == {}


def test_separators_are_steps_of_one_path():
    # Color, stroke and network don't know one another; the path from paper on is theirs to share.
    assert "separate.stroke" not in edges()["separate.color"]
    assert not {name for name in edges()["separate.stroke"] if name.startswith("separate")}
    inside = {name for name in edges()["separate.network"] if name.startswith("separate")}
    assert inside == {"separate.contrast"}
    asks = {name for name in edges() if "separate.network" in edges()[name]}
    assert asks == {"separate"}
    assert not {name for name in edges() if "separate" in edges()[name] and "separate." in name}


def test_the_package_never_imports_how_it_is_made():
    everything = {name for tree in modules().values() for name in imported(ast.walk(tree))}
    assert "numpy" in {name.split(".")[0] for name in everything}
    assert not {"lab", "tests", "torch"} & {name.split(".")[0] for name in everything}


@pytest.mark.parametrize("name", ["cv2", "onnxruntime", "rapidocr", "tesserocr"])
def test_heavy_libraries_are_imported_where_they_are_used(name):
    users = defaultdict(set)
    for module, tree in modules().items():
        running = set(ast.walk(tree)) - for_type_checkers(tree)
        for when, nodes in (("ever", running), ("at once", running - in_functions(tree))):
            if name in {full.split(".")[0] for full in imported(nodes)}:
                users[when].add(module)
    assert users["ever"]
    assert {module for module in users["at once"] if room(module) != "recognize"} == set()
