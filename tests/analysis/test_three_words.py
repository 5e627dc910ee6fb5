"""Three words by hand: the gradients equal autograd's, and the words behave as the page says."""

import numpy as np
import pytest
import torch
from torch import nn

from sentiment_core.analysis.three_words import (
    MOST_RATE,
    MOST_SEED,
    MOST_STEPS,
    SENTENCES,
    WORDS,
    WORDS_IN,
    Outcome,
    gradients,
    judge,
    outcome,
    sentences_of,
    train_three_words,
    word_table,
)
from sentiment_core.errors import SettingError

GOOD, BAD, MOVIE = range(3)


class Network(nn.Module):
    """The same network in PyTorch: an embedding of width two, flattened, and one linear unit."""

    def __init__(self, embedding: np.ndarray, weight: np.ndarray, bias: float) -> None:
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(torch.from_numpy(embedding.copy()), freeze=False)
        self.unit = nn.Linear(4, 1, dtype=torch.float64)
        with torch.no_grad():
            self.unit.weight.copy_(torch.from_numpy(weight.reshape(1, 4)))
            self.unit.bias.fill_(bias)

    def loss(self) -> torch.Tensor:
        ids = torch.tensor([[WORDS.index(word) for word in text.split()] for text, _ in SENTENCES])
        labels = torch.tensor([label for _, label in SENTENCES], dtype=torch.float64)
        logits = self.unit(self.embedding(ids).flatten(1)).squeeze(1)
        return nn.functional.binary_cross_entropy_with_logits(logits, labels)


@pytest.mark.parametrize("seed", range(5))
def test_gradients_are_those_of_autograd(seed: int):
    rng = np.random.default_rng(seed)
    embedding, weight, bias = rng.normal(size=(3, 2)), rng.normal(size=(2, 2)), float(rng.normal())
    network = Network(embedding, weight, bias)
    network.loss().backward()
    ours = gradients(embedding, weight, bias)
    np.testing.assert_allclose(ours.embedding, network.embedding.weight.grad.numpy(), atol=1e-12)
    np.testing.assert_allclose(ours.weight, network.unit.weight.grad.numpy().reshape(2, 2), atol=1e-12)
    assert ours.bias == pytest.approx(network.unit.bias.grad.item(), abs=1e-12)


@pytest.mark.parametrize(("seed", "rate"), [(0, 0.5), (7, 5.0), (9999, 0.01)])
def test_every_step_is_that_of_torch(seed: int, rate: float):
    trained = train_three_words(learning_rate=rate, seed=seed, steps=20)
    network = Network(trained.embeddings[0], trained.weight[0], float(trained.bias[0]))
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    for step in range(21):
        loss = network.loss()
        assert trained.loss[step] == pytest.approx(loss.item(), abs=1e-10), step
        np.testing.assert_allclose(trained.embeddings[step], network.embedding.weight.detach().numpy(), atol=1e-10)
        np.testing.assert_allclose(trained.weight[step].ravel(), network.unit.weight.detach().numpy()[0], atol=1e-10)
        assert trained.bias[step] == pytest.approx(network.unit.bias.item(), abs=1e-10)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def test_a_step_worked_by_hand():
    """All logits are 0, so each sentence has an error of a half; the mean over two sentences makes it a quarter."""
    embedding = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]])
    weight = np.array([[0.0, 0.0], [3.0, -3.0]])
    assert judge(embedding, weight, 0.0).tolist() == [0.0, 0.0]
    slope = gradients(embedding, weight, 0.0)
    assert slope.embedding.tolist() == [[0, 0], [0, 0], [0, 0]]  # the first place has no weight; of movie: -3/4 + 3/4
    assert slope.weight.tolist() == [[-0.25, 0.25], [0, 0]]  # 1/4 (bad - good); movie cancels
    assert slope.bias == 0.0


def test_shapes_and_rows():
    trained = train_three_words(steps=7)
    assert len(trained) == 8
    assert trained.embeddings.shape == (8, 3, 2)
    assert trained.weight.shape == (8, 2, 2)
    assert trained.bias.shape == trained.loss.shape == (8,)
    assert trained.logits.shape == (8, 2)
    assert trained.displacement.shape == (8, 3)
    assert not trained.displacement[0].any()
    np.testing.assert_allclose(
        trained.displacement[-1, GOOD] ** 2, ((trained.embeddings[-1, GOOD] - trained.embeddings[0, GOOD]) ** 2).sum()
    )
    np.testing.assert_array_equal(trained.embeddings, train_three_words(steps=20).embeddings[:8])


def test_the_same_seed_gives_the_same_training_and_another_does_not():
    first, again, other = (train_three_words(seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.embeddings, again.embeddings)
    assert np.abs(first.embeddings - other.embeddings).max() > 0.1


def test_good_and_bad_separate_and_movie_hardly_moves():
    """For nearly any start, not only the one that the page opens with."""
    trainings = [train_three_words(seed=seed) for seed in range(200)]
    moved = np.array([trained.displacement[-1] for trained in trainings])
    assert (moved[:, MOVIE] < moved[:, [GOOD, BAD]].min(axis=1)).mean() > 0.98
    assert np.median(moved[:, MOVIE]) < 0.1 * np.median(moved[:, [GOOD, BAD]])
    along = np.array([(t.embeddings[-1, GOOD] - t.embeddings[-1, BAD]) @ t.weight[-1, 0] for t in trainings])
    assert (along > 0).all(), "good lies on the side that the unit calls positive"
    assert all(trained.loss[-1] < trained.loss[0] for trained in trainings)
    assert all(trained.accuracy[-1] == 1.0 for trained in trainings)


def test_accuracy_counts_the_sentences_judged_right():
    trained = train_three_words()
    for step in (0, 20):
        right = [(logit > 0) == bool(label) for logit, (_, label) in zip(trained.logits[step], SENTENCES, strict=True)]
        assert trained.accuracy[step] == np.mean(right)


def test_nothing_overflows_at_the_ends_of_the_ranges():
    with np.errstate(all="raise", under="ignore"):
        for seed in (*range(50), MOST_SEED):
            trained = train_three_words(learning_rate=MOST_RATE, seed=seed, steps=MOST_STEPS)
            assert np.isfinite(trained.embeddings).all()
            assert np.isfinite(trained.loss).all()


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"learning_rate": 0.0}, "between 0.01 and 5"),
        ({"learning_rate": -1.0}, "between 0.01 and 5"),
        ({"learning_rate": float("nan")}, "between 0.01 and 5"),
        ({"learning_rate": float("inf")}, "between 0.01 and 5"),
        ({"seed": -1}, "between 0 and 9,999"),
        ({"seed": 10_000}, "between 0 and 9,999"),
        ({"seed": 1.5}, "between 0 and 9,999"),
        ({"steps": 0}, "between 1 and 200"),
        ({"steps": 201}, "between 1 and 200"),
    ],
)
def test_settings_out_of_range(setting: dict, expected: str):
    with pytest.raises(SettingError, match=expected) as caught:
        train_three_words(**setting)
    assert "\n" not in str(caught.value)


def test_the_words_as_a_vocabulary():
    table = word_table()
    assert table.tokens.tolist() == ["good", "bad", "movie"]
    assert table.counts.tolist() == [[0, 1], [1, 0], [1, 1]]
    np.testing.assert_allclose(table.polarity, [np.log(2), -np.log(2), 0], atol=1e-6)


def outcomes(rate: float) -> list[Outcome]:
    """The outcome for each seed that the page offers."""
    return [outcome(train_three_words(learning_rate=rate, seed=seed)) for seed in range(100)]


def test_what_the_page_says_of_a_rate_holds_with_each_seed_or_names_the_exception():
    usual = outcomes(0.5)
    assert all(found.ended > found.began for found in usual)
    least = [seed for seed, found in enumerate(usual) if found.moved["movie"] >= min(found.moved.values()) * 1.0001]
    assert least == [3]
    assert usual[3].moved["movie"] > usual[3].moved["good"]
    parted = sum(found.ended > found.began for found in outcomes(0.01))
    assert 40 <= parted <= 60
    large = outcomes(5.0)
    assert sum(not found.rises for found in large) > 50
    assert large[22].rises
    assert min(large[22].moved.values()) > 1000


def test_an_outcome_is_what_the_training_shows():
    trained = train_three_words(seed=5)
    found = outcome(trained)
    apart = np.linalg.norm(trained.embeddings[:, 0] - trained.embeddings[:, 1], axis=1)
    assert (found.began, found.ended) == (pytest.approx(apart[0]), pytest.approx(apart[-1]))
    assert found.moved == pytest.approx(dict(zip(("good", "bad", "movie"), trained.displacement[-1], strict=True)))
    assert outcome(train_three_words(seed=8, learning_rate=2.0)).rises == 2


def test_korean_words_move_as_the_english_ones_do():
    english, korean = train_three_words(), train_three_words(words=WORDS_IN["ko"])
    np.testing.assert_array_equal(korean.embeddings, english.embeddings)
    assert korean.sentences == (("좋은 영화", 1), ("나쁜 영화", 0))
    assert korean.table.tokens.tolist() == ["좋은", "나쁜", "영화"]
    assert list(outcome(korean).moved.values()) == list(outcome(english).moved.values())
    assert sentences_of(WORDS) == SENTENCES
