"""Content streams with and without the pictures of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foretext.pages.content import Content, Part

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class Drawing:
    """A content stream, and the pictures and forms that it draws, by name."""

    data: bytes
    xobjects: dict[str, Any]


def only_pictures(pdf: pikepdf.Pdf, content: Content) -> Drawing:
    """Return what draws the pictures of a page, and nothing else."""
    return _drawing(pdf, _only_pictures(content.parts), _only_pictures)


def below_pictures(pdf: pikepdf.Pdf, content: Content) -> Drawing:
    """Return what is drawn before the first picture; no data if nothing is."""
    first = _first_picture(content)
    parts = content.parts[:first]
    return _drawing(pdf, _closed(parts), _no_pictures) if _draws(parts) else Drawing(b"", {})


def above_pictures(pdf: pikepdf.Pdf, content: Content) -> Drawing:
    """Return what is drawn from the first picture on, but pictures; no data if nothing is."""
    first = _first_picture(content)
    parts = [*_undrawn(content.parts[:first]), *_no_pictures(content.parts[first:])]
    return _drawing(pdf, parts, _no_pictures) if _draws(parts) else Drawing(b"", {})


def _first_picture(content: Content) -> int:
    numbers = (number for number, part in enumerate(content.parts) if part.pictured)
    return next(numbers, len(content.parts))


def _draws(parts: Iterable[Part]) -> bool:
    return any(_draws_one(part) for part in parts)


def _draws_one(part: Part) -> bool:
    if part.form is None:
        return part.role in ("text", "paint")
    return _draws(part.form.parts)


def _only_pictures(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        if part.pictured or part.role == "state":
            yield part
        elif part.role == "paint":
            yield from _unpainted(part)


def _no_pictures(parts: Iterable[Part]) -> Iterator[Part]:
    return (part for part in parts if part.role != "picture")


def _undrawn(parts: Iterable[Part]) -> Iterator[Part]:
    """Give what sets the state for later parts, and leave nothing on the page."""
    for part in parts:
        if part.role == "state":
            yield part
        elif part.role == "paint":
            yield from _unpainted(part)


def _unpainted(part: Part) -> Iterator[Part]:
    """Give what ends a path without painting it: it may still clip."""
    import pikepdf

    if str(part.instruction.operator) != "sh":
        yield Part(pikepdf.ContentStreamInstruction([], pikepdf.Operator("n")), "state")


def _closed(parts: Iterable[Part]) -> Iterator[Part]:
    """Give parts that were cut off, and what closes their marked content."""
    import pikepdf

    depth = 0
    for part in parts:
        operator = str(part.instruction.operator)
        depth += (operator in ("BMC", "BDC")) - (operator == "EMC")
        yield part
    for _ in range(depth):
        yield Part(pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC")), "state")


def _drawing(pdf: pikepdf.Pdf, parts: Iterable[Part], inside: Any) -> Drawing:
    """Return the parts as a stream; `inside` selects the parts of forms that draw pictures."""
    import pikepdf

    xobjects: dict[str, Any] = {}
    instructions = []
    depth = 0
    for part in parts:
        operator = str(part.instruction.operator)
        if operator == "Q" and not depth:
            continue  # it would end what stands around this stream
        depth += (operator == "q") - (operator == "Q")
        if part.xobject is not None:
            name = str(part.instruction.operands[0])
            xobjects[name] = _inner(pdf, part, inside)
        instructions.append(part.instruction)
    data = pikepdf.unparse_content_stream(instructions)
    return Drawing(b"q\n" + data + b"\nQ" * (depth + 1) + b"\n", xobjects)


def _inner(pdf: pikepdf.Pdf, part: Part, inside: Any) -> Any:
    """Return a form without what is left out of it; others as they are."""
    if part.form is None or not part.form.pictures:
        return part.xobject
    drawing = _drawing(pdf, inside(part.form.parts), inside)
    left_out = ("/Length", "/Filter", "/DecodeParms", "/Resources")
    entries = {key: value for key, value in part.xobject.items() if key not in left_out}
    form = pdf.make_stream(drawing.data, entries)
    form["/Resources"] = resources_with(part.form.resources, drawing)
    return form


def resources_with(resources: Any, *drawings: Drawing) -> Any:
    """Return resources in which only those pictures and forms are left that are drawn."""
    import pikepdf

    own = pikepdf.Dictionary({key: value for key, value in resources.items()})  # noqa: C416
    xobjects = {name: value for drawing in drawings for name, value in drawing.xobjects.items()}
    own["/XObject"] = pikepdf.Dictionary(xobjects)
    return own
