"""Rows left out of a data set are counted by reason, and anything unusual is reported."""

from pathlib import Path

import numpy as np
import pytest

from sentiment_core.errors import DataError
from sentiment_core.text.report import describe
from sentiment_core.text.reviews import load_reviews
from tests.text.small_tables import HEADED, PAIRS, TEXTS, lines, read, table

LEFT_OUT = {
    "two rows without a text": (
        table(
            [
                ("", "Review Text", "Sentiment"),
                *((n, t if n not in (4, 9) else " ", (" Negative", "Positive ")[n % 2]) for n, t in enumerate(TEXTS)),
            ]
        ),
        None,
        "mine.csv: 18 of 20 reviews read (columns 'Review Text' and 'Sentiment'); "
        "left out: 2 without a text (rows 5, 10)",
    ),
    "a label that is not there": (
        table([*HEADED, ("a film", ""), ("another", "NA"), ("", "")]),
        None,
        "mine.csv: 20 of 23 reviews read; left out: 1 without a text (row 23), 2 without a label (rows 21, 22)",
    ),
    "a class that was not named": (
        table([("text", "label"), *((t, ["negative", "positive"][n]) for t, n in PAIRS), ("a film", "Neutral")]),
        ["negative", "POSITIVE "],
        "mine.csv: 20 of 21 reviews read; left out: 1 of other classes ('neutral')",
    ),
    "99 to 1": (
        table([("text", "label"), *((f"film {n}", int(n == 7)) for n in range(100))]),
        None,
        "mine.csv: 100 reviews read; 99% of them are negative",
    ),
    "half a surrogate pair": (
        lines([*({"text": t, "label": n} for t, n in PAIRS), {"text": "a \ud83d", "label": 1}]),
        None,
        "mine.csv: 20 of 21 reviews read; left out: 1 of broken Unicode (row 21)",
    ),
    "another encoding and no header": (
        table([(t.replace("I", "\u00c0"), n) for t, n in PAIRS]).encode("cp1252"),
        None,
        "mine.csv: 20 reviews read (no header line, as cp1252)",
    ),
}


@pytest.mark.parametrize(("content", "names", "expected"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_rows_left_out_are_reported_with_their_reason(
    content: str | bytes, names: list[str] | None, expected: str, tmp_path: Path
):
    (tmp_path / "mine.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    form = {"text_column": "1", "label_column": "2"} if "no header" in expected else {}
    assert describe(read(tmp_path / "mine.csv", names=names, **form).report) == [expected]


NO_NAMES = {
    "two columns of numbers and titles": table([(n + 1, f"My title {n}", t) for t, n in PAIRS]),
    "a label in words": table([(["neg", "pos"][n], t) for t, n in PAIRS]),
    "short reviews": "Great film!,1\nBad film,0\n",
    "a short review a line": "Loved it\nHated it\n",
    "one review a line": "".join(f"{t}\n" for t in TEXTS),
}


@pytest.mark.parametrize("content", NO_NAMES.values(), ids=NO_NAMES)
def test_a_review_is_never_shown_as_the_name_of_a_column(content: str, tmp_path: Path):
    (tmp_path / "mine.csv").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"its first line (does not name columns.*--no-header|is one)") as caught:
        read(tmp_path / "mine.csv")
    assert not any(word in str(caught.value) for word in ("film", "title", "found", "Loved"))


def test_copies_across_and_within_the_splits_are_counted(tmp_path: Path):
    rng = np.random.default_rng(0)
    rows = [(f"Review {n} of a film", int(label)) for n, label in enumerate(rng.integers(0, 2, 30))] * 5
    (tmp_path / "twice.csv").write_text(
        table([("text", "label"), *(rows[k] for k in rng.permutation(len(rows)))]), encoding="utf-8"
    )
    reviews = load_reviews(str(tmp_path / "twice.csv"))
    train = set(reviews.train.texts) | set(reviews.valid.texts)
    shared = sum(text in train for text in reviews.test.texts)
    assert ("test", ("train", "valid"), shared, len(reviews.test)) in reviews.report.copies.across
    assert shared > 0.9 * len(reviews.test)
    said = describe(reviews.report)
    assert any(
        line.startswith(f"test: {shared} of its {len(reviews.test)} texts") and "says little" in line for line in said
    )
    assert any(line.startswith("copies of an earlier text of the same split: ") for line in said)
