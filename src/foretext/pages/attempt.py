"""One bad page is one error, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from foretext.errors import (
    EngineError,
    ForetextError,
    ForetextWarning,
    KeepError,
    PageError,
    UsageError,
)

T = TypeVar("T")


def attempt(work: Callable[[], T]) -> T | ForetextError:
    """Work on a page; return the result, or why there is none.

    Parameters
    ----------
    work : callable
        What to do.

    Returns
    -------
    T or ForetextError
        The result, or the error. A broken page breaks readers in many ways:
        whatever is raised but interrupts becomes a `PageError`.

    Raises
    ------
    UsageError, EngineError
        If no page could be worked so.
    """
    try:
        return work()
    except KeepError as error:  # the wish may fit other pages
        return KeepError(str(error), hint="name the pages that it fits: --pages (Python: pages=)")
    except (UsageError, EngineError, ForetextWarning):  # the last if warnings are errors
        raise
    except ForetextError as error:
        return error
    except MemoryError as error:
        return _error("there is not enough memory for it", error)
    except Exception as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return _error(f"it is damaged ({said})", error)


def hinted(error: ForetextError) -> str:
    """Return what an error says, with its hint."""
    return f"{error} ({error.hint})" if error.hint else str(error)


def _error(message: str, cause: BaseException) -> PageError:
    error = PageError(message, hint="")
    error.__cause__ = cause
    return error
