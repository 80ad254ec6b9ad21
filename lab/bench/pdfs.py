"""A noisy scan of several pages: its size, and the text layer that OCRmyPDF gives it."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import PIL.Image

import foretext
from lab.bench.metrics.text import score_text
from lab.bench.needs import need
from lab.scenes import Scene, make

_FAMILIES: Final = (
    "page_watermark",
    "page_bleed_through",
    "page_degraded",
    "page_stamp",
    "page_lines",
)
_DPI: Final = 150
_QUALITY: Final = 85
_RUNS: Final = {
    "ocrmypdf": (),
    "ocrmypdf --foretext": ("--foretext",),
    "ocrmypdf --remove-background": ("--remove-background",),
}


@dataclass(frozen=True, slots=True)
class _Run:
    name: str
    code: int
    size: int
    seconds: float
    rates: tuple[float, ...]

    @property
    def row(self) -> str:
        mean = sum(self.rates) / len(self.rates)
        least = sum(rate <= 0.01 for rate in self.rates)
        kib = self.size / 1024
        return (
            f"| {self.name} | {self.code} | {kib:.0f} | {self.seconds:.1f} "
            f"| {100 * mean:.1f} | {least} |"
        )


def measure(folder: Path, *, split: str, pages: int) -> str:
    """Make a noisy scan, run OCRmyPDF on it in several ways, and tell how each came out.

    Parameters
    ----------
    folder : Path
        Where the files go; they stay, to be looked at.
    split : str
        Whose scenes the pages are.
    pages : int
        How many.

    Returns
    -------
    str
        Markdown: exit code, size, time, and the mean character error rate of the text layer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    families = list(islice(cycle(_FAMILIES), pages))
    scenes = [make(name, split, n // len(_FAMILIES)) for n, name in enumerate(families)]
    scan = folder / "scan.pdf"
    scan.write_bytes(need("img2pdf").convert([_jpeg(scene) for scene in scenes]))
    truths = [scene.text for scene in scenes]
    runs = [_cleaned(scan, folder / "cleaned.pdf", truths)]
    for name, options in _RUNS.items():
        target = folder / f"{name.replace(' ', '')}.pdf"
        runs.append(_ocr(name, options, scan, target, truths))
    rows = "\n".join(run.row for run in runs)
    return (
        f"{pages} pages ({split} split, {_DPI} dpi, JPEG), {scan.stat().st_size / 1024:.0f} KiB\n\n"
        "| | exit code | KiB | seconds | mean CER % | pages with at most 1 % |\n"
        f"| --- | ---: | ---: | ---: | ---: | ---: |\n{rows}\n"
    )


def _jpeg(scene: Scene) -> bytes:
    file = io.BytesIO()
    picture = PIL.Image.fromarray(scene.picture)
    picture.save(file, "JPEG", quality=_QUALITY, dpi=(_DPI, _DPI))
    return file.getvalue()


def _cleaned(scan: Path, target: Path, truths: list[str]) -> _Run:
    started = time.perf_counter()
    report = foretext.clean_pdf(scan, target)
    seconds = time.perf_counter() - started
    code = 19 if report.failed else 0
    texts = [page.text for page in foretext.read_pdf(scan)]
    rates = _rates(texts, truths)
    return _Run("foretext clean (and read)", code, target.stat().st_size, seconds, rates)


def _ocr(name: str, options: tuple[str, ...], scan: Path, target: Path, truths: list[str]) -> _Run:
    if shutil.which("tesseract") is None:
        raise ValueError("OCRmyPDF needs tesseract, which is not installed")
    sidecar = target.with_suffix(".txt")
    command = [sys.executable, "-m", "ocrmypdf", "-q", "--sidecar", str(sidecar), *options]
    started = time.perf_counter()
    done = subprocess.run([*command, str(scan), str(target)], check=False)  # noqa: S603
    seconds = time.perf_counter() - started
    texts = sidecar.read_text(encoding="utf-8").split("\f")
    return _Run(name, done.returncode, target.stat().st_size, seconds, _rates(texts, truths))


def _rates(texts: list[str], truths: list[str]) -> tuple[float, ...]:
    return tuple(score_text(*pair).cer for pair in zip(texts, truths, strict=True))
