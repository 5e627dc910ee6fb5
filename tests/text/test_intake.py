"""Data that somebody else made is read in a process of its own, or refused in one clear line."""

import io
import stat
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from sentiment_core.errors import DataError
from sentiment_core.text.bounds import Bounds, upload_bounds
from sentiment_core.text.intake import inspect, look
from sentiment_core.text.preview import preview
from sentiment_core.text.reviews import Reading, load_reviews, read_reviews
from sentiment_core.text.summary import summarize
from sentiment_core.text.table import Form
from tests.text.small_tables import HEADED, TEXTS, table


def packed(files: dict[str, bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def workbook() -> bytes:
    book = Workbook()
    for row in HEADED:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(name: str, content: bytes, path: Path, instead: str = "") -> Path:
    """A workbook with one more part."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as book:
        parts = {part: book.read(part) for part in book.namelist() if part != instead}
    return packed({**parts, name: content}, path)


def with_link(path: Path) -> Path:
    link = zipfile.ZipInfo("train.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return path


def with_tar_link(path: Path) -> Path:
    info = tarfile.TarInfo("train.csv")
    info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(path, "w") as archive:
        archive.addfile(info)
    return path


GOOD = table(HEADED).encode()
BOMB = b"text,label\n" + b"a film,1\n" * 15_000_000
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><sst>&c;</sst>'
HOSTILE = {
    "a zip bomb": ("mine.zip", lambda path: packed({"train.csv": BOMB}, path), "unpacks to more than 100 MB"),
    "a workbook that is a bomb": (
        "mine.xlsx",
        lambda path: with_part("xl/more.xml", BOMB, path),
        "unpacks to more than 100 MB",
    ),
    "a path above": ("mine.zip", lambda path: packed({"../train.csv": GOOD}, path), "names a file outside itself"),
    "an absolute path": ("mine.zip", lambda path: packed({"/etc/a.csv": GOOD}, path), "names a file outside itself"),
    "a drive": ("mine.zip", lambda path: packed({"C:\\a.csv": GOOD}, path), "names a file outside itself"),
    "a link in a zip": ("mine.zip", with_link, "holds a link"),
    "a link in a tar": ("mine.tar", with_tar_link, "holds a link"),
    "macros": ("mine.xlsm", lambda path: with_part("xl/vbaProject.bin", b"x", path), "workbook with macros"),
    "links to a workbook": (
        "mine.xlsx",
        lambda path: with_part("xl/externalLinks/externalLink1.xml", b"<a/>", path),
        "links to other workbooks",
    ),
    "XML entities": (
        "mine.xlsx",
        lambda path: with_part("xl/sharedStrings.xml", ENTITY, path, "xl/sharedStrings.xml"),
        "defines XML entities",
    ),
    "a PDF": ("mine.csv", lambda path: path.write_bytes(b"%PDF-1.7\n%" + bytes(range(128, 256))), "is a PDF, not a"),
    "a web page": ("mine.csv", lambda path: path.write_bytes(b"<!DOCTYPE html><html>"), "is a web page, not a table"),
    "a pickle": ("mine.csv", lambda path: path.write_bytes(b"\x80\x04\x95" + b"x" * 50), "is a Python pickle"),
    "a million columns": ("mine.csv", lambda path: path.write_text("a," * 999_999 + "text"), "has 1,000,000 columns"),
    "a million fields in a record": (
        "mine.jsonl",
        lambda path: path.write_text("{" + ",".join(f'"{n}":1' for n in range(100_000)) + "}\n"),
        "has 100,000 columns",
    ),
}


@pytest.mark.parametrize(("name", "make", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_one_line(name: str, make, expected: str, tmp_path: Path):
    path = tmp_path / name
    make(path)
    for read in (lambda: load_reviews(str(path)), lambda: preview(path)):
        with pytest.raises(DataError, match=expected) as caught:
            read()
        assert "\n" not in str(caught.value)
    assert [left.name for left in tmp_path.iterdir()] == [name]


def test_the_bounds_of_a_server(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_bytes(GOOD)
    rows = len(TEXTS)
    assert read_reviews(str(path), bounds=Bounds(rows=rows)).report.splits[0].rows == rows
    with pytest.raises(DataError, match=f"holds more than {rows - 1} reviews"):
        read_reviews(str(path), bounds=Bounds(rows=rows - 1))
    with pytest.raises(DataError, match="has 1 MB, and at most 0 MB are read here"):
        read_reviews(str(path), bounds=upload_bounds(0.0001, rows))
    archive = packed({f"{side}/{n}.txt": b"a film" for side in ("neg", "pos") for n in range(3)}, tmp_path / "mine.zip")
    with pytest.raises(DataError, match="holds 6 files, and at most 5 are read here"):
        read_reviews(str(archive), bounds=Bounds(rows=5))


def test_a_small_file_of_millions_of_rows_is_not_unpacked(tmp_path: Path):
    path = tmp_path / "mine.parquet"
    pq.write_table(pa.table({"text": ["a film"] * 3_000_000, "label": np.zeros(3_000_000, np.int8)}), path)
    assert path.stat().st_size < 100_000
    assert not preview(path).complete
    with pytest.raises(DataError, match="holds more than 200,000 reviews"):
        read_reviews(str(path), bounds=upload_bounds(50, 200_000))


def test_a_process_of_its_own_gives_the_same(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_bytes(table([*HEADED, ("a film", "maybe")]).encode() + b"one field\n")
    names, form = ["0", "1"], Form(skip_bad_rows=True)
    assert look(path, form, names) == preview(path, form, names)
    reading = Reading(str(path), form, names, drop_copies=True)
    reviews = load_reviews(str(path), label_names=names, skip_bad_rows=True, drop_copies=True)
    assert inspect(reading) == summarize(reviews)
    with pytest.raises(DataError, match=r"row 22 \(line 23\) has 1 field"):
        inspect(Reading(str(path)))


def test_a_reader_that_takes_too_long_or_too_much_is_ended(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_bytes(GOOD)
    with pytest.raises(DataError, match="takes more time or memory to read than is allowed here"):
        look(path, memory=1_000_000)
