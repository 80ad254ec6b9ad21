"""Pictures with exact truth: wanted text over, under and among unwanted things.

>>> from lab.scenes import FAMILIES, make
>>> scene = make("word_cloud", "dev", 0)
>>> scene.picture.shape == (*scene.ink.shape, 3)
True
"""

from __future__ import annotations

from lab.scenes.families import FAMILIES, Family
from lab.scenes.making import make
from lab.scenes.scene import Box, Layer, Scene, compose

__all__ = ["FAMILIES", "Box", "Family", "Layer", "Scene", "compose", "make"]
