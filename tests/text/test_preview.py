"""A preview shows what was guessed and what is in a file, and its form reads the file."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sentiment_core.errors import DataError
from sentiment_core.text.column_kinds import ColumnKind
from sentiment_core.text.grid import Kind
from sentiment_core.text.label_table import groups_of
from sentiment_core.text.preview import Preview, preview
from sentiment_core.text.reviews import read_reviews
from sentiment_core.text.table import Form
from tests.text.small_tables import COUNT, HEADED, LABELS, TEXTS, lines, table

STARS = [("Sterne", "Kommentar"), *((n % 5 + 1, f"{text} Schön!") for n, text in enumerate(TEXTS))]


def read_as_seen(path: Path, seen: Preview) -> list[int]:
    """The labels of the file, read with the form and the sides of its preview."""
    sides = groups_of({label.value: label.side for label in seen.labels})
    return read_reviews(str(path), seen.form, sides).parts["all"].labels.tolist()


def test_every_guess_of_a_table_is_told_and_reads_it(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_bytes(table(STARS, ";").encode("cp1252"))
    seen = preview(path)
    assert (seen.kind, seen.encoding, seen.separator, seen.header) == (Kind.DELIMITED, "cp1252", ";", True)
    assert (seen.text, seen.label, seen.bytes) == ((2,), 1, path.stat().st_size)
    assert [(column.name, column.kind) for column in seen.columns] == [
        ("Sterne", ColumnKind.NUMBERS),
        ("Kommentar", ColumnKind.TEXT),
    ]
    assert [(label.value, label.count, label.side) for label in seen.labels] == [
        (str(n), COUNT // 5, side)
        for n, side in zip(range(1, 6), ["negative"] * 2 + [""] + ["positive"] * 2, strict=True)
    ]
    assert seen.rows[0] == ("1", f"{TEXTS[0]} Schön!")
    assert (seen.row_count, seen.complete, seen.bad_count) == (COUNT, True, 0)
    assert "has no column 'text'" in str(seen.problem)
    assert read_as_seen(path, seen) == [int(row[0] > 3) for row in STARS[1:] if row[0] != 3]


def test_a_guess_can_be_overridden(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_text("a|b;c\n" + "x|y;1\nx|z;0\n" * 5, encoding="utf-8")
    assert [column.name for column in preview(path, Form(separator="|")).columns] == ["a", "b;c"]
    assert [column.name for column in preview(path, Form(separator=";")).columns] == ["a|b", "c"]
    headless = preview(path, Form("1", "2", separator=";", header=False))
    assert (headless.row_count, headless.header, headless.columns[0].name) == (11, False, "")
    assert preview(path, Form(separator=";"), ["1", "0"]).labels[0].side == "negative"


def write_parquet(path: Path) -> Path:
    pq.write_table(pa.table({"text": TEXTS, "label": LABELS}), path)
    return path


KINDS = {
    Kind.JSON: ("mine.jsonl", lines([{"text": text, "label": label} for text, label in HEADED[1:]])),
    Kind.DELIMITED: ("mine.tsv", table(HEADED, "\t")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_shows_the_same(kind: Kind, tmp_path: Path):
    name, content = KINDS[kind]
    (tmp_path / name).write_text(content, encoding="utf-8")
    seen, same = preview(tmp_path / name), preview(write_parquet(tmp_path / "mine.parquet"))
    assert (seen.kind, same.kind) == (kind, Kind.PARQUET)
    assert (seen.rows, seen.text, seen.label, seen.row_count) == (same.rows, same.text, same.label, COUNT)
    assert set(seen.labels) == set(same.labels)


def test_folders_of_texts(tmp_path: Path):
    for number, (text, label) in enumerate(HEADED[1:]):
        folder = tmp_path / "train" / ("neg", "pos")[label]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    seen = preview(tmp_path)
    assert (seen.kind, seen.row_count, seen.complete) == (Kind.FOLDERS, COUNT, True)
    assert {(label.value, label.count, label.side) for label in seen.labels} == {
        ("neg", COUNT // 2, "negative"),
        ("pos", COUNT // 2, "positive"),
    }
    assert seen.files == (("train", ("train/neg", "train/pos")),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_only_the_start_of_a_large_file_is_read(encoding: str, tmp_path: Path):
    """It ends between two rows, also where a quoted text holds a line end."""
    path = tmp_path / "large.csv"
    rows = [("text", "label"), *((f"film {n}\nand {'more ' * 30}", n % 2) for n in range(18_000))]
    path.write_bytes(table(rows).encode(encoding))
    seen = preview(path)
    assert not seen.complete
    assert 1_000 < seen.row_count < 18_000
    assert (seen.bad_count, len(seen.columns)) == (0, 2)
    assert sum(label.count for label in seen.labels) == seen.row_count


def test_rows_that_cannot_be_read_are_listed(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_text(table(HEADED) + 'one\na,b,c\n"open,1\n' + table(HEADED[1:]), encoding="utf-8")
    seen = preview(path)
    assert [bad.row for bad in seen.bad] == [COUNT + 1, COUNT + 2, COUNT + 3]
    assert [str(bad.reason) for bad in seen.bad] == [
        "it has 1 field, and the first line 2",
        "it has 3 fields, and the first line 2",
        "quotation marks do not pair",
    ]


def test_a_file_of_which_nothing_can_be_shown(tmp_path: Path):
    (tmp_path / "mine.csv").write_bytes(b"")
    with pytest.raises(DataError, match="is empty"):
        preview(tmp_path / "mine.csv")


def test_a_file_whose_name_says_something_else(tmp_path: Path):
    seen = preview(write_parquet(tmp_path / "mine.csv"))
    assert (seen.kind, seen.row_count) == (Kind.PARQUET, COUNT)
    assert str(seen.note) == "mine.csv is not what its name says: it is read as a Parquet file."
    (tmp_path / "mine.txt").write_text(table(HEADED), encoding="utf-8")
    assert preview(tmp_path / "mine.txt").note is None
