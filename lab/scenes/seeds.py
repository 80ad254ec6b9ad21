"""Chance that is the same everywhere: a generator for every scene, from its name."""

from __future__ import annotations

import hashlib

import numpy as np


def generator(*name: str | int) -> np.random.Generator:
    """Give the random generator that belongs to a name.

    Parameters
    ----------
    *name : str or int
        The parts of the name, such as family, split and index.

    Returns
    -------
    numpy.random.Generator
        A PCG64 generator seeded from a SHA-256 of the name, the same in every process.
    """
    text = "\x1f".join(str(part) for part in name)
    digest = hashlib.sha256(text.encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
