"""The network that tells letters: the lines it learns from, its training, its way into the package.

``python -m lab.letters --minutes 12 --ship`` is all of it; see ``docs/letters.md``.
"""
