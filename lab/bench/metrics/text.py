"""How well a text was read."""

from __future__ import annotations

from dataclasses import dataclass

from lab.bench.needs import need


@dataclass(frozen=True, slots=True)
class TextScores:
    """How well one text was read.

    Attributes
    ----------
    exact, exact_nocase : float
        1 if it was read without any error, or with errors of case only; else 0.
    cer : float
        Character error rate: insertions, deletions and substitutions for each character of the
        truth; more than 1 if much was read that isn't there.
    """

    exact: float
    exact_nocase: float
    cer: float


def normalized(text: str, truth: str) -> str:
    """Return a text with its white space evened out.

    Parameters
    ----------
    text : str
        What to even out: a reading, or the truth itself.
    truth : str
        What is written there. If that is a single word, all white space is dropped, since spaces
        between lone characters are spacing; else every run of white space becomes one space, as
        where a line breaks is layout.

    Returns
    -------
    str
    """
    return ("" if len(truth.split()) == 1 else " ").join(text.split())


def score_text(read: str, truth: str, *, ignore_case: bool = False) -> TextScores:
    """Compare a reading with the truth.

    Parameters
    ----------
    read, truth : str
        The texts; only their white space is evened out, see `normalized`.
    ignore_case : bool, optional
        Count upper and lower case as the same throughout.

    Returns
    -------
    TextScores
    """
    ours, wanted = normalized(read, truth), normalized(truth, truth)
    same_but_case = float(ours.casefold() == wanted.casefold())
    if ignore_case:
        ours, wanted = ours.casefold(), wanted.casefold()
    edits = need("rapidfuzz.distance").Levenshtein.distance(ours, wanted)
    return TextScores(float(ours == wanted), same_but_case, edits / max(1, len(wanted)))
