"""Pictures of every kind come in right or are refused by name; saving is whole or not at all."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import threading
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foretext.errors import (
    EmptyInputError,
    ForetextError,
    ForetextWarning,
    ImageTooLargeError,
    InputNotFoundError,
    NotAnImageError,
    OutputError,
    TruncatedImageError,
    UnsupportedImageError,
)
from foretext.image import (
    DEFAULT_MAX_PIXELS,
    SAVE_SUFFIXES,
    Image,
    decoding,
    encode,
    load,
    save,
    saving,
)

BLACK, WHITE, RED, GREEN, BLUE = (0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255)
ORIENTATION = 0x0112


def noise(*shape: int) -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, shape, dtype=np.uint8)


def file_of(picture: PIL.Image.Image, format_: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, format=format_, **options)
    return file.getvalue()


def picture_of(mode: str, *values: Any) -> PIL.Image.Image:
    """One row of pixels."""
    picture = PIL.Image.new(mode, (len(values), 1))
    for x, value in enumerate(values):
        picture.putpixel((x, 0), value)
    return picture


def row(image: Image) -> list[tuple[int, ...]]:
    """The pixels of a picture of one row."""
    assert image.height == 1
    return [tuple(int(v) for v in pixel) for pixel in image.pixels[0]]


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    start = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + start + png_chunk(b"IDAT", zlib.compress(b"\0" * 64))


def frames(count: int, mode: str = "L") -> list[PIL.Image.Image]:
    return [PIL.Image.new(mode, (4, 3), 40 * (n + 1)) for n in range(count)]


def animation(format_: str, count: int = 3) -> bytes:
    first, *rest = frames(count)
    return file_of(first, format_, save_all=True, append_images=rest)


# What `load` takes


@pytest.mark.parametrize("kind", [str, Path])
def test_a_path(tmp_path: Path, kind: type) -> None:
    pixels = noise(5, 7, 3)
    path = tmp_path / "ä b.png"
    path.write_bytes(file_of(PIL.Image.fromarray(pixels)))
    image = load(kind(path))
    np.testing.assert_array_equal(image.pixels, pixels)
    assert (image.height, image.width, image.source) == (5, 7, str(path))


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes(kind: Any) -> None:
    pixels = noise(5, 7, 3)
    image = load(kind(file_of(PIL.Image.fromarray(pixels))))
    np.testing.assert_array_equal(image.pixels, pixels)
    assert image.source == "<bytes>"


def test_a_file_is_read_from_where_it_stands_and_stays_open() -> None:
    pixels = noise(5, 7, 3)
    file = io.BytesIO(b"junk" + file_of(PIL.Image.fromarray(pixels)))
    file.seek(4)
    image = load(file)
    np.testing.assert_array_equal(image.pixels, pixels)
    assert image.source == "<stream>"
    assert not file.closed


def test_a_named_file_tells_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(file_of(PIL.Image.fromarray(noise(2, 2))))
    with path.open("rb") as file:
        assert load(file).source == str(path)


@pytest.mark.parametrize("format_", ["PNG", "TIFF", "JPEG"])
def test_a_pipe(format_: str) -> None:
    data = file_of(PIL.Image.fromarray(noise(5, 7, 3)), format_)
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as file:
        file.write(data)
    with os.fdopen(reading, "rb") as file:
        assert not file.seekable()
        image = load(file)
    np.testing.assert_array_equal(image.pixels, load(data).pixels)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_path_that_is_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    data = file_of(PIL.Image.fromarray(noise(5, 7, 3)), "TIFF", compression="tiff_lzw")
    writer = threading.Thread(target=path.write_bytes, args=(data,))
    writer.start()
    image = load(path)
    writer.join()
    np.testing.assert_array_equal(image.pixels, noise(5, 7, 3))


def test_a_pil_image() -> None:
    picture = PIL.Image.fromarray(noise(5, 7, 3))
    image = load(picture)
    picture.putpixel((0, 0), (1, 2, 3))
    np.testing.assert_array_equal(image.pixels, noise(5, 7, 3))
    assert image.source == "<picture>"


def test_an_opened_pil_image_tells_its_path_and_is_upright(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = 6
    path.write_bytes(file_of(picture_of("L", 10, 20), exif=exif))
    with PIL.Image.open(path) as picture:
        image = load(picture)
    assert image.source == str(path)
    assert image.pixels[:, :, 0].tolist() == [[10], [20]]


def test_a_pil_image_gives_the_frame_it_stands_on() -> None:
    with PIL.Image.open(io.BytesIO(animation("TIFF"))) as picture:
        picture.seek(1)
        assert load(picture).pixels[0, 0].tolist() == [80] * 3
        assert picture.tell() == 1


def test_a_damaged_pil_image() -> None:
    data = file_of(PIL.Image.fromarray(noise(50, 50, 3)))
    picture = PIL.Image.open(io.BytesIO(data[: len(data) // 2]))
    with picture, pytest.raises(TruncatedImageError, match="<picture>"):
        load(picture)


def test_an_image_comes_back_as_it_is() -> None:
    image = load(noise(4, 4, 3))
    assert load(image, max_pixels=1) is image


@pytest.mark.parametrize("source", [None, 3, 2.5, [[1, 2]], object()])
def test_other_things_are_refused(source: Any) -> None:
    with pytest.raises(UnsupportedImageError, match=type(source).__name__) as caught:
        load(source)
    assert "numpy array" in caught.value.hint


def test_a_text_file_is_refused() -> None:
    with pytest.raises(UnsupportedImageError) as caught:
        load(io.StringIO("text"))  # type: ignore[arg-type]
    assert '"rb"' in caught.value.hint


def test_images_are_read_only_and_compared_by_identity() -> None:
    image = load(noise(4, 4, 3))
    with pytest.raises(ValueError, match="read-only"):
        image.pixels[0, 0, 0] = 1
    assert image.pixels.dtype == np.uint8
    assert image.pixels.flags.c_contiguous
    assert image != load(noise(4, 4, 3))


# Modes


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (picture_of("1", 0, 255), [BLACK, WHITE]),
        (picture_of("L", 0, 77, 255), [BLACK, (77,) * 3, WHITE]),
        (picture_of("RGB", RED, (1, 2, 3)), [RED, (1, 2, 3)]),
        (picture_of("RGBX", (1, 2, 3, 0)), [(1, 2, 3)]),
        (
            picture_of("RGBA", (*RED, 255), (*RED, 0), (*RED, 51), (0, 0, 0, 128)),
            [RED, WHITE, (255, 204, 204), (127, 127, 127)],
        ),
        (picture_of("RGBa", (0, 0, 0, 0), (255, 0, 0, 255)), [WHITE, RED]),
        (picture_of("LA", (0, 255), (0, 0), (100, 51)), [BLACK, WHITE, (224,) * 3]),
        (picture_of("La", (0, 0), (100, 255)), [WHITE, (100,) * 3]),
        (
            picture_of("CMYK", (0, 0, 0, 0), (0, 255, 255, 0), (0, 0, 0, 255)),
            [WHITE, RED, BLACK],
        ),
        (picture_of("HSV", (0, 255, 255), (0, 0, 255)), [RED, WHITE]),
        (picture_of("YCbCr", (0, 128, 128), (255, 128, 128)), [BLACK, WHITE]),
        (picture_of("I;16", 0, 128, 129, 65535), [BLACK, BLACK, (1,) * 3, WHITE]),
        (picture_of("I;16B", 0, 257 * 9, 65535), [BLACK, (9,) * 3, WHITE]),
        (picture_of("I", 0, 257 * 9, 65535), [BLACK, (9,) * 3, WHITE]),
        (picture_of("I", 0, 9, 255), [BLACK, (9,) * 3, WHITE]),
        (picture_of("I", 0, 65536 * 2, 65536 * 4), [BLACK, (128,) * 3, WHITE]),
        (picture_of("I", -200, 0, 200), [BLACK, (128,) * 3, WHITE]),
        (picture_of("I", -5, -5), [BLACK, BLACK]),
        (picture_of("F", 0.0, 0.2, 1.0), [BLACK, (51,) * 3, WHITE]),
        (picture_of("F", 0.0, 9.4, 255.0), [BLACK, (9,) * 3, WHITE]),
        (picture_of("F", 0.0, 257.0, 65535.0), [BLACK, (1,) * 3, WHITE]),
        (picture_of("F", -1.0, 0.0, 1.0), [BLACK, (128,) * 3, WHITE]),
        (picture_of("F", -3e38, 3e38), [BLACK, WHITE]),
    ],
    ids=lambda value: value.mode if isinstance(value, PIL.Image.Image) else "",
)
def test_modes(picture: PIL.Image.Image, expected: list[tuple[int, ...]]) -> None:
    assert row(load(picture)) == expected


def test_lab() -> None:
    picture = picture_of("LAB", (0, 128, 128), (255, 128, 128))
    np.testing.assert_allclose(load(picture).pixels[0], [BLACK, WHITE], atol=2)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_float_picture_must_be_finite(value: float) -> None:
    with pytest.raises(UnsupportedImageError, match="NaN or infinite"):
        load(picture_of("F", 0.0, value))


def palette_of(*colors: tuple[int, ...]) -> PIL.Image.Image:
    """One row that shows each entry of a palette."""
    picture = PIL.Image.new("P", (len(colors), 1))
    picture.putpalette([channel for color in colors for channel in color])
    picture.putdata(range(len(colors)))
    return picture


@pytest.mark.parametrize("format_", ["PNG", "GIF", "TIFF", "BMP"])
def test_a_palette(format_: str) -> None:
    assert row(load(file_of(palette_of(RED, GREEN, (9, 8, 7)), format_))) == [RED, GREEN, (9, 8, 7)]


@pytest.mark.parametrize("format_", ["PNG", "GIF"])
def test_a_palette_with_one_transparent_color(format_: str) -> None:
    data = file_of(palette_of(RED, GREEN, BLUE), format_, transparency=1)
    assert row(load(data)) == [RED, WHITE, BLUE]


def test_a_palette_with_an_alpha_for_each_color() -> None:
    data = file_of(palette_of(RED, RED, RED), transparency=bytes([255, 51, 0]))
    assert row(load(data)) == [RED, (255, 204, 204), WHITE]


def test_a_palette_with_alpha_in_it() -> None:
    picture = PIL.Image.new("P", (2, 1))
    picture.putpalette([*RED, 255, *RED, 51], "RGBA")
    picture.putdata([0, 1])
    assert row(load(picture)) == [RED, (255, 204, 204)]


@pytest.mark.parametrize(
    ("picture", "key", "expected"),
    [
        (picture_of("L", 0, 90), 0, [WHITE, (90,) * 3]),
        (picture_of("RGB", RED, GREEN), RED, [WHITE, GREEN]),
        (picture_of("1", 0, 255), 0, [(0, 0, 0), WHITE]),  # on white nothing would be left
    ],
)
def test_a_transparent_color_key(picture: PIL.Image.Image, key: Any, expected: list[Any]) -> None:
    assert row(load(file_of(picture, transparency=key))) == expected


@pytest.mark.parametrize("format_", ["PNG", "TIFF", "WEBP"])
def test_a_file_with_alpha(format_: str) -> None:
    options = {"lossless": True, "exact": True} if format_ == "WEBP" else {}
    picture = picture_of("RGBA", (*RED, 255), (0, 0, 0, 0), (*BLUE, 51))
    assert row(load(file_of(picture, format_, **options))) == [RED, WHITE, (204, 204, 255)]


@pytest.mark.parametrize("format_", ["PNG", "TIFF", "PPM"])
def test_sixteen_bit_gray_files(format_: str) -> None:
    picture = picture_of("I;16", 0, 257 * 100, 65535)
    assert row(load(file_of(picture, format_))) == [BLACK, (100,) * 3, WHITE]


def test_sixteen_bit_gray_is_rounded_to_the_nearest() -> None:
    every = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    expected = np.rint(every / 257)
    np.testing.assert_array_equal(load(every).pixels[..., 0], expected)
    np.testing.assert_array_equal(load(every.astype(">u2")).pixels[..., 0], expected)
    np.testing.assert_array_equal(load(PIL.Image.fromarray(every)).pixels[..., 0], expected)


def test_a_sixteen_bit_rgb_png() -> None:
    start = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0))
    rows = b"\0" + struct.pack(">6H", 65535, 0, 257 * 7, 0, 65535, 0)
    data = b"\x89PNG\r\n\x1a\n" + start + png_chunk(b"IDAT", zlib.compress(rows))
    assert row(load(data + png_chunk(b"IEND", b""))) == [(255, 0, 7), (0, 255, 0)]


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_jpeg(mode: str) -> None:
    picture = PIL.Image.new("RGB", (16, 16), (180, 180, 180) if mode == "L" else (200, 30, 60))
    data = file_of(picture.convert(mode), "JPEG", quality=100, subsampling=0)
    expected = picture.getpixel((0, 0))
    np.testing.assert_allclose(load(data).pixels, np.broadcast_to(expected, (16, 16, 3)), atol=4)


@pytest.mark.parametrize("format_", ["WEBP", "BMP", "JPEG2000", "AVIF", "PPM"])
def test_other_formats(format_: str) -> None:
    lossless: dict[str, Any] = {
        "WEBP": {"lossless": True},
        "AVIF": {"quality": 100, "subsampling": "4:4:4"},
    }
    if format_ == "AVIF":
        pytest.importorskip("PIL._avif")
    picture = PIL.Image.new("RGB", (16, 16), (200, 30, 60))
    image = load(file_of(picture, format_, **lossless.get(format_, {})))
    atol = 3 if format_ == "AVIF" else 0
    np.testing.assert_allclose(image.pixels, np.asarray(picture), atol=atol)


# Orientation

STORED = [[1, 2, 3], [4, 5, 6]]
UPRIGHT = {
    1: STORED,
    2: [[3, 2, 1], [6, 5, 4]],
    3: [[6, 5, 4], [3, 2, 1]],
    4: [[4, 5, 6], [1, 2, 3]],
    5: [[1, 4], [2, 5], [3, 6]],
    6: [[4, 1], [5, 2], [6, 3]],
    7: [[6, 3], [5, 2], [4, 1]],
    8: [[3, 6], [2, 5], [1, 4]],
}


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize(
    ("format_", "options"),
    [("PNG", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"})],
)
def test_orientation(format_: str, options: dict[str, str], orientation: int) -> None:
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = orientation
    picture = PIL.Image.fromarray(np.array(STORED, dtype=np.uint8))
    data = file_of(picture, format_, exif=exif, dpi=(300, 200), **options)
    image = load(data)
    assert image.pixels[..., 0].tolist() == UPRIGHT[orientation]
    assert image.dpi == ((200, 300) if orientation in (5, 6, 7, 8) else (300, 200))


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_orientation_of_a_photo(orientation: int) -> None:
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = orientation
    blocks = np.kron(np.array(STORED, dtype=np.uint8) * 40, np.ones((16, 16), dtype=np.uint8))
    image = load(file_of(PIL.Image.fromarray(blocks), "JPEG", exif=exif, quality=100))
    np.testing.assert_allclose(
        image.pixels[8::16, 8::16, 0], 40 * np.array(UPRIGHT[orientation]), atol=3
    )


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_unknown_orientation_is_none(orientation: int) -> None:
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = orientation
    assert row(load(file_of(picture_of("L", 1, 2), exif=exif))) == [(1,) * 3, (2,) * 3]


@pytest.mark.parametrize("block", [b"", b"Exif\0\0", b"Exif\0\0II*\0\x08\0\0\0\xff\xff", b"junk!"])
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_broken_exif_block_does_no_harm(format_: str, block: bytes) -> None:
    picture = PIL.Image.new("L", (8, 8), 100)
    image = load(file_of(picture, format_, exif=block))
    np.testing.assert_allclose(image.pixels, 100, atol=1)


@pytest.mark.parametrize(
    ("color", "part", "paper"),
    [
        ((250, 250, 250), 0.2, 0),  # light letters that white would swallow
        ((250, 250, 250), 0.8, 0),  # nothing else would be seen on white
        ((255, 230, 0), 0.2, 255),  # yellow is seen on white
        ((30, 30, 30), 0.2, 255),
        ((250, 250, 250), 0.0, 255),  # nothing at all
    ],
)
def test_light_writing_on_nothing_is_laid_on_black(
    color: tuple[int, int, int], part: float, paper: int
) -> None:
    pixels = np.zeros((10, 10, 4), np.uint8)
    rows = round(10 * part)
    pixels[:rows] = (*color, 255)
    found = load(pixels).pixels
    assert (found[:rows] == color).all()
    assert (found[rows:] == paper).all()
    assert (load(PIL.Image.fromarray(pixels)).pixels == found).all()


def test_light_paper_with_clear_corners_is_laid_on_white() -> None:
    pixels = np.full((10, 10, 4), 250, np.uint8)
    pixels[0, 0] = 0
    pixels[4:6, 2:8, :3] = 20
    assert (load(pixels).pixels[0, 0] == 255).all()


def test_only_paths_can_be_saved_to() -> None:
    with pytest.raises(OutputError, match="BytesIO: it is no path") as caught:
        save(io.BytesIO(), noise(5, 7))  # type: ignore[arg-type]
    assert "encode" in caught.value.hint


# Frames


@pytest.mark.parametrize("format_", ["GIF", "PNG", "TIFF", "WEBP"])
def test_the_first_of_several_frames(format_: str) -> None:
    options = {"lossless": True} if format_ == "WEBP" else {}
    first, *rest = frames(3)
    data = file_of(first, format_, save_all=True, append_images=rest, **options)
    kind = "pages" if format_ == "TIFF" else "frames"
    said = rf"<bytes> holds 3 {kind}: .* left the other 2"
    with pytest.warns(ForetextWarning, match=said) as log:
        image = load(data)
    assert image.pixels.shape == (3, 4, 3)
    assert (image.pixels == 40).all()
    assert [warning.filename for warning in log] == [__file__]


@pytest.mark.parametrize("format_", ["GIF", "PNG", "TIFF", "WEBP"])
def test_one_frame_needs_no_warning(format_: str) -> None:
    assert load(animation(format_, count=1)).height == 3


def test_the_previews_in_a_photo_are_no_pages() -> None:
    first, second = (PIL.Image.new("L", (16, 16), value) for value in (40, 200))
    data = file_of(first, "MPO", save_all=True, append_images=[second])
    with PIL.Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.n_frames) == ("MPO", 2)
    np.testing.assert_allclose(load(data).pixels, 40, atol=1)


# Resolution


@pytest.mark.parametrize(
    ("format_", "dpi"),
    [("PNG", (300, 150)), ("JPEG", (300, 150)), ("TIFF", (300.5, 150.2)), ("BMP", (300, 150))],
)
def test_dpi_of_a_file(format_: str, dpi: tuple[float, float]) -> None:
    assert load(file_of(PIL.Image.new("L", (8, 8)), format_, dpi=dpi)).dpi == dpi


def test_dpi_of_a_tiff_in_centimeters() -> None:
    options = {"resolution_unit": "cm", "x_resolution": 100.0, "y_resolution": 50.0}
    assert load(file_of(PIL.Image.new("L", (8, 8)), "TIFF", **options)).dpi == (254, 127)


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "TIFF", "GIF", "WEBP"])
def test_no_dpi(format_: str) -> None:
    assert load(file_of(PIL.Image.new("L", (8, 8)), format_)).dpi is None


@pytest.mark.parametrize(
    "dpi",
    [
        (0, 300),
        (300, -1),
        (1, 1),
        (300, 9.9),
        (float("nan"), 300),
        (300, float("inf")),
        (10_001, 300),
        (300,),
        300,
        "x",
    ],
)
def test_implausible_dpi(dpi: Any) -> None:
    picture = PIL.Image.new("L", (8, 8))
    picture.info["dpi"] = dpi
    assert load(picture).dpi is None


def test_the_ends_of_plausible_dpi() -> None:
    picture = PIL.Image.new("L", (8, 8))
    picture.info["dpi"] = (10_000, 10)
    assert load(picture).dpi == (10_000, 10)


# Arrays


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.array([[0, 77]], np.uint8), [BLACK, (77,) * 3]),
        (np.array([[[0], [77]]], np.uint8), [BLACK, (77,) * 3]),
        (np.array([[RED, (1, 2, 3)]], np.uint8), [RED, (1, 2, 3)]),
        (
            np.array([[(*RED, 255), (*RED, 51), (*RED, 0)]], np.uint8),
            [RED, (255, 204, 204), WHITE],
        ),
        (np.array([[False, True]]), [BLACK, WHITE]),
        (np.array([[[True, False, False]]]), [RED]),
        (np.array([[0, 257 * 9, 65535]], np.uint16), [BLACK, (9,) * 3, WHITE]),
        (np.array([[(65535, 0, 0, 257 * 51)]], np.uint16), [(255, 204, 204)]),
        (np.array([[0, 0.2, 1]], np.float16), [BLACK, (51,) * 3, WHITE]),
        (np.array([[0, 0.2, 1]], np.float32), [BLACK, (51,) * 3, WHITE]),
        (np.array([[0, 0.2, 1]], np.float64), [BLACK, (51,) * 3, WHITE]),
        (np.array([[0, 0.2, 1]], ">f8"), [BLACK, (51,) * 3, WHITE]),
        (np.array([[(1, 0, 0, 0.2)]]), [(255, 204, 204)]),
        (np.array([[1, 2], [3, 4]], np.uint8).T[:1], [(1,) * 3, (3,) * 3]),
        (np.array([[1, 2, 3]], np.uint8)[:, ::-1], [(3,) * 3, (2,) * 3, (1,) * 3]),
    ],
)
def test_arrays(array: np.ndarray, expected: list[tuple[int, ...]]) -> None:
    before = array.copy()
    image = load(array)
    assert row(image) == expected
    assert image.source == "<array>"
    assert image.dpi is None
    np.testing.assert_array_equal(array, before)
    assert array.flags.writeable


@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 1), (3, 4, 3), (3, 4, 4)])
def test_a_later_change_of_the_array_does_not_reach_the_image(shape: tuple[int, ...]) -> None:
    array = np.full(shape, 255, np.uint8)
    image = load(array)
    array[:] = 0
    assert (image.pixels == 255).all()


def test_laying_on_white_is_rounded_to_the_nearest() -> None:
    color, alpha = np.meshgrid(np.arange(256), np.arange(256))
    rgba = np.stack([color, color, color, alpha], axis=2).astype(np.uint8)
    exact = (color * alpha + 255 * (255 - alpha)) / 255
    np.testing.assert_array_equal(load(rgba).pixels[..., 0], np.rint(exact))


@pytest.mark.parametrize(
    "array",
    [
        np.zeros(5, np.uint8),
        np.zeros((), np.uint8),
        np.zeros((3, 4, 2), np.uint8),
        np.zeros((3, 4, 5), np.uint8),
        np.zeros((3, 4, 3, 3), np.uint8),
        np.zeros((3, 4), np.int64),
        np.zeros((3, 4), np.int8),
        np.zeros((3, 4), np.uint32),
        np.zeros((3, 4), np.complex128),
        np.zeros((3, 4), object),
        np.zeros((3, 4), "U1"),
        np.array([[0.5, np.nan]]),
        np.array([[0.5, np.inf]]),
        np.array([[0.5, 1.01]]),
        np.array([[-0.01, 0.5]]),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}",
)
def test_arrays_that_are_no_pictures(array: np.ndarray) -> None:
    with pytest.raises(UnsupportedImageError, match="<array>"):
        load(array)


@pytest.mark.parametrize("shape", [(0,), (0, 4), (4, 0), (0, 4, 3), (4, 4, 0)])
def test_empty_arrays(shape: tuple[int, ...]) -> None:
    with pytest.raises(EmptyInputError):
        load(np.zeros(shape, np.uint8))


def test_an_empty_pil_image() -> None:
    with pytest.raises(EmptyInputError):
        load(PIL.Image.new("RGB", (0, 5)))


# Refusals


def test_no_such_file(tmp_path: Path) -> None:
    path = tmp_path / "missing.png"
    with pytest.raises(InputNotFoundError) as caught:
        load(path)
    assert str(caught.value) == f"can't read {path}: No such file or directory"
    assert "check the path" in caught.value.hint


@pytest.mark.parametrize("name", [".", "", "a\0b", "x" * 5000])
def test_paths_that_are_no_files(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputNotFoundError):
        load(os.path.join(tmp_path, name) if name else name)  # noqa: PTH118


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputNotFoundError, match="Permission denied"):
        load(tmp_path / "a.png")


def test_a_file_opened_for_writing_and_a_closed_one(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file, pytest.raises(InputNotFoundError):
        load(file)
    closed = io.BytesIO(b"x")
    closed.close()
    with pytest.raises(InputNotFoundError, match="closed"):
        load(closed)


@pytest.mark.parametrize("address", ["http://example.org/a.png", "https://example.org/a.png"])
def test_nothing_is_downloaded(address: str) -> None:
    with pytest.raises(InputNotFoundError) as caught:
        load(address)
    assert "downloads nothing" in caught.value.hint


def test_no_bytes(tmp_path: Path) -> None:
    path = tmp_path / "empty.png"
    path.touch()
    for source in (path, b"", io.BytesIO()):
        with pytest.raises(EmptyInputError, match="no bytes"):
            load(source)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"hello, world\n" * 40, "PNG, JPEG"),
        (b"\0" * 1000, "PNG, JPEG"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "clean_pdf"),
        (b"\0\0\0\x24ftypheic\0\0\0\0", "HEIC"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n", "PNG, JPEG"),
    ],
    ids=["text", "zeros", "pdf", "heic", "eps"],
)
def test_not_a_picture(data: bytes, hint: str) -> None:
    with pytest.raises(NotAnImageError, match="<bytes>") as caught:
        load(data)
    assert hint in caught.value.hint


@given(st.binary(min_size=1, max_size=200))
def test_random_bytes(data: bytes) -> None:
    with pytest.raises((NotAnImageError, TruncatedImageError)):
        load(data)


# Size


def test_a_huge_header_is_refused_without_decoding() -> None:
    before = PIL.Image.MAX_IMAGE_PIXELS
    with pytest.raises(ImageTooLargeError, match=r"over the limit of 175\.0 megapixels"):
        load(png_header(60_000, 60_000))
    with pytest.raises(ImageTooLargeError, match="Pillow's own limit") as caught:
        load(png_header(60_000, 60_000), max_pixels=10**10)
    assert "MAX_IMAGE_PIXELS" in caught.value.hint
    assert before == PIL.Image.MAX_IMAGE_PIXELS


def test_the_default_limit_is_below_that_of_pillow() -> None:
    assert 2 * (PIL.Image.MAX_IMAGE_PIXELS or 0) > DEFAULT_MAX_PIXELS
    with pytest.raises(ImageTooLargeError, match=r"13000 x 13600 = 176\.8 megapixels; .* 175\.0"):
        load(png_header(13_000, 13_600))


def test_a_header_with_no_pixels() -> None:
    with pytest.raises(ForetextError):
        load(png_header(0, 5))


@pytest.mark.parametrize(
    "source",
    [noise(5, 10), PIL.Image.new("L", (10, 5)), file_of(PIL.Image.new("L", (10, 5)))],
    ids=["array", "picture", "bytes"],
)
def test_the_limit_itself_is_allowed(source: Any) -> None:
    assert load(source, max_pixels=50).width == 10
    with pytest.raises(ImageTooLargeError, match="10 x 5") as caught:
        load(source, max_pixels=49)
    assert "max_pixels" in caught.value.hint


@pytest.mark.parametrize("format_", ["PNG", "TIFF", "GIF", "WEBP"])
def test_what_pillow_says_of_large_pictures_stays_inside(
    format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = file_of(PIL.Image.new("L", (10, 10), 50), format_)
    monkeypatch.setattr(PIL.Image, "MAX_IMAGE_PIXELS", 60)
    assert load(data).pixels.shape == (10, 10, 3)
    monkeypatch.setattr(PIL.Image, "MAX_IMAGE_PIXELS", 40)
    with pytest.raises(ImageTooLargeError):
        load(data)
    monkeypatch.setattr(PIL.Image, "MAX_IMAGE_PIXELS", None)
    assert load(data).pixels.shape == (10, 10, 3)


# Damage

SAMPLES = {
    "PNG": file_of(PIL.Image.fromarray(noise(12, 12, 3))),
    "PNG palette": file_of(PIL.Image.fromarray(noise(12, 12)).convert("P"), transparency=3),
    "APNG": animation("PNG"),
    "JPEG": file_of(PIL.Image.fromarray(noise(12, 12, 3)), "JPEG", dpi=(300, 300)),
    "JPEG progressive": file_of(PIL.Image.fromarray(noise(12, 12)), "JPEG", progressive=True),
    "TIFF": file_of(PIL.Image.fromarray(noise(12, 12, 3)), "TIFF", dpi=(300, 300)),
    "TIFF LZW": file_of(PIL.Image.fromarray(noise(12, 12, 3)), "TIFF", compression="tiff_lzw"),
    "TIFF pages": animation("TIFF"),
    "GIF": file_of(PIL.Image.fromarray(noise(12, 12)), "GIF"),
    "GIF frames": animation("GIF"),
    "WEBP": file_of(PIL.Image.fromarray(noise(12, 12, 3)), "WEBP"),
    "BMP": file_of(PIL.Image.fromarray(noise(12, 12, 3)), "BMP"),
    "PPM": file_of(PIL.Image.fromarray(noise(12, 12, 3)), "PPM"),
    "JPEG2000": file_of(PIL.Image.fromarray(noise(12, 12, 3)), "JPEG2000"),
}


def outcome(source: Any) -> type:
    """An Image or a ForetextError; any other exception goes through."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ForetextWarning)
        try:
            return type(load(source, max_pixels=10**6))
        except ForetextError as error:
            return type(error)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_anywhere(name: str) -> None:
    data = SAMPLES[name]
    assert outcome(data) is Image
    outcomes = [outcome(data[:cut]) for cut in range(1, len(data))]
    assert set(outcomes) <= {Image, NotAnImageError, TruncatedImageError}
    if name not in ("APNG", "GIF frames", "TIFF pages"):  # of which the first may be whole
        assert outcomes[len(data) // 2] is TruncatedImageError
    assert TruncatedImageError in outcomes


@pytest.mark.parametrize("name", ["PNG", "JPEG", "TIFF", "TIFF LZW", "GIF"])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9])
def test_a_file_on_disk_cut_anywhere(tmp_path: Path, name: str, share: float) -> None:
    path = tmp_path / "cut"
    path.write_bytes(SAMPLES[name][: int(share * len(SAMPLES[name]))])
    with pytest.raises(TruncatedImageError, match="cut") as caught:
        load(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("begin", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"II*\0"])
def test_a_cut_header_is_damage(begin: bytes) -> None:
    with pytest.raises(TruncatedImageError, match="header"):
        load(begin)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_file_with_wrong_bytes(data: st.DataObject) -> None:
    content = bytearray(SAMPLES[data.draw(st.sampled_from(sorted(SAMPLES)))])
    for _ in range(data.draw(st.integers(1, 4))):
        where = data.draw(st.integers(0, len(content) - 1))
        content[where] = data.draw(st.integers(0, 255))
    assert issubclass(outcome(bytes(content)), (Image, ForetextError))


def test_lack_of_memory_is_not_called_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(PIL.Image.Image, "load", fail)
    with pytest.raises(MemoryError):
        load(PIL.Image.new("L", (4, 4)))


def test_threads_leave_the_warning_filters_as_they_were() -> None:
    corrupt = file_of(PIL.Image.new("L", (8, 8), 100), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff")
    before = list(warnings.filters)
    with ThreadPoolExecutor(8) as pool:
        images = list(pool.map(load, [corrupt] * 64))
    assert all((image.pixels == 100).all() for image in images)
    assert list(warnings.filters) == before


# Saving


@pytest.mark.parametrize("suffix", [".png", ".tif", ".tiff", ".webp", ".PNG"])
@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3), (5, 7, 4)])
def test_saving_is_lossless(tmp_path: Path, suffix: str, shape: tuple[int, ...]) -> None:
    path = tmp_path / f"a{suffix}"
    expected = noise(*shape)
    expected[0, ..., 3:] = 0  # fully transparent, and its color is kept
    save(path, expected)
    with PIL.Image.open(path) as picture:
        mode = {(): "RGB" if suffix == ".webp" else "L", (3,): "RGB", (4,): "RGBA"}[shape[2:]]
        assert picture.mode == mode
        saved = np.asarray(picture)
    if saved.ndim > expected.ndim:
        expected = np.repeat(expected[..., np.newaxis], 3, axis=2)
    np.testing.assert_array_equal(saved, expected)
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg"])
def test_saving_jpeg(tmp_path: Path, suffix: str) -> None:
    pixels = np.full((16, 16, 3), (200, 30, 60), np.uint8)
    save(str(tmp_path / f"a{suffix}"), pixels)
    np.testing.assert_allclose(load(tmp_path / f"a{suffix}").pixels, pixels, atol=4)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_bool_is_saved_as_one_bit(tmp_path: Path, suffix: str) -> None:
    pixels = noise(9, 13) > 127
    save(tmp_path / f"a{suffix}", pixels)
    with PIL.Image.open(tmp_path / f"a{suffix}") as picture:
        assert picture.mode == "1"
        np.testing.assert_array_equal(np.asarray(picture), pixels)


@pytest.mark.parametrize(("format_", "atol"), [("JPEG", 60), ("WEBP", 0)])
def test_bool_in_formats_without_one_bit(format_: str, atol: int) -> None:
    pixels = np.zeros((32, 32), bool)
    pixels[:, 16:] = True
    image = load(encode(pixels, format=format_))
    np.testing.assert_allclose(image.pixels[..., 0], pixels * 255.0, atol=atol)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_dpi_round_trip(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    save(path, noise(5, 7), dpi=(300.0, 150.5))
    dpi = load(path).dpi
    assert dpi == (300.0, 150.5)
    save(path, noise(5, 7), dpi=dpi)
    assert load(path).dpi == dpi


def test_jpeg_rounds_dpi_and_webp_drops_it() -> None:
    assert load(encode(noise(5, 7), format="JPEG", dpi=(300.4, 150.6))).dpi == (300, 151)
    assert load(encode(noise(5, 7), format="WEBP", dpi=(300, 150))).dpi is None


@pytest.mark.parametrize("dpi", [None, (0, 0), (float("nan"), 300)])
@pytest.mark.parametrize("format_", ["PNG", "JPEG", "TIFF"])
def test_no_dpi_is_invented(format_: str, dpi: Any) -> None:
    assert load(encode(noise(5, 7), format=format_, dpi=dpi)).dpi is None


def test_encoding_takes_views_and_read_only_arrays() -> None:
    pixels = load(noise(6, 8, 3)).pixels
    view = pixels[::-2, 1::3, ::-1]
    np.testing.assert_array_equal(load(encode(view)).pixels, view)


def test_encode_and_save_write_the_same(tmp_path: Path) -> None:
    save(tmp_path / "a.tif", noise(5, 7, 3), dpi=(200, 200))
    expected = encode(noise(5, 7, 3), format="tiff", dpi=(200, 200))
    assert (tmp_path / "a.tif").read_bytes() == expected
    assert encode(noise(5, 7)).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["a", "a.gif", "a.xyz", ".png"])
def test_an_unknown_suffix(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as caught:
        save(tmp_path / name, noise(5, 7))
    for known in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"):
        assert known in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_an_unknown_format() -> None:
    with pytest.raises(OutputError, match="GIF") as caught:
        encode(noise(5, 7), format="GIF")
    assert "PNG, JPEG, TIFF, WEBP" in caught.value.hint


def test_jpeg_refuses_transparency(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="transparency"):
        save(tmp_path / "a.jpg", noise(5, 7, 4))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("format_", "width"), [("WEBP", 16384), ("JPEG", 65536)])
def test_a_side_too_long_for_the_format(format_: str, width: int) -> None:
    with pytest.raises(OutputError, match=format_):
        encode(np.zeros((1, width), np.uint8), format=format_)


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros(5, np.uint8),
        np.zeros((5, 7, 2), np.uint8),
        np.zeros((5, 7, 3, 3), np.uint8),
        np.zeros((5, 7, 3), bool),
        np.zeros((5, 7), np.float32),
        np.zeros((5, 7), np.uint16),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}",
)
def test_arrays_that_can_not_be_written(tmp_path: Path, pixels: np.ndarray) -> None:
    with pytest.raises(UnsupportedImageError):
        save(tmp_path / "a.png", pixels)
    assert not list(tmp_path.iterdir())


def test_an_empty_array_can_not_be_written() -> None:
    with pytest.raises(EmptyInputError):
        encode(np.zeros((0, 7), np.uint8))


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file or directory"):
        save(tmp_path / "no" / "a.png", noise(5, 7))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(OutputError):
        save(tmp_path / "file" / "a.png", noise(5, 7))
    assert (tmp_path / "file").read_bytes() == b"x"


def test_a_directory_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    with pytest.raises(OutputError):
        save(tmp_path / "a.png", noise(5, 7))
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_an_impossible_name(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        save(f"{tmp_path}/a\0.png", noise(5, 7))
    assert not list(tmp_path.iterdir())


class HalfWritten(io.BytesIO):
    """A file on a disk that is full after a few bytes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def write(self, data: Any) -> int:
        self.path.write_bytes(bytes(data)[:10])
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("old", [None, b"old"])
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bytes | None) -> None:
    path = tmp_path / "a.png"
    if old:
        path.write_bytes(old)
    really_open, seen = Path.open, []

    def half(self: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if mode == "x+b":
            seen.append(self)
            return HalfWritten(self)
        return really_open(self, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", half)
    with pytest.raises(OutputError, match="No space left"):
        save(path, noise(5, 7))
    assert [temporary.parent for temporary in seen] == [tmp_path]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == (
        {"a.png": old} if old else {}
    )


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), KeyboardInterrupt()])
def test_a_failure_at_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    complete = []

    def fail(self: Path, _: Path) -> None:
        complete.append(self.read_bytes())
        raise error

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else OutputError):
        save(path, noise(5, 7))
    assert complete == [encode(noise(5, 7))]
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.png"]
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(os.name != "posix", reason="no permission bits here")
def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        save(tmp_path / "new.png", noise(5, 7))
    finally:
        os.umask(before)
    assert (tmp_path / "new.png").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="no permission bits here")
def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "old.png"
    path.touch()
    path.chmod(0o600)
    save(path, noise(5, 7))
    assert path.stat().st_mode & 0o777 == 0o600
    np.testing.assert_array_equal(load(path).pixels[..., 0], noise(5, 7))


@pytest.mark.skipif(os.name != "posix", reason="links need rights here")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "a.png", tmp_path / "b.png"
    link.symlink_to(target)
    save(link, noise(5, 7))
    assert link.is_symlink()
    np.testing.assert_array_equal(load(target).pixels[..., 0], noise(5, 7))


# The module


def test_importing_is_cheap() -> None:
    code = (
        "import sys, foretext.image; "
        "print(*[name for name in ('PIL', 'cv2', 'onnxruntime') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    result = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""


def test_what_can_be_written_can_be_read() -> None:
    assert set(SAVE_SUFFIXES.values()) == set(saving._WRITE)
    assert set(saving._WRITE) <= set(decoding._READ)
