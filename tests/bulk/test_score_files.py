"""`score --files`: the same rows in the same order with new columns, whatever is wrong with some of them."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Classifier
from tests.bulk.conftest import AFTER, COUNT, KINDS, UNREADABLE, read_parts, reviews, write_table
from tests.classifiers.tiny_bert import save_bert
from tests.command_line import Sentiment
from tests.conftest import ROOT

RUN = ROOT / "checkpoints" / "toy" / "bilstm"
FIGURES = ["probability", "verdict", "tokens", "cut", "unknown", "error"]
Source = Callable[..., Path]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier(RUN)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_and_order_are_kept_and_figures_are_the_classifiers(
    kind: str, source: Source, classifier: Classifier, sentiment: Sentiment
):
    result = sentiment("score", RUN, "--files", source(kind), "--out", "scored", "--block-rows", 13)
    assert result.code == 0, result.err
    damaged = not kind.startswith("parquet")
    rows, expected = read_parts(Path("scored")), reviews()
    assert f"{len(rows)} rows in {-(-len(rows) // 13)} parts, {COUNT - len(UNREADABLE)} scored" in result.out
    assert list(rows[0]) == ["id", "n", "text", "note", *FIGURES]
    assert [row["id"] for row in rows] == [f"mine.{kind}:{number}" for number in range(1, COUNT + damaged + 1)]
    if damaged:
        bad = rows.pop(AFTER + 1)
        assert bad["probability"] is None
        assert re.match(r"it has 1 field, and the first line 3|it is not JSON \(.* at character 15\)", bad["error"])
        assert "only one field" in bad.values() or '{"n": 5, "text' in bad.values()
    for row, wanted in zip(rows, expected, strict=True):
        assert str(row["n"]) == str(wanted["n"])
        assert (row["text"] or None) == wanted["text"]
        assert row["note"] == "=1+1"
        if wanted["n"] in UNREADABLE:
            assert row["error"]
            assert row["probability"] is row["verdict"] is row["tokens"] is None
            continue
        one = classifier.predict([wanted["text"]])[0]
        assert row["probability"] == pytest.approx(one.probability, abs=2e-5)
        assert [row[name] for name in FIGURES[1:]] == [one.told, one.length, one.length - one.read, one.unknown, None]


def test_what_cannot_be_read_says_why(source: Source, sentiment: Sentiment):
    sentiment("score", RUN, "--files", source(), "--out", "scored")
    errors = {row["n"]: row["error"] for row in read_parts(Path("scored")) if row["error"]}
    assert errors == {
        3: "it has no text",
        5: "it holds more than 1,000,000 characters in one column",
        9: "it has no text",
    }


def test_texts_that_are_no_unicode_are_rows_with_errors(tmp_path: Path, sentiment: Sentiment):
    damaged = pa.array([b"a fine film", b"\xff\xfe dull", b"great"]).cast(pa.binary())
    text = pa.StringArray.from_buffers(3, damaged.buffers()[1], damaged.buffers()[2])
    pq.write_table(pa.table({"text": text}), tmp_path / "bytes.parquet")
    (tmp_path / "half.jsonl").write_text('{"text": "a fine film"}\n{"text": "half \\ud800 of one"}\n{"text": 5}\n')
    for name, reason in (("bytes.parquet", "it holds bytes that are not UTF-8"), ("half.jsonl", "not valid Unicode")):
        assert sentiment("score", RUN, "--files", tmp_path / name, "--out", name).code == 0
        errors = pq.read_table(name, columns=["error"]).column(0).to_pylist()
        assert errors[0] is errors[2] is None
        assert reason in errors[1]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_parts_are_written_in_other_forms(form: str, source: Source, sentiment: Sentiment):
    path = source("jsonl")
    sentiment("score", RUN, "--files", path, "--out", "as-parquet", "--block-rows", 13)
    assert sentiment("score", RUN, "--files", path, "--out", "other", "--block-rows", 13, "--format", form).code == 0
    found = []
    for part in sorted(Path("other").glob(f"part-*.{form}")):
        with part.open(encoding="utf-8-sig", newline="") as file:
            found += list(csv.DictReader(file)) if form == "csv" else map(json.loads, file)
    expected = read_parts(Path("as-parquet"))
    assert len(found) == len(expected)
    for row, wanted in zip(found, expected, strict=True):
        if form == "jsonl":
            assert row == wanted
        else:
            assert row["id"] == wanted["id"]
            assert row["note"] in ("'=1+1", "")  # a spreadsheet would run it
            assert row["probability"] == ("" if wanted["probability"] is None else str(wanted["probability"]))


def test_a_folder_a_pattern_and_names_are_scored_in_order(tmp_path: Path, sentiment: Sentiment):
    for number in (10, 2, 1):
        write_table(tmp_path / "in" / f"{number}.parquet", reviews(5, seed=number))
    write_table(tmp_path / "in" / "_hidden.parquet", reviews(5))
    wanted = ("--files", tmp_path / "in"), ("--files", tmp_path / "in" / "[0-9]*.parquet")
    for number, files in enumerate(wanted):
        assert sentiment("score", RUN, *files, "--out", f"out-{number}").code == 0
        ids = [row["id"] for row in read_parts(Path(f"out-{number}"))]
        assert ids == [f"{name}.parquet:{row}" for name in (1, 2, 10) for row in range(1, 6)]


def test_names_that_are_there_are_kept_and_ids_are_not_made_twice(tmp_path: Path, sentiment: Sentiment):
    rows = [{"id": 7, "text": "a fine film", "probability": 0.5, "Error": "x"}]
    result = sentiment("score", RUN, "--files", write_table(tmp_path / "a.parquet", rows), "--out", "scored")
    assert "new columns probability_2, verdict, tokens, cut, unknown, error_2" in result.out
    (row,) = read_parts(Path("scored"))
    assert (row["id"], row["probability"], row["Error"], row["error_2"]) == (7, 0.5, "x", None)
    missing = sentiment("score", RUN, "--files", tmp_path / "a.parquet", "--out", "other", "--id-column", "key")
    assert "a.parquet has no column key. Name another --id-column." in missing.err


def test_a_model_with_a_neutral_label_says_its_probability(tmp_path: Path, source: Source, sentiment: Sentiment):
    model = save_bert(tmp_path / "three", ["negative", "neutral", "positive"])
    result = sentiment("score", model, "--files", source(count=12), "--out", "scored")
    assert result.code == 0, result.err
    assert all(0 < row["neutral"] < 1 for row in read_parts(Path("scored")) if row["error"] is None)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.parquet", b"\x89PNG\r\n\x1a\n" + bytes(50), "is a picture, not a table of reviews"),
        ("a.parquet", b"PAR1" + bytes(50), "Cannot read a.parquet"),
        ("a.csv", b"body,stars\ngood,5\nbad,1\n", "no column 'text'"),
        ("a.json", b'[{"text": "good"}, {"text": "bad"}]', "Save it as one record a line"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"text\n", "holds no rows"),
    ],
)
def test_what_is_no_table_ends_it_before_anything_is_scored(
    name: str, content: bytes, words: str, tmp_path: Path, sentiment: Sentiment
):
    (tmp_path / name).write_bytes(content)
    columns = ("--text-column", "text") if b"body" in content else ()
    result = sentiment("score", RUN, "--files", tmp_path / name, "--out", "scored", *columns)
    assert result.code == 2
    assert words in result.err
    assert not Path("scored").exists()


def test_files_that_are_not_one_table_are_refused(tmp_path: Path, sentiment: Sentiment):
    write_table(tmp_path / "a.parquet", [{"text": "good", "n": 1}])
    write_table(tmp_path / "b.parquet", [{"text": "good", "n": "one"}])
    write_table(tmp_path / "c.csv", [{"text": "good", "n": 1}])
    other = sentiment("score", RUN, "--files", tmp_path / "[ab].parquet", "--out", "scored")
    assert "The column n of b.parquet has another type than that of a.parquet" in other.err
    kinds = sentiment("score", RUN, "--files", tmp_path / "[ac].*", "--out", "scored")
    assert "a.parquet and c.csv are of different kinds" in kinds.err
    nothing = sentiment("score", RUN, "--files", tmp_path / "*.txt", "--out", "scored")
    assert re.search("No table at .*txt", nothing.err)
    assert "Give a corpus with --corpus, or files" in sentiment("score", RUN, "--out", "scored").err
