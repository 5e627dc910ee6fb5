"""What does not read as two-class reviews: one line that says what to do, soon."""

import json
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sentiment_core.errors import DataError
from sentiment_core.text.reviews import load_reviews

ROWS = [f'"a film, number {number}",{number % 2}' for number in range(40)]
GOOD = "\n".join(["text,label", *ROWS]) + "\n"
LINES = [json.dumps({"text": f"a film {number}", "label": number % 2}) for number in range(40)]

FILES = {
    "no text column": ("mine.csv", GOOD.replace("text,", "review,"), "no column 'text', only review, label"),
    "no label column": ("mine.csv", GOOD.replace(",label", ",stars"), "no column 'label', only text, stars"),
    "one class only": ("mine.csv", GOOD.replace(",0\n", ",1\n"), "only the label 1. Both classes"),
    "three classes": ("mine.csv", GOOD + "a film,2\n", "labels 0, 1, 2. Two classes are needed"),
    "many classes": (
        "mine.csv",
        "text,label\n" + "".join(f"x,{n}\n" for n in range(8)),
        "labels 0, 1, 2, 3, 4, 5, ",
    ),
    "two unknown classes": (
        "mine.csv",
        GOOD.replace(",0\n", ",3\n"),
        "labels 1, 3. .*name them, negative first",
    ),
    "a row with no label": ("mine.csv", GOOD + "a film\n", "row 41 has no label in 'label'"),
    "too few reviews": ("mine.csv", "text,label\na,0\nb,1\n", r"Too few negative reviews \(1\)"),
    "an empty file": ("mine.csv", "", "mine.csv is empty"),
    "a header and no more": ("mine.csv", "text,label\n", "holds no reviews"),
    "a row with too many fields": ("mine.csv", GOOD + "a,b,c,1\n" + GOOD, "Expected 2 fields in line 42, saw 4"),
    "a quote never closed": ("mine.csv", GOOD + '"a film,1\n', "EOF inside string"),
    "latin-1": ("mine.csv", (GOOD + "café,1\n").encode("latin-1"), "it is not UTF-8. Give UTF-8"),
    "utf-16": ("mine.csv", GOOD.encode("utf-16"), "it is not UTF-8"),
    "latin-1 in JSON lines": ("mine.jsonl", '{"text":"café","label":1}\n'.encode("latin-1"), "is not UTF-8"),
    "a blank text": ("mine.csv", GOOD + '"  ",1\n', "row 41 has no text in 'text'"),
    "no text": ("mine.jsonl", "\n".join([*LINES, '{"text": null, "label": 1}']), "row 41 has no text in 'text'"),
    "numbers for text": ("mine.csv", "text,label\n" + "1,0\n2,1\n" * 20, "'text' holds int, not text"),
    "half a JSON line": ("mine.jsonl", "\n".join([*LINES, '{"text": "a']), "Cannot read .*mine.jsonl"),
    "JSON lines of lists": ("mine.jsonl", "[1, 2]\n[3, 4]\n", "Cannot read .*mine.jsonl"),
    "no JSON at all": ("mine.jsonl", "a film\n", "Cannot read .*mine.jsonl"),
    "no Parquet at all": ("mine.parquet", GOOD, "Cannot read .*mine.parquet"),
    "an unknown suffix": ("mine.xlsx", GOOD, r"mine.xlsx is none of .csv, .json, .jsonl, .parquet, .tsv"),
    "no suffix": ("mine", GOOD, "mine is none of .csv"),
}


def fails(source: str | Path, **options) -> str:
    """The one line that reading `source` ends in."""
    with pytest.raises(DataError) as caught:
        load_reviews(str(source), **options)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 600
    assert message.endswith(".")
    return message


@pytest.mark.parametrize(("name", "content", "expected"), FILES.values(), ids=FILES)
def test_a_bad_file(name: str, content: str | bytes, expected: str, tmp_path: Path):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataError, match=expected):
        load_reviews(str(path))
    fails(path)
    assert [left.name for left in tmp_path.iterdir()] == [name], "nothing is written beside the file"


def test_a_truncated_parquet_file(tmp_path: Path):
    path = tmp_path / "mine.parquet"
    pq.write_table(pa.table({"text": ["a film"] * 40, "label": [0, 1] * 20}), path)
    path.write_bytes(path.read_bytes()[:-30])
    assert "Cannot read" in fails(path)


def test_a_class_label_left_out(tmp_path: Path):
    """A ClassLabel that holds no number, as a Hub data set may."""
    from datasets import ClassLabel, Dataset, Features, Value

    labels = [0, 1] * 20 + [None]
    features = Features({"text": Value("string"), "label": ClassLabel(names=["neg", "pos"])})
    Dataset.from_dict({"text": ["a film"] * 41, "label": labels}, features).to_parquet(tmp_path / "mine.parquet")
    assert "row 41 has no label" in fails(tmp_path / "mine.parquet")


def test_label_names_that_are_not_those_of_the_file(tmp_path: Path):
    (tmp_path / "mine.csv").write_text(GOOD)
    assert "labels 0, 1. Two classes are needed" in fails(tmp_path / "mine.csv", label_names=["bad", "good"])
    assert "Two classes are needed" in fails(tmp_path / "mine.csv", label_names=["0"])


def test_a_folder_with_only_a_test_split(tmp_path: Path):
    (tmp_path / "test.csv").write_text(GOOD)
    assert "no train split, only test" in fails(tmp_path)


def test_a_folder_with_nothing_in_it(tmp_path: Path):
    assert "is an empty folder" in fails(tmp_path)


def test_a_folder_with_no_data_in_it(tmp_path: Path):
    (tmp_path / "notes.bin").write_text(GOOD)
    assert "Cannot read" in fails(tmp_path)


def test_a_folder_whose_files_differ(tmp_path: Path):
    (tmp_path / "train.csv").write_text(GOOD)
    (tmp_path / "test.csv").write_text(GOOD.replace(",label", ",stars"))
    assert "differ in their columns" in fails(tmp_path)


@pytest.mark.parametrize(
    "source", ["missing.csv", "./missing", "/no/such/folder", "~/no-such-folder", "owner/name.csv"]
)
def test_a_missing_path(source: str):
    assert "No file or folder" in fails(source)


@pytest.mark.parametrize("source", ["", "a b!", "~nobody-of-that-name/reviews", "x" * 260])
def test_what_names_nothing(source: str):
    fails(source)


def go_offline(monkeypatch: pytest.MonkeyPatch, offline: bool) -> None:
    import datasets
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", offline)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", offline)


@pytest.mark.parametrize("source", ["imdb", "somebody/reviews"])
@pytest.mark.parametrize("told", [True, False], ids=["told to be offline", "no network"])
def test_the_hub_while_offline(source: str, told: bool, monkeypatch: pytest.MonkeyPatch):
    """Where nothing was said, the Hub's address refuses to connect: port 9 is nobody's."""
    import datasets
    from huggingface_hub import constants

    go_offline(monkeypatch, told)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    started = time.perf_counter()
    message = fails(source)
    assert time.perf_counter() - started < 5
    assert "the Hub cannot be reached. Connect once so that it is cached, pass a folder, or use toy." in message
    # A notebook that connects and tries again must not be held offline.
    assert constants.HF_HUB_OFFLINE is told
    assert datasets.config.HF_HUB_OFFLINE is told
