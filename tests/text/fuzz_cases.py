"""The files that the fuzz of the reader tries: valid ones, damaged ones, and some made by hypothesis."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from sentiment_core.text.table import Form

_TEXTS = (
    "a fine film",
    'they said "never again", twice',
    "우리는 정말 재미있게 봤다",
    "dull, slow; and | long\ttoo",
    "two\nlines",
    "=HYPERLINK(1)",
    "<script>alert(1)</script>",
    "\ufeffmark",
    "emoji 🎬",
    "back\\slash",
    "'",
    " ",
    "é" * 50,
)
_LABELS = (["0", "1"], ["neg", "pos"], ["1", "2", "3", "4", "5"], ["긍정", "부정"], ["0", "4"], ["1.0", ""], ["x", "y"])
_HEADS = (
    ["text", "label"],
    ["text", "label"],
    ["id", "review", "stars"],
    ["Text ", "LABEL", ""],
    ["문장", "감정"],
    ["0", "1"],
)
_BYTES = (
    b"\0",
    b'"',
    b"\n",
    b"\r",
    b",",
    b"\t",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"[",
    b"{",
    b"\\",
    b"'",
    b"<",
    b"PK",
)
_NAMES = ("xl/vbaProject.bin", "../evil.csv", "/etc/x.csv", "C:\\x.csv", "a\0b.csv", "deep/" * 90)


@dataclass(frozen=True)
class Case:
    """A file and how it is read."""

    name: str
    content: bytes
    form: Form
    labels: str | None


def rows_of(rng: random.Random) -> tuple[list[str], list[list[str]]]:
    head, labels = rng.choice(_HEADS), rng.choice(_LABELS)
    count = rng.choice((1, 2, 8, 40))
    rows = [[str(n), rng.choice(_TEXTS), rng.choice(labels)][-len(head) :] for n in range(count)]
    return head, rows


def _delimited(rng: random.Random) -> tuple[str, bytes]:
    head, rows = rows_of(rng)
    file = io.StringIO()
    separator = rng.choice(",;\t|")
    writer = csv.writer(
        file, delimiter=separator, lineterminator=rng.choice(("\n", "\r\n", "\r")), quoting=rng.choice((0, 1))
    )
    writer.writerows([head, *rows] if rng.random() < 0.8 else rows)
    encoding = rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp949", "cp1252"))
    return rng.choice(("mine.csv", "mine.tsv", "mine.txt")), file.getvalue().encode(encoding, "replace")


def _json(rng: random.Random) -> tuple[str, bytes]:
    head, rows = rows_of(rng)
    records: list[Any] = [dict(zip(head, row, strict=True)) for row in rows]
    if rng.random() < 0.3:
        records.insert(rng.randrange(len(records)), rng.choice(([1], {"text": [1]}, {"text": {"a": 1e999}}, None, 3)))
    lines = [json.dumps(record, ensure_ascii=rng.random() < 0.5) for record in records]
    if rng.random() < 0.3:
        return "mine.json", f"[{','.join(lines)}]".encode()
    if rng.random() < 0.1:
        return "mine.json", json.dumps({name: [row[n] for row in rows] for n, name in enumerate(head)}).encode()
    return "mine.jsonl", "\n".join(lines).encode()


def _parquet(rng: random.Random) -> tuple[str, bytes]:
    head, rows = rows_of(rng)
    columns: dict[str, Any] = {f"{name}{n}" if n > 1 else name: [row[n] for row in rows] for n, name in enumerate(head)}
    if rng.random() < 0.3:
        columns["more"] = rng.choice(([[1]], [b"\xff"], [{"a": 1}], [2**60], [None])) * len(rows)
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression=rng.choice(("zstd", "snappy", "none")))
    return "mine.parquet", file.getvalue()


def _excel(rng: random.Random) -> tuple[str, bytes]:
    from openpyxl import Workbook

    head, rows = rows_of(rng)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [head, *rows]:
        sheet.append([f"'{cell}" if cell.startswith("=") else cell for cell in row])
    file = io.BytesIO()
    book.save(file)
    content = file.getvalue()
    return "mine.xlsx", _members(rng, content) if rng.random() < 0.6 else content


def _members(rng: random.Random, content: bytes) -> bytes:
    """A zip archive with one member changed, renamed or added, whose checksums are right."""
    parts = {info.filename: data for info, data in _open(content)}
    name = rng.choice(list(parts))
    match rng.randrange(4):
        case 0:
            parts[name] = change(rng, parts[name])
        case 1:
            parts[
                rng.choice(("xl/vbaProject.bin", "../evil.csv", "/etc/x.csv", "C:\\x.csv", "a\0b.csv", "deep/" * 90))
            ] = b"x"
        case 2:
            parts[name] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts[name]
        case _:
            del parts[name]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return file.getvalue()


def _open(content: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def _archive(rng: random.Random) -> tuple[str, bytes]:
    files: dict[str, bytes] = {}
    if rng.random() < 0.5:
        for n in range(rng.choice((2, 12))):
            files[f"{rng.choice(('', 'train/', 'test/'))}{rng.choice(('neg', 'pos'))}/{n}.txt"] = rng.choice(
                _TEXTS
            ).encode()
    else:
        for split in rng.sample(("train", "valid", "test", "other"), rng.randint(1, 3)):
            name, content = rng.choice((_delimited, _json, _parquet))(rng)
            files[f"{split}{Path(name).suffix}"] = content
    file = io.BytesIO()
    if rng.random() < 0.5:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        content = file.getvalue()
        return "mine.zip", _members(rng, content) if rng.random() < 0.5 else content
    with tarfile.open(fileobj=file, mode=rng.choice(("w", "w:gz"))) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name if rng.random() < 0.95 else f"../{name}")
            info.size = len(content)
            if rng.random() < 0.05:
                info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0
            tar.addfile(info, io.BytesIO(content))
    return "mine.tar.gz", file.getvalue()


def change(rng: random.Random, content: bytes) -> bytes:
    """The bytes with a few places changed, cut, repeated or exchanged."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        place = rng.randrange(len(data) + 1)
        match rng.randrange(7):
            case 0:
                data[place:place] = rng.choice(_BYTES)
            case 1:
                del data[place : place + rng.choice((1, 2, 30))]
            case 2:
                data[place:] = b""
            case 3:
                data[place:place] = data[max(0, place - 40) : place] * rng.choice((1, 3, 200))
            case 4 if place < len(data):
                data[place] = rng.randrange(256)
            case 5:
                data[place:place] = rng.choice(_BYTES) * rng.choice((2, 100, 5_000))
            case _:
                data[place : place + 4] = rng.choice((b"\xff\xff\xff\x7f", b"\0\0\0\0", b"9999", b"-1e9"))
    return bytes(data)


def mutated_case(rng: random.Random) -> Case:
    """A valid file of some kind, mostly damaged."""
    name, content = rng.choice((_delimited, _delimited, _json, _json, _parquet, _excel, _archive))(rng)
    if rng.random() < 0.75:
        content = change(rng, content)
    if rng.random() < 0.1:
        content = gzip.compress(content, 1)
    if rng.random() < 0.1:
        name = rng.choice(("mine.csv", "mine.xlsx", "mine.parquet", "mine.zip", "mine.json", "mine.xlsm", "mine"))
    labels = rng.choice((None, None, "0+1+2+neg+x+부정,4+5+pos+y+긍정", "1+2,4+5", '부정,"긍정"'))
    return Case(name, content, _form(rng), labels)


def _form(rng: random.Random) -> Form:
    if rng.random() < 0.6:
        return Form(skip_bad_rows=rng.random() < 0.5)
    column = rng.choice((None, None, "text", "2", "2+1", "문장"))
    label = rng.choice((None, None, "label", "3", "감정"))
    separator, encoding = rng.choice((None, None, None, ";", "tab")), rng.choice((None, None, None, "cp949", "utf-16"))
    return Form(column, label, separator, encoding, rng.choice((None, None, True, False)), rng.random() < 0.5)


def case_strategy() -> st.SearchStrategy[Case]:
    """Files that hypothesis makes from characters that matter to a reader."""
    marks = st.text(st.sampled_from('",;\t|\n\r\\ab01{}[]: \0\ufeff한é\ud800'), max_size=200)
    lines = st.lists(st.text(st.sampled_from('",ab01 \t'), max_size=12), max_size=30)
    headed = st.builds(lambda rows: "text,label\n" + "\n".join(rows), lines)
    values = st.recursive(
        st.none() | st.booleans() | st.floats(allow_subnormal=False) | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "label", "a"]), inner),
        max_leaves=12,
    )
    content = st.one_of(
        marks.map(lambda text: text.encode("utf-8", "surrogatepass")),
        headed.map(str.encode),
        st.lists(values, max_size=8).map(lambda rows: "\n".join(map(json.dumps, rows)).encode()),
        values.map(lambda value: json.dumps(value).encode()),
        st.binary(max_size=400),
    )
    forms = st.builds(
        Form,
        st.sampled_from([None, "text", "1", "2", "1+2"]),
        st.sampled_from([None, "label", "2"]),
        st.sampled_from([None, ",", "tab", " "]),
        st.sampled_from([None, "utf-8", "cp949", "utf-16", "utf-7"]),
        st.sampled_from([None, True, False]),
        st.booleans(),
    )
    names = st.sampled_from(["mine.csv", "mine.jsonl", "mine.json", "mine.txt", "mine.xlsx", "mine.parquet"])
    return st.builds(Case, names, content, forms, st.sampled_from([None, "0,1", "a,b", '"a,b",""', "++,+"]))
