"""How commands end: errors become one line and an exit code, help ends with examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from foretext.cli import INTERRUPTED
from foretext.cli.talk import StdoutError, error_line, tell
from foretext.errors import ForetextError

_CLOSED = 141  # 128 + SIGPIPE, as shells count


class WithExamples(TyperCommand):
    """A command whose epilog is shown as it stands, line by line."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help, then the examples."""
        _help_with_examples(self, super().format_help, ctx, formatter)


class Leaving(TyperGroup):
    """Commands that end with one line and an exit code, never with a traceback of ours."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except StdoutError as error:
            if error.closed:
                raise typer.Exit(_CLOSED) from None
            tell(error_line(error))
            raise typer.Exit(error.exit_code) from None
        except ForetextError as error:
            tell(error_line(error))
            raise typer.Exit(error.exit_code) from None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help, then the examples."""
        _help_with_examples(self, super().format_help, ctx, formatter)


def _help_with_examples(
    command: TyperCommand | TyperGroup, show: Callable[[Any, Any], None], ctx: Any, formatter: Any
) -> None:
    # Typer would fold the epilog into paragraphs, each of its versions in another way.
    examples, command.epilog = command.epilog, None
    show(ctx, formatter)
    typer.echo(examples or "", nl=False)
    command.epilog = examples
