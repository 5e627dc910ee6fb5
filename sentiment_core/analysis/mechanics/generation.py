"""A GRU as a language model that chooses the most probable token, one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from sentiment_core.analysis.mechanics.boxes import Box, box
from sentiment_core.analysis.mechanics.running import run, seeded
from sentiment_core.analysis.mechanics.sequences import Sequences
from sentiment_core.analysis.mechanics.training import Adam

EMBEDDING, HIDDEN, STEPS, RATE = 32, 64, 20, 1e-2  # of the model and its training: 20 steps on all sequences
MOST_MADE = 24  # most tokens that are generated


@dataclass(frozen=True, eq=False)
class LanguageModel:
    """A small language model of some sequences."""

    embedding: nn.Embedding
    gru: nn.GRU
    head: nn.Linear
    ids: np.ndarray  # [vocab] int64, the sequences' id of each of the model's tokens; it knows no others
    loss: float  # mean cross-entropy on the sequences, in nats a token


@dataclass(frozen=True)
class Generated:
    """What a language model continued a token with."""

    code: str  # the lines that ran for each token
    start: int  # place of the first token in `ids`
    made: np.ndarray  # [made] int64, places of the chosen tokens
    probabilities: np.ndarray  # [made, vocab] float32, from which each was chosen
    ids: np.ndarray  # [vocab] int64, as in the model


def language_model(sequences: Sequences, trained: bool) -> LanguageModel:
    """A model of the sequences' own tokens, with its initial weights or trained to predict each next token."""
    kept = np.unique(np.concatenate(sequences.ids))
    compact = [torch.from_numpy(np.searchsorted(kept, ids)) for ids in sequences.ids]
    with seeded(0):
        embedding, gru = nn.Embedding(len(kept), EMBEDDING), nn.GRU(EMBEDDING, HIDDEN, batch_first=True)
        head = nn.Linear(HIDDEN, len(kept))
    ids = pad_sequence(compact, batch_first=True, padding_value=-100)  # cross_entropy ignores -100
    read, wanted = ids[:, :-1].clamp(min=0), ids[:, 1:]

    def loss() -> Tensor:
        return functional.cross_entropy(head(gru(embedding(read))[0]).transpose(1, 2), wanted)

    some = wanted.numel() > 0 and bool((wanted >= 0).any())  # sequences of one token predict nothing
    if trained and some:
        weights = [*embedding.parameters(), *gru.parameters(), *head.parameters()]
        optimizer = Adam(weights, RATE)
        for _ in range(STEPS):
            optimizer.step(loss())
    with torch.no_grad():
        value = float(loss()) if some else float("nan")
    for module in (embedding, gru, head):
        module.requires_grad_(False)
    return LanguageModel(embedding, gru, head, kept, value)


def generate(model: LanguageModel, start: int, count: int) -> Generated:
    """Continue the token with the sequences' id `start` by `count` tokens."""
    place = int(np.searchsorted(model.ids, start))
    token, state = torch.tensor(place), torch.zeros(1, 1, HIDDEN)
    made, probabilities, code = [], [], ""
    for _ in range(count):
        ran = run(next_token, embedding=model.embedding, gru=model.gru, head=model.head, token=token, state=state)
        token, state, code = ran["token"], ran["state"], ran.code
        made.append(int(token))
        probabilities.append(ran["probabilities"].numpy())
    shape = (count, len(model.ids))
    return Generated(
        code, place, np.array(made, dtype=np.int64), np.array(probabilities, np.float32).reshape(shape), model.ids
    )


def generated_boxes(sequences: Sequences, row: int, names: list[str], found: Generated, count: int) -> tuple[Box, Box]:
    """The sequence that starts with the same token, and the first `count` generated tokens, outlined where they agree.

    names: of the model's tokens.
    """
    places = np.concatenate([[found.start], found.made[:count]])
    truth = np.searchsorted(found.ids, sequences.ids[row])
    known = min(len(truth), len(places))
    agree = np.zeros(len(places), dtype=bool)
    agree[1:known] = places[1:known] == truth[1:known]
    written = np.array(names, dtype=object)
    return (
        box(f"sequence {row}", ["time"], written[truth], dtype="int64"),
        box("generated", ["time"], written[places], marked=agree, dtype="int64"),
    )


def next_token(embedding: nn.Embedding, gru: nn.GRU, head: nn.Linear, token: Tensor, state: Tensor) -> dict[str, Any]:
    """Read one token, and choose the next: token [], state [1, 1, hidden]."""
    vector = embedding(token).view(1, 1, -1)  # [1, 1, embedding]
    output, state = gru(vector, state)  # [1, 1, hidden] twice
    probabilities = head(output[0, 0]).softmax(dim=-1)  # [vocabulary]
    token = probabilities.argmax()  # greedy
    return {"vector": vector, "output": output, "state": state, "probabilities": probabilities, "token": token}
