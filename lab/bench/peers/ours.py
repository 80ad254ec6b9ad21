"""foretext by its defaults, told nothing."""

from __future__ import annotations

import foretext
from lab.bench.items import Sample
from lab.bench.peers.outcome import Outcome


def clean(sample: Sample) -> Outcome:
    """Clean as a user would; how the text stands is left to foretext."""
    cleaned = foretext.clean(sample.picture)
    _ = cleaned.image  # rendering is part of cleaning, not of reading
    return Outcome(
        read=lambda engine: foretext.read_cleaned(cleaned, engine=engine).text,
        ink=cleaned.ink,
        mask=cleaned.binarized if sample.is_scan else None,
    )
