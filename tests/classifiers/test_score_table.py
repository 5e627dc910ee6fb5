"""A scored table has the rows of the file in their order, with figures or the reason why there are none."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

import sentiment_core as sc
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.classifiers.score_table import score_table
from sentiment_core.errors import DataError
from sentiment_core.text.preview import preview
from sentiment_core.text.table import Form

ROOT = Path(__file__).parents[2]
ADDED = ("probability", "verdict", "tokens", "cut", "unknown", "error")
ROWS = [
    ["id", "text", "note"],
    ["1", "a fine film", "=1+1"],
    ["2", "two\nlines, dull", "-5"],
    ["3", " ", "@x"],
    ["4", "terrible " * 600, "\tx"],
    ["5", "<b>great</b>", "plain"],
]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return sc.load(ROOT / "checkpoints" / "imdb" / "rnn")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)
        file.write("6,short\n")
    return path


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_rows_and_order_are_kept_and_figures_are_the_classifiers(source: Path, classifier: Classifier, tmp_path: Path):
    out = tmp_path / "scored.csv"
    done = score_table(source, Form(), classifier, out)
    head, *rows = read_csv(out)
    assert head == [*ROWS[0], *ADDED]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row[1] for row in rows[:5]] == [row[1] for row in ROWS[1:]]
    assert (done.rows, done.scored, done.columns) == (6, 4, ADDED)
    for row in (0, 1, 3, 4):
        one = classifier.predict([ROWS[row + 1][1]])[0]
        assert float(rows[row][3]) == pytest.approx(one.probability, abs=2e-5)
        assert rows[row][4:] == [one.told, str(one.length), str(one.length - one.read), str(one.unknown), ""]
    assert int(rows[3][6]) > 0
    assert rows[2][3:] == ["", "", "", "", "", "it has no text"]
    assert rows[5][1:] == ["short", "", "", "", "", "", "", "it has 2 fields, and the first line 3"]


def test_no_cell_is_run_by_a_spreadsheet(source: Path, classifier: Classifier, tmp_path: Path):
    done = score_table(source, Form(), classifier, tmp_path / "scored.csv")
    notes = [row[2] for row in read_csv(tmp_path / "scored.csv")]
    assert notes == ["note", "'=1+1", "-5", "'@x", "'\tx", "plain", ""]
    assert done.guarded == 3
    score_table(source, Form(), classifier, tmp_path / "scored.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "scored.xlsx").active.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert [cell.value for cell in cells if cell.column == 3] == ["note", "'=1+1", "-5", "'@x", "'\tx", "plain", None]


def test_every_kind_of_file_holds_the_same(source: Path, classifier: Classifier, tmp_path: Path):
    found = {}
    for kind in ("tsv", "jsonl", "parquet", "xlsx"):
        out = tmp_path / f"scored.{kind}"
        score_table(source, Form(), classifier, out)
        if kind == "jsonl":
            found[kind] = [json.loads(line)["probability"] for line in out.read_text("utf-8").splitlines()]
        elif kind == "parquet":
            found[kind] = pq.read_table(out)["probability"].to_pylist()
        elif kind == "xlsx":
            found[kind] = [row[3].value for row in load_workbook(out).active.iter_rows(min_row=2)]
        else:
            with out.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file, delimiter="\t"))[1:]
            found[kind] = [float(row[3]) if row[3] else None for row in rows]
    assert found["tsv"] == found["jsonl"] == found["parquet"] == found["xlsx"]


@pytest.mark.parametrize("text", ["a lone \r in it", "two\r\nlines", 'he said "no", twice', "tab\there", "\ufeffmark"])
def test_a_text_comes_back_as_it_was(text: str, classifier: Classifier, tmp_path: Path):
    (tmp_path / "mine.jsonl").write_text(json.dumps({"text": text}) + '\n{"text": "x"}\n', encoding="utf-8")
    for kind in ("csv", "tsv", "jsonl", "parquet"):
        score_table(tmp_path / "mine.jsonl", Form(), classifier, tmp_path / f"scored.{kind}")
        assert preview(tmp_path / f"scored.{kind}").rows[0][0] == text


def test_characters_that_a_file_cannot_hold_are_replaced(classifier: Classifier, tmp_path: Path):
    (tmp_path / "mine.jsonl").write_text('{"text": "a\\u0000b\\u0001\\ud800"}\n' * 2, encoding="utf-8")
    for kind, text in (("csv", "a\ufffdb\1?"), ("xlsx", "a\ufffdb\ufffd?")):
        score_table(tmp_path / "mine.jsonl", Form(), classifier, tmp_path / f"scored.{kind}")
        assert preview(tmp_path / f"scored.{kind}").rows[0][0] == text


def test_names_that_are_not_unicode_or_stand_twice(classifier: Classifier, tmp_path: Path):
    (tmp_path / "mine.csv").write_bytes(b"text,\xff,a,a,\n" + "정말 영화,1,2,3,4\n".encode() * 3)
    for kind in ("csv", "jsonl", "parquet", "xlsx"):
        done = score_table(tmp_path / "mine.csv", Form(), classifier, tmp_path / f"scored.{kind}")
        names = [column.name for column in preview(tmp_path / f"scored.{kind}").columns]
        assert done.rows == 3
        assert names == ["text", "?", "a", "a_4", "column_5", *ADDED]


def test_names_that_are_taken_get_a_number(tmp_path: Path, classifier: Classifier):
    (tmp_path / "mine.csv").write_text("text,Verdict\na fine film,x\n", encoding="utf-8")
    done = score_table(tmp_path / "mine.csv", Form(), classifier, tmp_path / "scored.csv")
    assert done.columns == ("probability", "verdict_2", "tokens", "cut", "unknown", "error")


REFUSED = {
    "another suffix": ("scored.txt", Form(), "no kind of table that is written"),
    "no such column": ("scored.csv", Form("body"), "has no column 'body'"),
    "no such folder": ("no/scored.csv", Form(), "Cannot write scored.csv"),
    "over the source": ("mine.csv", Form(), "is already there"),
}


@pytest.mark.parametrize(("name", "form", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_leaves_nothing(name: str, form: Form, expected: str, source: Path, classifier: Classifier):
    before = source.read_bytes()
    with pytest.raises(DataError, match=expected):
        score_table(source, form, classifier, source.parent / name, overwrite=True)
    assert [left.name for left in source.parent.iterdir()] == ["mine.csv"]
    assert source.read_bytes() == before


def test_stopping_in_the_middle_leaves_nothing(source: Path, classifier: Classifier, tmp_path: Path):
    def stop(rows: int) -> None:
        raise KeyboardInterrupt

    for kind in ("csv", "parquet", "xlsx"):
        with pytest.raises(KeyboardInterrupt):
            score_table(source, Form(), classifier, tmp_path / f"scored.{kind}", progress=stop)
    assert [left.name for left in tmp_path.iterdir()] == ["mine.csv"]


def test_more_than_an_excel_cell_holds(classifier: Classifier, tmp_path: Path):
    (tmp_path / "mine.csv").write_text("text,label\n" + "x " * 20_000 + ",1\n", encoding="utf-8")
    with pytest.raises(DataError, match="Row 2 does not fit into Excel"):
        score_table(tmp_path / "mine.csv", Form(), classifier, tmp_path / "scored.xlsx")
    assert not (tmp_path / "scored.xlsx").exists()
