"""Sources that cannot be read as two-class reviews are refused quickly, with one line that says what to do."""

import gzip
import json
import os
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
    "no text column": ("mine.csv", GOOD.replace("text,", "words,"), "no column 'text', only words, label. .*--text"),
    "no label column": ("mine.csv", GOOD.replace(",label", ",seen"), "no column 'label', only text, seen. .*--label"),
    "two columns of one name": ("mine.csv", GOOD.replace(",label", ",Text"), "no column 'label'"),
    "a name twice": ("mine.csv", GOOD.replace("text,label", "text,text"), "two columns are named 'text'. .* such as 1"),
    "one class only": ("mine.csv", GOOD.replace(",0\n", ",1\n"), "only the label positive. Both classes"),
    "three classes": (
        "mine.csv",
        GOOD + "a film,2\n",
        "labels 0, 1, 2. Two classes are needed: .*--labels 0,2; rows",
    ),
    "many classes": (
        "mine.csv",
        "text,label\n" + "".join(f"x,{n}\n" for n in range(8)),
        "labels 0, 1, 2, 3, 4, 5, ",
    ),
    "two unknown classes": (
        "mine.csv",
        GOOD.replace(",0\n", ",3\n"),
        "labels 1, 3. .*name them, negative first, with --labels, such as --labels 1,3",
    ),
    "five stars": (
        "mine.csv",
        "text,label\n" + "".join(f"x,{n}.0\n" for n in range(1, 6)),
        "labels 1, 2, 3, 4, 5. .*--labels 1.2,4.5",
    ),
    "too few reviews": ("mine.csv", "text,label\na,0\nb,1\n", r"Too few negative reviews \(1\)"),
    "an empty file": ("mine.csv", "", "mine.csv is empty"),
    "only blank lines": ("mine.csv", "\n\n", "holds no reviews"),
    "a header and no more": ("mine.csv", "text,label\n", "holds no reviews"),
    "no row with a text": ("mine.csv", "text,label\n,1\n ,0\n", "no row has both a text and a label"),
    "no label at all": ("mine.csv", "text,label\na film,\nanother,NA\n", "has no labels. Name another label column"),
    "a row with too few fields": (
        "mine.csv",
        GOOD + "a film\n" + GOOD,
        r"row 41 \(line 42\) has 1 field, and",
    ),
    "a row with too many fields": ("mine.csv", GOOD + "a,b,c,1\n" + GOOD, r"row 41 \(line 42\) has 4 fields, and the"),
    "a field more in every row": ("mine.csv", "text,label\n" + "7,a film,1\n8,b,0\n" * 20, r"row 1 \(line 2\) has 3"),
    "a quote never closed": ("mine.csv", GOOD + '"a film,1\n', "row 41 .*a quotation mark is never closed"),
    "a quote that takes in the next rows": (
        "mine.csv",
        GOOD + '"a film,1\n' + GOOD.replace('"', "").replace(", n", " n") + '"b,1"\n',
        "row 41",
    ),
    "damaged UTF-8": (
        "mine.csv",
        (GOOD + "café, naïve,1\n").encode() + b"\xe9\xff,1\n",
        "UTF-8, but damaged: byte 0xe9 in",
    ),
    "cp949": (
        "mine.csv",
        b"text,label\n" + "정말 재미있는 영화,1\n지루한 영화,0\n".encode("cp949") * 20,
        "--encoding cp949",
    ),
    "cp1251": (
        "mine.csv",
        b"text,label\n" + b"\xcf\xeb\xee\xf5\xee,1\n\xc4\xe5\xeb\xe0,0\n" * 20,
        "not UTF-8.*--encoding",
    ),
    "NUL": ("mine.csv", GOOD + "a\0film,1\n", "NUL in line 42"),
    "no text at all": ("mine.csv", bytes(range(256)) * 20, "is damaged, or is not a text file: byte 0x80"),
    "too long a text": ("mine.csv", GOOD + "x" * 1_000_001 + ",1\n", "row 41 holds 1,000,001 characters"),
    "numbers for text": (
        "mine.csv",
        "text,label\n" + "1,0\n2,1\n" * 20,
        "'text' holds numbers, not text. Name the",
    ),
    "lists for text": ("mine.jsonl", '{"text": ["a"], "label": 1}\n' * 2, "row 1 holds a list, not one value"),
    "half a JSON line": ("mine.jsonl", "\n".join([*LINES, '{"text": "a']), "line 41 is not JSON"),
    "JSON nested without end": ("mine.json", "[" * 100_000, "is not JSON: nested too deep"),
    "a comma behind each record": (
        "mine.json",
        '{"text": "a", "label": 1},\n' * 2,
        "extra data at character 26 of line",
    ),
    "minus one, nothing and one": (
        "mine.csv",
        "text,label\na,-1\nb,0\nc,1\n",
        "labels -1, 0, 1. Two .* --labels -1,1;",
    ),
    "JSON lines of lists": ("mine.jsonl", "[1, 2]\n[3, 4]\n", "mine.jsonl is not JSON"),
    "a JSON array of numbers": ("mine.json", "[1, 2]", "holds no records with named fields"),
    "no JSON at all": ("mine.jsonl", "a film\n", "line 1 is not JSON"),
    "no Parquet at all": ("mine.parquet", b"\0\1\2" * 99, "mine.parquet is damaged: it is not a .parquet file"),
    "half a workbook": ("mine.xlsx", b"PK\3\4" + b"x" * 99, "mine.xlsx is a damaged archive"),
    "an old workbook": ("mine.xls", b"\xd0\xcf\x11\xe0" + b"x" * 99, "is an old Excel file.*Save it as .xlsx or CSV"),
    "half a .gz": ("mine.csv.gz", gzip.compress(GOOD.encode())[:-20], "mine.csv.gz is a damaged archive"),
    "a .gz of noise": ("mine.csv.gz", b"\x1f\x8b\x08" + b"noise" * 20, "mine.csv.gz is a damaged archive"),
    "half a .zip": ("mine.zip", b"PK\3\4" + b"x" * 99, "mine.zip is a damaged archive"),
    "prose": (
        "mine.txt",
        "It was a fine film.\nI liked it.\n",
        "its first line is one field. Name what separates",
    ),
}


def fails(source: str | Path, **options) -> str:
    """The one line of the refusal to read `source`."""
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
    """A ClassLabel without a number, which a Hub data set may contain."""
    from datasets import ClassLabel, Dataset, Features, Value

    labels = [0, 1] * 20 + [None]
    features = Features({"text": Value("string"), "label": ClassLabel(names=["neg", "pos"])})
    Dataset.from_dict({"text": ["a film"] * 41, "label": labels}, features).to_parquet(tmp_path / "mine.parquet")
    (report,) = load_reviews(str(tmp_path / "mine.parquet")).report.splits
    assert (report.rows, report.kept, report.no_label) == (41, 40, (41,))


def test_label_names_that_are_not_those_of_the_file(tmp_path: Path):
    (tmp_path / "mine.csv").write_text(GOOD, encoding="utf-8")
    assert "labels 0, 1, none of which --labels names" in fails(tmp_path / "mine.csv", label_names=["bad", "good"])
    assert "takes two values, negative first" in fails(tmp_path / "mine.csv", label_names=["0"])
    assert "share a value" in fails(tmp_path / "mine.csv", label_names=["0", "0.0"])


def test_a_folder_with_only_a_test_split(tmp_path: Path):
    (tmp_path / "test.csv").write_text(GOOD, encoding="utf-8")
    assert "no train split, only test" in fails(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe(tmp_path: Path):
    os.mkfifo(tmp_path / "mine.csv")
    assert "can be read only once. Save it as a file first" in fails(tmp_path / "mine.csv")


def test_a_folder_with_nothing_in_it(tmp_path: Path):
    assert "is an empty folder" in fails(tmp_path)


def test_a_folder_with_no_data_in_it(tmp_path: Path):
    (tmp_path / "notes.bin").write_text(GOOD, encoding="utf-8")
    assert "holds no file of reviews" in fails(tmp_path)


def test_a_folder_whose_files_differ(tmp_path: Path):
    (tmp_path / "train.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "test.csv").write_text(GOOD.replace("text,", "words,"), encoding="utf-8")
    assert "(test.csv) has no column 'text', only words, label" in fails(tmp_path)


@pytest.mark.parametrize(
    "source", ["missing.csv", "./missing", "/no/such/folder", "~/no-such-folder", "owner/name.csv"]
)
def test_a_missing_path(source: str):
    assert "No file or folder" in fails(source)


@pytest.mark.parametrize("source", ["", "a b!", "~nobody-of-that-name/reviews", "x" * 260])
def test_sources_that_do_not_exist(source: str):
    fails(source)


def go_offline(monkeypatch: pytest.MonkeyPatch, offline: bool) -> None:
    import datasets
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", offline)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", offline)


@pytest.mark.parametrize("source", ["imdb", "somebody/reviews"])
@pytest.mark.parametrize("told", [True, False], ids=["told to be offline", "no network"])
def test_the_hub_while_offline(source: str, told: bool, monkeypatch: pytest.MonkeyPatch):
    """Without the offline setting, the Hub's address refuses connections: nothing listens on port 9."""
    import datasets
    from huggingface_hub import constants

    go_offline(monkeypatch, told)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    started = time.perf_counter()
    message = fails(source)
    assert time.perf_counter() - started < 5
    assert (
        "the Hub cannot be reached. Connect once so that it is cached, pass a folder, or use korean or toy." in message
    )
    # A notebook that goes online and retries must not stay offline.
    assert constants.HF_HUB_OFFLINE is told
    assert datasets.config.HF_HUB_OFFLINE is told
