"""The verdict after each token of a network that reads in both directions.

Its forward direction reads the text once. Its backward direction must read each prefix anew, because it starts at the
prefix's end. All prefixes read the same tokens in the same order, so one pass over the text from its end serves all:
at each token one more prefix starts, and every prefix that has started takes one step.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from sentiment_core.model.recurrent import RecurrentClassifier

_AT_ONCE = 64  # prefixes in a batch, where each is read as a text of its own


def judge_prefixes(model: RecurrentClassifier, ids: Tensor, ends: Tensor) -> Tensor:
    """Logits [prefixes] of the prefixes of ids [time] int64 that have `ends` tokens each [prefixes] int64, ascending.

    They equal the logits of each prefix judged alone. A network of one layer reads the text as the module describes.
    In a deeper one also the forward direction of the upper layers differs with each prefix, so each prefix is read as
    a text of its own, in batches.
    """
    if model.directions == 2 and model.config.layers == 1:
        return _share_tokens(model, ids, ends)
    parts = []
    # They ascend, so the prefixes of a batch are about equally long. The pooling "column" must see no padding.
    for some in ends.split(1 if model.config.pooling == "column" else _AT_ONCE):
        longest = int(some[-1])
        real = torch.arange(longest, device=ids.device) < some[:, None]
        parts.append(model(ids[:longest] * real, some))
    return torch.cat(parts)


def pool_prefixes(hidden: Tensor, pooling: str) -> Tensor:
    """Pool each prefix of hidden [time, width] as `RecurrentClassifier.pool` does.

    Returns [time, width], or [time, 2 * width] for maxmean.
    """
    if pooling in ("last", "column"):
        return hidden
    pooled = []
    if "max" in pooling:
        pooled.append(hidden.cummax(dim=0).values)
    if "mean" in pooling:
        count = torch.arange(1, len(hidden) + 1, device=hidden.device)
        pooled.append(hidden.cumsum(dim=0) / count[:, None])
    return torch.cat(pooled, dim=-1)


def _share_tokens(model: RecurrentClassifier, ids: Tensor, ends: Tensor) -> Tensor:
    """`judge_prefixes` of a network with one layer."""
    pooling = model.config.pooling
    forward, backward = cast(nn.ModuleList, model.recurrent[0])
    inputs = model.inputs(model.embedding(ids[None]), ids[None])
    once = pool_prefixes(model.read_direction(forward, inputs)[0], pooling)[ends - 1]
    anew = _read_backward(cast(nn.RNNBase, backward), inputs[0], ends, pooling)
    if pooling == "maxmean":  # the maxima of both directions, then the means of both, as in the network
        maxima, means = zip(once.chunk(2, dim=-1), anew.chunk(2, dim=-1), strict=True)
        return model.read_out(torch.cat([*maxima, *means], dim=-1))
    return model.read_out(torch.cat([once, anew], dim=-1))


def _read_backward(cell: nn.RNNBase, inputs: Tensor, ends: Tensor, pooling: str) -> Tensor:
    """Pooled states of the backward direction for each prefix [prefixes, width, twice for maxmean].

    inputs [time, input]: of every token. ends [prefixes] int64, ascending.
    """
    many, hidden = len(ends), cell.hidden_size
    weight = cell.get_parameter("weight_hh_l0").T.contiguous()
    reset = cell.mode == "GRU"  # its reset gate scales the recurrent part of the candidate with its bias
    bias = cell.get_parameter("bias_ih_l0") + (0 if reset else cell.get_parameter("bias_hh_l0"))
    projected = torch.addmm(bias, inputs, cell.get_parameter("weight_ih_l0").T)
    recurrent_bias = cell.get_parameter("bias_hh_l0")
    state = inputs.new_zeros(many, hidden)
    memory = torch.zeros_like(state)  # the LSTM's cell state
    first = torch.zeros_like(state)
    largest, total = torch.full_like(state, -torch.inf), torch.zeros_like(state)
    stops = ends.tolist()
    started = many  # prefixes from here on have started
    for place in range(stops[-1] - 1, -1, -1):
        fresh = started
        while started and stops[started - 1] > place:
            started -= 1
        now = slice(started, many)
        if cell.mode == "LSTM":
            gates = torch.addmm(projected[place], state[now], weight)
            into, keep, new, out = gates.chunk(4, dim=-1)
            memory[now] = keep.sigmoid_().mul_(memory[now]).addcmul_(into.sigmoid_(), new.tanh_())
            state[now] = out.sigmoid_() * memory[now].tanh()
        elif reset:
            again = torch.addmm(recurrent_bias, state[now], weight)
            gates = (again[:, : 2 * hidden] + projected[place, : 2 * hidden]).sigmoid_()
            candidate = torch.addcmul(projected[place, 2 * hidden :], gates[:, :hidden], again[:, 2 * hidden :])
            state[now] = candidate.tanh_().lerp_(state[now], gates[:, hidden:])
        else:
            summed = torch.addmm(projected[place], state[now], weight)
            state[now] = functional.relu_(summed) if cell.nonlinearity == "relu" else summed.tanh_()
        if pooling == "column":
            first[started:fresh] = state[started:fresh]
        if "max" in pooling:
            torch.maximum(largest[now], state[now], out=largest[now])
        if "mean" in pooling:
            total[now] += state[now]
    if pooling in ("last", "column"):
        return state if pooling == "last" else first
    pooled = [largest] if "max" in pooling else []
    return torch.cat([*pooled, total / ends[:, None]] if "mean" in pooling else pooled, dim=-1)
