"""The smallest network in which words acquire meaning: three words, two numbers each, every gradient by hand.

There are two reviews, "good movie" and "bad movie", or the same in Korean. A review is the concatenation of its two
words' vectors. One linear unit turns the four numbers into a logit. No projection is needed: the two numbers of a word
are its position in the figure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.errors import SettingError
from sentiment_core.text.corpus import TokenTable, token_polarity

WORDS = ("good", "bad", "movie")  # a positive, a negative and a neutral word
WORDS_IN = {"en": WORDS, "ko": ("좋은", "나쁜", "영화")}  # by language
SENTENCES = (("good movie", 1), ("bad movie", 0))  # text and label, 1 positive
STEPS = 20
LEARNING_RATE = 0.5
MOST_STEPS, LEAST_RATE, MOST_RATE, MOST_SEED = 200, 0.01, 5.0, 9999

_IDS = np.array([[WORDS.index(word) for word in text.split()] for text, _ in SENTENCES])  # [sentences, places]
_LABELS = np.array([label for _, label in SENTENCES], dtype=np.float64)  # [sentences]


@dataclass(frozen=True)
class ThreeWords:
    """A complete training: before its first step (row 0) and after each step."""

    embeddings: np.ndarray  # [steps + 1, words, 2] float64
    weight: np.ndarray  # [steps + 1, places, 2] float64, of the unit; a pair for each place in a sentence
    bias: np.ndarray  # [steps + 1] float64, of the unit
    logits: np.ndarray  # [steps + 1, sentences] float64, log-odds of positive
    loss: np.ndarray  # [steps + 1] float64, mean over the sentences
    table: TokenTable  # the words, from `word_table`
    sentences: tuple[tuple[str, int], ...] = SENTENCES

    def __len__(self) -> int:
        return len(self.loss)

    @property
    def accuracy(self) -> np.ndarray:
        """Share of the sentences classified correctly [steps + 1] float64."""
        return ((self.logits > 0) == (_LABELS > 0)).mean(axis=1)

    @property
    def displacement(self) -> np.ndarray:
        """Distance of each word from its initial position [steps + 1, words] float64."""
        return np.linalg.norm(self.embeddings - self.embeddings[0], axis=2)


@dataclass(frozen=True)
class Outcome:
    """The figures of a training that its explanation uses."""

    began: float  # distance between the first two words before the first step
    ended: float  # after the last step
    moved: dict[str, float]  # distance of each word from its initial position
    rises: int  # number of steps that raised the loss


@dataclass(frozen=True)
class Gradients:
    """Gradients of the mean loss."""

    embedding: np.ndarray  # [words, 2] float64
    weight: np.ndarray  # [places, 2] float64
    bias: float


def train_three_words(
    *, learning_rate: float = LEARNING_RATE, seed: int = 0, steps: int = STEPS, words: tuple[str, str, str] = WORDS
) -> ThreeWords:
    """Train three words, in the roles of WORDS, by gradient descent on both sentences.

    Vectors start from N(0, 1) and the unit from U(-1/2, 1/2), PyTorch's defaults for an embedding and a linear unit of
    four inputs.
    Raises SettingError unless learning_rate is between 0.01 and 5, seed between 0 and 9,999, steps between 1 and 200.
    """
    if not LEAST_RATE <= learning_rate <= MOST_RATE:
        raise SettingError(
            "The learning rate must lie between {least} and {most}. Choose another.", least=LEAST_RATE, most=MOST_RATE
        )
    if seed not in range(MOST_SEED + 1):
        raise SettingError("The seed must be a whole number between 0 and {most}. Choose another.", most=MOST_SEED)
    if steps not in range(1, MOST_STEPS + 1):
        raise SettingError("The steps must be a whole number between 1 and {most}. Choose another.", most=MOST_STEPS)
    rng = np.random.default_rng(seed)
    embedding = rng.standard_normal((len(WORDS), 2))
    bound = 1 / np.sqrt(_IDS.shape[1] * 2)
    weight, bias = rng.uniform(-bound, bound, (_IDS.shape[1], 2)), float(rng.uniform(-bound, bound))
    states = [(embedding, weight, bias)]
    for _ in range(steps):
        slope = gradients(embedding, weight, bias)
        embedding = embedding - learning_rate * slope.embedding
        weight = weight - learning_rate * slope.weight
        bias -= learning_rate * slope.bias
        states.append((embedding, weight, bias))
    embeddings, weights, biases = (np.array(part) for part in zip(*states, strict=True))
    logits = np.array([judge(*state) for state in states])
    losses = (np.logaddexp(0, logits) - _LABELS * logits).mean(axis=1)
    return ThreeWords(embeddings, weights, biases, logits, losses, word_table(words), sentences_of(words))


def sentences_of(words: tuple[str, str, str]) -> tuple[tuple[str, int], ...]:
    """The two sentences of three words in the roles of WORDS, in the form of SENTENCES."""
    praise, blame, neither = words
    return ((f"{praise} {neither}", 1), (f"{blame} {neither}", 0))


def outcome(trained: ThreeWords) -> Outcome:
    """How the words moved and how the loss changed."""
    good, bad, _ = np.moveaxis(trained.embeddings, 1, 0)
    began, *_, ended = np.linalg.norm(good - bad, axis=1).tolist()
    moved = dict(zip(trained.table.tokens, trained.displacement[-1].tolist(), strict=True))
    return Outcome(began, ended, moved, int((np.diff(trained.loss) > 0).sum()))


def judge(embedding: np.ndarray, weight: np.ndarray, bias: float) -> np.ndarray:
    """Logit of each sentence [sentences] from embedding [words, 2], weight [places, 2] and bias."""
    return np.einsum("spd,pd->s", embedding[_IDS], weight) + bias


def gradients(embedding: np.ndarray, weight: np.ndarray, bias: float) -> Gradients:
    """Gradients of the mean binary cross-entropy over the sentences; arguments as in `judge`."""
    probability = np.exp(-np.logaddexp(0, -judge(embedding, weight, bias)))  # the sigmoid, without overflow
    wrong = (probability - _LABELS) / len(_LABELS)  # derivative of the mean loss by each logit: the signed error
    # A logit is sum(vector * weight) + bias, so each factor's gradient is the other factor, summed over its uses.
    by_weight = np.einsum("s,spd->pd", wrong, embedding[_IDS])
    by_embedding = np.zeros_like(embedding)
    np.add.at(by_embedding, _IDS, wrong[:, None, None] * weight)  # "movie" sums the gradients of both sentences
    return Gradients(by_embedding, by_weight, float(wrong.sum()))


def word_table(words: tuple[str, str, str] = WORDS) -> TokenTable:
    """The three words with their counts in the negative and in the positive sentence, as a vocabulary.

    Two sentences are too few for a corpus's smoothing. Here it is 1, so that "good" is twice as likely.
    """
    counts = np.zeros((len(words), 2), dtype=np.int64)
    for ids, label in zip(_IDS, _LABELS.astype(int), strict=True):
        counts[ids, label] += 1
    return TokenTable(np.array(words, dtype=object), counts, token_polarity(counts, smoothing=1.0))
