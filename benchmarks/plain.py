"""The plain notebook form: the cost of a network written as in lecture notes.

Each batch is drawn at random, tokenised when it is needed, padded to its longest review, packed, and classified by the
last states. Batches of 32, Adam, PyTorch defaults.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import UNK_ID
from sentiment_core.training.batching import random_batches

BATCH = 32
_WARM_UP = 2  # steps that are not measured


class PlainNetwork(nn.Module):
    """A recipe's cell, directions, layers and sizes, packed, without its dropout and pooling."""

    def __init__(self, recipe: Recipe, vocab_size: int) -> None:
        super().__init__()
        network = recipe.network
        self.directions = 2 if network.bidirectional else 1
        self.embedding = nn.Embedding(vocab_size, network.embedding_size, padding_idx=0)
        kind = {"lstm": nn.LSTM, "gru": nn.GRU}.get(network.cell, nn.RNN)
        self.recurrent = kind(
            network.embedding_size,
            network.hidden_size,
            num_layers=network.layers,
            bidirectional=network.bidirectional,
            batch_first=True,
            **({"nonlinearity": network.cell.removeprefix("rnn_")} if kind is nn.RNN else {}),
        )
        width = self.directions * network.hidden_size
        hidden = [nn.Linear(width, network.head_size), nn.ReLU()] if network.head_size else []
        self.head = nn.Sequential(*hidden, nn.Linear(network.head_size or width, 1))

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Logits [batch] from ids [batch, time] int64 and lengths [batch] int64."""
        packed = pack_padded_sequence(self.embedding(ids), lengths, batch_first=True, enforce_sorted=False)
        _, state = self.recurrent(packed)
        hidden = state[0] if isinstance(state, tuple) else state  # [layers * directions, batch, hidden]
        return self.head(torch.cat(list(hidden[-self.directions :]), dim=-1)).squeeze(-1)


class PlainTraining:
    """A plain network and its optimizer."""

    def __init__(self, recipe: Recipe, vocab_size: int) -> None:
        self.network = PlainNetwork(recipe, vocab_size)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=recipe.learning_rate)

    def step(self, ids: Tensor, lengths: Tensor, labels: Tensor) -> float:
        """Take one step. Returns the loss before it."""
        loss = F.binary_cross_entropy_with_logits(self.network(ids, lengths), labels.float())
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()


@dataclass(frozen=True)
class PlainEpoch:
    """The seconds of an epoch of the plain form."""

    seconds: float
    tokenising: float  # of these seconds


def plain_epoch(recipe: Recipe, reviews: Split, tokenizer: Tokenizer, steps: int, count: int = 0) -> PlainEpoch:
    """The time of an epoch over `count` reviews, or all.

    It is extrapolated from the first `steps` after two warm-up steps.
    """
    training = PlainTraining(recipe, tokenizer.get_vocab_size())
    batches = random_batches(len(reviews), BATCH, np.random.default_rng(0))[: steps + _WARM_UP]
    started = tokenising = 0.0
    for number, rows in enumerate(batches):
        turn = time.perf_counter()
        if number == _WARM_UP:
            started, tokenising = turn, 0.0
        ids = [tokenizer.encode(reviews.texts[row]).ids[: recipe.max_length] or [UNK_ID] for row in rows]
        tokenising += time.perf_counter() - turn
        lengths = torch.tensor([len(row) for row in ids])
        padded = pad_sequence([torch.tensor(row) for row in ids], batch_first=True)
        training.step(padded, lengths, torch.from_numpy(reviews.labels[rows]))
    times = -(-(count or len(reviews)) // BATCH) / (len(batches) - _WARM_UP)
    return PlainEpoch((time.perf_counter() - started) * times, tokenising * times)
