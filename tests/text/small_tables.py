"""Writes and reads small tables of reviews, for tests of people's data sets."""

import csv
import io
import json
import warnings
from pathlib import Path

from sentiment_core.text.reviews import Labelled, read_reviews
from sentiment_core.text.table import Form

COUNT = 20
TEXTS = [f"I found the plot {'dull' if n % 2 == 0 else 'moving'}, seen on day {n}." for n in range(COUNT)]
LABELS = [n % 2 for n in range(COUNT)]
PAIRS = list(zip(TEXTS, LABELS, strict=True))


def table(rows: list[tuple], separator: str = ",", ends: str = "\n", **options) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=ends, **options).writerows(rows)
    return file.getvalue()


def lines(records: list[dict]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def read(path: Path, *, names: list | None = None, **form) -> Labelled:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # another library's line on standard error is an error
        return read_reviews(str(path), Form(**form), names)


def pairs(read: Labelled, split: str = "all") -> list[tuple[str, int]]:
    return list(zip(read.parts[split].texts, read.parts[split].labels.tolist(), strict=True))


HEADED = [("text", "label"), *PAIRS]
