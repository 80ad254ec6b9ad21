"""What stands on a page: its pictures, its text, its lines; read from its content stream."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from foretext.errors import PageError

if TYPE_CHECKING:
    import pikepdf

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Role: TypeAlias = Literal["state", "text", "paint", "picture", "form"]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
INLINE = "INLINE IMAGE"

_SHOW = frozenset(("Tj", "TJ", "'", '"'))
_PAINT = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"))
# Text in these modes leaves no mark: so OCR lays its text over a scan.
_INVISIBLE = frozenset((3, 7))
DEEPEST = 15
"""So many forms within forms are looked into."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page.

    Attributes
    ----------
    width, height : int
        Pixels.
    matrix : Matrix
        Where the unit square goes that it fills, in points of the page.
    bilevel : bool
        Whether it has one bit a pixel.
    size : int
        Bytes that it takes in the file.
    """

    width: int
    height: int
    matrix: Matrix
    bilevel: bool
    size: int

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of what it covers, in points."""
        a, b, c, d, e, f = self.matrix
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def is_seen(self) -> bool:
        """Whether it covers anything."""
        left, bottom, right, top = self.box
        return left < right and bottom < top

    @property
    def dpi(self) -> float:
        """The finer of its two resolutions; 0 if it has no extent."""
        a, b, c, d, _, _ = self.matrix
        sides = ((self.width, math.hypot(a, b)), (self.height, math.hypot(c, d)))
        return max(72.0 * pixels / side if side else 0.0 for pixels, side in sides)


@dataclass(frozen=True, slots=True)
class Part:
    """One instruction, what it does, and for a form what that holds."""

    instruction: Any
    role: Role
    form: Content | None = None
    xobject: Any = None

    @property
    def pictured(self) -> bool:
        """Whether it draws a picture, itself or in a form."""
        return self.role == "picture" or (self.form is not None and bool(self.form.pictures))


@dataclass(slots=True)
class Content:
    """All that a page or form draws.

    Attributes
    ----------
    parts : list of Part
        Its instructions.
    pictures : list of Placed
        Those in its forms, too.
    letters_below, letters_over : int
        How many bytes of visible text are shown before the first picture, and from there on.
    paints : int
        How often a line, an area or a shading is painted.
    resources : pikepdf.Dictionary
        Where its fonts, pictures and so on are.
    """

    resources: Any
    parts: list[Part] = field(default_factory=list)
    pictures: list[Placed] = field(default_factory=list)
    letters_below: int = 0
    letters_over: int = 0
    paints: int = 0

    def add_letters(self, count: int) -> None:
        """Count text that is shown now."""
        if self.pictures:
            self.letters_over += count
        else:
            self.letters_below += count


@dataclass(slots=True)
class _State:
    matrix: Matrix
    mode: int

    def copy(self) -> _State:
        return _State(self.matrix, self.mode)


def content_of(page: pikepdf.Page) -> Content:
    """Read what stands on a page.

    Parameters
    ----------
    page : pikepdf.Page
        The page; left as it is.

    Returns
    -------
    Content

    Raises
    ------
    PageError
        If it draws what the file does not hold.
    pikepdf.PdfError
        If the content stream can't be taken apart.
    """
    import pikepdf

    content = Content(page.obj.get("/Resources", pikepdf.Dictionary()))
    if "/Contents" in page.obj:
        _read(page.obj, content, _State(IDENTITY, 0), depth=0)
    return content


def _read(stream: Any, content: Content, state: _State, *, depth: int) -> None:
    import pikepdf

    stack: list[_State] = []
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        operands = instruction.operands
        if operator == "q":
            stack.append(state.copy())
        elif operator == "Q" and stack:
            state = stack.pop()
        elif operator == "cm" and len(operands) == 6:
            state.matrix = times(_numbers(operands), state.matrix)
        elif operator == "Tr" and operands:
            state.mode = int(operands[0])
        content.parts.append(_part(instruction, operator, content, state, depth))


def _part(instruction: Any, operator: str, content: Content, state: _State, depth: int) -> Part:
    if operator in _SHOW:
        if state.mode not in _INVISIBLE:
            content.add_letters(sum(_lengths(instruction.operands)))
        return Part(instruction, "text")
    if operator in _PAINT:
        content.paints += 1
        return Part(instruction, "paint")
    if operator == INLINE:
        content.pictures.append(_inline(instruction.iimage, state.matrix))
        return Part(instruction, "picture")
    if operator == "Do" and instruction.operands:
        return _drawn(instruction, content, state, depth)
    return Part(instruction, "state")


def _drawn(instruction: Any, content: Content, state: _State, depth: int) -> Part:
    xobject = content.resources.get("/XObject", {}).get(str(instruction.operands[0]))
    if xobject is None:
        raise PageError("it draws a picture that is missing from the file", hint="")
    kind = xobject.get("/Subtype")
    if kind == "/Image":
        content.pictures.append(_picture(xobject, state.matrix))
        return Part(instruction, "picture", xobject=xobject)
    if kind != "/Form" or depth >= DEEPEST:
        return Part(instruction, "state", xobject=xobject)
    inner = Content(xobject.get("/Resources", content.resources))
    matrix = times(_numbers(xobject.get("/Matrix", IDENTITY)), state.matrix)
    _read(xobject, inner, _State(matrix, state.mode), depth=depth + 1)
    content.add_letters(inner.letters_below)
    content.pictures += inner.pictures
    content.add_letters(inner.letters_over)
    content.paints += inner.paints
    return Part(instruction, "form", form=inner, xobject=xobject)


def _picture(xobject: Any, matrix: Matrix) -> Placed:
    bits = 1 if xobject.get("/ImageMask", False) else int(xobject.get("/BitsPerComponent", 8))
    masks = (xobject.get(name) for name in ("/SMask", "/Mask"))
    streams = [xobject, *(mask for mask in masks if _is_stream(mask))]
    size = sum(int(stream.get("/Length", 0)) for stream in streams)
    width, height = int(xobject.get("/Width", 0)), int(xobject.get("/Height", 0))
    return Placed(width, height, matrix, bits == 1, size)


def _is_stream(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Stream)


def _inline(image: Any, matrix: Matrix) -> Placed:
    bilevel = bool(image.image_mask) or image.bits_per_component == 1
    return Placed(image.width, image.height, matrix, bilevel, len(image.unparse()))


def _lengths(operands: Any) -> Iterator[int]:
    """Give the length of each string, in arrays, too."""
    import pikepdf

    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _lengths(operand)
        elif isinstance(operand, (pikepdf.String, str, bytes)):
            yield len(bytes(operand) if not isinstance(operand, str) else operand)


def _numbers(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that applies one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
