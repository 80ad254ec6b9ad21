"""All peers, in one table.

A peer is one function in a file beside this one and one row here. kraken's nlbin is left out: it
comes only with PyTorch and some sixty other packages.
"""

from __future__ import annotations

import functools
import shutil
from typing import Final

from lab.bench.digests import LAB, LIBRARY, digest, digest_of
from lab.bench.needs import edition_of, has
from lab.bench.peers import (
    accepted,
    asker,
    doxa,
    ours,
    parts,
    plain,
    readers,
    replies,
    unpaper,
)
from lab.bench.peers.outcome import Outcome, Peer

__all__ = ["OURS", "PEERS", "REFERENCES", "Outcome", "Peer", "edition", "why_not"]

_DOXA: Final = ("doxapy",)
_RENDERING: Final = (
    *("cleaned.py", "ink.py", "pipeline.py", "recipe.py", "render.py"),
    "restore/enlarge.py",
)
_MEASURES: Final = ("text.py", "ink.py", "edges.py")

PEERS: Final[dict[str, Peer]] = {
    "raw": Peer(plain.raw, "the picture as it is", "plain"),
    "enlarged": Peer(plain.enlarged, "the picture three times as large", "plain", no_pages=True),
    "truth": Peer(
        plain.truth,
        "the true ink, rendered and read as foretext does its own",
        "plain",
        library=_RENDERING,
    ),
    "truth_as_is": Peer(plain.truth_as_is, "the true ink in the size of the input", "plain"),
    "foretext": Peer(ours.clean, "this project by its defaults", "ours", library=(".",)),
    "colors_alone": Peer(
        parts.colors, "foretext with its network switched off", "parts", library=(".",)
    ),
    "network_alone": Peer(
        parts.network, "what foretext's network alone finds", "parts", library=(".",)
    ),
    "all_ink": Peer(
        parts.all_ink, "all ink that foretext finds, before it chooses", "parts", library=(".",)
    ),
    "asker_darkest": Peer(asker.darkest, "the asker's first attempt: gray 0-75", "asker"),
    "asker_grays": Peer(asker.grays, "the asker's second attempt: gray 100-105", "asker"),
    "asker_colors": Peer(asker.colors, "the asker's third attempt: each of BGR 100-104", "asker"),
    "accepted_contours": Peer(
        accepted.contours, "the accepted reply: Otsu, opening, outlines by area, blur", "accepted"
    ),
    "accepted_hsv": Peer(accepted.hsv_range, "the accepted reply: a range of HSV", "accepted"),
    "reply_blur_otsu": Peer(
        replies.blur_otsu, "a usual reply: blur, Otsu, erode, dilate", "replies"
    ),
    "reply_fixed_median": Peer(
        replies.fixed_median, "a usual reply: fixed range, median, dilate", "replies"
    ),
    "reply_adaptive": Peer(replies.adaptive, "a usual reply: adaptive threshold", "replies"),
    "otsu": Peer(doxa.method("OTSU"), "doxapy: Otsu", "doxa", _DOXA),
    "sauvola": Peer(doxa.method("SAUVOLA"), "doxapy: Sauvola", "doxa", _DOXA),
    "wolf": Peer(doxa.method("WOLF"), "doxapy: Wolf", "doxa", _DOXA),
    "isauvola": Peer(doxa.method("ISAUVOLA"), "doxapy: ISauvola", "doxa", _DOXA),
    "su": Peer(doxa.method("SU"), "doxapy: Su", "doxa", _DOXA),
    "gatos": Peer(doxa.method("GATOS"), "doxapy: Gatos", "doxa", _DOXA),
    "unpaper": Peer(
        unpaper.unpaper, "unpaper with OCRmyPDF's options", "unpaper", program="unpaper"
    ),
    "rapidocr_whole": Peer(
        readers.rapidocr_whole,
        "RapidOCR on the raw picture, detector and all",
        "readers",
        ("rapidocr",),
        reads=True,
    ),
    "rapidocr_line": Peer(
        readers.rapidocr_line,
        "RapidOCR's recognizer on the raw picture",
        "readers",
        ("rapidocr",),
        reads=True,
        no_pages=True,
    ),
    "ddddocr": Peer(
        readers.ddddocr,
        "ddddocr on the raw picture; knows lower case only",
        "readers",
        ("ddddocr",),
        reads=True,
        no_pages=True,
    ),
}
"""Every peer by its name, in the order of the report."""

REFERENCES: Final = ("raw", "enlarged", "truth", "truth_as_is")
"""Those that say what there is to win, and are no competitors."""

OURS: Final = ("foretext", "colors_alone", "network_alone", "all_ink")
"""This project, and its parts: they tell what each of them does, and are no competitors."""


def why_not(name: str) -> str:
    """Say why a peer can't run here; empty if it can."""
    peer = PEERS[name]
    absent = [module for module in peer.needs if not has(module)]
    if peer.program and not shutil.which(peer.program):
        absent.append(peer.program)
    return f"{' and '.join(absent)} not installed" if absent else ""


@functools.cache
def edition(name: str) -> str:
    """Return the state of all that bears on a peer's results: its own code, engines, measures."""
    peer = PEERS[name]
    library = [LIBRARY / part for part in ("image", "recognize", *peer.library)]
    bench = LAB / "bench"
    measures = [bench / "metrics" / file for file in _MEASURES]
    own = [bench / "peers" / f"{peer.module}.py", bench / "measure.py"]
    libraries = [edition_of(n) for n in ("tesserocr", "rapidocr", *peer.needs)]
    return digest([digest_of(*library, *measures, *own), *libraries])
