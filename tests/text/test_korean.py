"""The included part of the Korean film reviews, and how it differs from the folder of all reviews."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from sentiment_core.text import reviews as reviews_module
from sentiment_core.text.copies import Copies
from sentiment_core.text.hangul import KOREAN, find_language
from sentiment_core.text.report import describe
from sentiment_core.text.reviews import load_reviews

PART = Path(reviews_module.__file__).with_name("korean")


def test_the_embedded_part_is_read_without_a_download():
    reviews = load_reviews("korean")
    assert {name: len(split) for name, split in reviews.splits.items()} == {
        "train": 20_000,
        "valid": 2_222,
        "test": 5_556,
    }
    assert all(np.bincount(split.labels).tolist() == [len(split) // 2] * 2 for split in reviews.splits.values())
    assert find_language(reviews.train.texts) == KOREAN
    assert reviews.report.copies == Copies()
    assert reviews.source == "korean"


def test_it_says_that_it_is_a_part_and_how_to_name_the_whole():
    assert describe(load_reviews("korean").report)[-1].startswith("korean is a part")
    assert "CC0" in (PART / "README.md").read_text("utf-8")
    assert sum(file.stat().st_size for file in PART.iterdir()) < 1_000_000


@pytest.mark.parametrize("name", ["korean", "toy"])
def test_a_folder_named_korean_is_not_the_included_part(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / name
    folder.mkdir()
    for split in ("train", "test"):
        rows = pq.read_table(PART / f"{split}.parquet")
        pq.write_table(rows.slice(len(rows) // 2 - 50, 100), folder / f"{split}.parquet")
    monkeypatch.chdir(tmp_path)
    named, there = load_reviews(name), load_reviews(f"./{name}")
    assert (named.source, there.source) == (name, f"./{name}")
    assert len(there.test) == 100
    assert named.fingerprint != there.fingerprint
    assert not there.report.note
