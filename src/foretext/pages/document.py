"""Opening PDFs, and saying clearly why one can't be."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from foretext.errors import (
    EmptyInputError,
    InputNotFoundError,
    MissingExtraError,
    PdfError,
    PdfPasswordError,
    UsageError,
)
from foretext.files import reason_of

if TYPE_CHECKING:
    import pikepdf

PdfSource: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO"
"""A PDF: a path, its bytes, or a binary file, which is read to its end."""

# Where a PDF may say that it is one: some have a mail header or the like before it.
_HEAD_SIZE = 1024


def name_of(source: PdfSource) -> str:
    """Return what messages call the source."""
    if isinstance(source, (str, os.PathLike)):
        return os.fsdecode(source)
    name = (
        "<bytes>"
        if isinstance(source, (bytes, bytearray, memoryview))
        else getattr(source, "name", None)
    )
    return name if isinstance(name, str) else "<stream>"


def is_pdf(source: str | os.PathLike[str] | bytes) -> bool:
    """Tell whether a file (or its bytes) is a PDF: by how it begins, or else by its name.

    The name alone tells of what can be read only once, is empty, or is not there.
    """
    if isinstance(source, bytes):
        return b"%PDF-" in source[:_HEAD_SIZE]
    head = _head(Path(source))
    return is_pdf(head) if head else os.fsdecode(source).lower().endswith(".pdf")


def _head(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(_HEAD_SIZE)
    except (OSError, ValueError):
        return b""


def held(source: PdfSource) -> Path | bytes:
    """Return a source that can be opened several times.

    Raises
    ------
    InputNotFoundError
        If it can't be read.
    EmptyInputError
        If it holds no bytes.
    PdfError
        If it is neither a path, nor bytes, nor a binary file.
    """
    name = name_of(source)
    try:
        kept = _path(source) if isinstance(source, (str, os.PathLike)) else _bytes(source)
        empty = not (kept.stat().st_size if isinstance(kept, Path) else kept)
    except (OSError, ValueError) as error:
        raise InputNotFoundError(f"can't read {name}: {reason_of(error)}") from error
    if empty:
        raise EmptyInputError(f"{name} holds no bytes", hint=PdfError.default_hint)
    return kept


def _path(source: str | os.PathLike[str]) -> Path | bytes:
    """Return the path; of a pipe, which can be read only once, its bytes."""
    path = Path(source)
    with path.open("rb") as file:
        return path if file.seekable() else file.read()


def _bytes(source: bytes | bytearray | memoryview | BinaryIO) -> bytes:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if not is_binary(source, "read"):
        raise PdfError(
            f"can't take a PDF from {type(source).__name__}",
            hint="give a path, bytes or a file that is open as binary",
        )
    return source.read()


def is_binary(file: object, method: str) -> bool:
    """Tell whether something is a file that can be read or written as binary."""
    return hasattr(file, method) and not isinstance(file, io.TextIOBase)


@contextmanager
def opened(source: Path | bytes, name: str, password: str | None) -> Iterator[pikepdf.Pdf]:
    """Open a PDF; damage of its structure is mended where that is possible.

    Parameters
    ----------
    source : Path or bytes
        As `held` returns it.
    name : str
        What messages call it.
    password : str, optional
        Of an encrypted PDF.

    Yields
    ------
    pikepdf.Pdf
        With at least one page.

    Raises
    ------
    PdfError
        If it is no PDF or is beyond repair.
    PdfPasswordError
        If the password is missing or wrong.
    EmptyInputError
        If it has no pages.
    UsageError
        If `password` is no text.
    MissingExtraError
        If the packages for PDFs are not installed.
    """
    require()
    import pikepdf

    if not isinstance(password, str | None):
        raise UsageError(f"a password is a text, not {password!r}")
    given = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        pdf = pikepdf.Pdf.open(given, password=password or "", suppress_warnings=True)
        count = len(pdf.pages)
    except pikepdf.PasswordError as error:
        wrong = "the password is wrong" if password else "it is encrypted"
        raise PdfPasswordError(f"{name} can't be opened: {wrong}") from error
    except Exception as error:  # damage makes it raise more than its own errors
        what = "is damaged beyond repair" if is_pdf(source) else "is not a PDF"
        raise PdfError(f"{name} {what}") from error
    with pdf:
        if not count:
            raise EmptyInputError(f"{name} holds no pages", hint=PdfError.default_hint)
        yield pdf


def require() -> None:
    """Check that the packages for PDFs are there.

    Raises
    ------
    MissingExtraError
        If not.
    """
    try:
        import pikepdf  # noqa: F401
        import pypdfium2  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(
            f"PDFs need a package that is not installed: {error.name}",
            hint="pip install 'foretext[pdf]'",
        ) from error
