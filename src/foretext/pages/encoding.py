"""Clean ink as a picture in a PDF: few bytes, soft edges where they can be had."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from foretext.arrays import Ink, Mask, Pixels

if TYPE_CHECKING:
    import pikepdf

# Bits a pixel that soft ink is tried with. Sixteen grays can't be told from 256 in print; with
# four, edges are still soft.
_SOFT = (4, 2)
_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_SIZES = 278, 273, 279
_G4 = -1
_ROWS = 256
_BITS_OF_JPEG = 8
# Photographs are kept at a quality at which hardly a difference can be seen.
_QUALITY = 80


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture for a PDF.

    Attributes
    ----------
    data : bytes
        As it stands in the file.
    width, height : int
        Pixels.
    bits : int
        Bits a pixel of each channel: 4 or 2 for soft ink, 1 for black and white, 8 for JPEG.
    is_gray : bool
        Whether it has one channel; else it has three.
    """

    data: bytes
    width: int
    height: int
    bits: int
    is_gray: bool = True

    def stream(self, pdf: pikepdf.Pdf) -> Any:
        """Return it as an image of a PDF."""
        import pikepdf

        image = pdf.make_stream(
            self.data,
            {
                "/Type": pikepdf.Name.XObject,
                "/Subtype": pikepdf.Name.Image,
                "/Width": self.width,
                "/Height": self.height,
                "/ColorSpace": pikepdf.Name("/DeviceGray" if self.is_gray else "/DeviceRGB"),
                "/BitsPerComponent": self.bits,
            },
        )
        packing = pikepdf.Name.FlateDecode
        if self.bits == 1:
            packing = pikepdf.Name.CCITTFaxDecode
            image["/DecodeParms"] = pikepdf.Dictionary(
                {"/K": _G4, "/Columns": self.width, "/Rows": self.height}
            )
        elif self.bits == _BITS_OF_JPEG:
            packing = pikepdf.Name.DCTDecode
        image["/Filter"] = packing
        return image


def encode_ink(ink: Ink, *, most: int | None = None) -> Encoded:
    """Encode ink, dark on white.

    Parameters
    ----------
    ink : ndarray of float32, (H, W)
        Coverage in [0, 1].
    most : int, optional
        How many bytes it may take. Fewer grays are used, and black and white at last, until
        that is kept; black and white is taken even if it is not.

    Returns
    -------
    Encoded
    """
    for bits in _SOFT:
        encoded = _soft(ink, bits)
        if most is None or len(encoded.data) <= most:
            return encoded
    return encode_mask(ink > 0.5)


def encode_photograph(pixels: Pixels) -> Encoded:
    """Encode a part of a page as it is, (H, W, 3) RGB, by JPEG."""
    import PIL.Image

    from foretext.separate.contrast import is_gray

    one = is_gray(pixels)
    shown = np.ascontiguousarray(pixels[..., 0] if one else pixels)
    file = io.BytesIO()
    PIL.Image.fromarray(shown).save(file, format="JPEG", quality=_QUALITY, optimize=True)
    return Encoded(file.getvalue(), pixels.shape[1], pixels.shape[0], _BITS_OF_JPEG, one)


def encode_mask(mask: Mask) -> Encoded:
    """Encode a mask, True being black, by CCITT's group 4."""
    import PIL.Image

    height, width = mask.shape
    file = io.BytesIO()
    PIL.Image.fromarray(mask).save(  # group 4 takes ones for black
        file, format="TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: height}
    )
    with PIL.Image.open(file) as picture:
        tags = picture.tag_v2  # type: ignore[attr-defined]
        (start,), (size,) = tags[_STRIP_OFFSETS], tags[_STRIP_SIZES]
    return Encoded(file.getvalue()[start : start + size], width, height, 1)


def _soft(ink: Ink, bits: int) -> Encoded:
    height, width = ink.shape
    white = 2**bits - 1
    levels = np.empty(ink.shape, np.uint8)
    for top in range(0, height, _ROWS):  # all at once would take many times the picture's bytes
        rows = slice(top, top + _ROWS)
        levels[rows] = white - np.rint(ink[rows] * white)
    return Encoded(zlib.compress(_packed(levels, bits).tobytes(), 9), width, height, bits)


def _packed(levels: npt.NDArray[np.uint8], bits: int) -> npt.NDArray[np.uint8]:
    """Put several pixels into each byte, the first one highest; rows begin at a byte."""
    each = 8 // bits
    padded = np.pad(levels, ((0, 0), (0, -levels.shape[1] % each)))
    packed = np.zeros((padded.shape[0], padded.shape[1] // each), np.uint8)
    for place in range(each):
        packed |= padded[:, place::each] << np.uint8(8 - bits * (place + 1))
    return packed
