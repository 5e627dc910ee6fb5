"""Files and folders of two-class reviews, in every accepted form."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sentiment_core.errors import DataError
from sentiment_core.text import hub_data
from sentiment_core.text.reviews import Reviews, load_reviews
from sentiment_core.text.table import Form

COUNT = 40
TEXTS = [f'a film, "number" {number}\nwith é and <br /> in it' for number in range(COUNT)]
POSITIVE = [number % 2 == 0 for number in range(COUNT)]  # starts with a positive one, so that order is no hint


def write_csv(path: Path, columns: dict[str, list]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return path


def write_jsonl(path: Path, columns: dict[str, list]) -> Path:
    rows = zip(*columns.values(), strict=True)
    lines = [json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_parquet(path: Path, columns: dict[str, list]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


WRITERS = {"csv": write_csv, "tsv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}


def labels_of(reviews: Reviews) -> dict[str, bool]:
    """Every text of the three splits, and whether it is positive."""
    return {
        text: bool(label)
        for split in reviews.splits.values()
        for text, label in zip(split.texts, split.labels, strict=True)
    }


EXPECTED = dict(zip(TEXTS, POSITIVE, strict=True))


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_file_of_each_kind(suffix: str, tmp_path: Path):
    path = WRITERS[suffix](tmp_path / f"mine.{suffix}", {"text": TEXTS, "label": [int(label) for label in POSITIVE]})
    reviews = load_reviews(str(path))
    assert labels_of(reviews) == EXPECTED
    # A fifth is test, a tenth of what is left is valid, each half positive.
    assert {name: len(split) for name, split in reviews.splits.items()} == {"train": 28, "valid": 4, "test": 8}
    assert [int(split.labels.sum()) for split in reviews.splits.values()] == [14, 2, 4]
    assert reviews.source == f"mine.{suffix}", "no path above the file's own name"


@pytest.mark.parametrize(
    ("negative", "positive"),
    [("neg", "pos"), ("negative", "positive"), (" Negative", "POSITIVE "), (0, 1), (0.0, 1.0), (False, True)],
)
@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_known_spellings_of_the_labels(negative: object, positive: object, suffix: str, tmp_path: Path):
    labels = [positive if label else negative for label in POSITIVE]
    path = WRITERS[suffix](tmp_path / f"mine.{suffix}", {"text": TEXTS, "label": labels})
    assert labels_of(load_reviews(str(path))) == EXPECTED


def test_named_columns_and_labels_negative_first(tmp_path: Path):
    labels = ["Great" if label else "Awful" for label in POSITIVE]
    path = write_csv(tmp_path / "mine.csv", {"id": list(range(COUNT)), "review": TEXTS, "verdict": labels})
    columns = {"text_column": "review", "label_column": "verdict"}
    assert labels_of(load_reviews(str(path), **columns, label_names=["awful", "great"])) == EXPECTED
    turned = labels_of(load_reviews(str(path), **columns, label_names=["great", "awful"]))
    assert turned == {text: not label for text, label in EXPECTED.items()}


def test_the_seed_draws_test_and_valid(tmp_path: Path):
    path = str(write_csv(tmp_path / "mine.csv", {"text": TEXTS, "label": POSITIVE}))
    assert load_reviews(path, seed=1).fingerprint == load_reviews(path, seed=1).fingerprint
    assert set(load_reviews(path, seed=1).test.texts) != set(load_reviews(path, seed=2).test.texts)


def test_a_folder_with_all_three_splits_is_taken_as_it_is(tmp_path: Path):
    for name, numbers in (("train", range(20)), ("validation", range(20, 30)), ("test", range(30, 40))):
        columns = {"text": [TEXTS[number] for number in numbers], "label": [int(POSITIVE[n]) for n in numbers]}
        write_parquet(tmp_path / "mine" / f"{name}.parquet", columns)
    reviews = load_reviews(str(tmp_path / "mine"))
    assert (reviews.train.texts, reviews.valid.texts, reviews.test.texts) == (TEXTS[:20], TEXTS[20:30], TEXTS[30:])
    assert labels_of(reviews) == EXPECTED


HUB_CARD = """\
---
configs:
- config_name: plain_text
  default: true
  data_files:
  - split: train
    path: plain_text/train-*
  - split: test
    path: plain_text/test-*
  - split: unsupervised
    path: plain_text/unsupervised-*
dataset_info:
  config_name: plain_text
  features:
  - name: text
    dtype: string
  - name: label
    dtype:
      class_label:
        names:
          '0': {first}
          '1': {second}
---
"""


@pytest.mark.parametrize(("first", "second"), [("neg", "pos"), ("Positive", "Negative")])
def test_a_folder_in_the_hubs_layout(first: str, second: str, tmp_path: Path):
    """The layout of stanfordnlp/imdb on the Hub; the class names, not their numbers, decide which is positive."""
    folder = tmp_path / "mine"
    numbers = [int(label == (second == "pos")) for label in POSITIVE]
    write_parquet(folder / "plain_text" / "train-00000.parquet", {"text": TEXTS[:20], "label": numbers[:20]})
    write_parquet(folder / "plain_text" / "test-00000.parquet", {"text": TEXTS[20:], "label": numbers[20:]})
    write_parquet(folder / "plain_text" / "unsupervised-00000.parquet", {"text": ["none"] * 3, "label": [-1] * 3})
    (folder / "README.md").write_text(HUB_CARD.format(first=first, second=second), encoding="utf-8")
    reviews = load_reviews(str(folder))
    assert labels_of(reviews) == EXPECTED
    assert reviews.test.texts == TEXTS[20:]
    assert (len(reviews.train), len(reviews.valid)) == (18, 2)


def test_a_folder_named_by_a_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_csv(tmp_path / "train.csv", {"text": TEXTS, "label": POSITIVE})
    monkeypatch.chdir(tmp_path)
    assert labels_of(load_reviews(".")) == EXPECTED


def test_a_file_that_changes_is_read_again(tmp_path: Path):
    path = write_csv(tmp_path / "mine.csv", {"text": TEXTS, "label": POSITIVE})
    load_reviews(str(path))
    write_csv(path, {"text": [f"{text}!" for text in TEXTS], "label": POSITIVE})
    assert all(text.endswith("!") for text in load_reviews(str(path)).train.texts)


def test_a_review_that_reads_na_is_a_text(tmp_path: Path):
    rows = "".join(f"{text},{label}\n" for text, label in zip(["NA", "null"] * 20, [0, 1] * 20, strict=True))
    (tmp_path / "mine.csv").write_text("text,label\n" + rows, encoding="utf-8")
    assert set(load_reviews(str(tmp_path / "mine.csv")).train.texts) == {"NA", "null"}


def test_the_unlabelled_texts_of_a_source_are_read_beside_its_splits(tmp_path: Path):
    write_parquet(tmp_path / "train.parquet", {"text": TEXTS, "label": [int(label) for label in POSITIVE]})
    write_parquet(tmp_path / "unsupervised.parquet", {"text": ["no label", " ", "nor here"], "label": [-1, -1, -1]})
    splits = [{"split": name, "path": f"{name}.parquet"} for name in ("train", "unsupervised")]
    card = {"configs": [{"config_name": "default", "data_files": splits}]}
    (tmp_path / "README.md").write_text(
        f"---\n{json.dumps(card)}\n---\n", encoding="utf-8"
    )  # the name of the Hub's imdb
    reviews = load_reviews(str(tmp_path), unlabelled=True)
    assert list(reviews.unlabelled) == ["no label", "nor here"]
    assert "no label" not in labels_of(reviews)
    assert not load_reviews(str(tmp_path)).unlabelled


def test_the_toy_grammar_makes_unlabelled_texts_of_its_own():
    reviews = load_reviews("toy", unlabelled=True)
    assert len(reviews.unlabelled) == 4000
    assert reviews.unlabelled[:100] != reviews.train.texts[:100]
    assert reviews.fingerprint == load_reviews("toy").fingerprint


def test_a_source_without_unlabelled_texts_says_so(tmp_path: Path):
    path = write_csv(tmp_path / "mine.csv", {"text": TEXTS, "label": [int(label) for label in POSITIVE]})
    with pytest.raises(DataError, match=r"no unsupervised split\. Pretrain on the training texts instead"):
        load_reviews(str(path), unlabelled=True)


def test_a_data_set_of_the_hub_as_datasets_gives_it():
    """With named classes, minus one for no label, and a column that was not named."""
    from datasets import ClassLabel, Dataset, Features, Value

    features = Features({"idx": Value("int32"), "sentence": Value("string"), "label": ClassLabel(names=["pos", "neg"])})
    columns = {"idx": [0, 1, 2], "sentence": ["fine", "dull", "so"], "label": [0, 1, -1]}
    part = hub_data._read(Dataset.from_dict(columns, features), Form(), "set (train)", "train")
    assert (part.table.texts, part.table.labels) == (["fine", "dull", "so"], ["pos", "neg", None])
    assert (part.table.guessed, part.files) == (("sentence",), ("train",))
    bare = Dataset.from_dict({"sentence": ["fine"]})
    part = hub_data._read(bare, Form("Sentence"), "set (test)", "test")
    assert part.table.labels is None
    with pytest.raises(DataError, match=r"set \(test\) has no column 'words', only sentence"):
        hub_data._read(bare, Form("words"), "set (test)", "test")
