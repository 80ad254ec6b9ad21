"""What became of a PDF and its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from foretext._version import __version__
from foretext.errors import ForetextError
from foretext.pages.ranges import spans
from foretext.steps import Step


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What became of one page.

    Attributes
    ----------
    number : int
        From 1 on.
    action : {"cleaned", "copied", "failed"}
        ``copied``: left as it was, for a good reason; ``failed``: left as it was, because it
        could not be cleaned.
    note : str
        Why, in words.
    dpi : float
        Resolution that it was worked at; 0 if it was not.
    bits : int
        Bits a pixel that it is written with: 4 or 2 for soft ink, 1 for black and white; 0 if it
        was not written anew.
    size_before, size_after : int
        Bytes that its pictures took and take.
    steps : tuple of Step
        What was done with it.
    error : ForetextError or None
        Why it failed.
    """

    number: int
    action: Literal["cleaned", "copied", "failed"]
    note: str
    dpi: float = 0.0
    bits: int = 0
    size_before: int = 0
    size_after: int = 0
    steps: tuple[Step, ...] = ()
    error: ForetextError | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON types."""
        return {
            "page": self.number,
            "action": self.action,
            "note": self.note,
            "dpi": round(self.dpi, 1),
            "bits": self.bits,
            "bytes_before": self.size_before,
            "bytes_after": self.size_after,
            "steps": [step.to_dict() for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class PdfReport:
    """What became of a PDF.

    Attributes
    ----------
    source : str
        What it is called.
    pages : tuple of PdfPage
        Those that were to be cleaned, in their order.
    notes : tuple of str
        What else there is to know.
    """

    source: str
    pages: tuple[PdfPage, ...]
    notes: tuple[str, ...] = ()

    @property
    def cleaned(self) -> tuple[PdfPage, ...]:
        """The pages that were cleaned."""
        return tuple(page for page in self.pages if page.action == "cleaned")

    @property
    def failed(self) -> tuple[PdfPage, ...]:
        """The pages that could not be cleaned."""
        return tuple(page for page in self.pages if page.action == "failed")

    def summary(self) -> list[str]:
        """Return in words what was left as it was, and the notes; a line for each reason."""
        reasons: dict[str, list[int]] = {}
        for page in self.pages:
            if page.action == "copied":
                reasons.setdefault(page.note, []).append(page.number)
        lines = [
            f"page{'s' * (len(numbers) > 1)} {spans(numbers)}: left as "
            f"{'they were' if len(numbers) > 1 else 'it was'}: {note}"
            for note, numbers in reasons.items()
        ]
        return [*lines, *self.notes]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON types."""
        return {
            "foretext": __version__,
            "source": self.source,
            "pages": [page.to_dict() for page in self.pages],
            "notes": list(self.notes),
        }
