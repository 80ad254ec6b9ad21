"""The bench: measures checked by hand, peers that keep to the rules, runs that resume."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from lab.bench import exactness, harms, items, plan, rows
from lab.bench.__main__ import main
from lab.bench.characters import measure as measure_characters
from lab.bench.confidence import table_of
from lab.bench.digests import digest_of
from lab.bench.measure import Task, measure
from lab.bench.metrics.boxes import agreement, mean_agreement
from lab.bench.metrics.compare import harm, recovery
from lab.bench.metrics.edges import edge_band, edge_error
from lab.bench.metrics.ink import InkTruth
from lab.bench.metrics.means import mean_of, mean_of_means
from lab.bench.metrics.text import normalized, score_text
from lab.bench.peers import PEERS, edition, why_not
from lab.bench.plan import Wish, tasks_for
from lab.bench.report.kinds import KINDS, kind_of
from lab.bench.report.markdown import table
from lab.bench.report.reliability import bins_in
from lab.bench.rows import Row
from lab.scenes import FAMILIES, make
from lab.sets import SETS, entries, read_entry
from lab.thinning import thin

pytestmark = pytest.mark.usefixtures("bench")


@pytest.fixture
def sample():
    return items.load(items.scenes("clean_words", "dev", 1)[0])


def square(shape=(60, 80), rows=(20, 40), columns=(20, 60)):
    mask = np.zeros(shape, np.float32)
    mask[slice(*rows), slice(*columns)] = 1
    return mask


# -- boxes of characters -----------------------------------------------------------------------


def test_agreement_of_boxes_is_that_computed_by_hand():
    box = (0, 0, 4, 2)
    assert agreement(box, box) == 1
    assert agreement(box, (2, 0, 6, 2)) == pytest.approx(4 / 12)
    assert agreement(box, (4, 0, 8, 2)) == agreement(box, (0, 3, 4, 5)) == 0
    assert mean_agreement([box, box], [box, (2, 0, 6, 2)]) == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="longer"):
        mean_agreement([box], [box, box])


def test_boxes_of_characters_are_told_of_exact_readings(capsys):
    main(["characters", "--families", "clean_c*", "--split", "dev", "--n", "2"])
    first, second = capsys.readouterr().out.strip().split("\n\n")
    for engine, lines in (("tesseract", first), ("rapidocr", second)):
        head, _, row = lines.splitlines()
        assert engine in head
        family, pictures, exact, own, ours = (cell.strip() for cell in row.strip("|").split("|"))
        assert (family, pictures) == ("clean_characters", "2")
        assert 1 <= int(exact) <= 2
        assert 0.3 < float(own) <= float(ours) <= 1


def test_a_reading_that_is_not_exact_is_not_measured():
    scene = make("clean_characters", "dev", 0)
    assert measure_characters(scene, "rapidocr") is not None
    other = replace(scene, text=scene.text[:-1] + "~")
    assert measure_characters(other, "rapidocr") is None
    assert measure_characters(replace(scene, character_boxes=()), "rapidocr") is None


def test_families_of_no_such_name_are_refused():
    with pytest.raises(SystemExit, match="nothing_like"):
        main(["characters", "--families", "nothing_like"])


# -- measures of ink ---------------------------------------------------------------------------


def test_ink_scores_are_those_computed_by_hand():
    truth, ink = square(), square()
    ink[18:20, 20:60] = 1  # 80 pixels too many
    ink[25:28, 30:35] = 0  # 15 pixels too few
    scores = InkTruth(truth, is_soft=False).score(ink)
    hit, extra, missed = 800 - 15, 80, 15
    assert scores.f == pytest.approx(200 * hit / (2 * hit + extra + missed))
    assert scores.psnr == pytest.approx(10 * math.log10(truth.size / (extra + missed)))
    assert scores.edge is None


def test_distortion_of_one_lone_pixel():
    truth, ink = square(), square()
    ink[5, 5] = 1  # nothing true within reach: all 24 neighbors differ, which weighs 1
    squares = truth[:56].reshape(7, 8, 10, 8).sum(axis=(1, 3))
    mixed = int(((squares > 0) & (squares < 64)).sum())
    assert mixed > 0
    assert InkTruth(truth, is_soft=False).score(ink).drd == pytest.approx(1 / mixed, rel=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_ink_scores_are_those_of_the_formulas(seed):
    chance = np.random.default_rng(seed)
    truth = chance.random((64, 96)) < 0.3
    found = truth ^ (chance.random(truth.shape) < 0.1)
    scores = InkTruth(truth.astype(np.float32), is_soft=False).score(found.astype(np.float32))
    wrong = truth != found
    assert scores.f == pytest.approx(200 * (truth & found).sum() / (truth.sum() + found.sum()))
    assert scores.psnr == pytest.approx(10 * math.log10(1 / wrong.mean()), rel=1e-4)
    assert scores.drd == pytest.approx(distortion(truth, found), rel=1e-3)


def distortion(truth, found):
    """Return what Lu, Kot and Shi, IEEE Signal Processing Letters 11(2), 2004, call DRD."""
    offsets = np.arange(-2, 3)
    distance = np.hypot(*np.meshgrid(offsets, offsets))
    weights = np.where(distance > 0, 1 / np.where(distance > 0, distance, 1), 0)
    weights /= weights.sum()
    total = 0.0
    for row, column in np.argwhere(truth != found):
        for down, right in np.argwhere(weights > 0) - 2:
            near = row + down, column + right
            if 0 <= near[0] < truth.shape[0] and 0 <= near[1] < truth.shape[1]:
                total += weights[down + 2, right + 2] * (found[row, column] != truth[near])
    blocks = truth.reshape(truth.shape[0] // 8, 8, truth.shape[1] // 8, 8).sum(axis=(1, 3))
    return total / ((blocks > 0) & (blocks < 64)).sum()


def test_perfect_and_empty_ink():
    truth = InkTruth(square(), is_soft=True)
    perfect = truth.score(square())
    assert (perfect.f, perfect.pseudo_f, perfect.drd, perfect.edge) == (100, 100, 0, 0)
    assert perfect.psnr == 60
    nothing = truth.score(np.zeros_like(square()))
    assert (nothing.f, nothing.pseudo_f) == (0, 0)


def test_skeleton_of_a_bar_is_its_middle_line():
    skeleton = thin(square(rows=(20, 27), columns=(10, 70)) > 0.5)
    assert set(np.flatnonzero(skeleton.any(axis=1))) == {23}
    assert 50 <= skeleton.sum() <= 60
    assert not thin(np.zeros((5, 5), bool)).any()


def test_pseudo_f_forgives_thinner_strokes():
    truth = InkTruth(square(rows=(20, 27), columns=(10, 70)), is_soft=False)
    scores = truth.score(square(rows=(22, 25), columns=(10, 70)))
    assert scores.pseudo_f == 100
    assert scores.f == pytest.approx(200 * 180 / (180 + 420))


def test_edges_are_compared_where_they_are():
    truth = square()
    band = edge_band(truth)
    assert band.sum() == (22 * 42) - (18 * 38)
    assert edge_error(truth, truth, band) == 0
    softer = truth.copy()
    softer[19, 20:60] = 0.5
    assert edge_error(softer, truth, band) == pytest.approx(math.sqrt(40 * 0.25 / band.sum()))
    assert edge_error(truth, truth, np.zeros_like(band)) == 0


# -- measures of text --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "truth", "exact", "nocase", "cer"),
    [
        ("K6PwKA", "K6PwKA", 1, 1, 0),
        ("K6 P wKA\n", "K6PwKA", 1, 1, 0),
        ("k6pwka", "K6PwKA", 0, 1, 4 / 6),
        ("KEP wKA", "K6PwKA", 0, 0, 1 / 6),
        ("", "K6PwKA", 0, 0, 1),
        ("two\nwords", "two words", 1, 1, 0),
        ("twowords", "two words", 0, 0, 1 / 9),
        ("abcdef", "ab", 0, 0, 2),
    ],
)
def test_texts(read, truth, exact, nocase, cer):
    scores = score_text(read, truth)
    assert (scores.exact, scores.exact_nocase, scores.cer) == (exact, nocase, pytest.approx(cer))


def test_case_can_be_ignored_throughout():
    assert score_text("abc", "ABC", ignore_case=True).cer == 0
    assert normalized(" a  b\n", "x y") == "a b"


# -- means and comparisons ---------------------------------------------------------------------


def test_bootstrap_is_deterministic_and_sensible():
    values = [0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0]
    assert mean_of(values) == mean_of(values)
    mean = mean_of(values)
    assert mean.low < mean.value == 0.625 < mean.high
    assert mean_of([2.0] * 5)[1:] == (2, 2, 2)
    assert not mean_of([]).is_defined
    narrow = mean_of(values * 10)
    assert narrow.high - narrow.low < mean.high - mean.low


def test_groups_weigh_the_same_in_a_mean_of_means():
    few, many = [0.0, 2.0], [4.0, 5.0, 6.0, 5.0]
    mean = mean_of_means([few, many])
    assert (mean.pictures, mean.value) == (6, 3)
    assert mean.low < 3 < mean.high
    assert mean == mean_of_means([few, many])
    assert mean_of_means([[1.0] * 4, [2.0] * 3])[1:] == (1.5, 1.5, 1.5)
    assert not mean_of_means([few, []]).is_defined
    assert not mean_of_means([]).is_defined


def test_recovery_and_harm():
    raw, clean = [1.0, 0.5, 0.6], [0.0, 0.1, 0.0]
    assert recovery(raw, clean, clean).value == pytest.approx(1)
    assert recovery(raw, raw, clean).value == pytest.approx(0)
    assert recovery(raw, [0.5, 0.3, 0.3], clean).value == pytest.approx(0.5)
    assert not recovery(clean, clean, clean).is_defined
    assert harm(raw, [0.0, 0.6, 0.6]).value == pytest.approx(1 / 3)


# -- pictures ----------------------------------------------------------------------------------


def test_every_group_has_a_kind():
    assert {kind_of(group) for group in (*FAMILIES, *SETS)} == set(KINDS)


def test_layouts_are_told():
    assert items.load(items.scenes("clean_characters", "dev", 1)[0]).layout == "line"
    assert items.is_page("page_stamp")
    assert items.is_page("pages/degraded")


def test_sets_that_are_absent_are_empty(monkeypatch, tmp_path):
    monkeypatch.setenv("FORETEXT_DATA", str(tmp_path))
    assert all(entries(name) == [] == items.real(name) for name in SETS)
    _, notes = tasks_for(Wish(families=["none"], peers=["raw"]), set())
    assert len(notes) == len(SETS)


@pytest.fixture
def small_set(monkeypatch, tmp_path):
    folder = tmp_path / "wordcloud"
    folder.mkdir()
    for k in range(5):
        Image.fromarray(np.full((8, 9, 3), 200, np.uint8)).save(folder / f"{k}.png")
        Image.fromarray(np.full((8, 9), 255 - 51 * k, np.uint8)).save(folder / f"{k}_truth.png")
    lines = ["file,text", *(f"{k}.png,text{k}" for k in range(5))]
    (folder / "labels.csv").write_text("\n".join(lines))
    monkeypatch.setenv("FORETEXT_DATA", str(tmp_path))


@pytest.mark.usefixtures("small_set")
def test_sets_are_read():
    found = entries("wordcloud")
    assert [entry.path.name for entry in found] == [f"{k}.png" for k in range(5)]
    example = read_entry(found[2])
    assert example.text == "text2"
    assert example.picture.shape == (8, 9, 3)
    assert example.ink == pytest.approx(np.full((8, 9), 0.4), abs=1e-6)
    chosen = [{item.name for item in items.real("wordcloud", k)} for k in (1, 3, None)]
    assert [len(names) for names in chosen] == [1, 3, 5]
    assert chosen[0] < chosen[1] < chosen[2]
    with pytest.raises(ValueError, match="wordcloud"):
        entries("nothing")


# -- peers -------------------------------------------------------------------------------------

# Models of these take seconds to load.
FAST = [name for name, peer in PEERS.items() if not peer.reads]


@pytest.mark.parametrize("name", FAST)
def test_peers_keep_to_the_rules(name, sample):
    if why_not(name):
        pytest.skip(why_not(name))
    before = sample.picture.copy()
    outcome = PEERS[name].make(sample)
    assert np.array_equal(sample.picture, before)
    assert (outcome.picture is None) != (outcome.read is None)
    if outcome.picture is not None:
        assert outcome.picture.dtype == np.uint8
        assert outcome.picture.ndim in (2, 3)
    if outcome.ink is not None:
        assert outcome.ink.shape == sample.picture.shape[:2]
        assert outcome.ink.dtype == np.float32
        assert outcome.ink.min() >= 0
        assert outcome.ink.max() <= 1


def test_editions_tell_peers_apart():
    assert edition("raw") == edition("raw") != edition("foretext")


@pytest.mark.parametrize("name", PEERS)
def test_every_peer_has_an_edition(name):
    assert edition(name)


def test_an_edition_of_nothing_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="gone"):
        digest_of(tmp_path / "gone.py")


# -- running -----------------------------------------------------------------------------------


def test_patterns():
    known = ["page_a", "page_b", "other"]
    assert plan.matching(["page_*:3", "page_b:1"], known) == {"page_a": 3, "page_b": 1}
    assert plan.matching(["none"], known) == {}
    with pytest.raises(ValueError, match="nothing is called"):
        plan.matching(["pages"], known)


def test_what_is_done_is_left_out():
    wish = Wish(["clean_words:2"], ["none"], ["raw", "otsu"])
    tasks, _ = tasks_for(wish, set())
    done = {row.key for row in measure(tasks[0])}
    left, _ = tasks_for(wish, done)
    assert [task.item.index for task in left] == [1]
    assert left[0].plan == {"raw": ("tesseract",), "otsu": ("tesseract",)}


def test_a_peer_that_fails_has_read_nothing(monkeypatch):
    def fail(sample):
        raise RuntimeError("no")

    monkeypatch.setitem(PEERS, "raw", PEERS["raw"].__class__(fail, "fails", "plain"))
    item = items.scenes("clean_characters", "dev", 1)[0]
    (row,) = measure(Task(item, {"raw": ("tesseract",)}))
    assert (row.error, row.text, row.cer) == ("RuntimeError: no", "", 1)


def row(peer="raw", item="a", edition="1", cer=0.0, group="clean_words"):
    return Row(item, "e", peer, edition, "tesseract", group, 2, 3, cer=cer)


def test_tables_survive_a_crash_and_keep_the_newest(tmp_path):
    path = tmp_path / "deep" / "results.jsonl"
    assert rows.read(path) == []
    elsewhere = row(item="c", group="outlined")
    written = [elsewhere, row(), row(item="b"), row(edition="2"), row("foretext")]
    written.append(row("foretext", cer=1.0))
    rows.append(path, written)
    with path.open("a") as stream:
        stream.write('{"item": "cut o')
    assert rows.read(path) == written
    assert rows.newest(written) == [elsewhere, row(edition="2"), row("foretext", cer=1.0)]


def test_run_and_report(tmp_path, capsys):
    pytest.importorskip("matplotlib", reason="a dependency of the lab alone")
    out, docs = tmp_path / "out", tmp_path / "docs"
    peers = ["raw", "truth", "foretext", "otsu"]
    run = ["run", "--families", "clean_*acters:2", "word_cloud:1", "--sets", "none"]
    run += ["--split", "dev", "--jobs", "1", "--out", str(out), "--peers", *peers]
    main(run)
    lines = (out / "results.jsonl").read_text().splitlines()
    assert len(lines) == 3 * len(peers)
    assert {json.loads(line)["error"] for line in lines} == {""}
    main(run)
    assert (out / "results.jsonl").read_text().splitlines() == lines
    capsys.readouterr()
    main(["report", "--out", str(out), "--docs", str(docs)])
    told = capsys.readouterr().out
    assert told.startswith("<!-- bench -->")
    assert "characters over text" in told
    front = (docs / "README.md").read_text()
    assert "Where foretext loses" in front
    for link in ("families/word_cloud.md", "pictures/chart-ink.png"):
        assert link in front
        assert (docs / link).is_file()
    sheets = list((docs / "pictures").glob("*.png"))
    assert {"word_cloud.png", "clean_characters.png"} <= {sheet.name for sheet in sheets}
    assert all(sheet.stat().st_size < 300_000 for sheet in sheets)


def test_a_report_needs_results(tmp_path):
    with pytest.raises(SystemExit, match="nothing measured"):
        main(["report", "--out", str(tmp_path), "--docs", str(tmp_path)])


def test_tables_are_markdown():
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |"


def test_of_sure_readings_the_right_ones_are_counted():
    lines = table_of([(0.2, False), (0.92, True), (0.99, True), (1.0, False)], "auto").splitlines()
    cells = {row.split("|")[1].strip(): [c.strip() for c in row.split("|")[2:4]] for row in lines}
    assert cells["0.00 to 0.30"] == ["1", "0"]
    assert cells["0.98 to 1.00"][0] == "2"
    assert cells["0.98 to 1.00"][1].startswith("50")
    assert cells["0.90 and more"][0] == "3"
    assert cells["0.30 to 0.50"] == ["0", ""]


def test_the_reliability_chart_is_of_the_tables(tmp_path):
    pytest.importorskip("matplotlib", reason="a dependency of the lab alone")
    found = [(0.2, False), (0.92, True), (0.99, True), *[(1.0, True), (0.99, False)] * 9]
    text = "\n\n".join(table_of(found, engine) for engine in ("auto", "tesseract"))
    engines = bins_in(f"# Words\n\n{text}\n\n| other | table |\n| 0.1 to 0.2 | 5 | |")
    assert list(engines) == ["auto", "tesseract"]
    assert [(b.low, b.high, b.readings) for b in engines["auto"]] == [
        (0.0, 0.3, 1),
        (0.9, 0.95, 1),
        (0.98, 1.0, 19),
    ]
    last = engines["auto"][-1]
    assert last.least < last.right < last.most
    (tmp_path / "told.md").write_text(text, encoding="utf-8")
    chart = tmp_path / "chart.png"
    main(["confidence", "--told", str(tmp_path / "told.md"), "--chart", str(chart)])
    with Image.open(chart) as picture:
        assert min(picture.size) > 300


def test_exactness_is_told_of_the_true_ink_and_of_the_picture(capsys):
    what = ["--families", "clean_words", "--engines", "tesseract", "auto"]
    main(["exactness", "--split", "dev", "--n", "2", "--jobs", "1", *what])
    told = capsys.readouterr().out
    assert "read exactly %, by tesseract" in told
    assert "read exactly %, by auto" in told
    assert "| clean_words | 2 | 100 | 100 | 100 | " in told
    # A wrong reading is told as one.
    shown = {"raw": ["", ""], "truth": ["ab", "xx"], "foretext": ["ax", "a"]}
    scores = {name: [score_text(t, "ab") for t in texts] for name, texts in shown.items()}
    row = exactness._row("family", scores)
    assert [cell.split()[0] for cell in row] == ["family", "2", "0", "50", "0", "100"]


def test_scans_are_told_by_family_and_all_together(capsys):
    main(["scans", "--split", "dev", "--n", "1", "--jobs", "1", "--families", "clean_page"])
    told = capsys.readouterr().out
    assert "CER %, by tesseract" in told
    for name in ("clean_page", "all"):
        (row,) = (line for line in told.splitlines() if line.startswith(f"| {name} "))
        pages, raw, _, ours, harmed, overlap = (
            float(cell.split()[0].strip("*")) for cell in row.strip("| ").split(" | ")[1:]
        )
        assert pages == 1
        assert 0.0 <= ours <= raw + 0.1 < 2.0
        assert harmed in (0, 100)
        assert overlap > 85


def test_harm_is_told_of_clean_pictures_that_follow(capsys):
    what = ["--families", "clean_words", "word_cloud", "--engines", "tesseract"]
    main(["harm", "--split", "dev", "--skip", "3", "--n", "2", "--jobs", "1", *what])
    told = capsys.readouterr().out
    assert "CER %, by tesseract" in told
    assert "| clean_words | 2 | " in told
    assert "word_cloud" not in told
    with pytest.raises(SystemExit, match="nothing to remove is called word_cloud"):
        main(["harm", "--families", "word_cloud"])
    # One of three reads worse, and its number is told.
    those = items.scenes("clean_words", "dev", 3)
    ours = (0.0, 0.2, 0.1)
    found = {item: harms.Errors(0.1, cer) for item, cer in zip(those, ours, strict=True)}
    row = harms._row("clean_words", found)
    assert [cell.split()[0] for cell in row[1:4]] == ["3", "10.0", "**10.0"]
    assert (row[4], row[5].split()[0], row[6]) == ("1 (1)", "33.3", "1")


def test_interval_of_a_share():
    # Wilson's of none in 300 and of half of 100, to three places.
    assert harms.interval(0, 300) == pytest.approx((0.0, 0.0126), abs=1e-3)
    assert harms.interval(50, 100) == pytest.approx((0.404, 0.596), abs=1e-3)
