"""How foretext is made and measured: scenes with exact truth, training, and the bench.

Nothing in here is installed with the package; ``lab`` may import ``foretext``, never the reverse.
"""
