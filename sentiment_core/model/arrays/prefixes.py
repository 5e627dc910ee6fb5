"""The verdict after each token, as in model/prefixes.py, whose description holds here too."""

from __future__ import annotations

import numpy as np

from sentiment_core.model.arrays.cells import start_reading
from sentiment_core.model.arrays.layers import Layer
from sentiment_core.model.arrays.network import ArrayNetwork

_AT_ONCE = 64  # prefixes in a batch, where each is read as a text of its own


def judge_prefixes(network: ArrayNetwork, ids: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Logits [prefixes] of the prefixes of ids [time] int64 with `ends` tokens each [prefixes] int64, ascending."""
    if network.directions == 1:
        return network.read_out(_pool(network.hidden(ids), network.config.pooling))[ends - 1]
    if len(network.layers) == 1:
        return _share_tokens(network, ids, ends)
    # They ascend, so the prefixes of a batch are about equally long. The pooling "column" must see no padding.
    at_once = 1 if network.config.pooling == "column" else _AT_ONCE
    parts = []
    for start in range(0, len(ends), at_once):
        some = ends[start : start + at_once]
        real = np.arange(some[-1]) < some[:, None]
        parts.append(network.judge(ids[: some[-1]] * real, some))
    return np.concatenate(parts)


def _pool(hidden: np.ndarray, pooling: str) -> np.ndarray:
    """Pool each prefix of hidden [time, width]: [time, width], or [time, 2 * width] for maxmean."""
    if pooling in ("last", "column"):
        return hidden
    pooled = [np.maximum.accumulate(hidden, axis=0)] if "max" in pooling else []
    if "mean" in pooling:
        count = np.arange(1, len(hidden) + 1, dtype=np.float32)
        pooled.append(hidden.cumsum(axis=0) / count[:, None])
    return np.concatenate(pooled, axis=-1)


def _share_tokens(network: ArrayNetwork, ids: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """`judge_prefixes` of a network with one layer in both directions."""
    pooling = network.config.pooling
    inputs = network.inputs(ids[None])[:, 0]
    once = _pool(_read_once(network.layers[0].direction(0), inputs), pooling)[ends - 1]
    anew = _read_anew(network.layers[0].direction(1), inputs, ends, pooling)
    if pooling == "maxmean":  # the maxima of both directions, then the means of both, as in the network
        (high, mean), (high_anew, mean_anew) = np.split(once, 2, axis=-1), np.split(anew, 2, axis=-1)
        return network.read_out(np.concatenate([high, high_anew, mean, mean_anew], axis=-1))
    return network.read_out(np.concatenate([once, anew], axis=-1))


def _entering(layer: Layer, inputs: np.ndarray) -> np.ndarray:
    """The inputs' part of each step [time, 1, 1, gates * hidden] of one direction. inputs [time, input]."""
    return (inputs @ layer.into[0] + layer.bias[0])[:, None, None]


def _read_once(layer: Layer, inputs: np.ndarray) -> np.ndarray:
    """The states of one direction [time, hidden] in the order of inputs [time, input]."""
    reader = start_reading(layer, 1)
    states = np.empty((len(inputs), layer.hidden), np.float32)
    for place, entering in enumerate(_entering(layer, inputs)):
        reader.step(entering)
        states[place] = reader.state[0, 0]
    return states


def _read_anew(layer: Layer, inputs: np.ndarray, ends: np.ndarray, pooling: str) -> np.ndarray:
    """Pooled states of the backward direction for each prefix [prefixes, width, twice for maxmean].

    inputs [time, input]: of every token. ends [prefixes] int64, ascending.
    """
    many = len(ends)
    reader = start_reading(layer, many)
    state = reader.state[0]
    first = np.zeros_like(state)
    largest, total = np.full_like(state, -np.inf), np.zeros_like(state)
    entering = _entering(layer, inputs[: ends[-1]])
    starting = np.searchsorted(ends, np.arange(len(entering)), side="right")  # the first prefix that reads each place
    started = many
    for place in range(len(entering) - 1, -1, -1):
        fresh, started = started, int(starting[place])
        if started != fresh:
            reader.select(slice(started, many))
        reader.step(entering[place])
        if pooling == "column":
            first[started:fresh] = state[started:fresh]
        if "max" in pooling:
            np.maximum(largest[started:], state[started:], out=largest[started:])
        if "mean" in pooling:
            total[started:] += state[started:]
    if pooling in ("last", "column"):
        return state if pooling == "last" else first
    pooled = [largest] if "max" in pooling else []
    return np.concatenate([*pooled, total / ends[:, None]] if "mean" in pooling else pooled, axis=-1).astype(np.float32)
