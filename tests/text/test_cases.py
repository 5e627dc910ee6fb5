"""Data sets in the forms that people have: each is read completely."""

import csv
import gzip
import json
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment_core.errors import DataError
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.tokenization import train_tokenizer
from tests.text.small_tables import COUNT, HEADED, LABELS, PAIRS, TEXTS, lines, pairs, read, table

PLAIN_QUOTES = [(f'"{text}' if n in (3, 9) else text, label) for n, (text, label) in enumerate(PAIRS)]
TABBED = "text\tlabel\n" + "".join(f"{text}\t{label}\n" for text, label in PAIRS)
STARS = [(text, f"{1 + n % 5}.0") for n, text in enumerate(TEXTS)]
STARRED = [(text, int(n % 5 > 2)) for n, text in enumerate(TEXTS) if n % 5 != 2]
GERMAN = [(f"\u201e{text}\u201c; wirklich \u2013 5 €", label) for text, label in PAIRS]
BR = [(f'A film.<br /><br />A friend said "see it", so {text}\nLast, line.', label) for text, label in PAIRS]
NUMBERED = {"text_column": "3", "label_column": "1"}

# file name, content, options, expected reviews
READ: dict[str, tuple[str, str | bytes, dict, list[tuple[str, int]]]] = {
    "well-known columns; tags, quotes, line ends": ("IMDB Dataset.csv", table([("review", "sentiment"), *BR]), {}, BR),
    "quotation marks that are plain characters": (
        "plain.tsv",
        "text\tlabel\n" + "".join(f"{text}\t{label}\n" for text, label in PLAIN_QUOTES),
        {},
        PLAIN_QUOTES,
    ),
    "a quote that a later one would close, rows between them": (
        "pair.csv",
        table(HEADED) + '"one,1\n' + "two,0\n" + 'three",1\n',
        {},
        [],  # no way of reading gives complete rows
    ),
    "plain quotes at both ends of three rows": (
        "pair.tsv",
        TABBED + '"one\t1\ntwo\t0\nthree"\t1\n',
        {},
        [*PAIRS, ('"one', 1), ("two", 0), ('three"', 1)],
    ),
    "labels before plain quotes": (
        "pair.tsv",
        "label\ttext\n" + "".join(f"{label}\t{text}\n" for text, label in PAIRS) + '1\t"one\n0\ttwo\n1\tthree"\n',
        {},
        [*PAIRS, ('"one', 1), ("two", 0), ('three"', 1)],
    ),
    "line ends and separators within quotes": (
        "few.csv",
        'text,label\n"nice, really\ngood",1\nbad,0\n',
        {},
        [("nice, really\ngood", 1), ("bad", 0)],
    ),
    "backslashes before quotes": (
        "escaped.csv",
        "text,label\n" + "".join(f'"so \\"{text}\\" C:\\dir \\n",{label}\n' for text, label in PAIRS),
        {},
        [(f'so "{text}" C:\\dir \\n', label) for text, label in PAIRS],
    ),
    "backslashes before separators": (
        "escaped.csv",
        "text,label\n" + "".join(f"{text.replace(',', chr(92) + ',')},{label}\n" for text, label in PAIRS),
        {},
        PAIRS,
    ),
    "a space before the quote": (
        "spaced.csv",
        "label, text\n" + "".join(f'{label}, "{text}"\n' for text, label in PAIRS),
        {},
        PAIRS,
    ),
    "a separator too many in every row": ("more.csv", table([(*row, "") for row in HEADED]), {}, PAIRS),
    "one too many below the header": ("more.csv", "text,label\n" + table([(*row, "") for row in PAIRS]), {}, PAIRS),
    "blank lines": ("blank.csv", table(HEADED).replace("\n", "\n\n"), {}, PAIRS),
    "a line of spaces, and the end of a DOS file": ("blank.csv", table(HEADED) + "   \n\x1a", {}, PAIRS),
    "mixed line ends": ("mixed.csv", table(HEADED).replace("\n", "\r\n", 7), {}, PAIRS),
    "old Mac line ends": ("mac.csv", table(HEADED, ends="\r"), {}, PAIRS),
    "tabs in a CSV": (
        "tabs.csv",
        table(HEADED).replace("the ", "the\t"),
        {},
        [(t.replace("the ", "the\t"), n) for t, n in PAIRS],
    ),
    "an unused column that changes its type": (
        "late.csv",
        table(
            [
                ("text", "label", "score"),
                *((t, n, "NA" if n == 9 else 2) for t, n in PAIRS * 600),
                ("x", 1, "2.5"),
                ("y", 0, ""),
            ]
        ),
        {},
        [*PAIRS * 600, ("x", 1), ("y", 0)],
    ),
    "an optional field first seen late": (
        "late.jsonl",
        lines(
            [
                {"text": t, "label": n} | ({"more": {"a": [1]}} if k > 2000 else {})
                for k, (t, n) in enumerate(PAIRS * 150)
            ]
        ),
        {},
        PAIRS * 150,
    ),
    "groups of stars, written 1.0": (
        "stars.jsonl",
        lines([{"text": t, "overall": float(s)} for t, s in STARS]),
        {"names": ["1+2", "4+5"]},
        STARRED,
    ),
    "groups given as lists of numbers": (
        "stars.csv",
        table([("text", "stars"), *STARS]),
        {"names": [(1, 2), [4, 5]]},
        STARRED,
    ),
    "a JSON array": ("reviews.json", json.dumps([{"text": t, "label": n} for t, n in PAIRS], indent=1), {}, PAIRS),
    "columns as pandas writes them": (
        "reviews.json",
        json.dumps({"text": dict(enumerate(TEXTS)), "label": dict(enumerate(LABELS))}),
        {},
        PAIRS,
    ),
    "true and false": ("bools.jsonl", lines([{"text": t, "label": bool(n)} for t, n in PAIRS]), {}, PAIRS),
    "TRUE and FALSE": (
        "bools.csv",
        table([("text", "label"), *((t, str(bool(n)).upper()) for t, n in PAIRS)]),
        {},
        PAIRS,
    ),
    "Excel's semicolons and byte-order mark": ("excel.csv", table(HEADED, ";", "\r\n").encode("utf-8-sig"), {}, PAIRS),
    "commas and a byte-order mark": ("excel.csv", table(HEADED, ",", "\r\n").encode("utf-8-sig"), {}, PAIRS),
    "Excel's line that states the separator": ("excel.csv", "sep=;\n" + table(HEADED, ";"), {}, PAIRS),
    "Excel's Unicode text": ("excel.txt", table(HEADED, "\t").encode("utf-16"), {}, PAIRS),
    "UTF-16 without a mark": ("wide.csv", table(HEADED).encode("utf-16-be"), {}, PAIRS),
    "Windows-1252 and names of another language": (
        "ansi.csv",
        table([("Bewertung", "Urteil"), *((t, ["schlecht", "gut"][n]) for t, n in GERMAN)], ";", "\r\n").encode(
            "cp1252"
        ),
        {"text_column": "bewertung ", "label_column": "URTEIL", "names": ["schlecht", "gut"]},
        GERMAN,
    ),
    "Korean Windows, named": (
        "korean.csv",
        table([("text", "label"), ("영화 좋다", 1), ("영화 나쁘다", 0)]).encode("cp949"),
        {"encoding": "cp949"},
        [("영화 좋다", 1), ("영화 나쁘다", 0)],
    ),
    "no header, columns by number": (
        "no.csv",
        table([(n + 1, "title", t) for t, n in PAIRS]),
        {**NUMBERED, "names": [1, 2]},
        PAIRS,
    ),
    "no header, as told": ("no.csv", table([(n, "title", t) for t, n in PAIRS]), {**NUMBERED, "header": False}, PAIRS),
    "no header, Latin-1, classes 0 and 4": (
        "no.csv",
        table([(n * 4, "NO_QUERY", f"café &amp; crème {t}") for t, n in PAIRS], quoting=csv.QUOTE_ALL).encode(
            "latin-1"
        ),
        {**NUMBERED, "names": ["0", "4"]},
        [(f"café &amp; crème {t}", n) for t, n in PAIRS],
    ),
    "title and text as one": (
        "no.csv",
        table([(n, "A title", t) for t, n in PAIRS]),
        {"text_column": "2+3", "label_column": "1"},
        [(f"A title {t}", n) for t, n in PAIRS],
    ),
    "numbers for columns that have names": (
        "yes.csv",
        table([("n", "x", "words"), *((n, "", t) for t, n in PAIRS)]),
        NUMBERED,
        PAIRS,
    ),
    "a separator that is named": ("odd.txt", table(HEADED, "~"), {"separator": "~"}, PAIRS),
    "pipes": ("pipes.dat", table(HEADED, "|"), {}, PAIRS),
    "compressed JSON lines": (
        "reviews.json.gz",
        gzip.compress(lines([{"reviewText": t, "overall": n} for t, n in PAIRS]).encode()),
        {},
        PAIRS,
    ),
    "compressed under a plain name": ("reviews.csv", gzip.compress(table(HEADED).encode()), {}, PAIRS),
    "a review that reads NA": ("na.csv", "text,label\nNA,0\nnull,1\n", {}, [("NA", 0), ("null", 1)]),
}


@pytest.mark.parametrize(("name", "content", "options", "expected"), READ.values(), ids=READ)
def test_each_row_is_read_unchanged(
    name: str, content: str | bytes, options: dict, expected: list[tuple[str, int]], tmp_path: Path
):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if not expected:
        with pytest.raises(DataError, match=r"row \d+"):
            read(path, **options)
        return
    assert pairs(read(path, **options)) == expected
    (report,) = read(path, **options).report.splits
    assert report.kept == len(expected)
    left_out = len(report.no_text) + len(report.no_label) + sum(count for _, count in report.others)
    assert report.rows == report.kept + left_out


noisy = st.text("ab ,;\t\n\"'|\u00e9\uc601<>&", min_size=1, max_size=12).filter(lambda text: text.strip())


@settings(derandomize=True, max_examples=150)
@given(
    texts=st.lists(noisy, min_size=3, max_size=12),
    separator=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_a_written_table_is_read_back_exactly(
    texts: list[str], separator: str, quoting: int, ends: str, tmp_path_factory: pytest.TempPathFactory
):
    path = tmp_path_factory.getbasetemp() / "noisy.csv"
    rows = [(text, n % 2) for n, text in enumerate(texts)]
    path.write_bytes(table([("text", "label"), *rows], separator, ends, quoting=quoting).encode())
    assert pairs(read(path)) == rows


def test_cells_of_a_workbook(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [("Text", "Label"), *PAIRS, (None, None), (None, 1), ("a film", 1.0)]:
        sheet.append(row)
    book.create_sheet("notes").append(["not this"])
    book.save(tmp_path / "mine.xlsx")
    (tmp_path / "mine.csv").write_bytes((tmp_path / "mine.xlsx").read_bytes())  # renamed: the bytes decide
    for name in ("mine.xlsx", "mine.csv"):
        got = read(tmp_path / name)
        assert pairs(got) == [*PAIRS, ("a film", 1)]
        assert got.report.splits[0].no_text == (21,)


def test_columns_of_a_parquet_file_of_any_type(tmp_path: Path):
    columns = {
        "text": pa.array(TEXTS).dictionary_encode(),
        "label": pa.array(LABELS, pa.int8()),
        "x": pa.array([{"a": 1}] * COUNT),
    }
    pq.write_table(pa.table(columns), tmp_path / "mine.parquet")
    assert pairs(read(tmp_path / "mine.parquet")) == PAIRS
    columns |= {"text": pa.array(TEXTS, pa.large_string()), "label": pa.array([float(n) for n in LABELS[:-1]] + [None])}
    pq.write_table(pa.table(columns), tmp_path / "mine.parquet")
    got = read(tmp_path / "mine.parquet")
    assert (pairs(got), got.report.splits[0].no_label) == (PAIRS[:-1], (20,))


def test_words_of_another_script_are_found_in_the_vocabulary(tmp_path: Path):
    rows = [(n, f"{['지루한', '재미있는'][n % 2]} 영화 {n}", n % 2) for n in range(40)]
    (tmp_path / "korean.tsv").write_text(table([("id", "document", "label"), *rows], "\t"), encoding="utf-8")
    reviews = load_reviews(str(tmp_path / "korean.tsv"))
    assert "영화" in train_tokenizer("wordpiece", reviews.train.texts).get_vocab()
