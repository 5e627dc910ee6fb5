"""A toy run that judges texts."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sentiment_core import load
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.prediction import Prediction
from sentiment_core.classifiers.protocol import judge_with_each
from sentiment_core.classifiers.tokens import tokenize
from sentiment_core.errors import TextError
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.tokenization import train_wordpiece


def judged(logit: float, length: int = 3, read: int = 3, unknown: int = 0) -> Prediction:
    return Prediction(logit, length, read, unknown, read, read - unknown, 1.0)


@pytest.mark.parametrize(
    ("logit", "probability", "verdict"),
    [
        (0.0, 0.5, "negative"),
        (math.log(3), 0.75, "positive"),
        (-math.log(3), 0.25, "negative"),
        (1000.0, 1.0, "positive"),
        (-1000.0, 0.0, "negative"),
    ],
)
def test_a_logit_is_the_log_odds_of_positive(logit, probability, verdict):
    prediction = judged(logit)
    assert prediction.probability == pytest.approx(probability)
    assert prediction.margin == pytest.approx(abs(probability - 0.5))
    assert prediction.verdict == verdict


@pytest.mark.parametrize(
    ("probability", "told"),
    [(0.5, "undecided"), (0.5004, "undecided"), (0.4996, "undecided"), (0.5006, "positive"), (0.4994, "negative")],
)
def test_a_probability_displayed_as_half_is_undecided(probability, told):
    assert judged(math.log(probability / (1 - probability))).told == told


def test_each_network_predicts_as_it_does_alone_and_a_shared_tokenizer_runs_once(toy_run, monkeypatch):
    texts = ["the plot was superb", "dreadful " * 100]
    first, second = load(toy_run), load(toy_run)
    shorter = replace(load(toy_run), max_length=3)
    expected = {text: first.predict([text])[0] for text in texts}
    alone = {text: shorter.predict([text])[0] for text in texts}
    read = []
    monkeypatch.setattr(
        "sentiment_core.classifiers.network.tokenize", lambda *given: read.append(given[0]) or tokenize(*given)
    )
    for text in texts:
        judged = judge_with_each(text, {"first": first, "shorter": shorter, "second": second})
        assert [found.prediction.logit for found in judged.values()] == [
            expected[text].logit,
            alone[text].logit,
            expected[text].logit,
        ]
        assert judged["first"].view is judged["second"].view
        assert judged["shorter"].view.max_length == judged["shorter"].prediction.read == 3
        assert judged["shorter"].prediction.known_words == alone[text].known_words
    assert read == texts


def test_another_tokenizer_makes_its_own_tokens(toy_run):
    first = load(toy_run)
    other = replace(first, tokenizer=train_wordpiece(["the plot was superb"] * 5, vocab_size=40))
    text = "the plot was superb"
    judged = judge_with_each(text, {"first": first, "other": other})
    mine, its = judged["first"].view.ids.tolist(), judged["other"].view.ids.tolist()
    assert its == other.view(text).ids.tolist() != mine


def test_a_network_is_blind_only_if_every_token_it_read_is_unknown():
    assert judged(1.0, length=9, read=3, unknown=3).blind
    assert not judged(1.0, unknown=2).blind


def test_known_full_stops_do_not_make_a_foreign_text_known(toy_run):
    foreign, mixed, signs = load(toy_run).predict(["정말 좋은 영화. 최고.", "the plot: 좋은 영화.", "..."])
    assert foreign.unknown < foreign.read
    assert (foreign.words, foreign.known_words, foreign.blind) == (4, 0, True)
    assert (mixed.words, mixed.known_words, mixed.blind) == (4, 2, False)
    assert (signs.words, signs.blind) == (0, False)


def test_the_toy_run_has_learnt_its_grammar(toy_run):
    good, bad = load(toy_run).predict(["the acting was superb. it opened in the spring.", "the plot was dreadful."])
    assert good.verdict == "positive"
    assert bad.verdict == "negative"


def test_length_and_unknown_tokens_are_counted(toy_run):
    known, foreign, mixed = load(toy_run).predict(["the plot", "漢字", "the 漢 plot"])
    assert (known.length, known.read, known.unknown, known.blind) == (2, 2, 0, False)
    assert foreign.blind
    assert (mixed.length, mixed.unknown, mixed.blind) == (3, 1, False)


def test_only_max_length_tokens_are_read(toy_run):
    classifier = load(toy_run)
    limit = classifier.max_length
    text = "the plot " * limit
    long, ended = classifier.predict([text, text + "was dreadful"])
    assert (long.length, long.read) == (2 * limit, limit)
    assert long.logit == ended.logit


def test_a_text_that_a_tokenizer_drops_entirely_is_one_unknown_token(toy_run):
    (prediction,) = load(toy_run).predict(["\x00\x01"])
    assert (prediction.length, prediction.blind) == (1, True)


def test_many_texts_at_once_give_the_same_as_each_alone(toy_run):
    classifier = load(toy_run)
    texts = load_reviews("toy").test.texts[:50]
    together = [prediction.logit for prediction in classifier.predict(texts)]
    alone = [classifier.predict([text])[0].logit for text in texts]
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_a_single_text_needs_no_list(toy_run):
    classifier = load(toy_run)
    assert [p.logit for p in classifier.predict("the plot was weak")] == [
        p.logit for p in classifier.predict(["the plot was weak"])
    ]
    assert classifier.predict([]) == []


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_a_blank_text_is_refused(toy_run, text):
    with pytest.raises(TextError, match="no text"):
        load(toy_run).predict(["fine", text])


def test_a_text_of_more_than_a_million_characters_is_refused(toy_run):
    with pytest.raises(TextError, match="1,000,001 characters"):
        load(toy_run).predict(["a" * 1_000_001])


def test_an_unpaired_surrogate_is_refused(toy_run):
    with pytest.raises(TextError, match="Unicode"):
        load(toy_run).predict(["good \udcff film"])


def test_evaluating_the_test_split_again_gives_the_published_scores(toy_run):
    classifier = load(toy_run)
    evaluation = classifier.evaluate(load_reviews("toy").test)
    published = classifier.run.scores()
    np.testing.assert_array_equal(evaluation.scores.labels, published.labels)
    np.testing.assert_allclose(evaluation.scores.logits, published.logits, rtol=2**-11, atol=1e-6)
    # The loss from its definition, in float64.
    signed = np.where(published.labels == 1, published.logits, -published.logits).astype(np.float64)
    assert evaluation.loss == pytest.approx(np.log1p(np.exp(-signed)).mean(), rel=1e-3)


def test_loading_again_gives_exactly_the_same_numbers(toy_run):
    texts = ["the plot was weak", "a dull plot but superb acting"]
    first, second = ([p.logit for p in load_classifier(toy_run).predict(texts)] for _ in range(2))
    assert first == second
