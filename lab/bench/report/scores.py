"""What a peer achieved on some groups, summed up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lab.bench.metrics.compare import gain, harm, recovery
from lab.bench.metrics.means import UNDEFINED, Mean, mean_of
from lab.bench.peers import OURS, PEERS, REFERENCES
from lab.bench.report.results import Results, values
from lab.bench.rows import Row


class TextSummary(NamedTuple):
    """How well what a peer made was read by one engine.

    Attributes
    ----------
    peer : str
        Who.
    exact, exact_nocase, cer : Mean
        See `lab.bench.metrics.text`; a character error rate of more than 1 counts as 1, lest one
        picture outweighs all others.
    recovery, harm : Mean
        See `lab.bench.metrics.compare`; undefined for peers that read by themselves, as there is
        no same engine to compare with.
    seconds : Mean
        For reading one picture.
    """

    peer: str
    exact: Mean
    exact_nocase: Mean
    cer: Mean
    recovery: Mean
    harm: Mean
    seconds: Mean


class InkSummary(NamedTuple):
    """How well a peer found the ink, and what it took.

    Attributes
    ----------
    peer : str
        Who.
    f, pseudo_f, psnr, drd, edge : Mean
        See `lab.bench.metrics.ink`.
    seconds, seconds_per_megapixel : Mean
        For cleaning one picture.
    """

    peer: str
    f: Mean
    pseudo_f: Mean
    psnr: Mean
    drd: Mean
    edge: Mean
    seconds: Mean
    seconds_per_megapixel: Mean


def capped(row: Row) -> float | None:
    """Return the character error rate of a row, at most 1."""
    return None if row.cer is None else min(row.cer, 1.0)


def text_summary(results: Results, groups: Sequence[str], peer: str, engine: str) -> TextSummary:
    """Sum up how well a peer's pictures were read."""
    read = [row for row in results.rows(groups, peer, engine).values() if row.cer is not None]
    return TextSummary(
        peer,
        mean_of(values(read, lambda row: row.exact)),
        mean_of(values(read, lambda row: row.exact_nocase)),
        mean_of(values(read, capped)),
        _recovery(results, groups, peer, engine),
        _harm(results, groups, peer, engine),
        mean_of([row.read_s for row in read]),
    )


def ink_summary(results: Results, groups: Sequence[str], peer: str, engine: str) -> InkSummary:
    """Sum up how well a peer found the ink. The engine only tells which rows to look at."""
    rows = list(results.rows(groups, peer, engine).values())
    return InkSummary(
        peer,
        mean_of(values(rows, lambda row: row.f)),
        mean_of(values(rows, lambda row: row.pseudo_f)),
        mean_of(values(rows, lambda row: row.psnr)),
        mean_of(values(rows, lambda row: row.drd)),
        mean_of(values(rows, lambda row: row.edge)),
        mean_of([row.clean_s for row in rows]),
        mean_of([row.clean_s / row.megapixels for row in rows]),
    )


def beaten_by(results: Results, groups: Sequence[str], engine: str) -> list[tuple[str, Mean]]:
    """Return whose pictures the same engine reads better than foretext's, the best first.

    Returns
    -------
    list of (str, Mean)
        The peer, and its character error rate less foretext's: below 0. Peers that were not
        measured on all of foretext's pictures are left out, as are those that read by themselves.
    """
    most = len(rates_of(results, groups, [("foretext", engine)])[0])
    found = []
    for peer in results.peers(groups, engine):
        if peer in OURS or peer.startswith("truth") or PEERS[peer].reads:
            continue
        ours, theirs = rates_of(results, groups, [("foretext", engine), (peer, engine)])
        difference = gain(ours, theirs)
        if len(ours) == most and difference.value < 0:
            found.append((peer, difference))
    return sorted(found, key=lambda each: each[1].value)


def best_other(results: Results, groups: Sequence[str], engine: str) -> TextSummary | None:
    """Return the competitor that cleans and whose pictures read best.

    Only those are looked at that were measured on as many pictures as foretext.
    """
    names = [
        peer
        for peer in results.peers(groups, engine)
        if peer not in (*REFERENCES, *OURS) and not PEERS[peer].reads
    ]
    ours = text_summary(results, groups, "foretext", engine)
    all_of_them = [text_summary(results, groups, peer, engine) for peer in names]
    full = [summary for summary in all_of_them if summary.cer.pictures == ours.cer.pictures]
    return min(full, key=lambda summary: summary.cer.value, default=None)


def rates_of(
    results: Results, groups: Sequence[str], columns: Sequence[tuple[str, str]]
) -> list[list[float]]:
    """Return the character error rates of the pictures that all of some columns have.

    Parameters
    ----------
    results : Results
        Where to look.
    groups : sequence of str
        Which families and sets.
    columns : sequence of (str, str)
        Peer and engine of each.

    Returns
    -------
    list of list of float
        One for each column, in the same order of pictures; at most 1, see `capped`.
    """
    tables = [
        {item: rate for item, row in found.items() if (rate := capped(row)) is not None}
        for found in (results.rows(groups, *column) for column in columns)
    ]
    shared = [item for item in tables[0] if all(item in table for table in tables[1:])]
    return [[table[item] for item in shared] for table in tables]


def _recovery(results: Results, groups: Sequence[str], peer: str, engine: str) -> Mean:
    if peer in REFERENCES or PEERS[peer].reads:
        return UNDEFINED
    columns = [(name, engine) for name in ("raw", peer, "truth")]
    return recovery(*rates_of(results, groups, columns))


def _harm(results: Results, groups: Sequence[str], peer: str, engine: str) -> Mean:
    if peer == "raw" or PEERS[peer].reads:
        return UNDEFINED
    return harm(*rates_of(results, groups, [("raw", engine), (peer, engine)]))
