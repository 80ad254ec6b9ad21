"""Draw the pictures of the README: ``python -m lab.pictures``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

import foretext

_ROOT = Path(__file__).parent.parent
_ZOOM = 3
_GAP = 24


def before_after(path: Path) -> Image.Image:
    """Return a picture beside its wanted text, both enlarged."""
    cleaned = foretext.clean(path)
    before = Image.fromarray(cleaned.source.pixels)
    after = Image.fromarray(cleaned.picture).convert("RGB")
    size = before.width * _ZOOM, before.height * _ZOOM
    sheet = Image.new("RGB", (2 * size[0] + _GAP, size[1]), "white")
    sheet.paste(before.resize(size, Image.Resampling.BICUBIC), (0, 0))
    sheet.paste(after.resize(size, Image.Resampling.BICUBIC), (size[0] + _GAP, 0))
    return sheet


def main() -> None:
    """Write the pictures to ``docs/images``."""
    rows = [before_after(_ROOT / "examples" / f"{name}.png") for name in ("YabVzu", "K6PwKA")]
    line = np.full((_GAP, rows[0].width, 3), 255, np.uint8)
    stacked = np.concatenate([np.asarray(rows[0]), line, np.asarray(rows[1])])
    folder = _ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(stacked).save(folder / "before-after.png", optimize=True)


if __name__ == "__main__":
    main()
