"""The corpus card: counts and polarity by hand, and the files of its folder."""

import json
import math
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sentiment_core.errors import DataError
from sentiment_core.text.corpus import (
    Corpus,
    count_tokens,
    load_corpus,
    load_lengths,
    load_tokens,
    token_polarity,
    write_corpus,
)
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.tokenization import load_tokenizer, train_whitespace, train_words

REVIEWS = Reviews(
    "mine",
    train=Split(["good film", "bad film film", "good good"], np.array([1, 0, 1])),
    valid=Split(["film", "bad"], np.array([1, 0])),
    test=Split(["good odd film", "bad"], np.array([1, 0])),
)
# By frequency, then by alphabet: film 3, good 3, bad 1.
WORDS = ["[PAD]", "[UNK]", "film", "good", "bad"]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    tokenizers = {"words": train_words(REVIEWS.train.texts), "whitespace": train_whitespace(REVIEWS.train.texts, 1)}
    encoded = {name: encode_reviews(split, tokenizers["words"]) for name, split in REVIEWS.splits.items()}
    write_corpus(tmp_path / "mine", REVIEWS, encoded, tokenizers, seed=7)
    return load_corpus(tmp_path / "mine")


def test_tokens_are_counted_by_label():
    encoded = EncodedReviews(np.array([2, 3, 2, 2, 4], np.int32), np.array([0, 2, 5]), np.array([1, 0]))
    assert count_tokens(encoded, vocab_size=6).tolist() == [[0, 0], [0, 0], [2, 1], [0, 1], [1, 0], [0, 0]]


def test_polarity_is_the_log_of_the_share_of_shares():
    # Smoothed by 1, the negative shares are 2/6 and 4/6, the positive ones 4/6 and 2/6.
    polarity = token_polarity(np.array([[1, 3], [3, 1]]), smoothing=1.0)
    assert polarity == pytest.approx([math.log(2), -math.log(2)])


def test_a_token_seen_equally_often_is_neutral_and_a_rare_one_close_to_it():
    polarity = token_polarity(np.array([[50, 50], [0, 2], [0, 100], [102, 0]]))
    assert polarity[0] == pytest.approx(0)
    assert 0 < polarity[1] < 0.3 < 2 < polarity[2]
    assert polarity[3] < -2


def test_polarity_does_not_depend_on_which_class_wrote_more():
    # Positive reviews hold twice the tokens, each word twice as often.
    assert token_polarity(np.array([[30, 60], [10, 20]]), smoothing=1e-9) == pytest.approx([0, 0], abs=1e-6)


def test_the_card_says_what_was_read(corpus: Corpus):
    assert corpus.source == "mine"
    assert corpus.sizes == {"train": 3, "valid": 2, "test": 2}
    assert (corpus.tokenizer, corpus.vocab_size, corpus.seed) == ("words", 5, 7)
    assert corpus.fingerprint == REVIEWS.fingerprint


def test_lengths_come_back_in_order(corpus: Corpus):
    table = load_lengths(corpus)
    assert table.split.tolist() == ["train"] * 3 + ["valid"] * 2 + ["test"] * 2
    assert table.label.tolist() == [1, 0, 1, 1, 0, 1, 0]
    assert table.tokens.tolist() == [2, 3, 2, 1, 1, 3, 1]


def test_only_the_training_split_is_counted(corpus: Corpus):
    table = load_tokens(corpus)
    assert table.tokens.tolist() == WORDS
    assert table.counts.tolist() == [[0, 0], [0, 0], [2, 1], [0, 3], [1, 0]]
    assert table.polarity == pytest.approx(token_polarity(table.counts), rel=5e-4)


def test_every_tokenizer_is_there(corpus: Corpus):
    assert load_tokenizer(corpus.path / "tokenizer.json").get_vocab() == {word: id for id, word in enumerate(WORDS)}
    assert load_tokenizer(corpus.path / "tokenizers" / "whitespace.json.gz").get_vocab_size() == 5


def test_the_folder_holds_counts_and_no_text(corpus: Corpus):
    files = {str(path.relative_to(corpus.path)) for path in corpus.path.rglob("*") if path.is_file()}
    tables = {"lengths.parquet", "tokens.parquet", "features.parquet", "test_tokens.parquet"}
    assert files == {"corpus.json", "tokenizer.json", "tokenizers/whitespace.json.gz"} | tables
    assert pq.read_schema(corpus.path / "lengths.parquet").names == ["split", "label", "tokens"]
    assert pq.read_schema(corpus.path / "tokens.parquet").names == ["id", "token", "count_neg", "count_pos", "polarity"]
    assert "good film" not in (corpus.path / "corpus.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"source": "mine"}', "\x00"])
def test_a_damaged_card(corpus: Corpus, content: str):
    (corpus.path / "corpus.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match="is damaged"):
        load_corpus(corpus.path)


def test_no_card(tmp_path: Path):
    with pytest.raises(DataError, match="No corpus in"):
        load_corpus(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DataError):
        load_corpus(tmp_path / "file")


@pytest.mark.parametrize(("name", "read"), [("lengths", load_lengths), ("tokens", load_tokens)])
def test_a_damaged_table(corpus: Corpus, name: str, read):
    path = corpus.path / f"{name}.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DataError, match="missing or damaged"):
        read(corpus)
    pq.write_table(pa.table({"split": ["train"]}), path)
    with pytest.raises(DataError, match="missing or damaged"):
        read(corpus)
    path.unlink()
    with pytest.raises(DataError, match="missing or damaged"):
        read(corpus)


def test_a_run_is_not_written_over(tmp_path: Path):
    (tmp_path / "recipe.json").write_text(json.dumps({}), encoding="utf-8")
    with pytest.raises(DataError, match="holds a run"):
        write_corpus(tmp_path, REVIEWS, {}, {}, seed=0)
    assert [path.name for path in tmp_path.iterdir()] == ["recipe.json"]


def test_a_file_is_no_corpus_folder(tmp_path: Path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="Cannot write to"):
        write_corpus(tmp_path / "out", REVIEWS, {}, {}, seed=0)
