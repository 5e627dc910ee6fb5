"""A small table in every form that is read, with rows that cannot be."""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sentiment_core.text.toy import toy_reviews

KINDS = ("parquet", "csv", "jsonl", "csv.gz", "jsonl.gz")
POISON = {3: None, 5: "x" * 1_000_100, 9: " \n", 20: 'a "quoted"\nline, dull', 21: "<b>great</b>"}  # row -> text
UNREADABLE = {3, 5, 9}  # of POISON
COUNT = 60
AFTER = 11  # the row that a damaged line follows in CSV and JSON lines


def reviews(count: int = COUNT, seed: int = 0) -> list[dict[str, Any]]:
    """Rows with a number, a text and a note."""
    texts, _ = toy_reviews(count, seed=seed)
    return [{"n": number, "text": POISON.get(number, text), "note": "=1+1"} for number, text in enumerate(texts)]


def write_table(path: Path, rows: list[dict[str, Any]], damaged: str | None = None) -> Path:
    """Write rows in the form of the path's suffixes, with a damaged line after row `AFTER`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = path.name.removesuffix(".gz").rpartition(".")[2]
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=7)
        return path
    plain = path.with_name(path.name.removesuffix(".gz"))
    with plain.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        if kind == "csv":
            table.writerow(rows[0])
        for number, row in enumerate(rows):
            table.writerow(row.values()) if kind == "csv" else file.write(json.dumps(row) + "\n")
            if number == AFTER and damaged is not None:
                file.write(damaged + "\n")
    if path != plain:
        path.write_bytes(gzip.compress(plain.read_bytes()))
        plain.unlink()
    return path


def read_parts(out: Path) -> list[dict[str, Any]]:
    """The rows of all Parquet parts, in the order of the parts' names."""
    return [row for part in sorted(out.glob("part-*.parquet")) for row in pq.read_table(part).to_pylist()]


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Path]:
    """Writes the table of this form into a folder of its own."""

    def write(kind: str = "parquet", count: int = COUNT) -> Path:
        damaged = {"csv": "only one field", "jsonl": '{"n": 5, "text'}.get(kind.removesuffix(".gz"))
        return write_table(tmp_path / "in" / f"mine.{kind}", reviews(count), damaged)

    return write
