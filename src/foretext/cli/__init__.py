"""The command line: a thin door, each command one call into the face.

Importing this package costs next to nothing, so that ``--help`` is there at once; what cleans
and reads is imported by the command that needs it.
"""

from __future__ import annotations

import io
import sys

__all__ = ["main"]

INTERRUPTED = 130  # 128 + SIGINT, as shells count


def main() -> None:
    """Run the command line; never returns."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever was read must not fail to be shown
            stream.reconfigure(errors="backslashreplace")
    try:
        from foretext.cli.app import app

        app(prog_name="foretext")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
