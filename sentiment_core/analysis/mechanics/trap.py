"""The padding trap: a network's state at the last column of a padded batch, instead of the last real token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from sentiment_core.analysis.mechanics.running import run, seeded
from sentiment_core.analysis.mechanics.training import Adam
from sentiment_core.errors import RunError
from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weights import load_model
from sentiment_core.runs.reading import Run
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.tokenization import load_tokenizer, train_words
from sentiment_core.text.toy import toy_reviews

AMOUNTS = (0, 1, 2, 3, 5, 10, 20, 40, 80, 160)  # columns of padding after a review's last token
REVIEWS = 200  # that are judged
_TRAINED_ON, _EPOCHS, _BATCH, _RATE, _WIDTH = 600, 5, 25, 2e-2, 16


@dataclass(frozen=True, eq=False)
class TrapData:
    """A network that judges by its last state, and labelled reviews that it has not seen."""

    network: RecurrentClassifier
    ids: Tensor  # [reviews, time] int64, right-padded
    lengths: Tensor  # [reviews] int64
    labels: Tensor  # [reviews] int64


@dataclass(frozen=True)
class Trap:
    """Accuracy with both ways of reading, as shares from 0 to 1."""

    code: str  # the lines that ran
    amounts: np.ndarray  # [amounts] int64, columns of padding after each review
    right: np.ndarray  # [amounts] float64, read at the last real token
    wrong: np.ndarray  # [amounts] float64, read after the padding
    batch_right: float  # in one batch, padded to its longest review
    batch_wrong: float
    mean_padding: float  # columns of padding of a review in that batch
    reviews: int


def toy_trap() -> TrapData:
    """A GRU trained here on toy reviews that end with the clause that decides. Takes about a second."""
    texts, labels = toy_reviews(_TRAINED_ON, seed=1, distance=0)
    tokenizer = train_words(texts)
    ids, lengths = _encode(texts, tokenizer, None)
    wanted = torch.from_numpy(labels).float()
    with seeded(0):
        config = NetworkConfig(cell="gru", embedding_size=_WIDTH, hidden_size=_WIDTH, pooling="last")
        network = RecurrentClassifier(config, tokenizer.get_vocab_size())
        optimizer = Adam(list(network.parameters()), _RATE, clip=1.0)
        batches = list(lengths.argsort(stable=True).split(_BATCH))
        for step in torch.cat([torch.randperm(len(batches)) for _ in range(_EPOCHS)]).tolist():
            rows = batches[step]
            time = int(lengths[rows].max())
            logits = network(ids[rows, :time], lengths[rows])
            optimizer.step(functional.binary_cross_entropy_with_logits(logits, wanted[rows]))
    unseen, answers = toy_reviews(REVIEWS, seed=2, distance=0)
    return TrapData(network.eval().requires_grad_(False), *_encode(unseen, tokenizer, None), torch.from_numpy(answers))


def judges_by_last(run_: Run) -> bool:
    """Whether a run's network reads forward and judges by its last state, so that the trap can be shown with it."""
    network = run_.recipe.network
    return network.pooling == "last" and not network.bidirectional


def published_trap(run_: Run) -> TrapData:
    """A run's network, and the Korean test reviews that this package includes.

    Raises RunError if the run is damaged, or its network does not judge by its last state.
    """
    network, tokenizer = load_model(run_.path), load_tokenizer(run_.path / "tokenizer.json")
    if network.config.pooling != "last" or network.config.bidirectional:
        raise RunError("This network does not judge by its last forward state. Choose a run that does.")
    split = load_reviews("korean").splits["test"]
    encoded = _encode(split.texts[:REVIEWS], tokenizer, run_.recipe.max_length)
    return TrapData(network, *encoded, torch.from_numpy(np.asarray(split.labels[:REVIEWS], dtype=np.int64)))


def spring_trap(data: TrapData) -> Trap:
    """Judge all reviews with each amount of padding, and in one batch that is padded to its longest review."""
    with torch.inference_mode():
        ran = [
            run(read_padded, network=data.network, ids=data.ids, lengths=data.lengths, labels=data.labels, more=more)
            for more in AMOUNTS
        ]
        batch = run(read_batch, network=data.network, ids=data.ids, lengths=data.lengths, labels=data.labels)
    return Trap(
        batch.code,
        np.array(AMOUNTS),
        np.array([values["right"] for values in ran]),
        np.array([values["wrong"] for values in ran]),
        batch["right"],
        batch["wrong"],
        float((data.ids.shape[1] - data.lengths).float().mean()),
        len(data.labels),
    )


def read_batch(network: RecurrentClassifier, ids: Tensor, lengths: Tensor, labels: Tensor) -> dict[str, Any]:
    """Accuracy in a batch padded to its longest, from the last real token and from the last column."""
    states = network.hidden(ids, lengths)  # [batch, time, hidden]
    last = states[torch.arange(len(ids)), lengths - 1]  # [batch, hidden], at the last real token
    column = states[:, -1]  # [batch, hidden], at the last column: padding, in all but the longest
    right = ((network.read_out(last) > 0) == labels).float().mean().item()
    wrong = ((network.read_out(column) > 0) == labels).float().mean().item()
    return {"states": states, "last": last, "column": column, "right": right, "wrong": wrong}


def read_padded(
    network: RecurrentClassifier, ids: Tensor, lengths: Tensor, labels: Tensor, more: int
) -> dict[str, Any]:
    """The same with `more` columns of padding after each review's last token."""
    states = network.hidden(functional.pad(ids, (0, more)), lengths)  # [batch, time + more, hidden]
    rows = torch.arange(len(ids))
    right = ((network.read_out(states[rows, lengths - 1]) > 0) == labels).float().mean().item()
    wrong = ((network.read_out(states[rows, lengths - 1 + more]) > 0) == labels).float().mean().item()
    return {"states": states, "right": right, "wrong": wrong}


def _encode(texts: Sequence[str], tokenizer: Tokenizer, most: int | None) -> tuple[Tensor, Tensor]:
    """Padded ids [texts, time] and lengths [texts], each at least 1."""
    ids = [torch.tensor(encoding.ids[:most] or [1]) for encoding in tokenizer.encode_batch(list(texts))]
    return torch.nn.utils.rnn.pad_sequence(ids, batch_first=True), torch.tensor([len(row) for row in ids])
