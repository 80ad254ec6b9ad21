"""Real and generated pictures with their texts, where they lie beside the checkout."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import foretext
from foretext.recognize import ENGINES, get_engine
from tests.stages import f_measure

DATA = Path(__file__).parents[2] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not (DATA / "wordcloud" / "labels.csv").is_file(), reason="no ../shared/data"
)

every_engine = pytest.mark.parametrize("engine", sorted(ENGINES))


@cache
def labels(name):
    """Return {picture: its text} of a set."""
    with (DATA / name / "labels.csv").open(encoding="utf-8", newline="") as lines:
        return {DATA / name / row["file"]: row["text"] for row in csv.DictReader(lines)}


@cache
def cleaned(path):
    return foretext.clean(path)


def exact(name, engine):
    """Return how many pictures of a set are read without an error once they are cleaned."""
    return sum(
        foretext.read_cleaned(cleaned(path), engine=engine).text == text
        for path, text in labels(name).items()
    )


def gray(path):
    with Image.open(path) as opened:
        return np.asarray(opened.convert("L"))


def test_sets_are_whole():
    assert len(labels("wordcloud")) == len(labels("clean/lines")) == 40


def test_masks_of_word_clouds():
    scores = [
        f_measure(cleaned(path).mask, gray(path.with_stem(f"{path.stem}_truth")) < 128)
        for path in labels("wordcloud")
    ]
    assert np.mean(scores) >= 0.92
    assert min(scores) >= 0.6


@pytest.mark.parametrize(("engine", "least"), [("rapidocr", 34), ("tesseract", 16)])
def test_readings_of_word_clouds(engine, least):
    assert exact("wordcloud", engine) >= least


@every_engine
def test_cleaning_does_not_harm_clean_lines(engine):
    raw = sum(
        " ".join(line.text for line in get_engine(engine).read(gray(path), layout="line")) == text
        for path, text in labels("clean/lines").items()
    )
    # One reading more or less is chance.
    assert exact("clean/lines", engine) >= raw - 1
    assert raw > 20
