"""Real pictures with truth, kept beside the checkout and never part of it.

They are looked for in ``../shared/data``, or where ``FORETEXT_DATA`` says. A set that isn't there
is empty.
"""

from __future__ import annotations

from lab.sets.listing import Entry, entries, find_data
from lab.sets.reading import Example, read_entry
from lab.sets.table import SETS, RealSet

__all__ = ["SETS", "Entry", "Example", "RealSet", "entries", "find_data", "read_entry"]
