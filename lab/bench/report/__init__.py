"""From the table of results to ``docs/benchmarks``."""
