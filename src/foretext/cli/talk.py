"""What the command line says: results on stdout, one line a trouble on stderr."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from foretext.errors import ForetextError, ForetextWarning, OutputError

Tell = Callable[[str], None]
"""Shows one line to the user."""


class StdoutError(OutputError):
    """Standard output takes no more: there is no use in going on with other inputs."""

    default_hint = "check where the output goes"

    @property
    def closed(self) -> bool:
        """Whether the reader has just left, as ``head`` does; nobody needs to hear of that."""
        return isinstance(self.__cause__, BrokenPipeError)


def tell(line: str) -> None:
    """Show one line on stderr."""
    typer.echo(line, err=True)


class Teller:
    """Shows lines to the user, and how far a long input is."""

    def __call__(self, line: str) -> None:
        """Show one line."""
        tell(line)

    def pages(self, done: int, count: int) -> None:
        """Show how many pages of an input are done; here, not at all."""


def line_of(name: str, message: str, hint: str = "") -> str:
    """Return a message as the one line that the user sees.

    Parameters
    ----------
    name : str
        The input it is about; most messages name it themselves, and once is enough.
    message : str
        What is wrong.
    hint : str, optional
        What to try next.

    Returns
    -------
    str
        ``foretext: NAME: message (hint)``, without line breaks or control characters.
    """
    if message.startswith(f"{name} "):
        message = f"{name}: {message.removeprefix(name).lstrip()}"
    elif name and not re.search(rf"(?<!\S){re.escape(name)}(?!\w)", message):
        message = f"{name}: {message}"
    return _printable(f"foretext: {message}" + (f" ({hint})" if hint else ""))


def error_line(error: ForetextError, name: str = "") -> str:
    """Return the line for an error."""
    return line_of(name, str(error), error.hint)


@contextmanager
def heard(name: str, tell: Tell) -> Iterator[None]:
    """Turn each `ForetextWarning` into a line; leave out what libraries warn of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", ForetextWarning)
        try:
            yield
        finally:
            for warning in caught:
                tell(line_of(name, str(warning.message)))


def write(data: str | bytes) -> None:
    """Write to stdout, all of it now.

    Raises
    ------
    StdoutError
        If it can't be written.
    """
    try:
        if isinstance(data, bytes):
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(data)
        sys.stdout.flush()
    except OSError as error:
        raise StdoutError(f"can't write to standard output: {error.strerror}") from error


def _printable(line: str) -> str:
    """Return a line that can't break the terminal, whatever a file is called."""
    plain = " ".join(line.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in plain)
