"""The polarity of n-grams by hand: what is counted, what is left out, and how a network uses it."""

import math

import numpy as np
import pytest
import torch

from sentiment_core.model.config import Recipe
from sentiment_core.model.ngrams import NGramPolarity, count_ngrams, ngram_buckets
from sentiment_core.model.weight_files import write_config
from sentiment_core.model.weights import load_model, save_weights
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.pipeline import build_model

GOOD, NOT, FILM = 2, 3, 4
ROWS = [[GOOD, FILM], [GOOD, GOOD, FILM], [NOT, GOOD, FILM], [NOT, GOOD]]
LABELS = np.array([1, 1, 0, 0])


@pytest.fixture
def encoded() -> EncodedReviews:
    """Two positive reviews and two negative ones."""
    offsets = np.cumsum([0, *map(len, ROWS)])
    return EncodedReviews(np.concatenate(ROWS).astype(np.uint16), offsets, LABELS)


def table(encoded: EncodedReviews, longest: int = 2) -> NGramPolarity:
    polarity = NGramPolarity(longest)
    polarity.fill(count_ngrams(encoded, longest, max_length=10), encoded.labels)
    return polarity


def log_odds(positive: int, negative: int) -> float:
    return math.log((positive + 1) / (negative + 1))


def bucket(*ids: int) -> int:
    """The bucket in which an n-gram is counted."""
    return int(ngram_buckets(torch.tensor([ids]), len(ids))[0, -1, -1])


def test_reviews_that_hold_an_ngram_are_counted_once_each(encoded: EncodedReviews):
    counts = count_ngrams(encoded, 2, max_length=10)
    expected = {
        (GOOD,): (2, 2),
        (FILM,): (1, 2),
        (NOT,): (2, 0),
        (GOOD, FILM): (1, 2),
        (NOT, GOOD): (2, 0),
        (GOOD, GOOD): (0, 1),
    }
    assert {ngram: tuple(counts[bucket(*ngram)]) for ngram in expected} == expected
    assert counts.sum() == sum(map(sum, expected.values()))


def test_an_ngram_differs_from_its_parts_other_orders_and_other_lengths():
    ngrams = [(a, b, c)[:n] for a in range(2, 12) for b in range(2, 12) for c in range(2, 12) for n in (1, 2, 3)]
    assert len({bucket(*ngram) for ngram in set(ngrams)}) > 0.995 * len(set(ngrams))


def test_each_token_brings_the_ngrams_that_end_with_it(encoded: EncodedReviews):
    polarity = table(encoded)(torch.tensor([[NOT, GOOD, FILM, 9]]))
    expected = [
        [log_odds(0, 2), 0],  # no token precedes the first
        [log_odds(2, 2), log_odds(0, 2)],
        [log_odds(2, 1), log_odds(2, 1)],
        [0, 0],  # unknown
    ]
    torch.testing.assert_close(polarity, torch.tensor([expected]), atol=1 / 32, rtol=0)


def test_a_training_review_does_not_count_itself(encoded: EncodedReviews):
    polarity = table(encoded)
    ids = torch.tensor([ROWS[2], ROWS[1]])
    expected = [
        [[log_odds(0, 1), 0], [log_odds(2, 1), log_odds(0, 1)], [log_odds(2, 0), log_odds(2, 0)]],
        [[log_odds(1, 2), 0], [log_odds(1, 2), 0], [log_odds(1, 1), log_odds(1, 1)]],
    ]
    torch.testing.assert_close(polarity(ids, torch.tensor([0, 1])), torch.tensor(expected))


def test_a_review_is_counted_as_far_as_it_is_read(encoded: EncodedReviews):
    assert count_ngrams(encoded, 2, max_length=2)[bucket(FILM)].tolist() == [0, 1]  # elsewhere it is third


def test_more_reviews_of_one_label_move_nothing(encoded: EncodedReviews):
    counts = np.zeros_like(count_ngrams(encoded, 1, 10))
    counts[bucket(GOOD)] = [2999, 999]
    polarity = NGramPolarity(1)
    polarity.fill(counts, np.repeat([0, 1], [29_999, 9_999]))
    assert polarity(torch.tensor([[GOOD, NOT]])).tolist() == [[[0.0], [0.0]]]


def test_padding_and_company_change_nothing(encoded: EncodedReviews):
    polarity = table(encoded, longest=3)
    alone = polarity(torch.tensor([ROWS[0]]))
    together = polarity(torch.tensor([[*ROWS[0], 0, 0], [*ROWS[1], 0]]))
    torch.testing.assert_close(together[:1, :2], alone)


def test_a_network_reads_it_and_keeps_it(encoded: EncodedReviews, tmp_path):
    model = build_model(Recipe("tiny").change(embedding_size=4, hidden_size=4, ngrams=2), 10, encoded)
    ids, lengths, labels = torch.tensor([ROWS[2]]), torch.tensor([3]), torch.tensor([0])
    own, others = (model.judge(model.embedding(ids), ids, lengths, given) for given in (None, labels))
    assert not torch.equal(own, others)
    others.sum().backward()
    assert model.recurrent[0][0].weight_ih_l0.grad[:, 4:].abs().sum() > 0, "the two numbers after the vector's four"

    write_config(tmp_path, model.config, model.vocab_size, 10)
    save_weights(tmp_path, model)
    loaded = load_model(tmp_path)
    assert torch.equal(loaded.ngrams.polarity, model.ngrams.polarity)
    torch.testing.assert_close(loaded(ids, lengths), model.eval()(ids, lengths), atol=1e-3, rtol=0)
