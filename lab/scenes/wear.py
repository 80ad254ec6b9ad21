"""What happens to a finished picture on its way: shade, blur, noise, JPEG."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from lab.scenes.studio import Studio

_Picture = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Wear:
    """How a picture suffers; the default not at all.

    Attributes
    ----------
    shade : (H, W) ndarray of float32, optional
        Light that reaches each pixel, 1 for all of it.
    blur : float
        Standard deviation of a Gaussian, in pixels.
    noise : float
        Standard deviation of a Gaussian, in gray levels.
    jpeg : int, optional
        JPEG quality, 1 to 100.
    """

    shade: npt.NDArray[np.float32] | None = None
    blur: float = 0.0
    noise: float = 0.0
    jpeg: int | None = None

    def apply(self, picture: _Picture, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
        """Wear ``picture`` down to 8 bits a channel."""
        worn = picture if self.shade is None else picture * self.shade[..., None]
        if self.blur > 0:
            worn = np.asarray(cv2.GaussianBlur(worn, (0, 0), self.blur), np.float32)
        if self.noise > 0:
            worn = worn + rng.normal(0, self.noise, worn.shape).astype(np.float32)
        whole = np.clip(np.rint(worn), 0, 255).astype(np.uint8)
        return whole if self.jpeg is None else _jpeg(whole, self.jpeg)


def _jpeg(picture: npt.NDArray[np.uint8], quality: int) -> npt.NDArray[np.uint8]:
    _, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(decoded[..., ::-1])


def everyday(studio: Studio, shade: npt.NDArray[np.float32] | None = None) -> Wear:
    """Give the wear that pictures commonly show: none on easy ones, mild on hard ones."""
    if not studio.chance(studio.dial(0.2, 0.9)):
        return Wear(shade=shade)
    return Wear(
        shade=shade,
        blur=studio.between(0.3, studio.dial(0.4, 0.9)) if studio.chance(0.5) else 0.0,
        noise=studio.between(0.5, studio.dial(2, 8)) if studio.chance(0.5) else 0.0,
        jpeg=studio.whole(round(studio.dial(80, 35)), 95) if studio.chance(0.6) else None,
    )
