"""Training of the network that tells wanted text from all else: ``python -m lab.train``."""
