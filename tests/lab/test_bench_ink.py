"""The bench on binarization, on gray pages, on parts of foretext, and on the dev split."""

import cv2
import numpy as np
import pytest
from PIL import Image

from lab.bench import items, office, rows
from lab.bench.__main__ import main
from lab.bench.dev import PARTS, f_measures, table_of
from lab.bench.office import BLANK, Found
from lab.bench.peers import OURS, PEERS
from lab.bench.report import binarization, losses
from lab.bench.report.results import Results
from lab.bench.report.scores import beaten_by, best_other
from lab.bench.rows import Row
from lab.bench.spread import spread
from lab.bench.subjects import page
from lab.scenes import make
from lab.sets import entries

pytestmark = pytest.mark.usefixtures("bench")


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


# -- parts of foretext -------------------------------------------------------------------------


def test_all_ink_is_at_least_what_is_chosen_of_it():
    sample = items.load(items.scenes("word_cloud", "dev", 1)[0])
    chosen = PEERS["colors_alone"].make(sample).ink
    everything = PEERS["all_ink"].make(sample).ink
    assert (everything >= chosen - 0.01).mean() > 0.99
    assert everything.sum() > 1.2 * chosen.sum()


def test_parts_see_plain_paper_and_large_pages():
    plain = items.Sample(np.full((40, 60, 3), 250, np.uint8), None, None, "page")
    large = items.Sample(page("page_stamp", 2000, 1500), None, None, "page")
    for part in OURS:
        assert not PEERS[part].make(plain).ink.any()
        assert PEERS[part].make(large).ink.shape == (2000, 1500)


def found_by(peer, **scores):
    return Row("a", "e", peer, "p", "tesseract", "clean_words", 2, 3, **scores)


def test_parts_are_no_competitors():
    best = [found_by(peer, cer=0.0, f=100.0) for peer in OURS[1:]]
    ours = [found_by("foretext", cer=0.5, f=50.0)]
    results = Results([*best, *ours])
    groups = ["clean_words"]
    assert best_other(results, groups, "tesseract") is None
    assert beaten_by(results, groups, "tesseract") == []
    assert losses.ink(results, groups, "tesseract") == ""
    results = Results([*best, *ours, found_by("otsu", cer=0.25, f=75.0)])
    assert best_other(results, groups, "tesseract").peer == "otsu"
    assert [peer for peer, _ in beaten_by(results, groups, "tesseract")] == ["otsu"]
    assert "otsu" in losses.ink(results, groups, "tesseract")


# -- gray pages --------------------------------------------------------------------------------


def test_gray_error_is_that_computed_by_hand():
    truth = np.zeros((4, 5), np.float32)
    other = truth.copy()
    other[0] = 0.5
    assert office.gray_error(truth, truth) == 0
    assert office.gray_error(other, truth) == pytest.approx((5 * 0.25 / 20) ** 0.5)


@pytest.fixture
def old_pages(monkeypatch, tmp_path):
    """Two old pages with masks and a dirty office page with its clean one, of generated scenes."""
    data = tmp_path / "data"
    for k, name in enumerate(("binarization/dibco2009", "binarization/dibco2010", office.SET)):
        (data / name).mkdir(parents=True)
        scene = make("page_stamp", "dev", k)
        picture, ink = scene.picture[:200, :300], scene.ink[:200, :300]
        truth = 255 * (1 - (ink if name == office.SET else ink > 0.5))
        Image.fromarray(picture).save(data / name / "1.png")
        Image.fromarray(truth.astype(np.uint8)).save(data / name / "1_truth.png")
    monkeypatch.setenv("FORETEXT_DATA", str(data))


@pytest.mark.usefixtures("old_pages")
def test_pages_are_compared_in_gray():
    (entry,) = entries(office.SET)
    found = office.of_page(entry, ("raw", "otsu", "foretext"))
    errors = {one.peer: one.error for one in found}
    gray = cv2.imread(str(entry.path), cv2.IMREAD_GRAYSCALE) / 255
    truth = cv2.imread(str(entry.truth), cv2.IMREAD_GRAYSCALE) / 255
    assert errors["raw"] == pytest.approx(np.sqrt(np.mean((gray - truth) ** 2)), abs=1e-3)
    assert errors[BLANK] == pytest.approx(np.sqrt(np.mean((1 - truth) ** 2)), abs=1e-6)
    assert errors["foretext"] < min(errors["raw"], errors["otsu"], errors[BLANK])
    assert {one.page for one in found} == {"1"}


def test_office_table():
    found = [Found("otsu", "1", 0.1), Found("otsu", "2", 0.3), Found(BLANK, "1", 0.5)]
    _, _, blank, otsu = binarization.office_table(found).splitlines()
    assert cells(blank) == [BLANK, "1", "0.5000"]
    assert cells(otsu) == ["otsu", "2", "0.2000"]


# -- masks -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("old_pages")
def test_binarization_is_measured_once_and_written(tmp_path, capsys):
    out, docs = tmp_path / "out", tmp_path / "docs"
    asked = ["binarization", "--out", str(out), "--docs", str(docs), "--jobs", "1"]
    asked += ["--peers", "foretext", "otsu"]
    main(asked)
    table = rows.read(out / "binarization.jsonl")
    assert sorted((row.group, row.peer) for row in table) == [
        (f"binarization/dibco{year}", peer) for year in (2009, 2010) for peer in PAIR
    ]
    written = (docs / "binarization.md").read_text()
    assert written.strip() == capsys.readouterr().out.strip()
    assert "| **foretext** | 1 |" in written
    assert "## Dirty office pages" in written
    # These pictures are not to be spread.
    assert [path.name for path in docs.iterdir()] == ["binarization.md"]
    assert (out / "sheets" / "binarization-dibco2009.png").is_file()
    main([*asked, "--no-sheets"])
    assert rows.read(out / "binarization.jsonl") == table


PAIR = ("foretext", "otsu")


def test_binarization_needs_its_pictures(monkeypatch, tmp_path):
    monkeypatch.setenv("FORETEXT_DATA", str(tmp_path))
    with pytest.raises(SystemExit, match="on this machine"):
        main(["binarization", "--out", str(tmp_path), "--docs", str(tmp_path)])


def test_years_weigh_the_same():
    scores = {2009: [80.0], 2010: [90.0, 100.0], 2012: [60.0], 2014: [70.0]}
    results = Results(
        Row(f"{year}/{k}", "e", "otsu", "p", "tesseract", f"binarization/dibco{year}", 2, 3, f=f)
        for year, found in scores.items()
        for k, f in enumerate(found)
    )
    head, _, otsu = binarization.f_table(results).splitlines()
    assert "n = 5" in cells(head)[1]
    assert cells(otsu)[:4] == ["otsu", "**76.2 (75.0 to 77.5)**", "80.0", "95.0"]


# -- the dev split -----------------------------------------------------------------------------


def test_each_part_is_told_on_the_dev_split(capsys):
    main(["dev", "--families", "clean_w*", "outlined", "--n", "1", "--jobs", "1"])
    head, _, *lines = capsys.readouterr().out.strip().splitlines()
    assert cells(head)[2:] == list(PARTS.values())
    assert [cells(line)[:2] for line in lines] == [
        ["outlined", "1"],
        ["clean_words", "1"],
        ["all", "2"],
    ]
    own = f_measures(items.scenes("clean_words", "dev", 1)[0])
    assert cells(lines[1])[2:] == [f"{own[part]:.1f}" for part in PARTS]
    assert min(own.values()) > 70


def test_families_weigh_the_same_on_the_dev_split():
    low, high = dict.fromkeys(PARTS, 50.0), dict.fromkeys(PARTS, 90.0)
    lines = table_of({"a": [low], "b": [high, high, high]}).splitlines()
    assert cells(lines[-1]) == ["all", "4", *["70.0"] * len(PARTS)]


def test_families_of_no_such_name_are_refused():
    with pytest.raises(SystemExit, match="nothing_like"):
        main(["dev", "--families", "nothing_like"])


def test_what_is_spread_comes_back_with_its_result():
    assert list(spread(abs, [-1, 2], jobs=1)) == [(-1, 1), (2, 2)]
    assert sorted(spread(abs, [-1, 2, -3], jobs=2)) == [(-3, 3), (-1, 1), (2, 2)]
