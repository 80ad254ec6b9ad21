"""What a peer makes of a picture, and what a peer is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink, Mask
from lab.bench.items import Sample

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a peer gives back: one of the first three, and the ink if it tells.

    All are None if it has nothing to say about this picture.

    Attributes
    ----------
    picture : ndarray of uint8, (H', W') or (H', W', 3), or None
        What OCR is to read.
    text : str or None
        What the peer has read itself.
    read : callable or None
        How the peer wants to be read: from the name of an engine to the text.
    ink : (H, W) ndarray of float32, or None
        Coverage of the wanted text in [0, 1], in the size of the input.
    mask : (H, W) ndarray of bool, or None
        Its pixels, if the peer tells them otherwise than by half of that coverage.
    """

    picture: Picture | None = None
    text: str | None = None
    read: Callable[[str], str] | None = None
    ink: Ink | None = None
    mask: Mask | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the peer has nothing to say."""
        return self.picture is None and self.text is None and self.read is None


@dataclass(frozen=True, slots=True)
class Peer:
    """One way to clean or read a picture.

    Attributes
    ----------
    make : callable
        From a sample to an outcome. It gets truth and layout along with the picture; what it may
        use of them is written in `about`.
    about : str
        One line for people.
    module : str
        Where it is written.
    needs : tuple of str
        Python modules that must be installed.
    program : str
        A program that must be installed.
    reads : bool
        Whether it reads by itself, so that no engine is asked.
    no_pages : bool
        Whether it is of no use for pages.
    library : tuple of str
        Which files of foretext, besides its engines, bear on its results.
    """

    make: Callable[[Sample], Outcome]
    about: str
    module: str
    needs: tuple[str, ...] = ()
    program: str = ""
    reads: bool = False
    no_pages: bool = False
    library: tuple[str, ...] = ()


def of_mask(mask: Picture) -> Outcome:
    """Give an outcome for a mask that is 255 where there is text."""
    return Outcome(picture=255 - mask, ink=ink_of(255 - mask))


def of_dark_on_white(picture: Picture) -> Outcome:
    """Give an outcome for a picture that is dark where there is text."""
    return Outcome(picture=picture, ink=ink_of(picture))


def ink_of(picture: Picture) -> Ink:
    """Return how dark each pixel is, from 0 to 1."""
    return np.float32(1) - picture.astype(np.float32) / np.float32(255)
