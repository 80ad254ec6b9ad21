"""Working on one input after the other, whatever happens to each."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

from foretext.cli.inputs import Item
from foretext.cli.talk import StdoutError, Teller, error_line, heard, line_of
from foretext.errors import ForetextError

if TYPE_CHECKING:
    from rich.progress import Progress

Work = Callable[[Item, Teller], None]
"""Does what the command is for with one input; may tell the user something of it."""

_FAILED = 1
_PLEASE_REPORT = "this is a bug in foretext: please report it; --debug shows where"


def each(items: Sequence[Item], work: Work, *, debug: bool = False, bar: bool = False) -> None:
    """Work on each input; those that fail don't keep the others from being done.

    Parameters
    ----------
    items : sequence of Item
        The inputs.
    work : callable
        What to do with one.
    debug : bool
        Show the traceback of errors that foretext did not expect.
    bar : bool
        Show on stderr how far it is.

    Raises
    ------
    typer.Exit
        If any failed: with the exit code that all failures share, else with 1.
    StdoutError
        At once, if standard output takes no more.
    """
    codes = set()
    with _progress(items, bar) as (track, tell):
        for item in track:
            code = _attempt(item, work, tell, debug)
            if code:
                codes.add(code)
    if codes:
        _leave(codes)


def wants_bar(*, many: bool, prints: bool) -> bool:
    """Tell whether to show a progress bar: to a person, who is not shown the results anyway."""
    shown = prints and sys.stdout.isatty()
    return many and sys.stderr.isatty() and not shown


def _leave(codes: set[int]) -> NoReturn:
    raise typer.Exit(codes.pop() if len(codes) == 1 else _FAILED)


def _attempt(item: Item, work: Work, tell: Teller, debug: bool) -> int:
    """Return the exit code of the failure; 0 if there was none."""
    try:
        with heard(item.name, tell):
            work(item, tell)
    except StdoutError:
        raise
    except ForetextError as error:
        tell(error_line(error, item.name))
        return error.exit_code
    except MemoryError:
        tell(line_of(item.name, "there is not enough memory for this picture"))
        return _FAILED
    except Exception as error:  # a bug must not take the other inputs with it
        if debug:
            traceback.print_exc()
        said = f"unexpected {type(error).__name__}: {error}"
        tell(line_of(item.name, f"{item.name}: {said}", _PLEASE_REPORT))
        return _FAILED
    return 0


@contextmanager
def _progress(items: Sequence[Item], bar: bool) -> Iterator[tuple[Iterator[Item], Teller]]:
    """Give the items one by one, and a way to speak that does not tear the bar."""
    if not bar:
        yield iter(items), Teller()
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    # Were stdout redirected, results in a pipe would end up in the terminal.
    with Progress(
        *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
    ) as progress:
        task = progress.add_task("foretext", total=len(items), visible=len(items) > 1)
        yield _advancing(items, lambda: progress.advance(task)), _AboveBar(progress)


def _advancing(items: Sequence[Item], advance: Callable[[], None]) -> Iterator[Item]:
    for item in items:
        yield item
        advance()


class _AboveBar(Teller):
    """Speaks above a bar, and has one more bar for pages."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("pages", total=None, visible=False)

    def __call__(self, line: str) -> None:
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def pages(self, done: int, count: int) -> None:
        self._progress.update(self._task, completed=done, total=count, visible=done < count)
