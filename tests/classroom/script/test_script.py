"""The script of a lesson: what each language offers, and that no truth is mixed up and no quoted text is changed."""

import os
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sentiment_core.analysis.examples import is_example
from sentiment_core.classroom.script import COURSE, PHENOMENA, script_in
from sentiment_core.classroom.script.__main__ import table
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.texts import find_texts

ROOT = Path(__file__).parents[3]
LANGUAGES = ("en", "ko")
QUOTED = [review for review in script_in("ko") if review.row is not None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_twenty_reviews_half_of_them_positive_in_the_course_too(language: str):
    truths = [review.truth for review in script_in(language)]
    assert len(truths) == 2 * COURSE == 20
    assert sum(truths) == 10
    assert sum(truths[:COURSE]) == 5
    assert all(len(set(truths[place : place + 3])) == 2 for place in range(18)), "three alike in a row can be guessed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_review_shows_something_else_and_the_notes_come_in_their_order(language: str):
    codes = [review.code for review in script_in(language)]
    assert len(set(codes)) == len(codes)
    order = list(PHENOMENA)
    assert codes == sorted(codes, key=order.index)


def test_both_languages_show_nearly_the_same_and_no_note_is_left_over():
    codes = [{review.code for review in script_in(language)} for language in LANGUAGES]
    assert set.union(*codes) == set(PHENOMENA)
    assert len(set.intersection(*codes)) >= 18
    assert script_in("fr") == script_in("en")


@pytest.mark.parametrize("review", [*script_in("en"), *script_in("ko")], ids=lambda review: review.code)
def test_a_review_is_one_paragraph_that_a_class_reads_in_half_a_minute(review):
    assert review.text == " ".join(review.text.split())
    assert not is_example(review.text)
    korean = bool(re.search("[가-힣]", review.text))
    assert review.row is None or korean
    words = len(review.text.split())
    assert (1 if korean else 15) <= words <= 60
    assert str(review.note).endswith((".", "?"))
    assert str(review.title) != str(review.note)


def test_quoted_reviews_have_the_label_that_the_data_set_gives_them():
    scores = pq.read_table(ROOT / "checkpoints" / "korean" / "bilstm" / "test.parquet")
    labels = dict(zip(scores["row"].to_pylist(), scores["label"].to_pylist(), strict=True))
    assert len(QUOTED) >= 10
    assert [labels[review.row] for review in QUOTED] == [review.truth for review in QUOTED]


def test_quoted_reviews_are_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Against the whole set where it is at hand, else against the part of it that the package includes."""
    whole = Path(os.environ.get("SENTIMENT_KOREAN", ROOT.parent / "shared" / "data" / "korean")) / "test.parquet"
    rows = [review.row for review in QUOTED]
    if whole.exists():
        found = [pq.read_table(whole, columns=["text"])["text"][row].as_py() for row in rows]
    else:
        monkeypatch.delenv("SENTIMENT_KOREAN", raising=False)
        found = find_texts(load_corpus(ROOT / "checkpoints" / "korean"), "test", tmp_path).of(rows)
    known = [(review.text, text) for review, text in zip(QUOTED, found, strict=True) if text is not None]
    assert known
    assert [quoted for quoted, text in known if quoted != text] == []


def test_the_table_marks_who_is_wrong_and_counts_the_right_ones():
    reviews = script_in("en")
    lines = list(table(reviews, {"always": [0.9] * 20, "never": [0.1] * 20}))
    assert lines[0] == "| | review | truth | always | never |"
    assert lines[2] == "| 1 | plain praise | positive | 90% | **10%** |"
    assert lines[3] == "| 2 | plain complaint | negative | **90%** | 10% |"
    assert lines[-2:] == [
        "| | right of the course | | 5 of 10 | 5 of 10 |",
        "| | right of all | | 10 of 20 | 10 of 20 |",
    ]
