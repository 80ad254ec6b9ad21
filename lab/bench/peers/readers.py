"""Readers that take the picture as it is and do all by themselves."""

from __future__ import annotations

import functools
import io
from typing import Any

import cv2
from PIL import Image

from lab.bench.items import Sample
from lab.bench.needs import need
from lab.bench.peers.outcome import Outcome


def rapidocr_whole(sample: Sample) -> Outcome:
    """Read by RapidOCR as it comes: detector, classifier of direction, recognizer."""
    bgr = cv2.cvtColor(sample.picture, cv2.COLOR_RGB2BGR)
    # It keeps what it was told last time, so it is told everything each time.
    found = _rapidocr()(bgr, use_det=True, use_cls=True, use_rec=True)
    return Outcome(text="\n".join(found.txts or ()))


def rapidocr_line(sample: Sample) -> Outcome:
    """Read by RapidOCR's recognizer alone, which takes all for one line."""
    bgr = cv2.cvtColor(sample.picture, cv2.COLOR_RGB2BGR)
    found = _rapidocr()(bgr, use_det=False, use_cls=False, use_rec=True)
    return Outcome(text=" ".join(found.txts or ()))


def ddddocr(sample: Sample) -> Outcome:
    """Read by ddddocr, which is made for short lines of characters with noise."""
    stream = io.BytesIO()
    Image.fromarray(sample.picture).save(stream, "PNG")
    return Outcome(text=str(_ddddocr().classification(stream.getvalue())))


@functools.cache
def _rapidocr() -> Any:
    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": 1}
    return need("rapidocr").RapidOCR(params={"Global.log_level": "critical", **threads})


@functools.cache
def _ddddocr() -> Any:
    return need("ddddocr").DdddOcr(show_ad=False)
