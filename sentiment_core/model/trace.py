"""The states, cell states and gates of a network at every token, and the gradients that reach each state.

The fused kernels give only the states. Here every layer is computed step by step with PyTorch's formulas (`nn.RNN`,
`nn.LSTM` and `nn.GRU`), so that the gates can be seen and every state has a gradient of its own. The states equal those
of the kernels within rounding; tests hold them to 1e-5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from sentiment_core.model.recurrent import RecurrentClassifier, ReverseWithinLength, within_length_order

# Gates of each kind of cell, by PyTorch's name for it. 1 is open: an LSTM's forget gate at 1 keeps everything, and a
# GRU's update gate at 1 keeps the old state.
GATES = {"LSTM": ("forget", "input", "output"), "GRU": ("reset", "update")}


@dataclass(frozen=True)
class DirectionSteps:
    """One layer in one direction, with a tensor [batch, hidden] for each step, in the order of reading."""

    layer: int  # from 0
    backward: bool  # whether it reads from the last token to the first
    states: list[Tensor]  # [time]
    cells: list[Tensor]  # [time], of an LSTM; else empty
    gates: dict[str, list[Tensor]]  # forget, input and output of an LSTM; reset and update of a GRU; [time] each
    order: Tensor = field(repr=False)  # as in `within_length_order`

    def in_text_order(self, steps: list[Tensor] | tuple[Tensor, ...]) -> Tensor:
        """Tensors of the steps [time] of [batch, width] as [batch, time, width], in the order of the text."""
        stacked = torch.stack(list(steps), dim=1)
        return cast(Tensor, ReverseWithinLength.apply(stacked, self.order)) if self.backward else stacked


@dataclass(frozen=True)
class Unrolled:
    """A network computed step by step on a batch."""

    parts: list[DirectionSteps]  # each layer's forward and then its backward direction, from the first layer
    pooled: Tensor  # [batch, pooled], as `RecurrentClassifier.pooled`
    logits: Tensor  # [batch]
    last: Tensor  # [batch, directions * hidden], each direction's state after the last token that it read


@dataclass(frozen=True)
class StateGradients:
    """Gradients with respect to the states of one layer in one direction, in the order of the text.

    A gradient counts every way from that state to the result: through later states of the same layer, through higher
    layers and through the pooling.
    """

    layer: int
    backward: bool
    states: Tensor  # [batch, time, hidden]
    cells: Tensor | None  # [batch, time, hidden], of an LSTM


def unroll(model: RecurrentClassifier, ids: Tensor, lengths: Tensor) -> Unrolled:
    """Compute the network step by step, as it is in inference.

    ids [batch, time] int64 are right-padded with 0; lengths [batch] int64 are the real tokens of each row.
    With autograd on, every step keeps its graph: about 12 numbers a unit, token and review.
    """
    assert not model.training, "dropout would give other numbers than the verdict's"
    order = within_length_order(lengths, ids.shape[1])
    # With autograd on, the graph starts here, because a loaded network's weights take no gradients.
    states = model.inputs(model.embedding(ids), ids).detach().requires_grad_(torch.is_grad_enabled())
    rows = torch.arange(len(lengths), device=ids.device)
    parts: list[DirectionSteps] = []
    for layer, module in enumerate(model.recurrent):
        read = [
            _read_steps(cast(nn.RNNBase, cell), states, layer, bool(direction), order)
            for direction, cell in enumerate(cast(nn.ModuleList, module))
        ]
        parts += read
        states = torch.cat([part.in_text_order(part.states) for part in read], dim=-1)
    in_order = [torch.stack(part.states, dim=1) for part in read]  # in the order of reading, as the model pools them
    if model.config.pooling == "column":  # the only pooling that depends on the order
        in_order = [part.in_text_order(part.states) for part in read]
    pooled = model.join([model.pool(hidden, lengths) for hidden in in_order])
    last = torch.cat([torch.stack(part.states, dim=1)[rows, lengths - 1] for part in read], dim=-1)
    return Unrolled(parts, pooled, model.read_out(pooled), last)


def state_gradients(
    model: RecurrentClassifier, ids: Tensor, lengths: Tensor, of_logit: Tensor, of_last: Tensor
) -> list[StateGradients]:
    """Gradients of a number of each review with respect to the states at every token, exactly, by autograd.

    The number is `of_logit * logit + of_last · last`, with the logit and the last states of `Unrolled`. So a row can
    ask for the gradient of the logit (of_logit 1, of_last 0), or for how the last state changes along a direction.

    ids, lengths: as in `unroll`. of_logit [batch]. of_last [batch, directions * hidden].
    Returns the gradients of every layer and direction in the order of `Unrolled.parts`; those at padding are 0.
    """
    with torch.enable_grad():
        unrolled = unroll(model, ids, lengths)
        number = (of_logit * unrolled.logits).sum() + (of_last * unrolled.last).sum()
        wanted = [step for part in unrolled.parts for step in (*part.states, *part.cells)]
        found = iter(torch.autograd.grad(number, wanted, allow_unused=True, materialize_grads=True))
    gradients = []
    for part in unrolled.parts:
        states = part.in_text_order([next(found) for _ in part.states])
        cells = part.in_text_order([next(found) for _ in part.cells]) if part.cells else None
        gradients.append(StateGradients(part.layer, part.backward, states, cells))
    return gradients


def _read_steps(cell: nn.RNNBase, inputs: Tensor, layer: int, backward: bool, order: Tensor) -> DirectionSteps:
    """One layer in one direction, for inputs [batch, time, input] in the order of the text."""
    if backward:
        inputs = cast(Tensor, ReverseWithinLength.apply(inputs, order))
    weights = dict(cell.named_parameters())
    into_hidden, hidden_bias = weights["weight_hh_l0"], weights["bias_hh_l0"]
    # The inputs' part of every step at once: only the states' part depends on the step before.
    ready = functional.linear(inputs, weights["weight_ih_l0"], weights["bias_ih_l0"]).unbind(dim=1)
    state = inputs.new_zeros(len(inputs), cell.hidden_size)
    cell_state = state
    states: list[Tensor] = []
    cells: list[Tensor] = []
    gates: dict[str, list[Tensor]] = {name: [] for name in GATES.get(cell.mode, ())}
    opened: tuple[Tensor, ...] = ()
    for entering in ready:
        recurrent = functional.linear(state, into_hidden, hidden_bias)
        if cell.mode == "LSTM":
            entry, forget, candidate, output = (entering + recurrent).chunk(4, dim=1)
            opened = forget.sigmoid(), entry.sigmoid(), output.sigmoid()
            cell_state = opened[0] * cell_state + opened[1] * candidate.tanh()
            state = opened[2] * cell_state.tanh()
            cells.append(cell_state)
        elif cell.mode == "GRU":
            pairs = zip(entering.chunk(3, dim=1), recurrent.chunk(3, dim=1), strict=True)
            (reset, from_reset), (update, from_update), (new, from_new) = pairs
            opened = (reset + from_reset).sigmoid(), (update + from_update).sigmoid()
            candidate = (new + opened[0] * from_new).tanh()
            state = candidate + opened[1] * (state - candidate)
        else:
            state = (entering + recurrent).relu() if cell.mode == "RNN_RELU" else (entering + recurrent).tanh()
        for name, gate in zip(gates, opened, strict=True):
            gates[name].append(gate)
        states.append(state)
    return DirectionSteps(layer, backward, states, cells, gates, order)
