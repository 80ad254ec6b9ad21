"""From the table of results to ``docs/benchmarks``."""

from __future__ import annotations

from lab.bench.report.writing import write

__all__ = ["write"]
