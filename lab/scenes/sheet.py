"""Contact sheets: scenes beside their truth, to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw

from lab.scenes.scene import Scene
from lab.scenes.writing import truth_picture

_CELL: Final = (420, 200)
_GAP: Final = 8
_CAPTION: Final = 14
_GROUND: Final = (200, 205, 215)


def sheet(scenes: Sequence[Scene], columns: int = 2, zoom: float = 1.0) -> Image.Image:
    """Draw a contact sheet: each scene's picture and, to its right, its true ink.

    Parameters
    ----------
    scenes : sequence of Scene
        What to show.
    columns : int, optional
        Pairs in a row.
    zoom : float, optional
        Size of a cell.
    """
    cell = (round(_CELL[0] * zoom), round(_CELL[1] * zoom))
    pairs = [_pair(scene, cell) for scene in scenes]
    rows = [pairs[start : start + columns] for start in range(0, len(pairs), columns)]
    width = columns * (2 * cell[0] + 3 * _GAP)
    heights = [max(pair.height for pair in row) + _GAP for row in rows]
    canvas = Image.new("RGB", (width, sum(heights)), _GROUND)
    for number, row in enumerate(rows):
        for column, pair in enumerate(row):
            canvas.paste(pair, (column * (2 * cell[0] + 3 * _GAP), sum(heights[:number])))
    return canvas


def _pair(scene: Scene, cell: tuple[int, int]) -> Image.Image:
    picture = _fit(Image.fromarray(scene.picture), cell)
    truth = _fit(truth_picture(scene.ink).convert("RGB"), cell)
    pair = Image.new("RGB", (2 * cell[0] + 2 * _GAP, picture.height + _CAPTION), _GROUND)
    pair.paste(picture, (_GAP, _CAPTION))
    pair.paste(truth, (cell[0] + 2 * _GAP, _CAPTION))
    first_line = scene.text.split("\n")[0][:50]
    caption = f"{scene.index}  {scene.difficulty:.2f}  {first_line}"
    ImageDraw.Draw(pair).text((_GAP, 1), caption, fill=(20, 20, 60))
    return pair


def _fit(picture: Image.Image, cell: tuple[int, int]) -> Image.Image:
    # Small pictures are enlarged by whole pixels, so that their edges can be judged.
    share = min(cell[0] / picture.width, cell[1] / picture.height)
    if share >= 1:
        share = max(1, int(share * 2) / 2)
    size = (round(picture.width * share), round(picture.height * share))
    method = Image.Resampling.NEAREST if share >= 1 else Image.Resampling.LANCZOS
    return picture.resize(size, method)
