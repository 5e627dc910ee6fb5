"""Rows that cannot be read stop the reading, or are told and left out; copies are counted and can be dropped."""

import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sentiment_core.errors import DataError
from sentiment_core.text.copies import originals
from sentiment_core.text.delimited import Dialect
from sentiment_core.text.lenient import read_leniently
from sentiment_core.text.report import describe
from sentiment_core.text.reviews import load_reviews, read_again, read_reviews
from sentiment_core.text.table import Form
from tests.text.small_tables import COUNT, HEADED, PAIRS, lines, pairs, read, table

RECORDS = [{"text": text, "label": label} for text, label in PAIRS]
GOOD = table(HEADED)
DAMAGED = {
    "too few fields": ("mine.csv", (GOOD + "a film\n" + table(PAIRS)).encode(), "it has 1 field, and the first line 2"),
    "too many fields": (
        "mine.csv",
        (GOOD + "a,b,1\n" + table(PAIRS)).encode(),
        "it has 3 fields, and the first line 2",
    ),
    "an open quotation": (
        "mine.csv",
        (GOOD + '"a film,1\n' + table(PAIRS)).encode(),
        "quotation marks do not pair",
    ),
    "NUL": ("mine.csv", (GOOD + "a\0film,1\n" + table(PAIRS)).encode(), "it holds a NUL character"),
    "a quotation that is open to the end": (
        "mine.csv",
        (GOOD + '"a film,1\n' + "".join(f"{text.replace(',', '')},{label}\n" for text, label in PAIRS)).encode(),
        "a quotation mark is never closed",
    ),
    "half a record": ("mine.jsonl", (lines(RECORDS) + '{"text": "a\n' + lines(RECORDS)).encode(), "it is not JSON"),
    "a list": (
        "mine.jsonl",
        (lines(RECORDS) + "[1, 2]\n" + lines(RECORDS)).encode(),
        "it is no record with named fields",
    ),
    "an object for a text": (
        "mine.jsonl",
        (lines(RECORDS) + '{"text": {"a": 1}, "label": 1}\n' + lines(RECORDS)).encode(),
        "it holds a dict, not one value",
    ),
    "too long a text": (
        "mine.csv",
        (GOOD + "x" * 1_000_001 + ",1\n" + table(PAIRS)).encode(),
        "it holds more than 1,000,000 characters in one column",
    ),
}


@pytest.mark.parametrize(("name", "content", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_row_is_told_and_costs_no_other(name: str, content: bytes, reason: str, tmp_path: Path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError):
        read(path)
    found = read(path, skip_bad_rows=True)
    (report,) = found.report.splits
    assert [label for _, label in pairs(found)] == [label for _, label in [*PAIRS, *PAIRS]]
    assert pairs(found)[:COUNT] == PAIRS
    assert [row for row, _ in report.left_out] == [COUNT + 1]
    assert str(report.left_out[0][1]).startswith(reason)
    assert report.unread + len(report.broken) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_byte_that_does_not_decode_costs_one_row(encoding: str, tmp_path: Path):
    path = tmp_path / "mine.csv"
    rows = [(f"정말 재미있는 영화 {n}", n % 2) for n in range(20)]
    content = table([("text", "label"), *rows]).encode(encoding).split(b"\n")
    content[5] = content[5][:3] + b"\xff" + content[5][3:]
    path.write_bytes(b"\n".join(content))
    with pytest.raises(DataError, match="in line 6"):
        read(path, encoding=encoding)
    found = read(path, encoding=encoding, skip_bad_rows=True)
    assert pairs(found) == [row for place, row in enumerate(rows) if place != 4]
    assert [(row, str(reason)) for row, reason in found.report.splits[0].left_out] == [
        (5, "its text is broken Unicode")
    ]


def test_bytes_that_are_not_text_in_parquet(tmp_path: Path):
    path = tmp_path / "mine.parquet"
    texts = [text.encode() for text, _ in PAIRS]
    texts[3] = b"\xff\xfe"
    pq.write_table(pa.table({"text": pa.array(texts, pa.binary()), "label": [label for _, label in PAIRS]}), path)
    with pytest.raises(DataError, match="row 4 holds bytes that are not UTF-8"):
        read(path)
    found = read(path, skip_bad_rows=True)
    assert pairs(found) == [pair for row, pair in enumerate(PAIRS) if row != 3]
    assert "1 that cannot be read" in describe(found.report)[0]


def test_quotation_marks_stay_marks_in_a_file_with_a_few_damaged_rows(tmp_path: Path):
    """Without them, each of these rows is two rows of two fields, so that fewer would be damaged."""
    rows = [(f'film {n}, quite "long"\nwith more, and so on', n % 2) for n in range(40)]
    whole = table([("text", "label"), *rows])
    (tmp_path / "mine.csv").write_text(whole + 'open "quote",1,x\n"never closed, 2\n' + table(rows), encoding="utf-8")
    found = read(tmp_path / "mine.csv", names=["0", "1"], skip_bad_rows=True)
    assert pairs(found)[:40] == rows
    assert len(pairs(found)) >= 79


def test_a_file_without_damage_is_read_the_same(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_text(table([("text", "label"), *((f'{text} "so, so"\nand more', label) for text, label in PAIRS)]))
    assert pairs(read(path)) == pairs(read(path, skip_bad_rows=True))


def test_a_first_line_that_cannot_be_read_is_never_passed_over():
    """By its number of fields the others are measured, and it names the columns."""
    with pytest.raises(DataError, match="first line cannot be read: quotation marks do not pair"):
        list(read_leniently(io.StringIO('"text" of,label\na,1\n'), Dialect(",", "quoted"), header=True))


def test_the_list_is_bounded_and_the_counts_are_not(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_text(GOOD + "one\n" * 1_500, encoding="utf-8")
    (report,) = read_reviews(str(path), Form(skip_bad_rows=True)).report.splits
    assert (report.unread, report.rows, len(report.left_out)) == (1_500, COUNT + 1_500, 1_000)


def test_copies_are_dropped_from_the_split_that_can_spare_them(tmp_path: Path):
    """The source's test split stays whole, with its own copies, so that its accuracy can be compared with others'."""
    test = [("In Test", 1), ("in test", 1), ("only test", 0)]
    train = [*PAIRS, *PAIRS[:4], ("in  TEST", 1), ("also valid", 0)]
    valid = [("also valid", 0), ("valid alone", 1)]
    for name, rows in (("train", train), ("valid", valid), ("test", test)):
        (tmp_path / f"{name}.csv").write_text(table([("text", "label"), *rows]), encoding="utf-8")
    reviews = load_reviews(str(tmp_path), drop_copies=True)
    assert [(text, label) for text, label in zip(reviews.train.texts, reviews.train.labels, strict=True)] == PAIRS
    assert (reviews.valid.texts, reviews.test.texts) == ([row[0] for row in valid], [row[0] for row in test])
    assert reviews.report.copies.dropped == (("train", 6),)
    assert reviews.report.copies.across == ()
    assert "copies left out: 6 in train" in describe(reviews.report)
    assert reviews.reading is not None
    assert read_again(reviews.reading).fingerprint == reviews.fingerprint


def test_copies_of_a_source_without_splits_are_dropped_before_any_is_drawn(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_text(table([*HEADED, *PAIRS]), encoding="utf-8")
    once, twice = load_reviews(str(path), drop_copies=True), load_reviews(str(path))
    assert sum(map(len, once.splits.values())) == COUNT
    assert sum(map(len, twice.splits.values())) == 2 * COUNT
    assert once.report.copies.across == ()


def test_the_first_of_copies_stays():
    kept = originals({"all": ["a", "b", "A ", "c", "b"]})
    assert np.array_equal(kept["all"], [0, 1, 3])
