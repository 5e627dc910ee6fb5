"""The recurrent classifier for every cell and direction, exact on right-padded batches without packing.

Padding stands only at the end, so a forward network reads every real token before it. The backward network reads the
sequence reversed *within its length*, so it also reads padding last. The results equal those of `pack_padded_sequence`,
but the fused CPU kernels, which do not accept packed sequences, can be used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.ngrams import NGramPolarity
from sentiment_core.model.pooling import TokenEmbedding, pool_real
from sentiment_core.model.precision import run_cell, training_precision
from sentiment_core.model.threads import Part, read_both
from sentiment_core.model.weight_files import check_vocab_size, read_width

# In training, a batch of at least this many reviews and positions (with padding) is split in half if one LSTM reads it.
# Two threads then take 0.6 times as long, and one thread 1.1 times. A smaller batch gains less on two threads and loses
# more on one: 0.83 and 1.24 times for 32 reviews of 20 tokens. The GRU and the plain RNN spend their time on launching
# small operations, which two halves double, so no batch of theirs gains.
HALVED_REVIEWS, HALVED_POSITIONS = 32, 2048


class RecurrentClassifier(nn.Module):
    """Embedding, recurrent layers, pooling over real tokens, an optional hidden layer, one logit."""

    def __init__(self, config: NetworkConfig, vocab_size: int) -> None:
        """vocab_size: number of the tokenizer's tokens. Raises PresetError if it is not a whole number above 0."""
        super().__init__()
        check_vocab_size(vocab_size)
        self.config, self.vocab_size = config, vocab_size
        self.precision: str | None = None  # of training; None until chosen
        self.directions = 2 if config.bidirectional else 1
        self.read_width = read_width(config)
        width = self.directions * config.hidden_size
        self.embedding = TokenEmbedding(vocab_size, config.embedding_size, padding_idx=0)
        with torch.no_grad():
            self.embedding.weight.mul_(config.embedding_std)
        # recurrent[layer][direction]: one single-layer network each, because directions differ in the order they read.
        self.recurrent = nn.ModuleList(
            nn.ModuleList(_cell(config, width if layer else self.read_width) for _ in range(self.directions))
            for layer in range(config.layers)
        )
        self.embedding_dropout = nn.Dropout1d(config.embedding_dropout)  # drops whole tokens: rows of [time, embedding]
        self.dropout = nn.Dropout(config.dropout)
        pooled = 2 * width if config.pooling == "maxmean" else width
        head = [nn.Linear(pooled, config.head_size), nn.ReLU()] if config.head_size else []
        self.head = nn.Sequential(*head, nn.Linear(config.head_size or pooled, config.outputs))
        self.ngrams = NGramPolarity(config.ngrams) if config.ngrams else None

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Logits [batch] of the positive class.

        ids [batch, time] int64 are right-padded with 0; lengths [batch] int64 are the real tokens of each row, at least
        1.
        """
        return self.judge(self.embedding(ids), ids, lengths)

    def judge(self, embedded: Tensor, ids: Tensor, lengths: Tensor, labels: Tensor | None = None) -> Tensor:
        """Logits [batch] from embedded [batch, time, embedding], the vectors of ids.

        labels [batch] int64: of training reviews, for their n-grams, see model/ngrams.py.
        """
        return self.judge_inputs(self.inputs(embedded, ids, labels), lengths)

    def judge_inputs(self, inputs: Tensor, lengths: Tensor) -> Tensor:
        """Logits [batch] from what the first layer reads [batch, time, input], see `inputs`."""
        return self.read_out(self._read_layers(inputs, lengths, pooled=True))

    def read_out(self, pooled: Tensor) -> Tensor:
        """Logits [batch] from the vectors of `pooled`."""
        outputs = self.head(self.dropout(pooled))  # [batch, outputs]
        # Binary cross-entropy of the difference of two logits equals the cross-entropy of both.
        return outputs[:, -1] - outputs[:, 0] if self.config.outputs == 2 else outputs[:, 0]

    def pooled(self, embedded: Tensor, ids: Tensor, lengths: Tensor, labels: Tensor | None = None) -> Tensor:
        """The top layer's states pooled to one vector a review [batch, directions * hidden, twice for maxmean].

        The head takes these vectors. Parameters as in `judge`.
        """
        return self._read_layers(self.inputs(embedded, ids, labels), lengths, pooled=True)

    def hidden(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """States of the top layer at every token [batch, time, directions * hidden]; meaningless at padding."""
        return self._read_layers(self.inputs(self.embedding(ids), ids), lengths)

    def _read_layers(self, states: Tensor, lengths: Tensor, pooled: bool = False) -> Tensor:
        """States of the top layer [batch, time, width], or with `pooled` their pooled vectors [batch, pooled].

        states [batch, time, input]: what the first layer reads.
        """
        for layer, module in enumerate(self.recurrent):
            cells = cast(nn.ModuleList, module)  # one a direction
            if layer:
                states = self.dropout(states)
            top = pooled and layer == self.config.layers - 1
            if self.directions == 2:
                states = self._read_directions(cells, states, lengths, top)
            elif self._is_halved(states):
                states = self._read_halves(cells[0], states, lengths, top)
            else:
                states = self.read_direction(cells[0], states, lengths if top else None)
        return states

    def inputs(self, embedded: Tensor, ids: Tensor, labels: Tensor | None = None) -> Tensor:
        """What the first layer reads at each token [batch, time, input]. Parameters as in `judge`.

        Nothing in it depends on later tokens.
        """
        states = self.embedding_dropout(embedded)
        if self.ngrams is not None:
            known = functional.dropout(self.ngrams(ids, labels), self.config.embedding_dropout, self.training)
            states = self.widen(torch.cat([states, known.to(states.dtype)], dim=-1))
        return states

    def _is_halved(self, states: Tensor) -> bool:
        """Whether the halves of a batch are read side by side. Only its shape decides, so that all machines agree."""
        reviews, time, _ = states.shape
        large = reviews >= HALVED_REVIEWS and reviews * time >= HALVED_POSITIONS
        return large and self.training and self.config.cell == "lstm" and states.device.type == "cpu"

    def _read_halves(self, cell: nn.Module, states: Tensor, lengths: Tensor, pooled: bool) -> Tensor:
        """`read_direction`, with each half of the reviews in a thread of its own."""

        def part(states: Tensor, lengths: Tensor) -> Part:
            return Part(cell, states, lambda states: self.read_direction(cell, states, lengths if pooled else None))

        return torch.cat(read_both(*map(part, states.tensor_split(2), lengths.tensor_split(2))))

    def _read_directions(self, cells: nn.ModuleList, states: Tensor, lengths: Tensor, pooled: bool) -> Tensor:
        """`read_direction` in both directions, forward first.

        On the CPU each may have a thread of its own, see model/threads.py. On a GPU two streams gained nothing: the
        time is spent on launching kernels, see training/graphs.py.
        """
        order = within_length_order(lengths, states.shape[1])
        # Each direction's states are pooled in the order in which they were read. Only the pooling "column" depends on
        # it.
        turn_back = not pooled or self.config.pooling == "column"

        def read_forward(states: Tensor) -> Tensor:
            return self.read_direction(cells[0], states, lengths if pooled else None)

        def read_backward(states: Tensor) -> Tensor:
            states = ReverseWithinLength.apply(states, order)
            if not turn_back:
                return self.read_direction(cells[1], states, lengths)
            states = ReverseWithinLength.apply(self.read_direction(cells[1], states), order)
            return self.pool(states, lengths) if pooled else states

        if states.device.type == "cpu":
            found = read_both(Part(cells[0], states, read_forward), Part(cells[1], states, read_backward))
        else:
            found = read_forward(states), read_backward(states)
        return self.join(found) if pooled else torch.cat(found, dim=-1)

    def join(self, pooled: Sequence[Tensor]) -> Tensor:
        """The pooled vector of a review [batch, pooled] from those of its directions, forward first."""
        if self.config.pooling == "maxmean" and len(pooled) == 2:  # the maxima of both directions, then the means
            maxima, means = zip(*(part.chunk(2, dim=-1) for part in pooled), strict=True)
            pooled = (*maxima, *means)
        return torch.cat(list(pooled), dim=-1)

    def trains_in(self) -> str:
        """The training precision of this network, one of PRECISIONS: chosen for this machine unless it is set."""
        if self.precision is None:
            asked = self.config.precision, self.config.cell
            self.precision = training_precision(*asked, device=self.device.type)
        return self.precision

    @property
    def device(self) -> torch.device:
        """The device of its weights, on which its inputs must be too."""
        return self.embedding.weight.device

    def widen(self, states: Tensor) -> Tensor:
        """The input of each token [batch, time, <= read_width], padded with zeros to the width of the first layer."""
        return functional.pad(states, (0, self.read_width - states.shape[-1]))

    def read_direction(self, cell: nn.Module, states: Tensor, lengths: Tensor | None = None) -> Tensor:
        """States of one direction [batch, time, hidden] for states [batch, time, input], in order.

        lengths [batch]: if given, the states are pooled, see `pool`.
        """
        hidden = run_cell(cell, states, self.trains_in() if self.training else "float32").to(states.dtype)
        return hidden if lengths is None else self.pool(hidden, lengths)

    def pool(self, hidden: Tensor, lengths: Tensor) -> Tensor:
        """One vector a review [batch, width, twice for maxmean] from one direction's states [batch, time, width].

        Padding is left out, except by the pooling "column".
        """
        if self.config.pooling == "last":
            return hidden[torch.arange(len(lengths), device=lengths.device), lengths - 1]
        if self.config.pooling == "column":
            return hidden[:, -1]
        return pool_real(hidden, lengths, self.config.pooling)


def parts_in_training(config: NetworkConfig, batch_size: int) -> int:
    """How many parts of a layer can be computed in parallel in training on the CPU.

    The parts are the directions, or the halves of a batch.
    """
    halved = config.cell == "lstm" and batch_size >= HALVED_REVIEWS
    return 2 if config.bidirectional or halved else 1


def _cell(config: NetworkConfig, input_size: int) -> nn.Module:
    """One layer in one direction.

    rnn    h = f(W x + U h): one state, rewritten at every token, so that early input fades.
    lstm   an additional, additive cell state with three gates: what to forget, to write and to output.
    gru    one state and two gates: how much to reset before reading, and how much to keep.
    """
    cell, hidden_size = config.cell, config.hidden_size
    if cell == "lstm":
        lstm = nn.LSTM(input_size, hidden_size, batch_first=True)
        if config.initialization == "open":  # lets early words reach the end (Jozefowicz et al. 2015)
            nn.init.ones_(lstm.get_parameter("bias_hh_l0").data[hidden_size : 2 * hidden_size])
        return lstm
    if cell == "gru":
        return nn.GRU(input_size, hidden_size, batch_first=True)
    rnn = nn.RNN(input_size, hidden_size, nonlinearity=cell.removeprefix("rnn_"), batch_first=True)
    if config.initialization == "identity":
        nn.init.eye_(rnn.get_parameter("weight_hh_l0"))
        nn.init.normal_(rnn.get_parameter("weight_ih_l0"), std=0.001)
        for name in ("bias_ih_l0", "bias_hh_l0"):
            nn.init.zeros_(rnn.get_parameter(name))
    return rnn


def within_length_order(lengths: Tensor, time: int) -> Tensor:
    """Flat positions [batch * time] int64 that reverse each row within its length and keep its padding in place."""
    position = torch.arange(time, device=lengths.device).expand(len(lengths), time)
    reverse = torch.where(position < lengths[:, None], lengths[:, None] - 1 - position, position)
    return (reverse + time * torch.arange(len(lengths), device=lengths.device)[:, None]).reshape(-1)


class ReverseWithinLength(torch.autograd.Function):
    """Reorder [batch, time, width] by `within_length_order`.

    The order is its own inverse, so the gradient is the same copy of rows. The gradient of a general gather is a
    scatter-add, which is several times slower.
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
