"""Feeds damaged and hostile files to the reader: each must be read, or refused in one line, within seconds.

    python -m tests.text.fuzz_reader --minutes 60 --out fuzz

Half of the cases are valid files of each kind with bytes changed, cut, repeated or exchanged; half are made by
hypothesis. Each is shown, read as asked, read as the preview guesses, read without its bad rows, and scored. The
letters of an end (PRGBS) say which of these went through. A case that crashes, hangs or breaks a promise is kept in the
folder --out with its traceback.
"""

from __future__ import annotations

import argparse
import csv
import faulthandler
import gzip
import io
import json
import random
import signal
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import sentiment_core as sc
from sentiment_core.classifiers.score_table import score_table
from sentiment_core.errors import SentimentError
from sentiment_core.text.label_table import groups_of, parse_labels, write_labels
from sentiment_core.text.preview import preview
from sentiment_core.text.reviews import read_reviews
from sentiment_core.text.table import Form
from sentiment_core.text.table_writing import KINDS

PATIENCE = 10  # seconds for one file
CLASSIFIER = sc.load(Path(__file__).parents[2] / "checkpoints" / "imdb" / "tf-idf")  # a fast one
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


class Broken(AssertionError):
    """The reader broke a promise."""


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


def check(case: Case, folder: Path) -> str:
    """Read a case in every way. Returns how it ended; raises whatever no user can mend, and `Broken`."""
    path, out = folder / case.name, folder / f"scored{random.Random(case.content).choice(KINDS)}"
    path.write_bytes(case.content)
    try:
        seen = _try(lambda: preview(path, case.form))
        ends = [bool(seen), bool(_try(lambda: _read(path, case)))]
        if seen:  # as somebody does who takes over the guesses of the preview
            sides = {label.value: label.side for label in seen.labels}
            labels = write_labels(groups_of(sides)) if len(set(sides.values()) - {""}) == 2 else None
            ends.append(bool(_try(lambda: _read(path, replace(case, form=seen.form, labels=labels)))))
            lenient = replace(case, form=replace(seen.form, skip_bad_rows=True), labels=labels)
            ends.append(bool(_try(lambda: _read(path, lenient))))
            done = _try(lambda: score_table(path, seen.form, CLASSIFIER, out))
            ends.append(bool(done))
            if done and seen.complete and done.rows != seen.row_count:
                raise Broken(f"{seen.row_count} rows in, and {done.rows} out")
            one_record = out.suffix == ".jsonl" and done and done.rows == 1  # may be read as a table of columns
            written = Form(header=True, separator={".csv": ",", ".tsv": "tab"}.get(out.suffix))
            again = preview(out, written) if done and not one_record else None
            if done and again and again.complete and again.row_count != done.rows:
                raise Broken(f"{done.rows} rows written, and {again.row_count} read")
            if bool(done) != out.exists():
                raise Broken("half a file is left")
            out.unlink(missing_ok=True)
        if [left.name for left in folder.iterdir()] != [case.name]:
            raise Broken("something was written beside the file")
        return "".join("PRGBS"[place] if end else "-" for place, end in enumerate(ends))
    finally:
        for left in folder.iterdir():
            left.unlink()


def _read(path: Path, case: Case) -> bool:
    read = read_reviews(str(path), case.form, None if case.labels is None else parse_labels(case.labels))
    for report in read.report.splits:
        others = sum(count for _, count in report.others)
        left = report.unread + len(report.no_text) + len(report.no_label) + len(report.broken) + others
        if report.kept + left != report.rows:
            raise Broken(f"{report.rows} rows, of which {report.kept} are kept and {left} left out")
        if len(report.left_out) != min(left, 1_000):
            raise Broken(f"{left} rows left out, and {len(report.left_out)} listed")
    return True


def _try(step: Callable[[], Any]) -> Any:
    """What a step gives; None if it is refused in one line."""
    try:
        return step()
    except SentimentError as error:
        line = str(error)
        if "\n" in line or len(line) > 1_000 or not line.endswith("."):
            raise Broken(f"not one short line: {line[:2_000]!r}") from error
        return None


def _run(case: Case, folder: Path, out: Path, ends: Counter[str]) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(PATIENCE)
    try:
        ends[check(case, folder)] += 1
    except (Exception, _Hang) as error:
        fault = "".join(traceback.format_exception(error))
        where = fault.strip().splitlines()[-1][:80]
        ends[f"FAULT {where}"] += 1
        number = sum(ends.values())
        (out / f"{number}-{case.name}").write_bytes(case.content)
        (out / f"{number}-fault.txt").write_text(
            f"{case.form}\n{case.labels}\n{fault}", encoding="utf-8", errors="replace"
        )
        print(where, flush=True)
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)


class _Hang(BaseException):
    pass


def _hang(*_: object) -> None:
    raise _Hang(f"longer than {PATIENCE} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--out", type=Path, default=Path("fuzz"))
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    first = random.SystemRandom().randrange(1 << 30) if options.seed is None else options.seed
    print(f"seed {first}", flush=True)
    faulthandler.enable()
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _hang)
    end, ends = time.monotonic() + 60 * options.minutes, Counter[str]()
    number = first
    said = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        while time.monotonic() < end:
            number += 1
            for k in range(100):
                _run(mutated_case(random.Random(f"{number}-{k}")), folder, options.out, ends)

            @seed(number)
            @settings(
                max_examples=100,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case_strategy())
            def some(case: Case) -> None:
                _run(case, folder, options.out, ends)

            some()
            if time.monotonic() - said > 60:
                said = time.monotonic()
                print(f"{sum(ends.values()):,} files: {dict(ends)}", flush=True)
    print(f"done: {sum(ends.values()):,} files: {dict(ends)}")
    sys.exit(any(name.startswith("FAULT") for name in ends))


if __name__ == "__main__":
    main()
