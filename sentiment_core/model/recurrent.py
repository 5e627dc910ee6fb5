"""One recurrent classifier for every cell and direction, exact on right-padded batches without packing.

Padding stands only at the end, so a forward network never lets it touch a real token's state. The backward network is
a second one over the sequence reversed *within its length*: it too meets padding last. The numbers are those of
`pack_padded_sequence`, but the fused CPU kernels, which do not take packed sequences, stay in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn

from sentiment_core.errors import PresetError

CELLS = ("rnn_relu", "rnn_tanh", "lstm", "gru")
POOLINGS = ("last", "max", "mean", "maxmean")


@dataclass(frozen=True)
class RecurrentConfig:
    """The shape of a network: all that is needed to build it and load its weights."""

    vocab_size: int
    embedding_size: int = 64
    hidden_size: int = 64  # state width of one direction
    layers: int = 1
    cell: str = "lstm"  # one of CELLS
    bidirectional: bool = False
    pooling: str = "last"  # one of POOLINGS
    head_size: int = 0  # width of a hidden ReLU layer before the logit; 0 for none
    embedding_dropout: float = 0.0  # share of tokens whose whole embedding is zeroed in training
    dropout: float = 0.0  # share of state values zeroed between layers and before the head
    embedding_std: float = 1.0  # spread of the embedding's random start

    def __post_init__(self) -> None:
        """Raises PresetError for a value that no network can have."""
        if self.cell not in CELLS:
            raise PresetError(f"No cell {self.cell!r}. Choose one of {', '.join(CELLS)}.")
        if self.pooling not in POOLINGS:
            raise PresetError(f"No pooling {self.pooling!r}. Choose one of {', '.join(POOLINGS)}.")
        if min(self.vocab_size, self.embedding_size, self.hidden_size, self.layers) < 1 or self.head_size < 0:
            raise PresetError("Sizes and layers must be 1 or more; head_size 0 or more.")
        if not (0 <= self.embedding_dropout < 1 and 0 <= self.dropout < 1):
            raise PresetError("Dropouts must be at least 0 and below 1.")


class RecurrentClassifier(nn.Module):
    """Embedding, recurrent layers, pooling over real tokens, an optional hidden layer, one logit."""

    def __init__(self, config: RecurrentConfig) -> None:
        super().__init__()
        self.config = config
        self.directions = 2 if config.bidirectional else 1
        width = self.directions * config.hidden_size
        self.embedding = nn.Embedding(config.vocab_size, config.embedding_size, padding_idx=0)
        with torch.no_grad():
            self.embedding.weight.mul_(config.embedding_std)
        # recurrent[layer][direction]: one single-layer network each, because directions differ in the order they read.
        self.recurrent = nn.ModuleList(
            nn.ModuleList(
                _cell(config.cell, config.embedding_size if layer == 0 else width, config.hidden_size)
                for _ in range(self.directions)
            )
            for layer in range(config.layers)
        )
        self.embedding_dropout = nn.Dropout1d(config.embedding_dropout)  # drops [time] rows of [time, embedding]
        self.dropout = nn.Dropout(config.dropout)
        pooled = 2 * width if config.pooling == "maxmean" else width
        head = [nn.Linear(pooled, config.head_size), nn.ReLU()] if config.head_size else []
        self.head = nn.Sequential(*head, nn.Linear(config.head_size or pooled, 1))

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Logits [batch] of being positive.

        ids [batch, time] int64 are right-padded with 0; lengths [batch] int64 count each row's real tokens, at least 1.
        """
        hidden = self.hidden(ids, lengths)  # [batch, time, directions * hidden]
        return self.head(self.dropout(self.pool(hidden, lengths))).squeeze(-1)  # [batch]

    def hidden(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """States of the top layer at every token [batch, time, directions * hidden]; those on padding mean nothing."""
        states = self.embedding_dropout(self.embedding(ids))  # [batch, time, embedding]
        order = within_length_order(lengths, ids.shape[1]) if self.directions == 2 else None
        for layer, module in enumerate(self.recurrent):
            cells = cast(nn.ModuleList, module)  # one a direction
            if layer:
                states = self.dropout(states)
            outputs = [cells[0](states)[0]]  # [batch, time, hidden]
            if order is not None:
                backward, _ = cells[1](ReverseWithinLength.apply(states, order))
                outputs.append(ReverseWithinLength.apply(backward, order))
            states = torch.cat(outputs, dim=-1)
        return states

    def pool(self, hidden: Tensor, lengths: Tensor) -> Tensor:
        """One vector a review [batch, width, twice for maxmean] from hidden [batch, time, width], padding left out."""
        if self.config.pooling == "last":
            return self._last(hidden, lengths)
        real = torch.arange(hidden.shape[1], device=lengths.device) < lengths[:, None]  # [batch, time]
        pooled = []
        if "max" in self.config.pooling:
            pooled.append(hidden.masked_fill(~real[..., None], -torch.inf).amax(dim=1))
        if "mean" in self.config.pooling:
            pooled.append(hidden.masked_fill(~real[..., None], 0.0).sum(dim=1) / lengths[:, None])
        return torch.cat(pooled, dim=-1)

    def _last(self, hidden: Tensor, lengths: Tensor) -> Tensor:
        """Each direction's state after its last real token: position length - 1 going forward, 0 going backward."""
        size = self.config.hidden_size
        rows = torch.arange(len(lengths), device=lengths.device)
        last = hidden[rows, lengths - 1, :size]
        return last if self.directions == 1 else torch.cat([last, hidden[:, 0, size:]], dim=-1)


def _cell(cell: str, input_size: int, hidden_size: int) -> nn.Module:
    """One layer in one direction.

    rnn    h = f(W x + U h): one state, rewritten at every token, so that what was read early fades.
    lstm   a second, additive cell state with three gates that say what to forget, to write and to show.
    gru    one state and two gates: how much to reset before reading, how much to keep.
    """
    if cell == "lstm":
        lstm = nn.LSTM(input_size, hidden_size, batch_first=True)
        with torch.no_grad():  # gates start open, so that an early word can reach the end (Jozefowicz et al. 2015)
            lstm.get_parameter("bias_hh_l0")[hidden_size : 2 * hidden_size] = 1.0
        return lstm
    if cell == "gru":
        return nn.GRU(input_size, hidden_size, batch_first=True)
    return nn.RNN(input_size, hidden_size, nonlinearity=cell.removeprefix("rnn_"), batch_first=True)


def within_length_order(lengths: Tensor, time: int) -> Tensor:
    """Flat positions [batch * time] int64 that reverse each row within its length and leave its padding in place."""
    position = torch.arange(time, device=lengths.device).expand(len(lengths), time)
    reverse = torch.where(position < lengths[:, None], lengths[:, None] - 1 - position, position)
    return (reverse + time * torch.arange(len(lengths), device=lengths.device)[:, None]).reshape(-1)


class ReverseWithinLength(torch.autograd.Function):
    """Reorder [batch, time, width] by `within_length_order`.

    The order undoes itself, so the gradient is the same row copy; the general gather would scatter-add, several times
    slower.
    """

    @staticmethod
    def forward(ctx: Any, states: Tensor, order: Tensor) -> Tensor:
        ctx.save_for_backward(order)
        return _reorder(states, order)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None]:
        (order,) = ctx.saved_tensors
        return _reorder(grads[0], order), None


def _reorder(states: Tensor, order: Tensor) -> Tensor:
    return states.reshape(-1, states.shape[-1]).index_select(0, order).view(states.shape)
